//! Claims that stand on checks, steps and slopes, with tools that are scripts.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use store::Store;

use crate::Scene;
use crate::scene::{USER, all_verdicts, reason, verdict};

const GATES: &str = "tried/gates";
const WORDS: &str = "tried/words";
const FEWER: &str = "tried/fewer";
const GROWS: &str = "tried/grows";

fn scene() -> Scene {
    Scene::of("tried")
}

#[test]
fn each_kind_of_claim_has_its_verdict_and_has_it_again_from_the_store() {
    let scene = scene();
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    let expected = [(GATES, "by_design"), (WORDS, "holds"), (FEWER, "holds"), (GROWS, "holds")];
    let told = all_verdicts(&json);
    let told: Vec<(&str, &str)> = told.iter().map(|(id, v)| (id.as_str(), v.as_str())).collect();
    assert_eq!(told, expected, "{json:#}");
    let counts = reason(&json, FEWER);
    assert!(counts.contains("left 1, right 6 of 6: only right: c1"), "{counts}");

    let again = ["verify", "--pack", "pack", "--from-store", "--format", "json"];
    let again = scene.run(&again).exits(0).json();
    assert_eq!(json["claims"], again["claims"]);
}

#[test]
fn a_count_is_mirrored_when_the_sides_change_places() {
    let scene = scene();
    let checks = fs::read_to_string(scene.path("pack/probes/count/probe.toml")).unwrap();
    let crossed = checks.replace("\"left\"", "\"?\"").replace("\"right\"", "\"left\"");
    scene.write("probes/count/probe.toml", &crossed.replace("\"?\"", "\"right\""));
    let (ran, json) = scene.verdicts(&[FEWER]);
    ran.exits(0);
    assert_eq!(verdict(&json, FEWER), "does_not_hold", "{json:#}");
    assert!(reason(&json, FEWER).contains("left 6, right 1 of 6: only left: c1"), "{json:#}");

    let named = "numerator = \"left\"\ndenominator = \"right\"\nexpect = \"below\"\nby = 2";
    let mirrored = "numerator = \"right\"\ndenominator = \"left\"\nexpect = \"below\"\nby = 2";
    scene.edit("claims/tried.toml", named, mirrored);
    let (ran, json) = scene.verdicts(&[FEWER]);
    ran.exits(0);
    assert_eq!(verdict(&json, FEWER), "holds", "{json:#}");
}

#[test]
fn a_slope_turns_round_when_one_side_takes_twice_as_much_as_the_other() {
    let scene = scene();
    scene.program("ladder", "left", "echo \"$1\"; exec @subject@ allocate $(($1 * 8))");
    let (ran, json) = scene.verdicts(&[GROWS]);
    ran.exits(0);
    assert_eq!(verdict(&json, GROWS), "does_not_hold", "{json:#}");
    // What every run takes, however much is asked for, is no growth.
    scene.program("ladder", "left", "echo \"$1\"; exec @subject@ allocate $(($1 * 2 + 60))");
    let (ran, json) = scene.verdicts(&[GROWS]);
    ran.exits(0);
    assert_eq!(verdict(&json, GROWS), "holds", "{json:#}");
}

#[test]
fn what_cannot_be_tried_is_not_run_with_the_way_out() {
    let scene = scene();
    let step = "command = [\"grep\", \"-n\", \"one\", \"word.txt\"]";
    let needs = format!("{step}\nneeds = [\"no-such-tool\"]\nhint = \"apt install it\"");
    scene.edit("drills/words/drill.toml", step, &needs);
    let (ran, json) = scene.verdicts(&[WORDS]);
    ran.exits(3);
    assert_eq!(verdict(&json, WORDS), "not_run");
    let why = reason(&json, WORDS);
    assert!(why.contains("there is no `no-such-tool` on PATH: apt install it"), "{why}");
}

