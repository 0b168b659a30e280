//! `evenhand show` and `evenhand history`.

use crate::Scene;

/// A scene with one run of all that is quick.
fn after_a_run() -> Scene {
    let scene = Scene::of("tried");
    scene.verify(&[]).exits(0);
    scene
}

#[test]
fn a_probe_is_shown_with_its_programs_and_what_was_said_of_them() {
    let scene = after_a_run();
    let show = |id: &str| scene.run(&["show", id, "--pack", "pack"]).exits(0).stdout;
    let probe = show("probe/gates");
    for part in ["an odd word", "tried/gates", "odd-fixed", "exit 0", "odd word", "2.1.0"] {
        assert!(probe.contains(part), "{part:?} is not in\n{probe}");
    }
    let drill = show("drill/words");
    for part in ["grep -n one word.txt", "1:one", "one → two", "nothing", "tried/words"] {
        assert!(drill.contains(part), "{part:?} is not in\n{drill}");
    }
    assert!(probe.lines().chain(drill.lines()).all(|line| line.chars().count() <= 100));
    let workload = show("workload/ladder");
    assert!(workload.contains("memory") && workload.contains("tried/grows"), "{workload}");

    let json = ["show", "probe/gates", "--pack", "pack", "--format", "json"];
    let json = scene.run(&json).exits(0).json();
    assert_eq!((&json["schema"], &json["id"]), (&1.into(), &"probe/gates".into()));
    let item = &json["items"][0];
    assert_eq!((&item["id"], &item["as_said"]), (&"odd".into(), &true.into()));
    assert_eq!(item["told"]["version"], "2.1.0");
    assert_eq!(item["told"]["diagnostics"][0]["text"], "odd word");
    assert!(item["program"]["text"].as_str().unwrap().contains("odd word"));
}

#[test]
fn a_claim_and_a_run_are_shown_with_their_evidence() {
    let scene = after_a_run();
    let show = |id: &str| {
        let args = ["show", id, "--pack", "pack", "--format", "json"];
        scene.run(&args).exits(0).json()
    };
    let claim = show("tried/fewer");
    let claims = claim["claims"].as_array().unwrap();
    assert_eq!(claims.len(), 1);
    assert_eq!((&claims[0]["id"], &claims[0]["verdict"]), (&"tried/fewer".into(), &"holds".into()));
    let run = claim["run"]["id"].as_str().unwrap();
    let whole = show(run);
    assert_eq!(whole["run"]["id"], run);
    assert_eq!(whole["claims"].as_array().unwrap().len(), 4);
    let text = scene.run(&["show", "tried/fewer", "--pack", "pack"]).exits(0).stdout;
    assert!(text.contains("tried/fewer") && text.contains("holds"), "{text}");
}

#[test]
fn what_was_never_run_is_shown_all_the_same() {
    let scene = Scene::of("tried");
    let show = |id: &str| scene.run(&["show", id, "--pack", "pack"]).exits(0).stdout;
    assert!(show("probe/gates").contains("never tried here"));
    assert!(show("tried/fewer").contains("tried/fewer"));
    assert!(!scene.store().exists());
}

#[test]
fn an_unknown_id_is_2_with_what_may_have_been_meant() {
    let scene = Scene::of("tried");
    for (id, near) in [
        ("probe/gatse", "probe/gates"),
        ("drill/word", "drill/words"),
        ("tried/fever", "tried/fewer"),
        ("gates", "probe/gates"),
        ("workload/lader", "workload/ladder"),
    ] {
        let ran = scene.run(&["show", id, "--pack", "pack"]).exits(2);
        assert_eq!(ran.stdout, "");
        ran.says(&format!("nothing in pack is called `{id}`")).says(near).says("evenhand history");
    }
    let html = ["show", "probe/gates", "--pack", "pack", "--format", "html"];
    scene.run(&html).exits(2).says("--format text or json");
}

#[test]
fn history_lists_runs_newest_first_with_what_each_says_of_a_claim() {
    let scene = Scene::of("tried");
    scene.run(&["history", "--pack", "pack"]).exits(2).says("evenhand verify");
    scene.verify(&["tried/gates"]).exits(0);
    scene.write("probes/gates/odd.sh", "exit 0");
    scene.verify(&["tried/gates"]).exits(0);

    let history = |args: &[&str]| {
        scene.run(&[&["history", "--pack", "pack", "--json"], args].concat()).exits(0).json()
    };
    let json = history(&["tried/gates"]);
    let runs = json["runs"].as_array().unwrap();
    let told: Vec<(&str, bool)> = runs
        .iter()
        .map(|run| {
            let verdict = run["verdicts"][0]["verdict"].as_str().unwrap();
            (verdict, run["same_pack"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(told, [("does_not_hold", true), ("by_design", false)], "{json:#}");
    assert!(runs[0]["started"].as_str() >= runs[1]["started"].as_str());
    assert_eq!(history(&["--most", "1"])["runs"].as_array().unwrap().len(), 1);

    let text = scene.run(&["history", "tried/gates", "--pack", "pack"]).exits(0).stdout;
    assert!(text.contains("does not hold") && text.contains("by design"), "{text}");
    let plain = scene.run(&["history", "--pack", "pack"]).exits(0).stdout;
    for run in runs {
        assert!(plain.contains(run["id"].as_str().unwrap()), "{plain}");
    }
    let unknown = ["history", "tried/gatse", "--pack", "pack"];
    scene.run(&unknown).exits(2).says("tried/gates");
}
