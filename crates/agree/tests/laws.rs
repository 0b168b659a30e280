//! Laws that hold for every pair of outputs.

use agree::{Agreement, Answer, Rule, Side, Terms, Tolerance, agree, fingerprint};
use proptest::prelude::*;
use serde_json::{Map, Value};

const LINES: [Rule; 3] = [Rule::Bytes, Rule::SortedLines, Rule::Set];
const RULES: [Rule; 4] = [Rule::Bytes, Rule::SortedLines, Rule::Set, Rule::Json];

fn same(rule: Rule, a: &[u8], b: &[u8]) -> bool {
    let answer = |stdout| Answer { stdout, exit: 0 };
    agree(rule, &answer(a), &answer(b)) == Agreement::Same
}

fn near(rule: Rule, tolerance: Tolerance, a: &str, b: &str) -> bool {
    let terms = Terms { tolerance: Some(tolerance), ..Terms::from(rule) };
    terms.difference(a.as_bytes(), b.as_bytes()).is_none()
}

fn tolerance() -> impl Strategy<Value = Tolerance> {
    let distance = prop_oneof![Just(0.0), Just(1e-9), 0.0..2.0];
    (distance.clone(), distance).prop_map(|(relative, absolute)| Tolerance { relative, absolute })
}

/// A number close to others, in one of several spellings.
fn number() -> impl Strategy<Value = String> {
    let value = prop_oneof![-2..3_i64, i64::MAX - 2..=i64::MAX];
    (value, 0..3_u8, "|[.][05]|[.]0000000001|e3|e-400|e999|x|x1|[.]1[.]2")
        .prop_map(|(value, sign, tail)| format!("{}{value}{tail}", ["", "+", "-"][sign as usize]))
}

/// Few numbers and words, so that near lines happen.
fn figures() -> impl Strategy<Value = String> {
    let word = prop_oneof![3 => number(), 1 => "[ab]?"];
    let line = prop::collection::vec(word, 0..3).prop_map(|words| words.join(" "));
    (prop::collection::vec(line, 0..5), any::<bool>())
        .prop_map(|(lines, ends)| lines.join("\n") + if ends { "\n" } else { "" })
}

/// JSON numbers in an array.
fn items() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (-2..3_i64).prop_map(Value::from),
        (0.0..3.0).prop_map(Value::from),
        (u64::MAX - 2..=u64::MAX).prop_map(Value::from),
    ];
    prop::collection::vec(number, 0..3).prop_map(|items| Value::from(items).to_string())
}

fn under_a_rule() -> impl Strategy<Value = (Rule, String, String)> {
    let lines = (prop::sample::select(LINES.to_vec()), figures(), figures());
    // Neighbours: the same lines, one number of which is another.
    let alike = (prop::sample::select(LINES.to_vec()), figures(), number(), number())
        .prop_map(|(rule, text, a, b)| (rule, format!("{text}\n{a}"), format!("{b}\n{text}")));
    let json = (Just(Rule::Json), items(), items());
    prop_oneof![lines, alike, json]
}

/// Few letters, so that equal lines and equal outputs happen.
fn output() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(b"ab\n\xff[]1,".to_vec()), 0..12)
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(".{0,3}", inner, 0..5)
                .prop_map(|members| Value::from(Map::from_iter(members))),
        ]
    })
}

