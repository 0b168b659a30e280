//! Nothing depends on which side is called what, or stands first.

use std::fs;

use serde_json::Value;

use crate::Scene;
use crate::scene::{claim, verdict};

/// The same programs under each other's side.
fn exchanged() -> Scene {
    let scene = Scene::new();
    let text = fs::read_to_string(scene.path("pack/comparison.toml")).unwrap();
    let text = text.replace("language = \"left\"", "language = \"other\"");
    let text = text.replace("language = \"right\"", "language = \"left\"");
    scene.write("comparison.toml", &text.replace("language = \"other\"", "language = \"right\""));
    for workload in ["turn", "still", "late"] {
        let folder = |name: &str| scene.path(&format!("pack/workloads/{workload}/{name}"));
        fs::rename(folder("left"), folder("aside")).unwrap();
        fs::rename(folder("right"), folder("left")).unwrap();
        fs::rename(folder("aside"), folder("right")).unwrap();
    }
    scene
}

/// Every cell that was measured: where, what was found, and the ratio.
fn cells(json: &Value) -> Vec<(String, String, Option<f64>)> {
    let mut cells = Vec::new();
    for claim in json["claims"].as_array().unwrap() {
        for row in claim["evidence"].as_array().unwrap() {
            let text = |key: &str| row[key].as_str().unwrap_or("none").to_owned();
            let place = ["experiment", "metric", "profile", "numerator"].map(text).join(" ");
            let exact = row["level"].is_null();
            cells.push((place, text("finding"), row["ratio"].as_f64().filter(|_| exact)));
        }
    }
    cells
}

fn mirrored(finding: &str) -> &str {
    match finding {
        "below" => "above",
        "above" => "below",
        "as_said" => "not_as_said",
        "not_as_said" => "as_said",
        same => same,
    }
}

#[test]
fn every_finding_is_mirrored_when_the_sides_change_places() {
    let claims = [
        "speed/left-is-quicker",
        "speed/right-is-quicker",
        "speed/left-is-smaller",
        "speed/ready-alike",
        "speed/built-alike",
        "habits/right-talks",
        "habits/right-is-heard",
        "habits/left-stays",
    ];
    let (ran, straight) = Scene::new().verdicts(&claims);
    ran.exits(0);
    let (ran, crossed) = exchanged().verdicts(&claims);
    ran.exits(0);
    let (straight, crossed) = (cells(&straight), cells(&crossed));
    assert_eq!(straight.len(), crossed.len());
    for (one, other) in straight.iter().zip(&crossed) {
        assert_eq!(one.0, other.0);
        assert_eq!(mirrored(&one.1), other.1, "{one:?} {other:?}");
        if let (Some(one), Some(other)) = (one.2, other.2) {
            assert!((one * other - 1.0).abs() < 1e-9, "{one} is not the reciprocal of {other}");
        }
    }
    let shown = |wanted: &str| straight.iter().any(|(_, finding, _)| finding == wanted);
    assert!(["below", "above", "inside", "as_said"].into_iter().all(shown), "{straight:?}");
}

#[test]
fn a_claim_mirrored_with_its_sides_has_the_same_verdict() {
    let scene = exchanged();
    for (id, numerator, denominator) in
        [("left-is-quicker", "left", "right"), ("right-is-quicker", "right", "left")]
    {
        let head = format!("id = \"speed/{id}\"");
        let text = fs::read_to_string(scene.path("pack/claims/speed.toml")).unwrap();
        let (before, after) = text.split_once(&head).unwrap();
        let mirrored = after
            .replacen(&format!("numerator = \"{numerator}\""), "numerator = \"?\"", 1)
            .replacen(
                &format!("denominator = \"{denominator}\""),
                &format!("denominator = \"{numerator}\""),
                1,
            )
            .replacen("\"?\"", &format!("\"{denominator}\""), 1);
        scene.write("claims/speed.toml", &format!("{before}{head}{mirrored}"));
    }
    scene.edit(
        "claims/speed.toml",
        "denominator = \"right\"\nexpect = \"below\"\ncells = [{ workload = \"turn\", metric = \"size\"",
        "denominator = \"right\"\nexpect = \"above\"\ncells = [{ workload = \"turn\", metric = \"size\"",
    );
    let claims = ["speed/left-is-quicker", "speed/right-is-quicker", "speed/left-is-smaller"];
    let (ran, json) = scene.verdicts(&claims);
    ran.exits(0);
    assert_eq!(claim(&json, claims[0])["evidence"][0]["numerator"], "right");
    let verdicts = claims.map(|id| verdict(&json, id));
    assert_eq!(verdicts, ["holds", "does_not_hold", "holds"], "{json:#}");
}
