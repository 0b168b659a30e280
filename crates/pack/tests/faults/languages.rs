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
