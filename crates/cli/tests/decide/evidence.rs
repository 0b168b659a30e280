//! Values from the store: two real programs are compared, and a decision draws
//! from their pairs.

use std::fs;

use crate::scene::Scene;

const DECISION: &str = r#"question = "Which of the two sleepers?"
options = ["short", "long"]

[criteria.wall]
unit = "ms"
floor = 200
goal = 10
points = 100
metric = "wall"

[evidence.wall.short]
kind = "own"
run = "sleepers"

[evidence.wall.long]
kind = "own"
against = "short"
run = "sleepers"
controlled = [1]
"#;

const CONTRACT: &str = r#"name = "sleepers"

[[side]]
name = "short"
command = ["sleep", "0.02"]

[[side]]
name = "long"
command = ["sleep", "0.12"]

[[metric]]
name = "wall"

[effort]
pairs = 8
budget = "20s"
"#;

#[test]
fn what_is_missing_is_asked_for_by_name_and_command() {
    let scene = Scene::empty();
    fs::write(scene.path("decision.toml"), DECISION).unwrap();
    let screen = scene.ends(&["decide"], 0);
    assert!(screen.contains("no run “sleepers” in the store"), "{screen}");
    let json = scene.json(&["decide", "--format", "json"]);
    assert_eq!(json["outcome"], "not_settled");
    assert_eq!(json["evidence"][0]["missing"], true);
    assert_eq!(
        json["evidence"][0]["command"],
        "evenhand compare --contract sleepers/evenhand.toml"
    );
}

#[test]
fn what_was_measured_decides() {
    let scene = Scene::empty();
    fs::write(scene.path("decision.toml"), DECISION).unwrap();
    fs::create_dir(scene.path("sleepers")).unwrap();
    fs::write(scene.path("sleepers/evenhand.toml"), CONTRACT).unwrap();
    let compared = scene.run(&["compare", "--contract", "sleepers/evenhand.toml"]);
    assert!(compared.status.code() == Some(0), "{}", String::from_utf8_lossy(&compared.stderr));
    let json = scene.json(&["decide", "--format", "json"]);
    assert_eq!(
        (&json["outcome"], &json["choice"]),
        (&"choose".into(), &"short".into()),
        "{json:#}"
    );
    let evidence = &json["evidence"][1];
    assert_eq!(
        (&evidence["missing"], &evidence["age_days"]),
        (&false.into(), &0.into()),
        "{evidence}"
    );
    assert!(evidence["pairs"].as_u64().unwrap() >= 5, "{evidence}");
    // Twenty milliseconds and six times as long, as far as a busy machine lets them be.
    let typical = |option: usize| {
        json["options"][option]["criteria"][0]["values"][0]["typical"].as_f64().unwrap()
    };
    assert!((18.0..90.0).contains(&typical(0)), "{}", typical(0));
    assert!(typical(1) / typical(0) > 1.3, "{} and {}", typical(0), typical(1));
    // By the run's id too, and not when it is too old.
    let id = evidence["run"].as_str().unwrap();
    let by_id = DECISION.replace("run = \"sleepers\"", &format!("run = \"{id}\""));
    fs::write(scene.path("by-id.toml"), by_id).unwrap();
    assert_eq!(scene.json(&["decide", "by-id.toml", "--format", "json"])["choice"], "short");
    let later = scene.json(&["decide", "--format", "json", "--as-of", "2999-01-01"]);
    assert_eq!(later["evidence"][0]["missing"], true, "a run that is too old is none");
}
