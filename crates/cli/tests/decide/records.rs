//! Records of decisions, and what becomes of their reasons.

use crate::scene::{Scene, text};

/// A scene with a record of the many-cores decision.
fn recorded() -> (Scene, String) {
    let scene = Scene::of("many-cores");
    // So that a plausible weight turns it.
    scene.change("decision.toml", "points = 35", "points = 90");
    let output = scene.run(&["decide", "--adr", "docs/adr", "--as-of", "2026-11-23"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = text(&output.stderr);
    let path = told.split_whitespace().find(|word| word.ends_with(".md;")).unwrap();
    (scene, path.trim_end_matches(';').to_owned())
}

fn check(scene: &Scene, record: &str, code: i32) -> String {
    scene.ends(&["check", record], code)
}

/// The record's age does not depend on the day of the test.
fn keep_young(scene: &Scene, record: &str) {
    let text = scene.read(record);
    let expires = text.lines().rfind(|line| line.starts_with("expires = ")).unwrap().to_owned();
    scene.change(record, &format!("\n{expires}\n"), "\nexpires = 2999-01-01\n");
}

#[test]
fn a_record_is_madr_and_names_what_would_turn_it() {
    let (scene, record) = recorded();
    assert_eq!(record, "docs/adr/0001-our-service-runs-on-400-cores-and-waits.md");
    let text = scene.read(&record);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    for heading in [
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "### Consequences",
        "### Confirmation",
        "## Pros and Cons of the Options",
        "## More Information",
    ] {
        assert!(headings.contains(&heading), "{heading} in {headings:#?}");
    }
    let hash =
        text.lines().find_map(|line| line.strip_prefix("decision-hash: ")).unwrap().to_owned();
    insta::assert_snapshot!(
        text.replace(&hash, "HASH").replace(env!("CARGO_PKG_VERSION"), "VERSION")
    );
}

#[test]
fn a_decision_that_stands_stands() {
    let (scene, record) = recorded();
    keep_young(&scene, &record);
    let told = check(&scene, &record, 0);
    assert!(told.contains("the decision stands (exit 0)"), "{told}");
    // A comment more is no change.
    scene.change("decision.toml", "team = \"go\"", "team = \"go\" # still");
    assert!(!check(&scene, &record, 0).contains("something else"));
}

#[test]
fn points_beyond_their_flip_turn_it() {
    let (scene, record) = recorded();
    keep_young(&scene, &record);
    scene.change("decision.toml", "points = 100", "points = 35");
    let told = check(&scene, &record, 1);
    assert!(told.contains("crossed   cores points"), "{told}");
    let json: serde_json::Value =
        serde_json::from_str(&scene.ends(&["check", &record, "--format", "json"], 1)).unwrap();
    assert_eq!((&json["exit"], &json["changed"]), (&1.into(), &true.into()));
}

#[test]
fn a_value_beyond_its_flip_turns_it() {
    let (scene, record) = recorded();
    keep_young(&scene, &record);
    scene.change("decision.toml", "value = 400", "value = 210");
    assert!(check(&scene, &record, 1).contains("crossed   cores with go"));
}

#[test]
fn reasons_that_are_too_old_expire() {
    let (scene, record) = recorded();
    let text = scene.read(&record);
    let expires = text.lines().rfind(|line| line.starts_with("expires = ")).unwrap().to_owned();
    scene.change(&record, &format!("\n{expires}\n"), "\nexpires = 2020-01-01\n");
    assert!(check(&scene, &record, 5).contains("too old"));
}

#[test]
fn a_must_that_no_longer_keeps_somebody_out_turns_it() {
    let scene = Scene::of("sensor-firmware");
    scene.ends(&["decide", "--adr", "."], 0);
    let record = "0001-what-do-we-write-the-firmware-of-a.md";
    assert!(check(&scene, record, 0).contains("no-os keeps go out"));
    scene.change("decision.toml", "go = false", "go = true");
    assert!(check(&scene, record, 1).contains("crossed"));
}

#[test]
fn the_same_question_keeps_its_number_and_another_takes_the_next() {
    let (scene, record) = recorded();
    let again = scene.run(&["decide", "--adr", "docs/adr"]);
    assert!(text(&again.stderr).contains("replaced"), "{}", text(&again.stderr));
    scene.change("decision.toml", "Our service runs", "Does our service run");
    let other = scene.run(&["decide", "--adr", "docs/adr"]);
    assert!(text(&other.stderr).contains("0002-does-our-service-run"), "{}", text(&other.stderr));
    assert!(scene.path(&record).exists());
}

#[test]
fn another_decision_of_the_same_question_is_never_written_over() {
    let (scene, record) = recorded();
    std::fs::copy(scene.path("decision.toml"), scene.path("other.toml")).unwrap();
    let other = scene.run(&["decide", "other.toml", "--adr", "docs/adr"]);
    assert!(text(&other.stderr).contains("wrote docs/adr/0002-"), "{}", text(&other.stderr));
    assert!(scene.read(&record).contains("decision = \"../../decision.toml\""));
}

#[test]
fn a_value_of_nothing_is_read_back() {
    let (scene, _) = recorded();
    scene.change(
        "decision.toml",
        "kind = \"estimate\"\nrange = [0, 0, 2]",
        "kind = \"fact\"\nvalue = 0",
    );
    let output = scene.run(&["decide", "--adr", "docs/adr"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let record = "docs/adr/0001-our-service-runs-on-400-cores-and-waits.md";
    assert!(!scene.read(record).contains("NaN"), "{}", scene.read(record));
    check(&scene, record, 0);
}

#[test]
fn a_record_written_by_output_is_read_back() {
    let (scene, _) = recorded();
    scene.ends(&["decide", "--output", "sub/record.md"], 0);
    check(&scene, "sub/record.md", 0);
}

#[test]
fn the_same_shares_in_other_numbers_are_no_change_of_weight() {
    let (scene, record) = recorded();
    keep_young(&scene, &record);
    for (from, to) in [
        ("points = 100", "points = 50"),
        ("points = 60", "points = 30"),
        ("points = 90", "points = 45"),
    ] {
        scene.change("decision.toml", from, to);
    }
    assert!(check(&scene, &record, 0).contains("the decision stands"));
}

#[test]
fn a_choice_that_became_a_leaning_is_to_be_decided_again() {
    let scene = Scene::of("narrow-edge");
    scene.ends(&["decide", "--adr", "adr"], 0);
    let record = "adr/0001-rust-answers-in-10-0-ms-and-go.md";
    check(&scene, record, 0);
    scene.change(
        "decision.toml",
        "kind = \"fact\"\nvalue = 15",
        "kind = \"estimate\"\nrange = [2, 8, 24]",
    );
    assert!(check(&scene, record, 1).contains("a reason has turned"));
}

#[test]
fn a_split_with_odd_words_is_read_back() {
    let scene = Scene::of("agent-and-control-plane");
    scene.change("decision.toml", "What do we write", "What \\\"exactly\\\" | do *we* write");
    let output = scene.run(&["decide", "--adr", "adr with space"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let record = "adr with space/0001-what-exactly-do-we-write-a-control-plane.md";
    assert!(check(&scene, record, 0).contains("the decision stands"));
}

#[test]
fn what_is_no_record_or_has_lost_its_decision_is_refused() {
    let (scene, record) = recorded();
    std::fs::write(scene.path("README.md"), "# nothing\n").unwrap();
    assert!(scene.refused(&["check", "README.md"]).contains("this is no record of a decision"));
    assert!(scene.refused(&["check", "nothing.md"]).contains("nothing.md is missing"));
    assert!(
        scene.refused(&["check", &record, "--fresh"]).contains("nothing is measured for a record")
    );
    std::fs::remove_file(scene.path("decision.toml")).unwrap();
    assert!(scene.refused(&["check", &record]).contains("put it back"));
    let (scene, record) = recorded();
    scene.change(&record, "kind = \"weight\"", "kind = \"wait\"");
    assert!(scene.refused(&["check", &record]).contains("unknown kind of watch \"wait\""));
}
