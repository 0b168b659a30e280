//! What each exit code means.

use std::io::{BufRead, BufReader};
use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};

use crate::scene::{reason, verdict};
use crate::{Ran, Scene};

const QUICKER: &str = "speed/left-is-quicker";

#[test]
fn an_expectation_that_is_met_is_0_and_one_that_is_not_is_1() {
    let scene = Scene::new();
    let heard = "habits/right-is-heard";
    scene.verify(&[heard, "--expect", "holds"]).exits(0);
    scene.verify(&[heard, "--expect", "does-not-hold"]).exits(1);
    scene.verify(&[heard, "speed/served", "--expect", "holds"]).exits(1);
    assert!(scene.page().contains(heard), "the page is written all the same");
    scene.verify(&["--from-store", heard]).exits(2).says("--budget");
    let again = ["verify", "--pack", "pack", "--from-store", heard, "--expect", "holds"];
    scene.run(&again).exits(0);
}

#[test]
fn what_cannot_be_meant_is_2_with_a_way_out() {
    let scene = Scene::new();
    let refused = |args: &[&str], words: &[&str]| {
        let ran = scene.run(args).exits(2);
        assert_eq!(ran.stdout, "", "{args:?}");
        for word in words {
            ran.says(word);
        }
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    };
    let pack = ["verify", "--pack", "pack"];
    let with = |args: &[&'static str]| [&pack[..], args].concat();
    refused(
        &with(&["speed/served", "speed/left-is-quikcer"]),
        &["no claim", "mean \"speed/left-is-quicker\""],
    );
    refused(&with(&["--list", "habits/right-talk"]), &["no claim", "mean \"habits/right-talks\""]);
    refused(&with(&["habits/xyz"]), &["no claim `habits/xyz` in pack", "--list"]);
    refused(&with(&["not a claim"]), &["not a claim"]);
    refused(&with(&["--budget", "soon"]), &["`soon` is not a duration such as 90s, 10m or 1h"]);
    refused(&with(&["--budget", "0s"]), &["not a duration"]);
    refused(&with(&["--quick", "--full"]), &["'--quick' cannot be used with '--full'"]);
    refused(&with(&["--list", "--expect", "holds"]), &["cannot be used with"]);
    refused(&with(&["speed/served", "--expect", "hodls"]), &["holds"]);
    refused(&with(&["--from-store", "habits/xyz"]), &["no claim `habits/xyz` in pack"]);
    refused(&with(&["--from-store"]), &["no store at", "run a comparison first"]);
    refused(&["verify", "--pack", "rust-vs-og"], &["no pack `rust-vs-og`", "rust-vs-go"]);
    refused(&["verify", "--pack", "home"], &["no folder home with a comparison.toml"]);
    refused(&["verifi"], &["verify"]);
    refused(&[], &["Usage"]);
}

#[test]
fn a_faulty_pack_is_2_and_every_fault_is_shown_with_its_place() {
    let scene = Scene::new();
    scene.edit("claims/speed.toml", "workload = \"late\"", "workload = \"lat\"");
    scene.edit("claims/habits.toml", "sources = [\"handbook\"]", "sources = [\"handbok\"]");
    let ran = scene.verify(&[]).exits(2);
    ran.says("claims/speed.toml:").says("\"lat\"").says("late");
    ran.says("claims/habits.toml:").says("\"handbok\"").says("help:");
    assert_eq!(ran.stdout, "");
    assert!(!scene.store().exists());
}

#[test]
fn a_store_that_is_something_else_is_2_and_stays_as_it_is() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("mine")).unwrap();
    std::fs::write(scene.path("mine/evenhand.sqlite"), "my novel").unwrap();
    let ran = scene.verify(&["--store", "mine"]).exits(2);
    ran.says("is not a store of Evenhand").says("--store DIR");
    assert_eq!(scene.read("mine/evenhand.sqlite"), "my novel");
}

#[test]
fn a_page_that_cannot_be_written_is_2_and_the_run_is_kept() {
    let scene = Scene::new();
    std::fs::write(scene.path("file"), "").unwrap();
    let ran = scene.verify(&["habits/right-is-heard", "--output", "file/page.html"]).exits(2);
    ran.says("cannot write file/page.html").says("the run itself is stored");
    scene.run(&["verify", "--pack", "pack", "--from-store"]).exits(0);
}

