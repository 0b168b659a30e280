//! `verify --defects` and `show defect/ID` in every form, on two classes made by hand.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod sample;

use report::Style;
use report::defect::{DefectDocument, DefectTexts, DefectsDocument, DefectsInput};
use report::verify::RunView;

fn document() -> DefectsDocument {
    let (comparison, facts) = (sample::comparison(), sample::facts());
    let repeat = "evenhand verify --defects";
    DefectsDocument::new(&DefectsInput {
        comparison: &comparison,
        judged: &sample::defects::judged(),
        costs: &sample::defects::costs(),
        run: RunView { facts: &facts, repeat, pack: None },
        texts: &sample::defects::texts(),
        version: "0.1.0",
        conceal: &sample::conceal(),
    })
}

#[test]
fn text_for_a_terminal() {
    let text = document().text(&Style::plain(), Some("evenhand/rust-vs-go.defects.html"));
    insta::assert_snapshot!(text);
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn markdown_for_a_pull_request() {
    insta::assert_snapshot!(document().markdown());
}

#[test]
fn json_is_frozen() {
    insta::assert_snapshot!(document().json().unwrap());
}

#[test]
fn json_is_as_its_schema_says() {
    let schema = serde_json::from_str(&DefectsDocument::json_schema().unwrap()).unwrap();
    let value = serde_json::from_str(&document().json().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn the_page_shows_both_programs_and_tells_loud_from_silent() {
    let html = document().html().unwrap();
    let shows = [
        "id=\"defect-nil-dereference\"",
        "Chosen to suit Rust",
        "<span class=\"mark caught first\" title=\"rustc: E0609\">●</span>",
        "<span class=\"mark hangs\" title=\"hangs\">…</span>",
        "<span class=\"mark silent\" title=\"silently wrong\">~</span>",
        "<span class=\"gone\">    find(name).year.to_string()",
        "<span class=\"come\">    find(name).map_or_default(year)",
        "in 65 % of runs",
        "test with trigger: fails",
        "In &lt;Go&gt; the map&#39;s zero value",
        "there is no `miri` on PATH",
        "unexpected",
    ];
    for part in shows {
        assert!(html.contains(part), "no {part}");
    }
    for never in ["<script src", "http://"] {
        assert!(!html.contains(never), "{never}");
    }
}

#[test]
fn a_class_by_itself_shows_its_programs() {
    let comparison = sample::comparison();
    let judged = sample::defects::judged().remove(0);
    let texts = sample::defects::texts();
    let shown = DefectDocument::new(&comparison, &judged, &[], &texts, &[]).unwrap();
    insta::assert_snapshot!(shown.text(&Style::plain()));
    let nothing = DefectDocument::new(&comparison, &judged, &[], &DefectTexts::new(), &[]).unwrap();
    assert!(nothing.text(&Style::plain()).contains("its file is not there"));
}
