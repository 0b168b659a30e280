//! Numbers that may lie apart.

use agree::{Rule, Terms, Tolerance};

const LINES: [Rule; 3] = [Rule::Bytes, Rule::SortedLines, Rule::Set];

fn within(relative: f64, absolute: f64, rule: Rule) -> Terms {
    Terms { tolerance: Some(Tolerance { relative, absolute }), ..Terms::from(rule) }
}

fn said(terms: &Terms, one: &str, two: &str) -> String {
    let difference = terms.difference(one.as_bytes(), two.as_bytes());
    difference.map_or("same".to_owned(), |difference| difference.describe("one", "two"))
}

fn same(terms: &Terms, one: &str, two: &str) -> bool {
    said(terms, one, two) == "same"
}

#[test]
fn either_distance_will_do() {
    for (one, two, is_same) in [
        ("1000", "1001", true),
        ("1000", "1002", false),
        ("0.001", "0.0105", true),
        ("0.001", "0.0115", false),
        ("-1000.0", "-1000.9", true),
        ("1", "-1", false),
        ("0", "-0.0", true),
    ] {
        for rule in [Rule::Bytes, Rule::SortedLines, Rule::Set, Rule::Json] {
            assert_eq!(same(&within(1e-3, 0.01, rule), one, two), is_same, "{one} {two} {rule:?}");
        }
    }
}

#[test]
fn decimal_numbers_at_the_very_distance_are_near_enough() {
    for rule in LINES {
        assert!(same(&within(0.0, 0.01, rule), "1.00", "1.01"));
        assert!(!same(&within(0.0, 0.01, rule), "1.00", "1.0101"));
        assert!(same(&within(0.29, 0.0, rule), "71", "100"));
        assert!(!same(&within(0.29, 0.0, rule), "70", "100"));
    }
}

#[test]
fn the_text_between_numbers_has_to_be_equal() {
    let terms = within(0.1, 0.0, Rule::Bytes);
    assert!(same(&terms, "took 12.5ms, 3 of 4\n", "took 12.6ms, 3 of 4\n"));
    assert_eq!(
        said(&terms, "a 1\ntook 12.5ms, 3 of 4\n", "a 1\ntook 12.6s, 3 of 4\n"),
        r#"line 2, byte 10: one has "took 12.5ms, 3 of 4\n", two has "took 12.6s, 3 of 4\n""#
    );
    assert_eq!(
        said(&terms, "3 of 4\n", "3 of 5\n"),
        r#"line 1, byte 6: one has "3 of 4\n", two has "3 of 5\n""#
    );
}

#[test]
fn the_spelling_of_a_number_is_free() {
    let terms = within(0.0, 0.0, Rule::Bytes);
    assert!(same(&terms, "1 1.50 -0 .5 1000", "1.0 +1.5 0 0.5 1e3"));
    assert!(same(&terms, "€5.00 (7) x=8,9", "€5 (7.0) x=8,9"));
    assert!(!same(&terms, "1", "1."));
}

#[test]
fn digits_in_words_and_between_dots_are_text() {
    let terms = within(1e9, 1e9, Rule::Bytes);
    for (one, two) in [
        ("x86", "x64"),
        ("0x1f", "1x1f"),
        ("3f5a9e12", "4f5a9e12"),
        ("1.2.3", "1.2.4"),
        ("127.0.0.1", "128.0.0.1"),
        ("1h30m", "2h30m"),
        ("5_000", "6_000"),
        ("user_7", "user_8"),
    ] {
        assert!(!same(&terms, one, two), "{one} {two}");
        assert!(same(&terms, one, one), "{one}");
    }
    assert!(same(&terms, "v 7", "v 8"));
}

#[test]
fn what_no_number_holds_has_to_be_equal() {
    let ids = "123456789012345678901234567890123456789012345678901234567890";
    let next = "123456789012345678901234567890123456789012345678901234567891";
    for rule in LINES {
        let terms = within(1e9, 1e9, rule);
        for (one, two) in
            [("NaN", "nan"), ("inf", "-inf"), ("inf", "1e308"), ("1e999", "1e998"), (ids, next)]
        {
            assert!(!same(&terms, one, two), "{one} {two}");
            assert!(same(&terms, one, one), "{one}");
        }
    }
}

