//! What `compare` shows, in every format.

#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod compare_sample;

use compare_sample as sample;
use report::Style;

fn text(sample: &sample::Sample) -> String {
    sample.document().text(&Style::plain())
}

#[test]
fn text_of_every_kind_of_comparison() {
    let all = sample::all();
    let shown = all.iter().map(|(name, sample)| format!("---- {name}\n{}", text(sample)));
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
}

#[test]
fn json_is_frozen() {
    insta::assert_snapshot!(sample::typical().document().json().unwrap());
}

#[test]
fn markdown_for_an_issue() {
    let shown = [sample::typical(), sample::other_answers(), sample::odd_words()];
    let shown: Vec<String> = shown.iter().map(|sample| sample.document().markdown()).collect();
    insta::assert_snapshot!(shown.join("\n----\n\n"));
}

#[test]
fn csv_for_a_spreadsheet() {
    let shown = [sample::typical(), sample::odd_words(), sample::other_answers()];
    let shown: Vec<String> =
        shown.iter().map(|sample| sample.document().csv().replace('\r', "")).collect();
    insta::assert_snapshot!(shown.join("----\n"));
}
