//! What `verify` writes, and where.

use std::io::{BufRead, BufReader};
use std::process::ExitStatus;

use serde_json::Value;

use crate::Scene;
use crate::scene::{USER, all_verdicts, verdict};

fn faults(json: &Value) -> Vec<String> {
    let schema = include_str!("../../../../docs/schema/verify.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    validator.iter_errors(json).map(|fault| fault.to_string()).collect()
}

fn count(json: &Value, key: &str) -> u64 {
    json["coverage"][key].as_u64().unwrap()
}

#[track_caller]
fn assert_covered(json: &Value) {
    let parts: u64 =
        ["run", "documented", "judgement", "not_run"].map(|key| count(json, key)).iter().sum();
    assert_eq!(count(json, "claims"), parts, "{}", json["coverage"]);
    assert_eq!(count(json, "claims") as usize, json["claims"].as_array().unwrap().len());
}

#[test]
fn a_run_gives_every_claim_its_verdict() {
    let scene = Scene::new();
    let (ran, json) = scene.verdicts(&[]);
    ran.exits(0);
    assert_eq!(faults(&json), [""; 0]);
    assert_covered(&json);
    let expected = [
        ("speed/left-is-quicker", "holds"),
        ("speed/right-is-quicker", "does_not_hold"),
        ("speed/left-is-smaller", "holds"),
        ("speed/ready-alike", "holds"),
        ("speed/built-alike", "holds"),
        ("speed/later", "not_run"),
        ("speed/served", "not_run"),
        ("habits/right-talks", "by_design"),
        ("habits/right-is-heard", "holds"),
        ("habits/left-stays", "holds"),
        ("habits/handed-down", "documented"),
        ("habits/easier", "judgement"),
    ];
    let told = all_verdicts(&json);
    let told: Vec<(&str, &str)> = told.iter().map(|(id, v)| (id.as_str(), v.as_str())).collect();
    assert_eq!(told, expected, "{json:#}");
    assert_eq!(json["run"]["end"], "complete");
}

#[test]
fn what_is_to_repeat_a_run_or_a_claim_names_the_pack() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("of mine")).unwrap();
    std::fs::rename(scene.path("pack"), scene.path("of mine/pack")).unwrap();
    let id = "habits/right-is-heard";
    let args = ["verify", "--pack", "of mine/pack", "--seed", "7", id, "--format", "json"];
    let json = scene.run(&args).exits(0).json();
    let whole = json["run"]["repeat"].as_str().unwrap();
    assert!(whole.starts_with(&format!("evenhand verify {id} ")), "{whole}");
    assert!(whole.contains(" --pack 'of mine/pack' ") && whole.contains(" --seed 7"), "{whole}");
    let page = scene.page().replace("&#39;", "'");
    assert!(
        page.contains(&format!("evenhand verify {id} --pack 'of mine/pack' --quick")),
        "{page}"
    );
}

#[test]
fn the_same_facts_give_the_same_verdicts_again() {
    let scene = Scene::new();
    let (ran, first) = scene.verdicts(&[]);
    ran.exits(0);
    let again = ["verify", "--pack", "pack", "--from-store", "--format", "json"];
    let second = scene.run(&again).exits(0).json();
    assert_eq!(first["claims"], second["claims"]);
    assert_eq!(first["run"]["id"], second["run"]["id"]);
    let one = scene.run(&[&again[..], &["speed/ready-alike"]].concat()).exits(0).json();
    assert_eq!(all_verdicts(&one), [("speed/ready-alike".into(), "holds".into())]);
}

#[test]
fn every_form_is_printed_and_only_the_result_is_on_standard_output() {
    let scene = Scene::new();
    let ran = scene.verify(&["habits/right-is-heard"]).exits(0);
    assert!(ran.stdout.starts_with("evenhand "), "{}", ran.stdout);
    assert!(ran.stdout.contains("habits/right-is-heard") && ran.stdout.contains("holds"));
    assert!(ran.stdout.contains("evenhand/pack.html"), "{}", ran.stdout);
    ran.says("still: building left (release-practice)").says("1 claims");
    assert!(!ran.stdout.contains("building"), "{}", ran.stdout);
    let again = |form| {
        let args = ["verify", "--pack", "pack", "--from-store", "--format", form];
        scene.run(&args).exits(0).stdout
    };
    assert_eq!(again("text"), ran.stdout);
    assert!(again("markdown").starts_with('#') && again("markdown").contains("| "));
    assert_eq!(faults(&serde_json::from_str(&again("json")).unwrap()), [""; 0]);
    let html = again("html");
    assert!(html.starts_with("<!") && html.trim_end().ends_with("</html>"));
    assert_eq!(html.trim_end(), scene.page().trim_end());
}