#[test]
fn integers_beyond_the_doubles_are_counted_exactly() {
    for rule in [Rule::Bytes, Rule::SortedLines, Rule::Set, Rule::Json] {
        let terms = within(0.0, 1.0, rule);
        assert!(same(&terms, "18446744073709551614", "18446744073709551615"));
        assert!(!same(&terms, "18446744073709551613", "18446744073709551615"));
    }
    let terms = within(0.0, 1.0, Rule::Bytes);
    let long = "123456789012345678901234567890123456";
    assert!(same(&terms, &format!("{long}1"), &format!("{long}2")));
    assert!(!same(&terms, &format!("{long}1"), &format!("{long}3")));
}

#[test]
fn a_double_written_in_full_is_one() {
    let full = format!("1{}", "0".repeat(300));
    assert!(same(&within(0.0, 0.0, Rule::Bytes), &full, "1e300"));
}

#[test]
fn an_output_that_ends_is_not_like_one_that_goes_on() {
    let terms = within(1.0, 1.0, Rule::Bytes);
    assert_eq!(said(&terms, "1\n2\n", "1.5\n"), r#"two ends after 1 line, where one has "2\n""#);
    assert_eq!(said(&terms, "1\n", "1.5"), r#"line 1, byte 2: one has "1\n", two has "1.5""#);
    assert_eq!(said(&terms, "", "\n"), r#"one ends after 0 lines, where two has "\n""#);
}

#[test]
fn unordered_lines_are_held_against_each_other_by_text_then_number() {
    let terms = within(0.0, 0.1, Rule::SortedLines);
    assert!(same(&terms, "b 1.0\na 2.0\nb 3.0\n", "b 3.05\nb 1.05\na 2.05\n"));
    assert_eq!(
        said(&terms, "b 1.0\na 2.0\nb 3.0\n", "b 3.5\nb 1.05\na 2.05\n"),
        r#"no line near enough in the other: one has "b 3.0", two has "b 3.5""#
    );
    assert_eq!(
        said(&terms, "1\n1\n", "1\n"),
        r#"no line near enough in the other: one has "1", two has nothing"#
    );
}

#[test]
fn whole_numbers_name_a_line_wherever_they_stand() {
    let terms = within(0.0, 0.1, Rule::SortedLines);
    assert!(same(&terms, "1.50 user 5\n1.51 user 7\n", "1.52 user 5\n1.49 user 7\n"));
}

#[test]
fn in_a_set_near_lines_count_once() {
    let terms = within(0.0, 0.1, Rule::Set);
    assert!(same(&terms, "x 1\nx 1.05\nx 1\n", "x 1.02\n"));
    assert!(!same(&terms, "x 1\nx 1.2\n", "x 1.05\n"));
    assert!(!same(&within(0.0, 0.1, Rule::SortedLines), "x 1\nx 1.05\n", "x 1.02\n"));
}

#[test]
fn a_line_end_is_not_taken_for_a_number() {
    assert!(!same(&within(1.0, 1.0, Rule::SortedLines), "a 1\n", "a \0\n"));
}

#[test]
fn json_numbers_may_lie_apart_anywhere_but_in_text() {
    let terms = within(1e-9, 0.0, Rule::Json);
    assert!(same(
        &terms,
        r#"{"a": [0.1, {"b": 300000000}]}"#,
        r#"{"a": [0.10000000000000002, {"b": 300000000.1}]}"#
    ));
    assert_eq!(
        said(&terms, r#"{"a": [1, 0.1]}"#, r#"{"a": [1, 0.11]}"#),
        "at $.a[1]: one has 0.1, two has 0.11"
    );
    assert!(!same(&terms, r#""0.1""#, r#""0.10000000000000002""#));
}

#[test]
fn a_tolerance_that_makes_no_sense_allows_nothing() {
    for none in [f64::NAN, -1.0] {
        assert!(same(&within(none, none, Rule::Bytes), "2", "2.0"));
        assert!(!same(&within(none, none, Rule::Bytes), "2", "2.1"));
    }
}
