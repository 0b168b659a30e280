//! A toolchain that is missing, too old, or without a part: what needs it is not
//! run, with the way out, and the rest is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::scene::{lacking, reason, verdict};
use crate::{Ran, Scene};

const QUICKER: &str = "speed/left-is-quicker";
const HEARD: &str = "habits/right-is-heard";
const REAL: &[&str] = &["cargo", "rustc", "go"];

/// Only what needs left is not run, for this reason, which is on every surface.
#[track_caller]
fn assert_left_is_out(scene: &Scene, why: &str) {
    let (ran, json) = scene.verdicts(&["--output", "out.txt"]);
    ran.exits(0);
    assert_eq!(verdict(&json, HEARD), "holds", "{json:#}");
    for id in [QUICKER, "speed/ready-alike", "habits/right-talks", "habits/left-stays"] {
        assert_eq!(verdict(&json, id), "not_run");
        assert!(reason(&json, id).contains(why), "{id}: {}", reason(&json, id));
    }
    assert_eq!(json["coverage"]["run"], 1);
    let unwrapped: Vec<String> =
        scene.read("out.txt").split_whitespace().map(str::to_owned).collect();
    assert!(unwrapped.join(" ").contains(why), "{unwrapped:?}");
    assert!(scene.page().contains(why), "{why}");
}

#[test]
fn without_one_side_s_toolchain_the_rest_runs() {
    let scene = Scene::new();
    fs::remove_file(scene.path("bin/left")).unwrap();
    assert_left_is_out(&scene, "there is no `left` on PATH; put a newer left on PATH");
}

#[test]
fn a_toolchain_that_is_too_old_is_told_with_what_is_needed() {
    let scene = Scene::new();
    scene.command("left", "#!/bin/sh\necho left 1.9.3\n");
    let why = "Left 1.9.3 is older than 2.0.0, which the programs need; put a newer left on PATH";
    assert_left_is_out(&scene, why);
}

#[test]
fn a_toolchain_that_does_not_answer_as_it_should_is_told() {
    let scene = Scene::new();
    scene.command("left", "#!/bin/sh\necho I am left\n");
    assert_left_is_out(&scene, "`left --version` tells no version");
    scene.command("left", "#!/bin/sh\necho no licence >&2\nexit 4\n");
    assert_left_is_out(&scene, "`left --version` ended with exit code 4: no licence");
}

#[test]
fn a_build_that_fails_shows_its_last_lines() {
    let scene = Scene::new();
    let script = fs::read_to_string(scene.path("bin/left")).unwrap();
    let fails = "build) seq 30 >&2; echo 'main.sh:3: no such turn' >&2; exit 1;;\nunused)";
    scene.command("left", &script.replace("build)", fails));
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert_eq!(verdict(&json, HEARD), "holds");
    assert_eq!(verdict(&json, QUICKER), "not_run");
    let told = reason(&json, QUICKER);
    assert!(told.contains("ended with exit code 1") && told.contains("no such turn"), "{told}");
    assert!(told.contains("30\n") && !told.contains("\n5\n"), "the last lines only: {told}");
    assert!(scene.page().contains("no such turn"));
    let kept = fs::read_dir(scene.path("home/.cache/evenhand/artefacts")).unwrap().count();
    assert_eq!(kept, 3, "only right's three programs are kept");
}

#[test]
fn a_build_that_leaves_no_program_is_told() {
    let scene = Scene::new();
    let script = fs::read_to_string(scene.path("bin/left")).unwrap();
    scene.command("left", &script.replace("build)", "build) exit 0;;\nunused)"));
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert!(reason(&json, QUICKER).contains("left no program"), "{}", reason(&json, QUICKER));
}

#[test]
fn what_one_profile_needs_is_missed_by_that_profile_only() {
    let scene = Scene::new();
    fs::remove_dir(scene.path("bin/left-static")).unwrap();
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert_eq!(verdict(&json, "habits/left-stays"), "not_run");
    let told = reason(&json, "habits/left-stays");
    assert!(told.contains("left add static"), "{told}");
    assert_eq!(verdict(&json, "speed/ready-alike"), "holds");
    assert_eq!(verdict(&json, HEARD), "holds");
}

#[test]
fn what_has_been_installed_since_is_run_by_the_same_command() {
    let scene = Scene::new();
    let (left, aside) = (scene.path("bin/left"), scene.path("left"));
    fs::rename(&left, &aside).unwrap();
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert_eq!(verdict(&json, QUICKER), "not_run");
    fs::rename(&aside, &left).unwrap();
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert_eq!(verdict(&json, QUICKER), "holds");
    assert_eq!(json["remarks"], Value::Array(vec![]));
}

/// Links to every program on this test's PATH but these.
fn all_but(scene: &Scene, left_out: &[&str]) -> PathBuf {
    let folder = scene.path(&format!("without-{}", left_out.join("-")));
    fs::create_dir(&folder).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    for from in std::env::split_paths(&path).filter_map(|folder| fs::read_dir(folder).ok()) {
        for program in from.flatten() {
            let name = program.file_name();
            if !left_out.iter().any(|left_out| name.to_str() == Some(left_out)) {
                // The first of a name is the one that PATH means.
                let _ = std::os::unix::fs::symlink(program.path(), folder.join(name));
            }
        }
    }
    folder
}

/// The embedded comparison of real languages, with other programs on PATH.
fn real(scene: &Scene, path: &Path) -> (Ran, Value) {
    let claims = ["footprint/runtime-inside", "footprint/no-collector"];
    let args = [&["verify", "--quick", "--offline", "--format", "json"], &claims[..]].concat();
    let mut command: Command = scene.evenhand(&args);
    command.env("PATH", path);
    let home = std::env::home_dir().unwrap();
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let folder = std::env::var_os(name).unwrap_or_else(|| home.join(folder).into());
        command.env(name, folder);
    }
    let ran = Ran::of(&mut command);
    let json = ran.json();
    (ran, json)
}

#[test]
fn without_go_or_with_an_old_one_the_page_says_why_not() {
    if !lacking(REAL).is_empty() {
        println!("skipped: not on PATH: {}", lacking(REAL).join(", "));
        return;
    }
    let scene = Scene::new();
    let path = all_but(&scene, &["go", "gofmt"]);
    let (ran, json) = real(&scene, &path);
    ran.exits(3);
    let told = reason(&json, "footprint/runtime-inside");
    assert!(told.contains("go: there is no `go` on PATH; install Go from"), "{told}");
    assert!(scene.read("evenhand/rust-vs-go.html").contains("there is no `go` on PATH"));

    let go = "#!/bin/sh\necho 'go version go1.18 linux/amd64'\n";
    scene.command("go", go);
    fs::rename(scene.path("bin/go"), path.join("go")).unwrap();
    let (ran, json) = real(&scene, &path);
    ran.exits(3);
    let told = reason(&json, "footprint/no-collector");
    assert!(told.contains("Go 1.18 is older than 1."), "{told}");
    assert!(told.contains("install Go from"), "{told}");
}

#[test]
fn without_rust_the_page_says_why_not() {
    if !lacking(REAL).is_empty() {
        println!("skipped: not on PATH: {}", lacking(REAL).join(", "));
        return;
    }
    let scene = Scene::new();
    let (ran, json) = real(&scene, &all_but(&scene, &["cargo", "rustc"]));
    ran.exits(3);
    let told = reason(&json, "footprint/runtime-inside");
    assert!(told.contains("rust: there is no `rustc` on PATH; install Rust with"), "{told}");
}
