//! What people read when outputs differ.

use agree::{Normalise, Rule, Side, Terms, Tolerance};
use insta::assert_snapshot;

fn diff_under(terms: &Terms, one: &[u8], two: &[u8]) -> String {
    let (one, two) = (Side { name: "one", output: one }, Side { name: "two", output: two });
    terms.diff(one, two).unwrap_or_else(|| "none".to_owned())
}

fn diff(rule: Rule, one: impl AsRef<[u8]>, two: impl AsRef<[u8]>) -> String {
    diff_under(&Terms::from(rule), one.as_ref(), two.as_ref())
}

fn near(rule: Rule, one: &str, two: &str) -> String {
    let tolerance = Some(Tolerance { relative: 1e-9, absolute: 0.0 });
    diff_under(&Terms { tolerance, ..Terms::from(rule) }, one.as_bytes(), two.as_bytes())
}

/// Lines `line 1` to `line COUNT`.
fn numbered(count: usize) -> String {
    (1..=count).map(|number| format!("line {number}\n")).collect()
}

#[test]
fn nothing_where_there_is_no_difference() {
    assert_snapshot!(diff(Rule::Bytes, "a\n", "a\n"));
}

#[test]
fn another_word_in_the_middle() {
    assert_snapshot!(diff(
        Rule::Bytes,
        numbered(20),
        numbered(20).replace("line 10\n", "line ten\n")
    ));
}

#[test]
fn a_line_missing_at_the_end() {
    assert_snapshot!(diff(Rule::Bytes, numbered(5), numbered(4)));
}

#[test]
fn a_further_line() {
    assert_snapshot!(diff(
        Rule::Bytes,
        numbered(9),
        numbered(9).replace("line 5", "line 4½\nline 5")
    ));
}

#[test]
fn two_places_close_together() {
    assert_snapshot!(diff(
        Rule::Bytes,
        numbered(9),
        numbered(9).replace("line 3", "LINE 3").replace("line 5", "LINE 5")
    ));
}

#[test]
fn more_than_is_shown() {
    assert_snapshot!(diff(Rule::Bytes, numbered(500), numbered(500).replace("line", "row")));
}

#[test]
fn a_further_place_far_away() {
    assert_snapshot!(diff(
        Rule::Bytes,
        numbered(50),
        numbered(50).replace("line 3\n", "").replace("line 40", "LINE 40")
    ));
}

#[test]
fn binary_data() {
    assert_snapshot!(diff(
        Rule::Bytes,
        b"\x7fELF\x02\x01\x00\x00\xff\xfe",
        b"\x7fELF\x01\x01\x00\x00\xff\xfd"
    ));
}

#[test]
fn empty_beside_something() {
    assert_snapshot!(diff(Rule::Bytes, "", "a\nb\n"));
}

#[test]
fn something_beside_empty() {
    assert_snapshot!(diff(Rule::Bytes, "a", ""));
}

#[test]
fn carriage_returns() {
    assert_snapshot!(diff(Rule::Bytes, "a\nb\n", "a\r\nb\r\n"));
}

#[test]
fn a_carriage_return_and_one_written_out() {
    assert_snapshot!(diff(Rule::Bytes, "a\r\n", "a\\r\n"));
}

#[test]
fn no_newline_at_the_end() {
    assert_snapshot!(diff(Rule::Bytes, "a\nb\n", "a\nb"));
}

#[test]
fn a_blank_at_the_end() {
    assert_snapshot!(diff(Rule::Bytes, "a\n", "a \n"));
}

#[test]
fn what_leads_a_terminal_astray() {
    assert_snapshot!(diff(Rule::Bytes, "\u{1b}[31mred\u{202e}\n", "red\n"));
}

#[test]
fn a_long_line() {
    assert_snapshot!(diff(
        Rule::Bytes,
        [&b".".repeat(600_000)[..], b"here", &b".".repeat(400_000)].concat(),
        [&b".".repeat(600_000)[..], b"HERE", &b".".repeat(400_000)].concat()
    ));
}

#[test]
fn characters_are_not_cut() {
    assert_snapshot!(diff(
        Rule::Bytes,
        "é".repeat(80) + "x" + &"€".repeat(80),
        "é".repeat(80) + "y" + &"€".repeat(80)
    ));
}

#[test]
fn numbers_apart_among_near_ones() {
    assert_snapshot!(near(
        Rule::Bytes,
        "a 0.1\nb 0.2\nc 0.3\nd 0.4\n",
        "a 0.10000000000000001\nb 0.20000000000000004\nc 0.31\nd 0.4\n"
    ));
}

#[test]
fn lines_that_only_one_has() {
    assert_snapshot!(diff(Rule::SortedLines, "b\na\nb\nc\n", "d\nc\nb\nc\n"));
}

#[test]
fn many_lines_that_only_one_has() {
    assert_snapshot!(diff(Rule::Set, numbered(20), numbered(12).replace("line 1", "row 1")));
}

#[test]
fn unordered_lines_with_numbers_apart() {
    assert_snapshot!(near(Rule::SortedLines, "b 2.5\na 1.5\n", "a 1.5000000000000002\nb 2.6\n"));
}

#[test]
fn an_unordered_output_that_is_empty() {
    assert_snapshot!(diff(Rule::Set, "", "\n"));
}

#[test]
fn json_values() {
    assert_snapshot!(diff(
        Rule::Json,
        r#"{"a": [1, 2, {"b": "x\ny", "c": null}], "odd key": 1.5}"#,
        r#"{"a": [1, 2, {"b": "x\nz"}, [true, {}]], "odd key": 1.25}"#
    ));
}

#[test]
fn json_with_more_than_is_shown() {
    assert_snapshot!(diff(Rule::Json, "[1,2,3,4,5,6,7]", "[]"));
}

#[test]
fn json_numbers_apart() {
    assert_snapshot!(near(
        Rule::Json,
        r#"{"near": 0.1, "far": 0.1}"#,
        r#"{"near": 0.10000000000000001, "far": 0.2}"#
    ));
}

#[test]
fn long_json_text() {
    assert_snapshot!(diff(
        Rule::Json,
        format!("[\"{}a\"]", "x".repeat(300)),
        format!("[\"{}b\"]", "x".repeat(300))
    ));
}

#[test]
fn output_that_is_not_json() {
    assert_snapshot!(diff(Rule::Json, "[1,\n2", "[1, 2]"));
}

#[test]
fn what_was_replaced_is_shown_replaced() {
    let normalise = vec![Normalise::new(r"\d+ms", "T").unwrap()];
    let terms = Terms { normalise, ..Terms::from(Rule::Bytes) };
    assert_snapshot!(diff_under(&terms, b"took 5ms\nyes\n", b"took 9ms\nno\n"));
}

#[test]
fn large_outputs_are_shown_as_fast_as_small_ones() {
    let one = b"0123456789abcdef\n".repeat(4_000_000);
    let mut two = one.clone();
    let at = two.len() - 20;
    two.insert(at, b'!');
    assert_snapshot!(diff(Rule::Bytes, &one, &two));
    assert_snapshot!(diff(Rule::SortedLines, &one, &two));
}
