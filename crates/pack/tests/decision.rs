//! decision.toml: what is read, what is refused and how it is said, and values
//! put at keys.

use std::fmt::Write;
use std::path::Path;

use model::decision::{Answer, Ask, AskKind, Basis, Weights};
use pack::decision::{
    answered, begun_from, canonical, parse, parsed_answer, presets, scenarios, value_at, with,
};

const DECISION: &str = r#"question = "What do we write it in?"
options = ["go", "rust"]
incumbent = "go"
team = "rust"
weights = "rough"
valid-days = 90

[[component]]
id = "control"
kind = "control-plane"
share = 0.7
relevance = { memory = 0.1 }

[[component]]
id = "agent"
share = 0.3

[[edge]]
from = "control"
to = "agent"
over = "c-abi"
cost = { criterion = "memory", range = [1, 2, 4] }

[facts.known-here]
holds = { go = true, rust = true }

[[must]]
name = "known"
fact = "known-here"

[[must]]
name = "small"
component = "agent"
criterion = "memory"
at-most = 48

[criteria.delivery]
unit = "weeks"
floor = 24
goal = 12
points = 100

[criteria.memory]
unit = "MiB"
floor = 128
goal = 16
scale = "log"
points = 40
metric = "memory"

[criteria.parts]
floor = 5
goal = 1
points = 20

[evidence.delivery.go]
kind = "estimate"
range = [10, 13, 17]

[evidence.delivery.rust]
kind = "estimate"
against = "go"
ratio = [0.9, 1.2, 2]

[evidence.memory.go]
kind = "own"
run = "agent"
range = [60, 70, 80]

[evidence.memory."rust@agent"]
kind = "documented"
against = "go"
ratio = [0.2, 0.4, 0.8]
controlled = [0.6, 0.8, 1]
source = "somebody's page"
as-of = 2026-11-01
"#;

