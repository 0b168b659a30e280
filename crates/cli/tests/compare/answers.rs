//! Same answers and side effects before any number.

use crate::Scene;
use crate::scene::effect;

#[test]
fn programs_that_answer_alike_are_measured() {
    let scene = Scene::with("echo one", "printf 'one\\n'");
    let json = scene.compare(&[]).json(0);
    assert_eq!(json["schema"], 1);
    assert_eq!(json["sides"][0]["name"], "a");
    assert_eq!(json["answers"]["verdict"], "same");
    assert_eq!(json["answers"]["cases"], 1);
    let first = &json["metrics"][0];
    assert_eq!((first["metric"].as_str(), first["primary"].as_bool()), (Some("cpu"), Some(true)));
    assert_eq!((&first["numerator"], &first["denominator"]), (&"b".into(), &"a".into()));
    assert!(first["pairs"].as_u64().unwrap() >= 7, "{first}");
}

#[test]
fn another_answer_withholds_the_numbers_and_shows_where() {
    let scene = Scene::with("echo one; echo two", "echo one; echo three");
    let json = scene.compare(&[]).json(4);
    assert_eq!(json["answers"]["verdict"], "differ");
    assert_eq!(json["answers"]["differing"], 1);
    assert_eq!(json["metrics"].as_array().map(Vec::len), Some(0));
    let text = scene.run(&["compare", "./a", "./b", "--budget", "1s"]);
    assert_eq!(text.code, 4);
    for words in ["two", "three", "--anyway", "--allow"] {
        assert!(text.stdout.contains(words), "{words}: {}", text.stdout);
    }
}

#[test]
fn numbers_told_anyway_are_marked_each() {
    let scene = Scene::with("echo one", "echo two");
    let json = scene.compare(&["--anyway"]).json(4);
    let rows = json["metrics"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row["marked"].is_string()), "{json}");
}

#[test]
fn a_difference_that_is_allowed_by_name_and_reason_lets_numbers_follow() {
    let scene = Scene::with("echo one", "echo two");
    let json = scene.compare(&["--allow", "run=they greet in their own way"]).json(0);
    assert_eq!(json["answers"]["verdict"], "allowed");
    assert!(!json["metrics"].as_array().unwrap().is_empty());
}

#[test]
fn a_program_that_gives_no_answer_is_not_comparable() {
    let scene = Scene::with("echo one", "exec @subject@ hang");
    let json = scene.compare(&["--deadline", "1s", "--no-effects"]).json(4);
    assert_eq!(json["answers"]["verdict"], "not_comparable", "{json}");
}

#[test]
fn exit_codes_are_part_of_the_answer_unless_they_may_differ() {
    let scene = Scene::with("echo one", "echo one; exit 3");
    assert_eq!(scene.compare(&[]).json(4)["answers"]["verdict"], "differ");
    assert_eq!(scene.compare(&["--any-exit"]).json(0)["answers"]["verdict"], "same");
}

#[test]
fn rules_say_what_is_the_same() {
    for (a, b, rule) in [
        ("echo x; echo y", "echo y; echo x", "--answers=sorted-lines"),
        ("echo x; echo x", "echo x", "--answers=set"),
        (r#"echo '{"a":1,"b":2}'"#, r#"echo '{ "b": 2.0, "a": 1 }'"#, "--answers=json"),
        ("echo 1.0000001", "echo 1.0000002", "--tolerance=1e-6"),
        ("echo took 3 ms", "echo took 14 ms", r"--normalise=\d+ ms=>T"),
    ] {
        let scene = Scene::with(a, b);
        assert_eq!(scene.compare(&["--no-effects"]).json(4)["answers"]["verdict"], "differ");
        let json = scene.compare(&["--no-effects", rule]).json(0);
        assert_eq!(json["answers"]["verdict"], "same", "{rule}");
    }
}

#[test]
fn a_reader_that_goes_away_is_taken_alike() {
    let scene =
        Scene::with("exec yes | head -c 300000", "trap '' PIPE; yes | head -c 300000; exit 0");
    assert_eq!(scene.compare(&["--no-effects"]).json(0)["answers"]["verdict"], "same");
    let json = scene.compare(&["--no-effects", "--closed-pipe"]).json(4);
    assert_eq!(json["first_difference"]["aspect"], "closed_pipe", "{json}");
}

#[test]
fn every_side_reads_what_every_side_wrote() {
    let code = "case $1 in -d) tr b-za a-z;; *) tr a-z b-za;; esac";
    let scene = Scene::with(code, code);
    scene.write("in", "some words\n");
    let decode = ["--input", "in", "--cross-decode=-d", "--no-effects"];
    assert_eq!(scene.compare(&decode).json(0)["answers"]["verdict"], "same");
    scene.program("b", "case $1 in -d) tr b-za a-z;; *) tr a-z c-zab;; esac");
    let json = scene.compare(&decode).json(4);
    assert_eq!(json["first_difference"]["aspect"], "decoded", "{json}");
}

#[test]
fn a_file_that_is_written_is_compared_too() {
    let scene = Scene::with("echo done; echo 1 >out", "echo done; echo 2 >out");
    assert_eq!(scene.compare(&[]).json(0)["answers"]["verdict"], "same");
    let json = scene.compare(&["--file", "out"]).json(4);
    assert_eq!(json["first_difference"]["aspect"], "file", "{json}");
}

#[test]
fn a_side_that_makes_other_files_is_told_apart_until_that_is_allowed() {
    let scene = Scene::with("echo one", "echo one; echo x >\"$TMPDIR/left\"; rm \"$TMPDIR/left\"");
    let json = scene.compare(&[]).json(4);
    assert_eq!(effect(&json, "files_created")["verdict"], "differs");
    assert_eq!(effect(&json, "files_created")["values"]["b"], 1);
    let allow = ["--allow", "files-created=a scratch file", "--allow", "processes=it removes it"];
    let json = scene.compare(&allow).json(0);
    assert_eq!(effect(&json, "files_created")["verdict"], "allowed");
}

#[test]
fn programs_that_all_fail_have_nothing_to_compare() {
    let scene = Scene::with(": ${NAME:?no NAME}", ": ${NAME:?no NAME}");
    let json = scene.compare(&["--no-effects"]).json(4);
    assert_eq!(json["answers"]["verdict"], "not_comparable", "{json}");
    assert!(json["first_difference"]["told"].as_str().unwrap().contains("--env"), "{json}");
    assert_eq!(
        scene.compare(&["--no-effects", "--exit", "2"]).json(0)["answers"]["verdict"],
        "same"
    );
}

#[test]
fn what_another_side_left_is_no_answer() {
    let scene = Scene::with("echo x >out", ":");
    let json = scene.compare(&["--no-effects", "--file", "out"]).json(4);
    assert_eq!(json["first_difference"]["aspect"], "file", "{json}");
    let nobody = scene.compare(&["--no-effects", "--file", "nowhere"]).json(4);
    assert_eq!(nobody["answers"]["verdict"], "differ", "{nobody}");
}
