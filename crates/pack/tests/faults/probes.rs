//! probes/ID/probe.toml and the programs beside it.

use insta::assert_snapshot;

use crate::draft::draft;
use crate::{MISTAKES, QUOTES, SCRIPT};

#[test]
fn a_gate_that_nobody_knows_and_one_that_the_language_has_not() {
    let spoilt = draft()
        .replace(QUOTES, "file = \"closed.sh\"", "file = \"closed.sh\"\nat = \"compiel\"")
        .replace(QUOTES, "at = \"run\"", "at = \"lint\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_language_without_gates() {
    let spoilt = draft()
        .replace(SCRIPT, "[gate.compile]\ncommand = [\"sh\", \"-n\", \"{args}\", \"{file}\"]\ndefaults = [\"-e\"]\n", "")
        .replace(SCRIPT, "[gate.run]\nthen = [\"sh\", \"{out}/probe\"]\n", "");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_stopped_check_without_a_twin() {
    let spoilt = draft().replace(
        QUOTES,
        "file = \"closed.sh\"\nexpect",
        "file = \"closed.sh\"\nat = \"run\"\nexpect",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_stopped_check_that_does_not_say_why() {
    let spoilt = draft().replace(QUOTES, "code = \"S1\"\nsays = 'unterminated'\n", "");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_reason_that_every_answer_gives() {
    let spoilt = draft().replace(QUOTES, "code = \"S1\"\nsays = 'unterminated'", "says = '.*'");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_code_where_nothing_is_told_and_an_expression_that_does_not_compile() {
    let spoilt = draft().replace(QUOTES, "args = [\"-u\"]", "code = \"S1\"").replace(
        QUOTES,
        "says = 'unterminated'",
        "says = '(unterminated'",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn programs_that_are_not_there_or_lie_elsewhere() {
    let spoilt = draft().replace(QUOTES, "\"closed.sh\"", "\"close.sh\"").replace(
        QUOTES,
        "\"open.sh\"",
        "\"../open.sh\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_program_that_would_not_be_unpacked() {
    let spoilt = draft().replace(QUOTES, "\"closed.sh\"", "\"closed\"");
    spoilt.write("probes/quotes/closed", "echo one\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_check_declared_twice_on_a_side() {
    let spoilt = draft().replace(QUOTES, "id = \"closed\"", "id = \"open\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_toolchain_that_the_language_does_not_name() {
    let spoilt = draft().replace(QUOTES, "toolchain = \"newest\"", "toolchain = \"newst\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_word_that_is_no_expectation_and_a_side_that_is_none() {
    let spoilt = draft()
        .replace(QUOTES, "expect = \"stopped\"", "expect = \"fails\"")
        .replace(QUOTES, "side = \"oak\"", "side = \"oka\"")
        .replace(QUOTES, "suits = \"ash\"", "suits = \"everybody\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_probe_without_check() {
    let spoilt =
        draft().replace(MISTAKES, "\"probe/quotes\", \"drill/checking\"", "\"drill/checking\"");
    spoilt.write(QUOTES, "title = \"quotes\"\nabout = \"A quote that is not closed.\"\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_folder_that_holds_no_probe_and_one_whose_name_is_none() {
    let spoilt = draft();
    spoilt.write("probes/closed.txt", "");
    spoilt.put("probes/Quotes/probe.toml", "title = \"q\"\nabout = \"q\"\n");
    assert_snapshot!(spoilt.faults());
}
