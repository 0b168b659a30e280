//! What counts as the same answer, and how a difference reads.

use agree::{Agreement, Answer, Rule, agree, fingerprint};

fn said(rule: Rule, go: &[u8], rust: &[u8]) -> String {
    let answer = |stdout| Answer { stdout, exit: 0 };
    match agree(rule, &answer(go), &answer(rust)) {
        Agreement::Same => "same".to_owned(),
        Agreement::Differ(difference) => difference.describe("go", "rust"),
    }
}

#[test]
fn exit_codes_come_before_output() {
    let go = Answer { stdout: b"1", exit: 0 };
    let rust = Answer { stdout: b"2", exit: 101 };
    let Agreement::Differ(difference) = agree(Rule::Bytes, &go, &rust) else { panic!("same") };
    assert_eq!(difference.to_string(), {
        "exit codes differ: the reference ended with 0, the other with 101"
    });
}

#[test]
fn the_same_non_zero_exit_code_is_no_difference() {
    let answer = Answer { stdout: b"", exit: 2 };
    assert_eq!(agree(Rule::Bytes, &answer, &answer), Agreement::Same);
}

#[test]
fn bytes_name_the_first_differing_line() {
    assert_eq!(
        said(Rule::Bytes, b"a\nb\ncat\nd\n", b"a\nb\ncar\nx\n"),
        r#"line 3, byte 3: go has "cat\n", rust has "car\n""#
    );
}

#[test]
fn bytes_tell_a_missing_last_newline() {
    assert_eq!(said(Rule::Bytes, b"a\n", b"a"), r#"line 1, byte 2: go has "a\n", rust has "a""#);
}

#[test]
fn bytes_tell_which_output_ends_early() {
    assert_eq!(
        said(Rule::Bytes, b"a\nb\n", b"a\n"),
        r#"rust ends after 1 line, where go has "b\n""#
    );
    assert_eq!(said(Rule::Bytes, b"", b"x"), r#"go ends after 0 lines, where rust has "x""#);
}

#[test]
fn a_long_line_is_shown_around_its_first_difference() {
    let go = [vec![b'.'; 10_000], b"here".to_vec(), vec![b'.'; 10_000]].concat();
    let rust = [vec![b'.'; 10_000], b"HERE".to_vec(), vec![b'.'; 10_000]].concat();
    let text = said(Rule::Bytes, &go, &rust);
    assert!(text.starts_with("line 1, byte 10001: go has …\"....."), "{text}");
    assert!(text.contains("....here...") && text.contains("....HERE..."), "{text}");
    assert!(text.len() < 250, "{text}");
}

#[test]
fn control_bytes_and_broken_utf8_are_escaped() {
    assert_eq!(
        said(Rule::Bytes, b"\x1b[31m\xff", "é\u{202e}".as_bytes()),
        r#"line 1, byte 1: go has "\u{1b}[31m\xff", rust has "é\u{202e}""#
    );
}

#[test]
fn an_excerpt_never_cuts_a_character() {
    let go = format!("{}a", "€".repeat(20));
    let rust = format!("{}b{}", "€".repeat(20), "€".repeat(40));
    let text = said(Rule::Bytes, go.as_bytes(), rust.as_bytes());
    assert!(!text.contains("\\x"), "{text}");
}

#[test]
fn sorted_lines_ignore_order_but_not_how_often() {
    assert_eq!(said(Rule::SortedLines, b"b\na\nb\n", b"a\nb\nb"), "same");
    assert_eq!(
        said(Rule::SortedLines, b"b\na\nb\n", b"a\nb\n"),
        r#"line "b": 2 times in go, once in rust"#
    );
    assert_eq!(
        said(Rule::SortedLines, b"a\n", b"a\nz\n"),
        r#"line "z": absent in go, once in rust"#
    );
    assert_eq!(said(Rule::SortedLines, b"", b"\n"), r#"line "": absent in go, once in rust"#);
}

#[test]
fn json_ignores_member_order_spaces_and_spelling_of_numbers() {
    assert_eq!(
        said(
            Rule::Json,
            br#"{"a": 1.0, "b": [1e21, 1e-7, -0.0], "c": "\u00e9"}"#,
            "{\"c\":\"é\",\"b\":[1000000000000000000000,0.0000001,0],\"a\":1}\n".as_bytes(),
        ),
        "same"
    );
}

#[test]
fn json_keeps_apart_neighbouring_large_integers() {
    assert_eq!(
        said(Rule::Json, b"[9007199254740993]", b"[9007199254740992]"),
        "at $[0]: go has 9007199254740993, rust has 9007199254740992"
    );
}

#[test]
fn json_names_the_path_of_the_first_difference() {
    assert_eq!(
        said(
            Rule::Json,
            br#"{"users": [{"name": "Ann"}, {"name": "Bo", "odd key": null}]}"#,
            br#"{"users": [{"name": "Ann"}, {"name": "Bob", "odd key": null}]}"#,
        ),
        r#"at $.users[1].name: go has "Bo", rust has "Bob""#
    );
    assert_eq!(
        said(Rule::Json, br#"{"odd key": null}"#, b"{}"),
        r#"at $["odd key"]: go has null, rust has nothing"#
    );
    assert_eq!(
        said(Rule::Json, b"[1,2]", b"[1,2,[3,4]]"),
        "at $[2]: go has nothing, rust has an array of 2"
    );
    assert_eq!(said(Rule::Json, b"{\"a\":1}", b"0.5"), "at $: go has an object of 1, rust has 0.5");
}

#[test]
fn text_that_is_not_json_is_a_difference_even_to_itself() {
    let text = said(Rule::Json, b"[1,", b"[1]");
    assert!(text.starts_with("go did not write JSON: EOF while parsing"), "{text}");
    let text = said(Rule::Json, b"", b"");
    assert!(text.contains("go did not write JSON") && text.contains("; rust did not"), "{text}");
    let text = said(Rule::Json, br#"{"a":1,"a":1}"#, br#"{"a":1}"#);
    assert!(text.contains(r#"go did not write JSON: member "a" is there twice"#), "{text}");
    assert!(said(Rule::Json, b"[1] x", b"[1]").contains("trailing characters at line 1"));
    assert!(said(Rule::Json, "[".repeat(100_000).as_bytes(), b"1").contains("recursion limit"));
}

#[test]
fn fingerprints_are_sha256_of_a_documented_text() {
    let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(
        hex(fingerprint(Rule::Bytes, b"abc")),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(fingerprint(Rule::SortedLines, b"b\na"), fingerprint(Rule::Bytes, b"a\nb\n"));
    assert_eq!(
        fingerprint(Rule::Json, br#" {"b": [1.0, 0.5, "x"], "a": null} "#),
        fingerprint(Rule::Bytes, br#"{"a":null,"b":[1,5e-1,"x"]}"#)
    );
    assert_ne!(fingerprint(Rule::Json, b"{"), fingerprint(Rule::Json, b"["));
}

#[test]
fn a_hundred_megabytes_are_compared() {
    let go = b"0123456789abcdef\n".repeat(6_000_000);
    let mut rust = go.clone();
    let last = rust.len() - 2;
    rust[last] = b'!';
    assert_eq!(
        said(Rule::Bytes, &go, &rust),
        r#"line 6000000, byte 16: go has "0123456789abcdef\n", rust has "0123456789abcde!\n""#
    );
    assert_eq!(
        said(Rule::SortedLines, &go, &rust),
        r#"line "0123456789abcde!": absent in go, once in rust"#
    );
}
