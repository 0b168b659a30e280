//! Laws that hold for every pair of outputs.

use agree::{Agreement, Answer, Rule, agree, fingerprint};
use proptest::prelude::*;
use serde_json::{Map, Value};

const RULES: [Rule; 3] = [Rule::Bytes, Rule::SortedLines, Rule::Json];

fn same(rule: Rule, a: &[u8], b: &[u8]) -> bool {
    let answer = |stdout| Answer { stdout, exit: 0 };
    agree(rule, &answer(a), &answer(b)) == Agreement::Same
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
        prop_assert!(same(Rule::Bytes, &a, &a));
        prop_assert!(same(Rule::SortedLines, &a, &a));
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
        for rule in [Rule::Bytes, Rule::SortedLines] {
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
}
