//! Programs that misbehave: each is contained and told, nothing of it is left,
//! and the other claims have their verdicts all the same.

use serde_json::Value;

use crate::Scene;
use crate::scene::{claim, reason, verdict};

const QUICKER: &str = "speed/left-is-quicker";
const ELSE: &str = "speed/ready-alike";

/// A scene whose left program of `turn` is this script.
fn with_left(script: &str) -> Scene {
    let scene = Scene::new();
    scene.program("turn", "left", script);
    scene
}

/// The same with a deadline that is worth waiting for.
fn soon_ended(script: &str) -> Scene {
    let scene = with_left(script);
    let file = "workloads/turn/workload.toml";
    scene.edit(file, "deadline_seconds = 20", "deadline_seconds = 0.8");
    scene
}

/// Runs it to the end: nothing is left, and the rest is as ever.
#[track_caller]
fn finished(scene: &Scene) -> Value {
    let (ran, json) = scene.verdicts(&[QUICKER, ELSE, "--budget", "2s"]);
    ran.exits(0);
    scene.is_left_alone();
    assert_eq!(verdict(&json, ELSE), "holds", "{json:#}");
    json
}

/// Warnings of the claim's row of evidence.
fn warnings(json: &Value) -> String {
    claim(json, QUICKER)["evidence"][0]["warnings"].to_string()
}

fn remarks(json: &Value) -> Vec<&str> {
    json["remarks"].as_array().unwrap().iter().map(|remark| remark.as_str().unwrap()).collect()
}

fn remarked(json: &Value, place: &str, what: &str) -> bool {
    remarks(json).iter().any(|remark| remark.starts_with(place) && remark.contains(what))
}

/// Counts the starts of a program in a file.
fn counting(scene: &Scene) -> String {
    let file = scene.path("starts");
    std::fs::write(&file, "0").unwrap();
    format!("read n <{0}; echo $((n + 1)) >{0}", file.display())
}

#[test]
fn one_that_hangs_from_the_start_is_not_run() {
    let json = finished(&soon_ended("exec @subject@ hang"));
    assert_eq!(verdict(&json, QUICKER), "not_run");
    let told = reason(&json, QUICKER);
    assert!(told.contains("left: ") && told.contains("still running after 0.8 s"), "{told}");
}

#[test]
fn one_that_hangs_later_counts_as_slower_than_any_and_is_told() {
    let scene = soon_ended("");
    let counting = counting(&scene);
    let script = format!("echo turned; {counting}; [ $n -lt 8 ] || exec @subject@ hang");
    scene.program("turn", "left", &script);
    let json = finished(&scene);
    assert_ne!(verdict(&json, QUICKER), "holds");
    assert!(warnings(&json).contains("deadline"), "{json:#}");
    assert!(remarked(&json, "turn: left: ", "still running at its deadline"), "{json:#}");
}

#[test]
fn one_that_ignores_being_asked_to_end_is_ended() {
    let json = finished(&soon_ended("exec @subject@ ignore-term"));
    assert!(reason(&json, QUICKER).contains("still running after 0.8 s"));
}

#[test]
fn a_daemon_left_behind_is_ended_and_told_once() {
    let json = finished(&with_left("echo turned; @subject@ double-fork >/dev/null"));
    let told: Vec<&str> = remarks(&json).into_iter().filter(|r| r.contains("behind")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0], "turn: left: left a process behind; it was ended");
    assert_eq!(verdict(&json, QUICKER), "holds");
}

#[test]
fn a_listener_left_behind_is_closed_and_told_once() {
    let json = finished(&with_left("echo turned; @subject@ leave-listener >/dev/null"));
    let told: Vec<&str> = remarks(&json).into_iter().filter(|r| r.contains("behind")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("left a process behind, listening on port "), "{told:?}");
    assert_eq!(verdict(&json, QUICKER), "holds");
}

#[test]
fn a_daemon_of_the_first_run_only_is_told() {
    let scene = with_left("");
    let counting = counting(&scene);
    let script =
        format!("echo turned; {counting}; [ $n -gt 0 ] || @subject@ double-fork >/dev/null");
    scene.program("turn", "left", &script);
    let json = finished(&scene);
    assert!(remarks(&json).iter().any(|remark| remark.contains("behind")), "{json:#}");
}

#[test]
fn one_that_prints_a_gigabyte_is_cut_short_and_told() {
    let json = finished(&with_left("exec @subject@ print 1000000000"));
    assert_eq!(verdict(&json, QUICKER), "not_run");
    let told = reason(&json, QUICKER);
    assert!(told.contains("output too large"), "{told}");
}

#[test]
fn one_that_fails_now_and_then_loses_those_pairs_and_is_told() {
    let scene = with_left("");
    let starts = scene.path("starts");
    let flaky = format!("echo turned; @subject@ flaky 10 {} || exit 9", starts.display());
    scene.program("turn", "left", &flaky);
    let json = finished(&scene);
    assert_eq!(verdict(&json, QUICKER), "holds", "{json:#}");
    assert!(remarked(&json, "turn: left: ", "trials failed"), "{json:#}");
    assert!(remarked(&json, "turn: left: ", "ended with exit code 9"), "{json:#}");
}

#[test]
fn one_that_gives_another_answer_now_and_then_is_told() {
    let scene = with_left("");
    let counting = counting(&scene);
    let script = format!("{counting}; [ $((n % 10)) -eq 9 ] && echo tumbled || echo turned");
    scene.program("turn", "left", &script);
    let json = finished(&scene);
    assert!(remarked(&json, "turn: left: ", "another answer than the one agreed on"), "{json:#}");
}

#[test]
fn one_that_fails_always_is_not_run_with_its_last_words() {
    let json = finished(&with_left("echo cannot turn >&2; exit 7"));
    assert_eq!(verdict(&json, QUICKER), "not_run");
    let told = reason(&json, QUICKER);
    assert!(told.contains("exit code 7") && told.contains("cannot turn"), "{told}");
}

#[test]
fn one_that_eats_memory_until_it_is_refused_more_is_told() {
    let json = finished(&with_left("ulimit -v 300000; exec @subject@ eat-memory"));
    assert_eq!(verdict(&json, QUICKER), "not_run");
    let told = reason(&json, QUICKER);
    assert!(told.contains("signal 6") && told.contains("memory allocation"), "{told}");
}

#[test]
fn one_that_takes_much_memory_is_measured_so() {
    let scene = with_left("echo turned; exec @subject@ allocate 300");
    scene.edit("workloads/turn/workload.toml", "metrics = [\"cpu\"]", "metrics = [\"memory\"]");
    let claims = std::fs::read_to_string(scene.path("pack/claims/speed.toml")).unwrap();
    scene.write(
        "claims/speed.toml",
        &claims.replace(
            "metric = \"cpu\" }]\n\n[[claim]]\nid = \"speed/left-is-smaller",
            "metric = \"memory\" }]\n\n[[claim]]\nid = \"speed/left-is-smaller",
        ),
    );
    scene.edit(
        "claims/speed.toml",
        "expect = \"below\"\ncells = [{ workload = \"turn\", metric = \"cpu\" }]",
        "expect = \"above\"\ncells = [{ workload = \"turn\", metric = \"memory\" }]",
    );
    let json = finished(&scene);
    assert_eq!(verdict(&json, QUICKER), "holds", "{json:#}");
    let bytes = claim(&json, QUICKER)["evidence"][0]["values"]["left"].as_f64().unwrap();
    assert!((3e8..4e8).contains(&bytes), "{bytes}");
}
