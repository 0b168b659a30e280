//! Replacements before comparing, and what is compared beside outputs.

use agree::{
    Agreement, Answer, Ending, Normalise, Rule, Terms, Tolerance, agree, endings, fingerprint,
    sizes,
};

fn normalising(rule: Rule, replacements: &[(&str, &str)]) -> Terms {
    let normalise = replacements.iter().map(|(find, put)| Normalise::new(find, put).expect(find));
    Terms { normalise: normalise.collect(), ..Terms::from(rule) }
}

#[test]
fn what_differs_from_run_to_run_is_replaced_everywhere() {
    let terms = normalising(Rule::Bytes, &[(r"took \d+ms", "took T")]);
    assert_eq!(terms.difference(b"took 5ms\ntook 6ms\n", b"took 7ms\ntook 88ms\n"), None);
    let difference = terms.difference(b"took 5ms a\n", b"took 5ms b\n").unwrap();
    assert_eq!(
        difference.describe("one", "two"),
        r#"line 1, byte 8: one has "took T a\n", two has "took T b\n""#
    );
}

#[test]
fn replacements_are_made_in_order_and_know_their_groups() {
    let terms = normalising(Rule::Bytes, &[(r"(\w+)@(\w+)", "$2 of ${1}"), ("of", "->")]);
    assert_eq!(terms.difference(b"a@b", b"b -> a"), None);
}

#[test]
fn a_caret_is_the_begin_of_every_line() {
    let terms = normalising(Rule::SortedLines, &[("^#.*\n", "")]);
    assert_eq!(terms.difference(b"# now\na\n# then\nb\n", b"b\na\n"), None);
}

#[test]
fn bytes_that_are_no_text_can_be_replaced() {
    let terms = normalising(Rule::Bytes, &[(r"(?-u)\xff+", "")]);
    assert_eq!(terms.difference(b"a\xff\xff", b"a"), None);
}

#[test]
fn replacing_twice_changes_nothing_more() {
    let once = normalising(Rule::Bytes, &[(r"\d+ms", "T"), (r"pid=\d+", "pid=P")]);
    let twice = Terms {
        normalise: [once.normalise.clone(), once.normalise.clone()].concat(),
        ..once.clone()
    };
    for output in [&b"12ms pid=7"[..], b"12msms", b"pid=pid=7", b"", b"T P"] {
        assert_eq!(once.fingerprint(output), twice.fingerprint(output));
    }
}

#[test]
fn fingerprints_are_taken_after_replacements_and_never_with_a_tolerance() {
    let terms = normalising(Rule::Set, &[(r"\d+", "N")]);
    assert_eq!(terms.fingerprint(b"a1\na2\n"), Some(fingerprint(Rule::Set, b"aN")));
    let tolerance = Some(Tolerance { relative: 0.0, absolute: 0.0 });
    assert_eq!(Terms { tolerance, ..terms }.fingerprint(b"a1"), None);
}

#[test]
fn an_expression_that_does_not_compile_is_named() {
    let error = Normalise::new("took (", "x").unwrap_err();
    assert_eq!(error.pattern, "took (");
    let text = error.to_string();
    assert!(text.starts_with("`took (` is not a regular expression: "), "{text}");
    assert!(text.contains("unclosed group"), "{text}");
}

#[test]
fn terms_of_a_rule_are_the_rule() {
    let (one, two) = (Answer { stdout: b"a", exit: 0 }, Answer { stdout: b"a", exit: 1 });
    for rule in [Rule::Bytes, Rule::SortedLines, Rule::Set, Rule::Json] {
        assert_eq!(Terms::from(rule).agree(&one, &two), agree(rule, &one, &two));
        assert_eq!(Terms::from(rule).fingerprint(b"a"), Some(fingerprint(rule, b"a")));
    }
    assert_eq!(Terms::from(Rule::Set).agree(&one, &one), Agreement::Same);
}

#[test]
fn ends_of_runs_read_well() {
    let said = |one, two| endings(one, two).unwrap().describe("one", "two");
    assert_eq!(
        said(Ending::Exited(0), Ending::Exited(101)),
        "exit codes differ: one ended with 0, two with 101"
    );
    assert_eq!(
        said(Ending::Signalled(13), Ending::Exited(1)),
        "one was ended by SIGPIPE, two exited with 1"
    );
    assert_eq!(
        said(Ending::TimedOut, Ending::Signalled(64)),
        "one was still running when its time was up, two was ended by signal 64"
    );
    assert_eq!(endings(Ending::Signalled(13), Ending::Signalled(13)), None);
    assert!(endings(Ending::Exited(13), Ending::Signalled(13)).is_some());
}

#[test]
fn sizes_within_the_factor_pass() {
    assert_eq!(sizes(&[("a", 1000), ("b", 1020), ("c", 1010)], 1.02), None);
    assert_eq!(sizes(&[("a", 0), ("b", 0)], 1.0), None);
    assert_eq!(sizes(&[], 1.0), None);
}

#[test]
fn sizes_further_apart_read_well() {
    let said = |given: &[(&str, u64)], factor| sizes(given, factor).unwrap().to_string();
    assert_eq!(
        said(&[("b", 2_726_298), ("c", 2_400_000), ("a", 2_202_010)], 1.02),
        "2.1 MiB of a, 2.6 MiB of b: more than 2 % apart"
    );
    assert_eq!(
        said(&[("a", 2_202_010), ("b", 2_222_010)], 1.001),
        "2.100 MiB of a, 2.119 MiB of b: more than 0.1 % apart"
    );
    assert_eq!(
        said(&[("a", 5_000_000_000), ("b", 5_000_000_001)], 1.0),
        "5000000000 B of a, 5000000001 B of b: more than 0 % apart"
    );
    assert_eq!(said(&[("a", 0), ("b", 9)], 3.0), "0 B of a, 9 B of b: more than 3 times apart");
}
