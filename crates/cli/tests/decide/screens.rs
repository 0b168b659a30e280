//! What a person sees.

use std::fs;

use crate::scene::Scene;

fn screen(scenario: &str) -> String {
    Scene::of(scenario).ends(&["decide"], 0)
}

#[test]
fn a_choice_fits_a_screen_and_begins_in_plain_words() {
    let screen = screen("control-plane-in-14-weeks");
    assert!(screen.lines().count() <= 24, "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    insta::assert_snapshot!(screen);
}

#[test]
fn a_split_names_its_boundary_and_what_was_ruled_out() {
    insta::assert_snapshot!(screen("agent-and-control-plane"));
}

#[test]
fn what_is_not_settled_says_what_to_measure() {
    let screen = screen("balanced-service");
    assert!(screen.contains("evenhand compare "), "{screen}");
    insta::assert_snapshot!(screen);
}

/// The negative control: nothing tells the two apart, and none is said to be better.
#[test]
fn of_two_alike_one_is_named_and_nothing_is_said_for_it() {
    let scene = Scene::empty();
    let of = |kind: &str| {
        let known = |option: &str| format!("[evidence.delivery.{option}]\n{kind}\n");
        format!(
            "question = \"Which of two alike?\"\noptions = [\"go\", \"rust\"]\n[criteria.delivery]\n\
             unit = \"weeks\"\nfloor = 24\ngoal = 8\npoints = 100\n{}{}",
            known("go"),
            known("rust")
        )
    };
    fs::write(scene.path("decision.toml"), of("kind = \"fact\"\nvalue = 12")).unwrap();
    let words = || scene.ends(&["decide"], 0).split_whitespace().collect::<Vec<_>>().join(" ");
    let exact = words();
    assert!(exact.contains("only because one has to be named"), "{exact}");
    fs::write(scene.path("decision.toml"), of("kind = \"estimate\"\nrange = [10, 12, 16]"))
        .unwrap();
    let guessed = words();
    assert!(guessed.contains("neither Go nor Rust"), "{guessed}");
}

#[test]
fn where_no_option_is_left_the_least_to_give_up_is_named() {
    insta::assert_snapshot!(screen("nobody-knows-it"));
}

#[test]
fn why_tells_the_numbers_that_the_words_leave_out() {
    let scene = Scene::of("agent-and-control-plane");
    insta::assert_snapshot!(scene.ends(&["decide", "--why", "go (control) + rust (agent)"], 0));
    let refused = scene.refused(&["decide", "--why", "zig"]);
    assert!(refused.contains("no option \"zig\"") && refused.contains("go, rust"), "{refused}");
}

#[test]
fn what_if_tells_both_answers_and_leaves_the_file_alone() {
    let scene = Scene::of("many-cores");
    let before = scene.read("decision.toml");
    let told = scene.ends(&["decide", "--what-if", "evidence.cores.go.value=8"], 0);
    insta::assert_snapshot!(told);
    assert_eq!(scene.read("decision.toml"), before);
    let refused = scene.refused(&["decide", "--what-if", "evidence.core.go.value=8"]);
    assert!(
        refused.contains("there is no `core`") && refused.contains("cores, p99, delivery"),
        "{refused}"
    );
}

#[test]
fn two_files_are_held_against_each_other() {
    let scene = Scene::of("control-plane-in-14-weeks");
    let other = scene.read("decision.toml").replace("points = 20\n", "points = 95\n");
    fs::write(scene.path("other.toml"), other).unwrap();
    insta::assert_snapshot!(scene.ends(&["decide", "decision.toml", "other.toml"], 0));
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let scene = Scene::of("balanced-service");
    for format in ["text", "json", "html", "markdown"] {
        let args = ["decide", "--format", format, "--as-of", "2026-11-23"];
        let once = scene.ends(&args, 0);
        assert_eq!(once, scene.ends(&args, 0), "{format}");
    }
    for file in ["page.html", "record.md", "decision.json"] {
        let args = ["decide", "--as-of", "2026-11-23", "--output", file];
        scene.ends(&args, 0);
        let once = scene.read(file);
        scene.ends(&args, 0);
        assert_eq!(once, scene.read(file), "{file}");
    }
}

#[test]
fn presets_are_listed_for_people_and_programs() {
    let scene = Scene::empty();
    let json = scene.json(&["decide", "--presets", "--format", "json"]);
    assert_eq!(json["schema"], 1);
    let presets = json["presets"].as_array().unwrap();
    assert_eq!(presets.len(), 11);
    for preset in presets {
        let keys: Vec<&String> = preset.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["id", "outcome", "choice", "options"]);
        for option in preset["options"].as_array().unwrap() {
            let safe = option["safe"].as_f64().unwrap();
            assert!((0.0..=1.0).contains(&safe), "{preset}");
        }
    }
    let of = |id: &str| presets.iter().find(|preset| preset["id"] == id).unwrap();
    assert_eq!(
        (&of("embedded")["outcome"], &of("embedded")["choice"]),
        (&"by_constraint".into(), &"rust".into())
    );
    let text = scene.ends(&["decide", "--presets"], 0);
    assert!(text.contains("kubernetes-operator") && text.contains("As it stands:"), "{text}");
}

#[test]
fn what_is_wrong_in_a_file_is_shown_with_its_line() {
    let scene = Scene::of("control-plane-in-14-weeks");
    scene.change("decision.toml", "floor = 24", "floor = 12");
    let refused = scene.refused(&["decide"]);
    assert!(refused.contains("there is nothing between them to gain"), "{refused}");
    assert!(refused.contains("goal = 12") && refused.contains("^^"), "{refused}");
}

#[test]
fn a_missing_file_says_how_to_begin_one() {
    let refused = Scene::empty().refused(&["decide"]);
    assert!(refused.contains("there is no decision at decision.toml"), "{refused}");
    assert!(refused.contains("evenhand decide --new"), "{refused}");
}

#[test]
fn the_page_is_one_file_that_asks_nobody() {
    let scene = Scene::of("agent-and-control-plane");
    scene.ends(&["decide", "--output", "page.html"], 0);
    let page = scene.read("page.html");
    assert!(page.contains("Take Go (control) + Rust (agent)."), "{page}");
    assert!(
        !page.contains("<script") && !page.contains("src="),
        "no script and nothing from elsewhere"
    );
}
