//! Contracts: written, held, and failed only when two sets say so.

use std::time::Instant;

use crate::{Ran, Scene};

fn guard(at_most: f64) -> String {
    format!(
        "[[guard]]\nname = \"b-cpu\"\nmetric = \"cpu\"\nside = \"b\"\nagainst = \"a\"\n\
         at-most = {at_most:?}\nmargin = \"10 %\"\nfloor = \"1 ms\"\n"
    )
}

fn written(scene: &Scene, at_most: f64) {
    scene.contract(&guard(at_most));
    let ran = scene.run(&["compare", "--write", "--store", "store"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(scene.path("evenhand.lock").exists());
}

fn check(scene: &Scene, more: &[&str]) -> Ran {
    scene.run(&[["check", "--store", "store"].as_slice(), more].concat())
}

#[test]
fn a_comparison_is_written_down_and_holds() {
    let scene = Scene::with("@subject@ spin 10", "@subject@ spin 20");
    let ran =
        scene.run(&["compare", "./a", "./b", "--write", "--store", "store", "--budget", "10s"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let contract = std::fs::read_to_string(scene.path("evenhand.toml")).unwrap();
    assert!(contract.contains("[[guard]]") && contract.contains("b-cpu"), "{contract}");
    let began = Instant::now();
    let held = check(&scene, &[]);
    assert_eq!(held.code, 0, "{}{}", held.stdout, held.stderr);
    assert!(began.elapsed().as_secs() < 5, "young evidence is judged in no time");
    assert!(held.stdout.contains("b-cpu"), "{}", held.stdout);
}

#[test]
fn a_guard_fails_beyond_its_margin_when_a_second_set_agrees() {
    let scene = Scene::with("@subject@ spin 10", "@subject@ spin 30");
    written(&scene, 1.2);
    let ran = check(&scene, &["--format", "json"]);
    let json = ran.json(1);
    assert_eq!(json["guards"][0]["verdict"], "fails", "{json}");
    assert_eq!(json["guards"][0]["confirmed"], true, "{json}");
    let junit = check(&scene, &["--format", "junit"]);
    assert!(junit.code == 1 && junit.stdout.contains("<failure"), "{}", junit.stdout);
}

#[test]
fn a_guard_within_its_limit_holds() {
    let scene = Scene::with("@subject@ spin 20", "@subject@ spin 10");
    written(&scene, 1.5);
    assert_eq!(check(&scene, &["--fresh"]).code, 0);
}

#[test]
fn a_loosened_margin_is_seen() {
    let scene = Scene::with("echo x", "echo x");
    written(&scene, 50.0);
    scene.contract(&guard(50.0).replace("10 %", "90 %"));
    let ran = check(&scene, &[]);
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
    for word in ["b-cpu", "10 %", "90 %", "--write"] {
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    }
}

#[test]
fn programs_that_disagree_are_not_guarded_by_numbers() {
    let scene = Scene::with("echo x", "echo x");
    written(&scene, 50.0);
    scene.program("b", "echo y");
    assert_eq!(check(&scene, &[]).code, 4);
}

#[test]
fn old_evidence_is_measured_again_or_said_to_be_old() {
    let scene = Scene::with("echo x", "echo x");
    written(&scene, 50.0);
    assert_eq!(check(&scene, &["--from-store"]).code, 0);
    // Another program has no evidence yet.
    scene.program("b", "echo x; :");
    assert_eq!(check(&scene, &["--from-store"]).code, 5);
    assert_eq!(check(&scene, &[]).code, 0);
    assert_eq!(check(&scene, &["--from-store"]).code, 0);
}

#[test]
fn a_change_is_held_against_the_revision_before() {
    let scene = Scene::new();
    let contract = "name = \"one\"\n[effort]\nbudget = \"10 s\"\npairs = 20\n\
        [[side]]\nname = \"a\"\nfolder = \".\"\nbuild = [\"install\", \"-m\", \"755\", \"a.sh\", \"a\"]\nprogram = \"./a\"\n\
        [[side]]\nname = \"b\"\nprogram = \"./b\"\n[[case]]\nname = \"run\"\n";
    scene.program("a.sh", "@subject@ spin 10").program("b", "@subject@ spin 10");
    scene.write("evenhand.toml", contract).write(".gitignore", "a\nhome\nstore\n");
    let git = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(["-c", "user.name=x", "-c", "user.email=x@x"]).args(args);
        assert!(
            command.current_dir(scene.path(".")).output().unwrap().status.success(),
            "{args:?}"
        );
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "first"]);
    let base = ["--base", "HEAD", "--side", "a"];
    let same = check(&scene, &base);
    assert_eq!(same.code, 0, "{}{}", same.stdout, same.stderr);
    scene.program("a.sh", "@subject@ spin 30");
    let slower = check(&scene, &base);
    assert_eq!(slower.code, 1, "{}{}", slower.stdout, slower.stderr);
    let none = check(&scene, &["--base", "no-such-revision"]);
    assert!(none.code == 2 && none.stderr.contains("no such revision"), "{}", none.stderr);
}

#[test]
fn a_script_or_an_input_that_changed_has_no_evidence() {
    let scene = Scene::with("cat \"$1\" >/dev/null", "sh ./inner.sh");
    scene.write("inner.sh", ":\n").write("in.txt", "1\n");
    scene.contract(&format!("args = [\"in.txt\", \"inner.sh\"]\n{}", guard(50.0)));
    let ran = scene.run(&["compare", "--write", "--store", "store"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(check(&scene, &["--from-store"]).code, 0);
    scene.write("in.txt", "2\n");
    assert_eq!(check(&scene, &["--from-store"]).code, 5);
    scene.write("in.txt", "1\n").write("inner.sh", "true\n");
    assert_eq!(check(&scene, &["--from-store"]).code, 5);
}

#[test]
fn a_program_that_could_not_be_started_leaves_no_evidence() {
    let scene = Scene::with("echo x", "echo x");
    written(&scene, 50.0);
    std::fs::rename(scene.path("b"), scene.path("away")).unwrap();
    assert_ne!(check(&scene, &["--fresh"]).code, 0);
    std::fs::rename(scene.path("away"), scene.path("b")).unwrap();
    assert_eq!(check(&scene, &[]).code, 0);
}

#[test]
fn of_what_is_better_when_there_is_more_the_lesser_side_is_bound() {
    let scene = Scene::with("echo rate: 1000 >&2", "echo rate: 2000 >&2");
    let own = ["--own", r"rate=rate: (\d+)", "--more-is-better", "rate", "--primary", "rate"];
    let args = [
        &["compare", "./a", "./b", "--metric", "cpu", "--write", "--store", "store"],
        own.as_slice(),
    ];
    let ran = scene.run(&args.concat());
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    scene.program("b", "echo rate: 3000 >&2");
    assert_eq!(check(&scene, &[]).code, 0, "more is better");
    scene.program("b", "echo rate: 1200 >&2");
    assert_eq!(check(&scene, &[]).code, 1, "less is worse");
}