#[test]
fn a_compiler_that_crashes_is_not_one_that_refuses() {
    let scene = scene();
    let crash = "echo \"$0:2:1: odd word\" >&2; kill -SEGV $$";
    scene.write("probes/gates/odd.sh", crash);
    let (ran, json) = scene.verdicts(&[GATES]);
    ran.exits(3);
    assert_eq!(verdict(&json, GATES), "not_run");
    assert!(reason(&json, GATES).contains("sh itself ended with signal 11"), "{json:#}");
}

/// Started and stored attempts.
fn counts(scene: &Scene) -> (usize, usize) {
    let started = fs::read_to_string(scene.path("home/starts")).unwrap_or_default();
    let stored = Store::open_for_reading(&scene.store()).ok().and_then(|reader| {
        let runs = reader.runs().unwrap();
        runs.first().map(|run| reader.facts_of(&run.id).unwrap().attempts.len())
    });
    (started.lines().count(), stored.unwrap_or(0))
}

#[test]
fn a_kill_loses_at_most_the_attempts_in_flight() {
    let scene = scene();
    let starts = "echo \"$0\" >>\"$HOME/starts\"; sleep 0.2";
    scene.write("probes/count/fine.sh", &format!("{starts}; exit 0"));
    scene.write("probes/count/not.sh", &format!("{starts}; echo \"$0:1:1: no\" >&2; exit 1"));
    // One that is tried takes its turn, one that has been told may not be stored yet.
    let at_once = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let verify = ["verify", "--pack", "pack", "--seed", "7", FEWER];
    let mut known = 0;
    for wanted in [2, 5] {
        let mut child = scene.evenhand(&verify).spawn().unwrap();
        for _ in 0..5000 {
            if counts(&scene).1 >= wanted || child.try_wait().unwrap().is_some() {
                break;
            }
            sleep(Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        scene.is_left_alone();
        let (started, stored) = counts(&scene);
        assert!((wanted.max(known)..12).contains(&stored), "{stored} of {started} are stored");
        known = stored;
    }
    let ran = scene.run(&[&verify[..], &["--format", "json"]].concat()).exits(0);
    assert_eq!(verdict(&ran.json(), FEWER), "holds");
    let (started, stored) = counts(&scene);
    assert_eq!(stored, 12, "each was stored once");
    assert!(started <= 12 + 2 * 2 * at_once, "{started} were started");
}

#[test]
fn what_tools_say_names_neither_host_nor_user_nor_home() {
    let scene = scene();
    let complaint = "echo \"built by $USER on $(hostname) in $HOME/lib\" >&2; exit 1";
    let odd =
        format!("echo \"$0:2:1: seen by $USER in $HOME/lib on $(hostname)\" >&2; {complaint}");
    scene.write("probes/gates/odd.sh", &odd);
    let step = "command = [\"grep\", \"-n\", \"one\", \"word.txt\"]";
    let complaining = format!("command = [\"sh\", \"-c\", '{complaint}']");
    scene.edit("drills/words/drill.toml", step, &complaining);
    let forms = ["out.json", "out.md", "out.txt"];
    let outputs: Vec<&str> = forms.iter().flat_map(|path| ["--output", *path]).collect();
    let ran = scene.verify(&[&[GATES, WORDS], &outputs[..]].concat()).exits(0);
    let mut texts = vec![ran.stdout, scene.page()];
    texts.extend(forms.map(|path| scene.read(path)));
    for id in ["probe/gates", "drill/words", GATES, WORDS] {
        for format in ["text", "json"] {
            let show = ["show", id, "--pack", "pack", "--format", format];
            texts.push(scene.run(&show).exits(0).stdout);
        }
    }
    texts.push(scene.run(&["history", GATES, WORDS, "--pack", "pack", "--json"]).exits(0).stdout);
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    assert!(texts.iter().filter(|text| text.contains("~/lib")).count() >= 10);
    for text in texts {
        for private in [scene.path("home").to_str().unwrap(), USER] {
            assert!(!text.contains(private), "{private} in {text}");
        }
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        assert!(!words.contains(&host.trim()), "{host} in {text}");
    }
}