#[test]
fn nothing_to_be_had_on_either_side_is_3() {
    let scene = Scene::new();
    std::fs::remove_file(scene.path("bin/left")).unwrap();
    std::fs::remove_file(scene.path("bin/right")).unwrap();
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(3);
    assert_eq!(json["coverage"]["run"], 0);
    assert_eq!(verdict(&json, "habits/handed-down"), "documented");
    let told = reason(&json, QUICKER);
    assert!(told.contains("no `left` on PATH; put a newer left on PATH"), "{told}");
    assert!(scene.page().contains("no `left` on PATH"), "the page says why not");
}

#[test]
fn what_cannot_be_measured_anywhere_is_3_and_what_need_not_be_is_0() {
    let scene = Scene::new();
    let (ran, json) = scene.verdicts(&["speed/served"]);
    ran.exits(3);
    assert_eq!(reason(&json, "speed/served"), "no service workload yet");
    let (ran, json) = scene.verdicts(&["habits/handed-down", "habits/easier"]);
    ran.exits(0);
    assert_eq!(verdict(&json, "habits/handed-down"), "documented");
    scene.verify(&["speed/later"]).exits(3).says("use --full");
}

#[test]
fn inconclusive_is_0_and_with_strict_3() {
    let scene = Scene::new();
    // Left is faster and slower than right in turn, and there is no time for more than the pilot.
    let turns = scene.path("turns");
    std::fs::write(&turns, "0").unwrap();
    let count = format!("read n <{0}; echo $((n + 1)) >{0}", turns.display());
    let left = format!("echo turned; {count}; exec @subject@ spin $((n % 2 * 24 + 4))");
    scene.program("turn", "left", &left);
    let verify = |more: &[&str]| scene.verify(&[&[QUICKER, "--format", "json"], more].concat());
    let ran = verify(&["--budget", "1ms"]).exits(0);
    assert_eq!(verdict(&ran.json(), QUICKER), "inconclusive", "{}", ran.stdout);
    let strict = ["verify", "--pack", "pack", "--from-store", QUICKER, "--strict"];
    scene.run(&strict).exits(3);
    scene.verify(&["habits/right-is-heard", "--strict"]).exits(0);
}

#[test]
fn disagreement_everywhere_is_4_and_in_one_workload_0() {
    let scene = Scene::new();
    scene.program("turn", "right", "echo turnt; exec @subject@ spin 4");
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert_eq!(verdict(&json, QUICKER), "not_comparable");
    let told = reason(&json, QUICKER);
    assert!(told.contains("turned") && told.contains("turnt"), "{told}");
    assert_eq!(verdict(&json, "speed/ready-alike"), "holds");
    let (ran, json) = scene.verdicts(&[QUICKER]);
    ran.exits(4);
    assert_eq!(verdict(&json, QUICKER), "not_comparable");
}

/// Waits for a line on standard error; whatever follows is read to its end.
pub(crate) fn until(child: &mut Child, text: &str) {
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let found = lines.by_ref().map_while(Result::ok).any(|line| line.contains(text));
    assert!(found, "{text} was not said");
    std::thread::spawn(move || lines.for_each(drop));
}

fn signal(child: &Child, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

const LENGTHY: [&str; 7] =
    ["verify", "--pack", "pack", "--full", "speed/later", "--format", "json"];

#[test]
fn ctrl_c_is_130_with_the_page_written_and_the_run_to_go_on_with() {
    for asked in [Signal::INT, Signal::TERM] {
        let scene = Scene::lengthy();
        let mut child = scene.evenhand(&LENGTHY).spawn().unwrap();
        until(&mut child, "comparing answers");
        std::thread::sleep(std::time::Duration::from_millis(300));
        signal(&child, asked);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["run"]["end"], "interrupted");
        assert!(scene.page().contains("speed/later"));

        let on = scene.run(&[&LENGTHY[..], &["--budget", "100ms"]].concat()).exits(0);
        on.says(&format!("going on with run {}", json["run"]["id"].as_str().unwrap()));
        assert_eq!(on.json()["run"]["id"], json["run"]["id"]);
        assert_eq!(on.json()["run"]["end"], "complete");
    }
}

#[test]
fn a_second_ctrl_c_ends_the_program_at_once() {
    let scene = Scene::lengthy();
    // A trial that the first Ctrl-C waits for.
    scene.program("late", "left", "@subject@ sleep 15000; echo later");
    scene.program("late", "right", "echo later");
    let mut child = scene.evenhand(&LENGTHY).spawn().unwrap();
    until(&mut child, "comparing answers");
    std::thread::sleep(std::time::Duration::from_millis(200));
    signal(&child, Signal::INT);
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(child.try_wait().unwrap().is_none(), "the first waits for the trial in flight");
    signal(&child, Signal::INT);
    let ran = Ran::of_child(child);
    ran.exits(130);
}
