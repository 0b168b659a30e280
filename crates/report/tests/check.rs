//! What `check` shows, in every format.

mod check_sample;
#[expect(dead_code, reason = "each file of tests uses a part of it")]
mod compare_sample;

use check_sample as sample;
use report::Style;
use report::check::{CheckDocument, MARKER};
use unicode_width::UnicodeWidthStr;

fn every(format: impl Fn(&CheckDocument) -> String) -> String {
    let all = sample::all();
    let shown = all.iter().map(|(name, document)| format!("---- {name}\n{}", format(document)));
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn text_of_every_kind_of_check() {
    insta::assert_snapshot!(every(|document| document.text(&Style::plain())));
}

#[test]
fn markdown_for_a_pull_request() {
    insta::assert_snapshot!(every(CheckDocument::markdown));
}

#[test]
fn junit_of_every_kind_of_check() {
    insta::assert_snapshot!(every(CheckDocument::junit));
}

#[test]
fn json_is_frozen() {
    insta::assert_snapshot!(sample::fails().json().unwrap());
}

#[test]
fn a_bot_finds_its_comment_by_the_first_line() {
    assert_eq!(MARKER, "<!-- evenhand-check -->");
    for (name, document) in sample::all() {
        let markdown = document.markdown();
        assert_eq!(markdown.lines().next(), Some(MARKER), "{name}");
        assert_eq!(markdown.matches(MARKER).count(), 1, "{name}");
    }
}

#[test]
fn junit_is_xml_whose_counts_are_right() {
    for (name, document) in sample::all() {
        let xml = document.junit();
        let tree =
            roxmltree::Document::parse(&xml).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let named = |tag: &str| tree.descendants().filter(|node| node.has_tag_name(tag)).count();
        let root = tree.root_element();
        let count = |key: &str| root.attribute(key).and_then(|n| n.parse::<usize>().ok());
        assert_eq!(count("tests"), Some(named("testcase")), "{name}");
        assert_eq!(count("failures"), Some(named("failure")), "{name}");
        assert_eq!(count("errors"), Some(named("error")), "{name}");
        assert_eq!(count("skipped"), Some(named("skipped")), "{name}");
        let red = named("failure") + named("error") > 0;
        assert_eq!(red, document.exit != 0, "{name}");
    }
}

#[test]
fn junit_gives_odd_words_back() {
    let xml = sample::odd_words().junit();
    let tree = roxmltree::Document::parse(&xml).expect("XML");
    let failure = tree.descendants().find(|node| node.attribute("type") == Some("guard"));
    let message = failure.and_then(|node| node.attribute("message")).expect("a failure");
    assert!(message.starts_with("</failure><b>&amp; | `x_y` [31m \"quoted\" ]]>"), "{message}");
    let names = tree.descendants().filter_map(|node| node.attribute("name"));
    assert!(names.into_iter().any(|name| name == "a`b|c<d>&\"e\""));
}

#[test]
fn text_is_never_wider_than_eighty_columns() {
    for (name, document) in sample::all() {
        for line in document.text(&Style::plain()).lines() {
            assert!(line.width() <= 80, "{name}: {} columns: {line}", line.width());
            assert!(!line.contains(|c: char| c.is_control()), "{name}: {line:?}");
        }
    }
}

#[test]
fn nothing_that_is_concealed_leaves_in_any_format() {
    for (name, document) in sample::all() {
        let json = document.json().expect("JSON");
        for text in [document.text(&Style::coloured()), document.markdown(), document.junit(), json]
        {
            assert_eq!(
                compare_sample::PRIVATE.iter().find(|word| text.contains(**word)),
                None,
                "{name}"
            );
        }
    }
}
