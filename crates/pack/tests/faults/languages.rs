//! languages/ID.toml.

use insta::assert_snapshot;

use crate::SCRIPT;
use crate::draft::draft;

#[test]
fn a_language_that_cannot_be_detected() {
    let spoilt = draft()
        .replace(SCRIPT, r"version = 'script (\S+)'", r"version = 'script \S+'")
        .replace(SCRIPT, r"(\d{4}-\d{2}-\d{2})", r"(\d{4}-\d{2}-\d{2}")
        .replace(SCRIPT, "minimum = \"1.0\"", "minimum = \"new\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn recipes_that_cannot_work() {
    let spoilt = draft()
        .replace(SCRIPT, "\"build.sh\", \"{out}/{program}\"", "\"build.sh\", \"{outt}/{target}\"")
        .replace(SCRIPT, "artefact = \"{out}/{program}\"", "artefact = \"/tmp/program\"")
        .replace(SCRIPT, "list_standard = [\"true\"]", "list_standard = []")
        .replace(SCRIPT, "[profile.release-practice]", "[profile.release]")
        .replace(SCRIPT, "[profile.release-practice.needs]", "[profile.release.needs]");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_project_that_should_look_around_and_is_not_there() {
    assert_snapshot!(draft().replace(SCRIPT, "script/sees", "script/looks").faults());
}

#[test]
fn toolchains_that_cannot_be_asked_for() {
    let switch = "[switch]\nenvironment = { SCRIPT_VERSION = \"{version}\" }\ninstall = [\"script-up\", \"{version}\"]\n";
    let spoilt = draft().replace(SCRIPT, switch, "").replace(
        SCRIPT,
        "newest = \"2.0.0\"",
        "newest = \"latest\"\ninstalled = \"1.0\"",
    );
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_switch_that_asks_for_every_version_alike() {
    let spoilt = draft()
        .replace(SCRIPT, "SCRIPT_VERSION = \"{version}\"", "SCRIPT_VERSION = \"newest\"")
        .replace(SCRIPT, "\"script-up\", \"{version}\"", "\"script-up\", \"{versoin}\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn gates_that_cannot_work() {
    let spoilt = draft()
        .replace(SCRIPT, "\"{args}\", \"{file}\"]", "\"-{args}\", \"{fiel}\"]")
        .replace(SCRIPT, "then = [\"sh\", \"{out}/probe\"]", "then = [\"\", \"{file}\"]")
        .append(SCRIPT, "[gate.test]\n[gate.lnit]\nthen = [\"true\"]\n");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_gate_after_one_that_is_missing() {
    assert_snapshot!(draft().replace(SCRIPT, "[gate.compile]", "[gate.test]").faults());
}

#[test]
fn sources_that_cannot_be_told_from_the_rest() {
    let spoilt = draft()
        .replace(SCRIPT, "extensions = [\"sh\"]", "extensions = []")
        .replace(SCRIPT, "comment = \"#\"", "comment = \"\"")
        .replace(SCRIPT, "sees = \"script/sees\"", "diagnostics = \"gcc\"");
    assert_snapshot!(spoilt.faults());
}

#[test]
fn lines_of_source_in_a_language_that_does_not_say_what_they_are() {
    let source = "[source]\nextensions = [\"sh\"]\ncomment = \"#\"\n";
    assert_snapshot!(draft().replace(SCRIPT, source, "").faults());
}

#[test]
fn licences_that_nobody_could_read() {
    let licences = "licences = { command = [], form = \"spdx-line\" }\nsees = \"script/sees\"";
    assert_snapshot!(draft().replace(SCRIPT, "sees = \"script/sees\"", licences).faults());
}

#[test]
fn licences_without_a_form() {
    let licences = "licences = { command = [\"true\"] }\nsees = \"script/sees\"";
    assert_snapshot!(draft().replace(SCRIPT, "sees = \"script/sees\"", licences).faults());
}

#[test]
fn parts_of_a_project_that_cannot_be_named() {
    let project = "[project]\npackage = [\"--package\", \"{pakage}\"]\nbinary = [\"--bin\"]\n\
                   leaves = [\"LANG\"]\n[project.local]\ncommand = []\nfolder = '\\(/.+\\)'\n";
    let spoilt = draft()
        .replace(SCRIPT, "\"build.sh\", \"{out}/{program}\"", "\"build.sh\", \"-{project}\"")
        .append(SCRIPT, project);
    assert_snapshot!(spoilt.faults());
}

#[test]
fn a_container_that_asks_for_what_nobody_knows() {
    let container = "\n[container]\nenv = { LIMIT = \"{memory}\", N = \"{workers}\" }\n";
    assert_snapshot!(draft().append(SCRIPT, container).faults());
}
