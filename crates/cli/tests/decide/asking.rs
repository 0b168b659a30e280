//! `decide --new`: at most ten questions, and nothing typed is lost.

use crate::scene::{Scene, text};

/// Answers that keep everything.
fn keep(count: usize) -> String {
    "\n".repeat(count)
}

#[test]
fn keeping_everything_decides_the_preset() {
    let scene = Scene::empty();
    let output = scene.typed(&["decide", "--new", "kubernetes-operator"], &keep(9));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let written = scene.read("decision.toml");
    assert!(written.contains("from = \"kubernetes-operator\""), "{written}");
    assert!(!written.contains("[preset]") && !written.contains("[[ask]]"), "{written}");
    assert!(text(&output.stdout).contains("Go"), "{}", text(&output.stdout));
    assert!(!scene.path("decision.toml.answers").exists());
}

#[test]
fn no_preset_asks_more_than_ten_with_the_first() {
    let scene = Scene::empty();
    let json = scene.json(&["decide", "--presets", "--format", "json"]);
    for preset in json["presets"].as_array().unwrap() {
        let id = preset["id"].as_str().unwrap();
        let file = format!("{id}.toml");
        // The preset by its name, then nine times Enter at most.
        let output = scene.typed(&["decide", "--new", id, &file], &keep(9));
        assert!(output.status.success(), "{id}: {}", text(&output.stderr));
        assert_eq!(scene.ends(&["decide", &file], 0), text(&output.stdout), "{id}");
    }
}

#[test]
fn the_preset_can_be_the_first_question() {
    let scene = Scene::empty();
    let output = scene.typed(&["decide", "--new"], &format!("nonsense\n1\n{}", keep(9)));
    let told = text(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("What is it most like?") && told.contains("write a number or a name"),
        "{told}"
    );
    assert!(scene.read("decision.toml").contains("from = \"agent\""));
}

#[test]
fn what_was_answered_before_a_stop_is_not_asked_again() {
    let scene = Scene::empty();
    let stopped = scene.typed(&["decide", "--new", "service"], "5 6 7\n");
    assert_eq!(stopped.status.code(), Some(2));
    assert!(
        text(&stopped.stderr).contains("the same command goes on"),
        "{}",
        text(&stopped.stderr)
    );
    assert!(!scene.path("decision.toml").exists());
    let resumed = scene.typed(&["decide", "--new", "service"], &keep(8));
    let told = text(&resumed.stderr);
    assert!(resumed.status.success(), "{told}");
    assert!(
        told.contains("going on with service: 1 answered") && !told.contains("1 of 9"),
        "{told}"
    );
    assert!(scene.read("decision.toml").contains("[5, 6, 7]"), "{}", scene.read("decision.toml"));
}

#[test]
fn an_answer_that_will_not_do_is_asked_again_and_back_goes_back() {
    let scene = Scene::empty();
    let lines = format!("ten\n7 6 5\n\nback\n5 6 7\n{}", keep(8));
    let output = scene.typed(&["decide", "--new", "service"], &lines);
    let told = text(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(told.matches("write three numbers").count(), 2, "{told}");
    assert!(scene.read("decision.toml").contains("[5, 6, 7]"));
}

#[test]
fn i_do_not_know_is_an_answer_and_is_said() {
    let scene = Scene::empty();
    let output = scene.typed(&["decide", "--new", "service"], &format!("?\n{}", keep(8)));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(scene.read("decision.toml").contains("open = ["), "{}", scene.read("decision.toml"));
    let json = scene.json(&["decide", "--format", "json"]);
    assert_eq!(json["open"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let scene = Scene::of("control-plane-in-14-weeks");
    let refused = scene.refused(&["decide", "--new", "service"]);
    assert!(refused.contains("decision.toml is there already"), "{refused}");
}

#[test]
fn an_unknown_preset_is_answered_with_those_there_are() {
    let refused = Scene::empty().refused(&["decide", "--new", "servise"]);
    assert!(refused.contains("did you mean \"service\"?"), "{refused}");
}