/// The same value with every object's members in the opposite order.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(reversed).collect(),
        Value::Object(members) => {
            members.iter().rev().map(|(name, value)| (name.clone(), reversed(value))).collect()
        }
        scalar => scalar.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None,
        rng_seed: prop::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn an_output_agrees_with_itself(a in output()) {
        for rule in LINES {
            prop_assert!(same(rule, &a, &a));
        }
    }

    #[test]
    fn agreement_does_not_depend_on_who_is_first(a in output(), b in output()) {
        for rule in RULES {
            prop_assert_eq!(same(rule, &a, &b), same(rule, &b, &a));
        }
    }

    #[test]
    fn bytes_agree_only_if_equal(a in output(), b in output()) {
        prop_assert_eq!(same(Rule::Bytes, &a, &b), a == b);
    }

    #[test]
    fn outputs_agree_just_when_their_fingerprints_are_equal(a in output(), b in output()) {
        for rule in LINES {
            prop_assert_eq!(same(rule, &a, &b), fingerprint(rule, &a) == fingerprint(rule, &b));
        }
    }

    #[test]
    fn lines_may_come_in_any_order(
        (a, b) in prop::collection::vec("[ab]{0,3}", 0..8)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
    ) {
        let text = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let (a, b) = (text(&a), text(&b));
        prop_assert!(same(Rule::SortedLines, a.as_bytes(), b.as_bytes()));
        prop_assert!(same(Rule::Set, a.as_bytes(), b.as_bytes()));
        prop_assert_eq!(fingerprint(Rule::Set, a.as_bytes()), fingerprint(Rule::Set, b.as_bytes()));
    }

    #[test]
    fn lines_may_come_more_often_in_a_set(
        lines in prop::collection::vec("[ab]{0,3}\n", 1..8), again in any::<prop::sample::Index>()
    ) {
        let a = lines.concat();
        let b = a.clone() + &lines[again.index(lines.len())];
        prop_assert!(same(Rule::Set, a.as_bytes(), b.as_bytes()));
        prop_assert!(!same(Rule::SortedLines, a.as_bytes(), b.as_bytes()));
    }

    #[test]
    fn members_may_come_in_any_order(value in json()) {
        let (a, b) = (value.to_string(), serde_json::to_string_pretty(&reversed(&value))?);
        prop_assert!(same(Rule::Json, a.as_bytes(), b.as_bytes()));
        prop_assert_eq!(fingerprint(Rule::Json, a.as_bytes()), fingerprint(Rule::Json, b.as_bytes()));
    }

    #[test]
    fn values_agree_just_when_their_fingerprints_are_equal(a in json(), b in json()) {
        let (a, b) = (a.to_string(), b.to_string());
        let equal = fingerprint(Rule::Json, a.as_bytes()) == fingerprint(Rule::Json, b.as_bytes());
        prop_assert_eq!(same(Rule::Json, a.as_bytes(), b.as_bytes()), equal);
    }

    #[test]
    fn nearness_does_not_depend_on_who_is_first((rule, a, b) in under_a_rule(), at in tolerance()) {
        prop_assert_eq!(near(rule, at, &a, &b), near(rule, at, &b, &a));
        prop_assert!(near(rule, at, &a, &a));
    }

    #[test]
    fn what_is_the_same_is_near((rule, a, b) in under_a_rule(), at in tolerance()) {
        if same(rule, a.as_bytes(), b.as_bytes()) {
            prop_assert!(near(rule, at, &a, &b));
        }
    }

    #[test]
    fn a_wider_tolerance_allows_more(
        (rule, a, b) in under_a_rule(), at in tolerance(), more in tolerance()
    ) {
        let wider = Tolerance {
            relative: at.relative + more.relative,
            absolute: at.absolute + more.absolute,
        };
        prop_assert!(!near(rule, at, &a, &b) || near(rule, wider, &a, &b));
    }

    #[test]
    fn near_lines_may_come_in_any_order(
        (a, b) in prop::collection::vec(number(), 0..8)
            .prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        at in tolerance()
    ) {
        for rule in [Rule::SortedLines, Rule::Set] {
            prop_assert!(near(rule, at, &a.join("\n"), &b.join("\n")));
        }
    }

    #[test]
    fn there_is_a_diff_just_when_there_is_a_difference(
        (rule, a, b) in under_a_rule(), at in prop::option::of(tolerance())
    ) {
        let terms = Terms { tolerance: at, ..Terms::from(rule) };
        let diff = terms.diff(
            Side { name: "a", output: a.as_bytes() },
            Side { name: "b", output: b.as_bytes() },
        );
        let difference = terms.difference(a.as_bytes(), b.as_bytes());
        prop_assert_eq!(diff.is_some(), difference.is_some());
    }

    #[test]
    fn a_diff_is_short_and_plain(a in output(), b in output()) {
        for rule in RULES {
            let (one, two) = (Side { name: "a", output: &a }, Side { name: "b", output: &b });
            let diff = Terms::from(rule).diff(one, two).unwrap_or_default();
            prop_assert!(diff.lines().count() <= 20, "{}", diff);
            prop_assert!(!diff.contains(|char: char| char.is_control() && char != '\n'));
        }
    }
}