#[test]
fn every_file_asked_for_is_written_in_the_form_of_its_ending() {
    let scene = Scene::new();
    let outputs = ["a/page.html", "verdicts.json", "for-review.md", "screen.txt"];
    let args: Vec<&str> = outputs.iter().flat_map(|path| ["--output", *path]).collect();
    let ran = scene.verify(&[&["habits/right-is-heard"], &args[..]].concat()).exits(0);
    assert!(scene.read("a/page.html").starts_with("<!"));
    assert_eq!(faults(&serde_json::from_str(&scene.read("verdicts.json")).unwrap()), [""; 0]);
    assert!(scene.read("for-review.md").starts_with('#'));
    assert!(scene.read("screen.txt").contains("habits/right-is-heard"));
    assert!(ran.stdout.contains("a/page.html"), "{}", ran.stdout);
    assert!(!scene.path("evenhand").exists(), "a page named elsewhere is not written twice");
}

#[test]
fn an_ending_without_a_form_is_refused_before_anything_runs() {
    let scene = Scene::new();
    let ran = scene.verify(&["--output", "verdicts.xlsx"]).exits(2);
    ran.says("--output verdicts.xlsx").says("help: end the name in");
    assert!(!scene.store().exists() && !scene.path("evenhand").exists());
}

#[test]
fn a_list_runs_nothing_and_writes_nothing() {
    let scene = Scene::new();
    let list = |format| {
        let args = ["verify", "--pack", "pack", "--list", "--format", format];
        let ran = scene.run(&args).exits(0);
        assert_eq!(ran.stderr, "");
        ran
    };
    let json = list("json").json();
    assert_eq!(faults(&json), [""; 0]);
    assert_covered(&json);
    assert_eq!((count(&json, "claims"), count(&json, "run")), (12, 0));
    assert!(all_verdicts(&json).iter().all(|(_, verdict)| verdict == "null"));
    assert!(json["run"].is_null() && json["environment"].is_null());
    assert!(list("text").stdout.contains("speed/later"));
    assert!(!scene.store().exists() && !scene.path("evenhand").exists());
}

#[test]
fn a_pipe_that_closes_early_is_success() {
    let scene = Scene::new();
    scene.verify(&["habits/right-is-heard"]).exits(0);
    let args = ["verify", "--pack", "pack", "--from-store", "--format", "html"];
    let mut child = scene.evenhand(&args).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ended: ExitStatus = child.wait().unwrap();
    assert!(ended.success() && !line.is_empty(), "{ended}");
}

#[test]
fn nothing_that_is_written_names_host_user_or_home() {
    let scene = Scene::new();
    let complaint = "echo \"cannot find $HOME/lib, says $USER of $(hostname)\" >&2; exit 3\n";
    scene.command(
        "right",
        &format!(
            "#!/bin/sh\n[ $1 = build ] || exec sh {} \"$@\"\n{complaint}",
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify/toolchain.sh")
        ),
    );
    scene.edit("languages/right.toml", "'right (\\S+)'", "'(2\\S+)'");
    let forms = ["out.json", "out.md", "out.txt"];
    let args: Vec<&str> = forms.iter().flat_map(|path| ["--output", *path]).collect();
    let ran = scene.verify(&args).exits(3);
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let texts = forms.map(|path| scene.read(path)).into_iter().chain([ran.stdout, scene.page()]);
    for text in texts.map(|text| text.replace("\\~", "~")) {
        assert!(text.contains("cannot find ~/lib, says USER of HOST"), "{text}");
        for private in [scene.path("home").to_str().unwrap(), USER] {
            assert!(!text.contains(private), "{private} in {text}");
        }
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        assert!(!words.contains(&host.trim()), "{host} in {text}");
    }
}

#[test]
fn what_is_not_quick_is_run_by_full_only() {
    let scene = Scene::new();
    let (ran, json) = scene.verdicts(&["--full", "speed/later"]);
    ran.exits(0);
    assert_eq!(verdict(&json, "speed/later"), "holds", "{json:#}");
}
