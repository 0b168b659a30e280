//! Twins of small programs that the compilers of Rust and Go take or refuse:
//! the verdicts depend on what the compilers say, so tampering shows.

use std::fs;

use serde_json::Value;

use crate::scene::{lacking, reason, verdict};
use crate::{Ran, Scene};

const MOVED: &str = "checks/moved";
const UNUSED: &str = "checks/unused";
const FEWER: &str = "checks/fewer";
const FORMATS: &str = "checks/formats";

/// The scene, unless this machine has not both toolchains.
fn scene() -> Result<Scene, String> {
    let lacking = lacking(&["rustc", "rustfmt", "go", "gofmt"]);
    if lacking.is_empty() {
        return Ok(Scene::of("twins"));
    }
    Err(format!("skipped: not on PATH: {}", lacking.join(", ")))
}

fn verify(scene: &Scene, args: &[&str]) -> (Ran, Value) {
    let all = [&["verify", "--pack", "pack", "--offline", "--format", "json"], args].concat();
    let ran = Ran::of(&mut scene.among_compilers(&[], &all));
    let json = ran.json();
    (ran, json)
}

#[test]
fn twins_are_told_apart_by_both_compilers() {
    let scene = match scene() {
        Ok(scene) => scene,
        Err(skipped) => return println!("{skipped}"),
    };
    let (ran, json) = verify(&scene, &[]);
    ran.exits(0);
    let told = [MOVED, UNUSED, FEWER, FORMATS].map(|id| verdict(&json, id));
    assert_eq!(told, ["by_design", "holds", "holds", "holds"], "{json:#}");
    let counts = reason(&json, FEWER);
    assert!(counts.contains("rust 1, go 2 of 2: only go: moved"), "{counts}");
    let why = reason(&json, MOVED);
    assert!(why.contains("E0382"), "{why}");

    let from_store = ["--from-store"];
    let all = [&["verify", "--pack", "pack", "--format", "json"], &from_store[..]].concat();
    let again = Ran::of(&mut scene.among_compilers(&[], &all)).exits(0).json();
    assert_eq!(json["claims"], again["claims"]);
}

#[test]
fn a_program_that_is_no_longer_refused_for_the_reason_named_refutes_the_claim() {
    let scene = match scene() {
        Ok(scene) => scene,
        Err(skipped) => return println!("{skipped}"),
    };
    let folder = scene.path("pack/probes/moved");
    fs::copy(folder.join("moved_fixed.rs"), folder.join("moved.rs")).unwrap();
    let unused = scene.path("pack/probes/unused");
    // Go stops here too, but for another reason than the one named.
    fs::write(unused.join("unused.go"), "package main\n\nfunc main() {\n\tanswer = 42\n}\n")
        .unwrap();
    let (ran, json) = verify(&scene, &[MOVED, UNUSED, "--expect", "by-design"]);
    ran.exits(1);
    assert_eq!(verdict(&json, MOVED), "does_not_hold");
    assert_eq!(verdict(&json, UNUSED), "does_not_hold");
    assert!(reason(&json, UNUSED).contains("undefined: answer"), "{}", reason(&json, UNUSED));
    verify(&scene, &[MOVED, UNUSED, "--expect", "does-not-hold"]).0.exits(0);
}

#[test]
fn exchanged_twins_refute_the_claim() {
    let scene = match scene() {
        Ok(scene) => scene,
        Err(skipped) => return println!("{skipped}"),
    };
    let file = |name: &str| scene.path(&format!("pack/probes/moved/{name}"));
    fs::rename(file("moved.rs"), file("aside.rs")).unwrap();
    fs::rename(file("moved_fixed.rs"), file("moved.rs")).unwrap();
    fs::rename(file("aside.rs"), file("moved_fixed.rs")).unwrap();
    let (ran, json) = verify(&scene, &[MOVED]);
    ran.exits(0);
    assert_eq!(verdict(&json, MOVED), "does_not_hold");
    assert!(reason(&json, MOVED).contains("2 of 4 checks not as expected"), "{json:#}");
}

#[test]
fn a_count_follows_the_compilers_and_not_the_names_of_the_sides() {
    let scene = match scene() {
        Ok(scene) => scene,
        Err(skipped) => return println!("{skipped}"),
    };
    for path in ["comparison.toml", "probes/moved/probe.toml"] {
        let text = fs::read_to_string(scene.path("pack").join(path)).unwrap();
        let key = if path == "comparison.toml" { "language" } else { "side" };
        let [rust, go] = ["rust", "go"].map(|name| format!("{key} = \"{name}\""));
        let text = text.replace(&rust, "?").replace(&go, &rust).replace('?', &go);
        scene.write(path, &text);
    }
    for part in ["probes/unused", "drills/formatting"] {
        fs::remove_dir_all(scene.path("pack").join(part)).unwrap();
    }
    let claims = fs::read_to_string(scene.path("pack/claims/checks.toml")).unwrap();
    let kept = |claim: &&str| !claim.contains("checks/unused") && !claim.contains("checks/formats");
    let claims: Vec<&str> = claims.split_inclusive("\n\n").filter(kept).collect();
    scene.write("claims/checks.toml", &claims.concat());
    scene.write("page.md", "{{claim:checks/moved}} {{claim:checks/fewer}}\n");
    let (ran, json) = verify(&scene, &[FEWER]);
    ran.exits(0);
    assert_eq!(verdict(&json, FEWER), "does_not_hold", "{json:#}");
    assert!(reason(&json, FEWER).contains("rust 2, go 1 of 2: only rust: moved"), "{json:#}");
}
