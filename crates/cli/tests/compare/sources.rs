//! Where sides come from, and what is said of a command line that makes no sense.

use crate::Scene;

fn says(scene: &Scene, args: &[&str], words: &[&str]) {
    let ran = scene.run(args);
    assert_eq!(ran.code, 2, "{args:?}: {}{}", ran.stdout, ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "{args:?} does not say {word}: {}", ran.stderr);
    }
}

#[test]
fn a_command_line_that_makes_no_sense_says_what_where_and_the_way_out() {
    let scene = Scene::with("echo x", "echo x");
    says(&scene, &["compare"], &["two sides", "--go DIR --rust DIR", "evenhand.toml"]);
    says(&scene, &["compare", "./a"], &["two sides"]);
    says(&scene, &["compare", "./a", "./b", "--margin", "cpu=2"], &["2%"]);
    says(
        &scene,
        &["compare", "./a", "./b", "--margin", "size=2%", "--metric", "cpu"],
        &["--metric size"],
    );
    says(&scene, &["compare", "./a", "./b", "--primary", "rows"], &["rows", "--own"]);
    says(&scene, &["compare", "./a", "./b", "--limits", "disk=1G"], &["cpu and memory"]);
    says(&scene, &["compare", "./a", "./b", "--bin", "c=x"], &["no such side", "a and b"]);
    says(&scene, &["compare", "./a", "./b", "--output", "x.pdf"], &[".html"]);
    says(&scene, &["compare", "./a", "./b", "--normalise", "x"], &["=>"]);
    says(&scene, &["compare", "'./a", "./b"], &["quote"]);
    says(&scene, &["compare", "home", "./b"], &["Cargo.toml", "--build"]);
    says(&scene, &["check"], &["evenhand.toml", "compare A B --write"]);
}

#[test]
fn a_program_that_is_not_there_is_nothing_measured() {
    let scene = Scene::with("echo x", "echo x");
    let ran = scene.run(&["compare", "./a", "no-such-program-here"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("no-such-program-here"), "{}", ran.stderr);
}

#[test]
fn a_command_is_no_shell_unless_that_is_asked_for() {
    let scene = Scene::with("echo x", "echo x");
    let plain = ["compare", "echo a | tr a b", "echo b", "--budget", "1s", "--format", "json"];
    let json = scene.run(&plain).json(4);
    assert_eq!(json["answers"]["verdict"], "differ");
    let shell =
        scene.run(&[plain.as_slice(), &["--shell", "--no-effects", "--pairs", "8"]].concat());
    assert_eq!(shell.json(0)["answers"]["verdict"], "same");
}

#[test]
fn a_folder_of_cases_is_a_case_a_file_and_a_folder() {
    let scene = Scene::with("cat; echo \"$@\"", "cat; echo \"$@\"");
    scene.write("cases/one.txt", "1\n").write("cases/two.txt", "2\n");
    scene.write("cases/three/args", "--some\n--args\n");
    let json = scene.compare(&["--cases", "cases"]).json(0);
    assert_eq!(json["answers"]["cases"], 3, "{json}");
}

#[test]
fn three_sides_are_each_held_against_the_first() {
    let scene = Scene::with("echo x", "echo x");
    scene.program("c", "echo x");
    let json = scene.compare(&["--side", "third=./c"]).json(0);
    let numerators: Vec<&str> = json["metrics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["metric"] == "cpu")
        .filter_map(|row| row["numerator"].as_str())
        .collect();
    assert_eq!(numerators, ["b", "third"]);
}

#[test]
fn a_side_may_be_built_by_a_command() {
    let scene = Scene::with("echo x", "echo x");
    scene.write("src/made.sh", "#!/bin/sh\necho x\n");
    let made = [
        "compare",
        "./a",
        "--side",
        "made=src",
        "--build",
        "made=install -m 755 made.sh made",
        "--program",
        "made=made",
        "--format",
        "json",
        "--budget",
        "2s",
        "--no-effects",
    ];
    let json = scene.run(&made).json(0);
    assert_eq!(json["sides"][1]["kind"], "built", "{json}");
}