/// What is wrong, and how the text is changed for it: from, to.
const WRONG: &[(&str, &str, &str)] = &[
    ("one option", r#"options = ["go", "rust"]"#, r#"options = ["go"]"#),
    ("an option twice", r#"options = ["go", "rust"]"#, r#"options = ["go", "rust", "go"]"#),
    ("an unknown key", "incumbent =", "incumbant ="),
    ("an unknown option", r#"team = "rust""#, r#"team = "rusty""#),
    ("shares that are not one together", "share = 0.3", "share = 0.4"),
    ("a share of nothing", "share = 0.3", "share = 0"),
    (
        "an unknown criterion of a must",
        "criterion = \"memory\"\nat-most",
        "criterion = \"memroy\"\nat-most",
    ),
    ("an unknown criterion of evidence", "[evidence.delivery.go]", "[evidence.delivry.go]"),
    ("an unknown criterion of relevance", "relevance = { memory", "relevance = { latency"),
    (
        "a criterion of no component",
        "relevance = { memory = 0.1 }\n\n[[component]]\nid = \"agent\"\nshare = 0.3",
        "relevance = { memory = 0 }\n\n[[component]]\nid = \"agent\"\nshare = 0.3\nrelevance = { memory = 0 }",
    ),
    ("an unknown fact", "fact = \"known-here\"", "fact = \"known\""),
    ("an unknown component", "component = \"agent\"", "component = \"agents\""),
    ("floor equal to goal", "floor = 24\ngoal = 12", "floor = 12\ngoal = 12"),
    ("a logarithm of nothing", "floor = 128\ngoal = 16", "floor = 128\ngoal = 0"),
    ("points beyond the top", "points = 100", "points = 130"),
    ("all weights zero", "points = 100", "points = 0 # 40 and 20 as well"),
    ("one weight zero without a must", "points = 100", "points = 0"),
    (
        "contradicting bounds",
        "[criteria.delivery]",
        "[[must]]\nname = \"large\"\ncriterion = \"memory\"\nat-least = 64\n\n[criteria.delivery]",
    ),
    (
        "contradicting facts",
        "[criteria.delivery]",
        "[[must]]\nname = \"unknown\"\nfact = \"known-here\"\nis = false\n\n[criteria.delivery]",
    ),
    ("a must of two kinds", "fact = \"known-here\"", "fact = \"known-here\"\nat-most = 3"),
    ("two components without parts", "[criteria.parts]\nfloor = 5\ngoal = 1\npoints = 20\n", ""),
    ("a range out of order", "range = [10, 13, 17]", "range = [13, 10, 17]"),
    ("a range of two", "range = [10, 13, 17]", "range = [10, 17]"),
    (
        "a fact that is a range",
        "kind = \"estimate\"\nrange = [10, 13, 17]",
        "kind = \"fact\"\nrange = [10, 13, 17]",
    ),
    ("a ratio to itself", "against = \"go\"\nratio = [0.9", "against = \"rust\"\nratio = [0.9"),
    (
        "ratios in a circle",
        "kind = \"estimate\"\nrange = [10, 13, 17]",
        "kind = \"estimate\"\nagainst = \"rust\"\nratio = [1, 1, 1]",
    ),
    ("a ratio below zero", "ratio = [0.2, 0.4, 0.8]", "ratio = [-0.2, 0.4, 0.8]"),
    ("a share beyond one", "controlled = [0.6, 0.8, 1]", "controlled = [0.6, 0.8, 2]"),
    ("a share not said", "controlled = [0.6, 0.8, 1]\n", ""),
    ("a unit that is none of the metric's", "unit = \"MiB\"", "unit = \"percent\""),
    ("a boundary with itself", "to = \"agent\"", "to = \"control\""),
    (
        "a boundary whose cost is not said",
        "cost = { criterion = \"memory\", range = [1, 2, 4] }",
        "cost = { criterion = \"memory\" }",
    ),
    ("a record that is never valid", "valid-days = 90", "valid-days = 0"),
    ("a kind nobody knows", "kind = \"documented\"", "kind = \"hearsay\""),
    (
        "a question that only a preset asks",
        "[facts.known-here]",
        "[[ask]]\nquestion = \"?\"\nset = \"team\"\nkind = \"text\"\n\n[facts.known-here]",
    ),
];

fn changed(from: &str, to: &str) -> String {
    assert!(DECISION.contains(from), "{from}");
    let text = DECISION.replacen(from, to, 1);
    match to.contains("40 and 20") {
        true => text.replace("points = 40", "points = 0").replace("points = 20", "points = 0"),
        false => text,
    }
}

#[test]
fn every_fault_names_the_line_and_a_way_out() {
    let mut all = String::new();
    for (wrong, from, to) in WRONG {
        match parse("decision.toml", &changed(from, to)) {
            Ok(_) => panic!("{wrong} is accepted"),
            Err(faults) => {
                assert!(faults.0.iter().all(|fault| fault.span.is_some()), "{wrong}: {faults}");
                write!(all, "== {wrong}\n{faults}\n").unwrap();
            }
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn a_decision_says_what_it_says() {
    let decision = parse("decision.toml", DECISION).unwrap();
    assert_eq!(decision.weights, Weights::Rough);
    assert_eq!(decision.concentration(), 10.0);
    assert_eq!(decision.valid_days, 90);
    assert_eq!(decision.components[0].relevance_of(&decision.criteria[1].id), 0.1);
    assert_eq!(decision.criteria[1].factor, Some(1_048_576.0));
    let agent = &decision.components[1].id;
    let at = decision.evidence_at(&decision.criteria[1].id, &decision.options[1], agent);
    assert!(matches!(decision.evidence[at.unwrap()].basis, Basis::Ratio { .. }));
    // What is said of one component is not said of another.
    let control = &decision.components[0].id;
    let at = decision.evidence_at(&decision.criteria[1].id, &decision.options[1], control);
    assert_eq!(at, None);
}

#[test]
fn comments_and_order_are_no_part_of_what_is_decided() {
    let other = DECISION
        .replace("incumbent = \"go\"\nteam = \"rust\"", "team = \"rust\" # us\nincumbent = \"go\"");
    assert_eq!(canonical(DECISION).unwrap(), canonical(&other).unwrap());
    assert_ne!(
        canonical(DECISION).unwrap(),
        canonical(&changed("goal = 12", "goal = 11")).unwrap()
    );
}

#[test]
fn a_value_is_put_at_its_key_and_all_else_stays() {
    let text = with(DECISION, "criteria.delivery.points=40").unwrap();
    assert_eq!(text, changed("points = 100", "points = 40"));
    assert_eq!(
        with(DECISION, "must.small.at-most = 64").unwrap(),
        changed("at-most = 48", "at-most = 64")
    );
    assert_eq!(with(DECISION, "team=go").unwrap(), changed("team = \"rust\"", "team = \"go\""));
    let text = with(DECISION, "evidence.delivery.go.range=[8,9,10]").unwrap();
    assert_eq!(text, changed("[10, 13, 17]", "[8,9,10]"));
}

#[test]
fn a_key_that_leads_nowhere_says_what_is_there() {
    let error = |assignment| with(DECISION, assignment).unwrap_err().to_string();
    assert!(error("criteria.delivry.points=40").contains("there is: delivery, memory, parts"));
    assert!(error("must.large.at-most=40").contains("known, small"));
    assert!(error("must=40").contains("known, small"), "{}", error("must=40"));
    assert!(error("criteria.delivery.points").contains("KEY=VALUE"));
    assert!(error("criteria.delivery.points=[4").contains("no value"));
}

fn ask(set: &str, kind: AskKind, none_removes: Option<&str>) -> Ask {
    let choices =
        if kind == AskKind::Choice { vec!["go".to_owned(), "rust".to_owned()] } else { Vec::new() };
    Ask {
        question: "How many?".to_owned(),
        set: set.to_owned(),
        kind,
        choices,
        none_removes: none_removes.map(str::to_owned),
    }
}

#[test]
fn answers_are_read_as_people_type_them() {
    let range = ask("evidence.delivery.go.range", AskKind::Range, None);
    for typed in ["8 10 16", "8, 10, 16", "[8, 10, 16]", " 8 to 10 to 16 "] {
        assert_eq!(parsed_answer(&range, typed), Ok(Answer::Range([8.0, 10.0, 16.0])), "{typed}");
    }
    assert_eq!(parsed_answer(&range, "10"), Ok(Answer::Range([10.0; 3])));
    assert_eq!(parsed_answer(&range, ""), Ok(Answer::AsItIs));
    assert_eq!(parsed_answer(&range, "?"), Ok(Answer::Unknown));
    for typed in ["16 10 8", "ten", "1 2", "none", "nan 1 2"] {
        assert!(parsed_answer(&range, typed).is_err(), "{typed}");
    }
    let team = ask("team", AskKind::Choice, Some("team"));
    assert_eq!(parsed_answer(&team, "r"), Ok(Answer::Text("rust".to_owned())));
    assert_eq!(parsed_answer(&team, "none"), Ok(Answer::None));
    assert!(parsed_answer(&team, "zig").unwrap_err().0.contains("go, rust"));
}

#[test]
fn answers_change_the_decision_and_what_is_not_known_is_marked() {
    let range = ask("evidence.delivery.go.range", AskKind::Range, None);
    let text = answered(DECISION, &range, &Answer::Range([8.0, 10.5, 16.0])).unwrap();
    assert_eq!(text, changed("[10, 13, 17]", "[8, 10.5, 16]"));
    let text = answered(DECISION, &range, &Answer::Unknown).unwrap();
    assert_eq!(parse("decision.toml", &text).unwrap().open, ["How many?"]);
    let limit = ask("must.small.at-most", AskKind::Number, Some("must.small"));
    let text = answered(DECISION, &limit, &Answer::None).unwrap();
    assert_eq!(parse("decision.toml", &text).unwrap().musts.len(), 1);
    assert_eq!(value_at(DECISION, "must.small.at-most").unwrap().unwrap(), "48");
    assert_eq!(value_at(DECISION, "evidence.delivery.go.range").unwrap().unwrap(), "10 13 17");
}

fn comparison() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../comparisons/rust-vs-go")
}

#[test]
fn a_preset_becomes_a_decision_that_keeps_its_reasons() {
    for preset in presets(&comparison()).unwrap_or_else(|faults| panic!("{faults}")) {
        let text = begun_from(&preset).unwrap();
        let decision = parse("decision.toml", &text).unwrap_or_else(|faults| panic!("{faults}"));
        // A list of another order is drawn alike.
        let sorted = |mut decision: model::Decision| {
            let name =
                |known: &model::decision::Evidence| format!("{} {}", known.criterion, known.option);
            decision.evidence.sort_by_key(name);
            decision
        };
        assert_eq!(sorted(decision.clone()), sorted(preset.decision), "{}", preset.id);
        let reasoned = decision.criteria.iter().all(|criterion| criterion.why.is_some());
        assert!(reasoned, "{}: every criterion says why", preset.id);
        assert!(preset.asks.len() >= 4 && !preset.reasoning.is_empty(), "{}", preset.id);
    }
}

#[test]
fn every_scenario_of_the_pack_can_be_read() {
    let all = scenarios(&comparison()).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(all.len() >= 19, "{}", all.len());
    assert!(all.iter().filter(|scenario| scenario.happened.is_some()).count() >= 10);
}

const DOCUMENT: &str = include_str!("../../../docs/decision-format.md");

#[test]
fn the_documented_examples_are_decisions() {
    let examples =
        DOCUMENT.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let mut count = 0;
    for example in examples {
        parse("decision.toml", example).unwrap_or_else(|faults| panic!("{faults}"));
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn every_key_is_documented() {
    let shape = include_str!("../src/shape/decision.rs");
    let keys = shape.lines().filter_map(|line| line.trim().strip_prefix("pub(crate) "));
    let keys = keys.filter_map(|line| line.split_once(':').map(|(key, _)| key.replace('_', "-")));
    let missing: Vec<String> = keys
        .filter(|key| !key.contains(' '))
        .filter(|key| {
            let spelled =
                [format!("{key} ="), format!("[{key}"), format!(".{key}]"), format!("[[{key}")];
            !spelled.iter().any(|spelling| DOCUMENT.contains(spelling.as_str()))
        })
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}
