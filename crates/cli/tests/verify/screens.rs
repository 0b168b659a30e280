//! The other commands, and what the program says of itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{Ran, Scene};

/// The lines of `evenhand doctor` that do not depend on the machine.
fn of_the_pack(ran: &Ran) -> String {
    let mut kept = Vec::new();
    let mut keeping = false;
    for line in ran.stdout.lines() {
        if !line.starts_with(' ') {
            let subject = line.split("  ").next().unwrap_or_default();
            let stable = ["Left", "Right", "timed runs get", "store", "cache"];
            keeping = stable.iter().any(|word| subject.starts_with(word));
        }
        if keeping {
            kept.push(line.to_owned());
        }
    }
    kept.join("\n")
}

fn in_scene(scene: &Scene, text: &str) -> String {
    text.replace(&scene.mark(), "[scene]")
}

#[test]
fn doctor_says_what_is_there_and_what_missing_things_cost() {
    let scene = Scene::new();
    let doctor = || scene.run(&["doctor", "--pack", "pack"]).exits(0);
    let well = doctor();
    assert_eq!(well.stderr, "");
    for subject in ["machine", "system", "peak memory", "output of timed runs", "load"] {
        assert!(well.stdout.lines().any(|line| line.starts_with(subject)), "{}", well.stdout);
    }
    insta::assert_snapshot!("doctor", in_scene(&scene, &of_the_pack(&well)));
    fs::remove_file(scene.path("bin/left")).unwrap();
    fs::remove_dir(scene.path("bin/right-static")).unwrap();
    insta::assert_snapshot!("doctor_ill", in_scene(&scene, &of_the_pack(&doctor())));
}

#[test]
fn pack_check_finds_no_fault_where_there_is_none() {
    let scene = Scene::new();
    let own = scene.run(&["pack", "check", "pack"]).exits(0);
    let said = "pack: 12 claims, 3 workloads, 0 defects, 1 sources: no fault\n";
    assert!(own.stdout.starts_with(said), "{}", own.stdout);
    assert!(own.stdout.contains("licences: not checked"), "{}", own.stdout);
    let embedded = scene.run(&["pack", "check"]).exits(0);
    assert!(embedded.stdout.starts_with("rust-vs-go: "), "{}", embedded.stdout);
    assert!(embedded.stdout.contains("no fault"), "{}", embedded.stdout);
}

#[test]
fn pack_check_shows_faults_of_form_then_of_meaning_then_of_inputs() {
    let scene = Scene::new();
    let check = || {
        let ran = scene.run(&["pack", "check", "pack"]).exits(2);
        assert_eq!(ran.stdout, "");
        in_scene(&scene, &ran.stderr)
    };
    scene.write("workloads/still/line.txt", "walk\n");
    let wrong_input = check();
    scene.edit("workloads/turn/workload.toml", "metrics = [\"cpu\"]", "metrics = [\"cpux\"]");
    scene.edit("claims/habits.toml", "\"handbook\"", "\"handbok\"");
    let wrong_meaning = check();
    scene.edit("comparison.toml", "title = \"Speed\"", "titel = \"Speed\"");
    insta::assert_snapshot!("faults_of_form", check());
    insta::assert_snapshot!("faults_of_meaning", wrong_meaning);
    insta::assert_snapshot!("faults_of_inputs", wrong_input);
}

#[test]
fn the_help_is_as_it_was_read_last() {
    let scene = Scene::new();
    let help = |args: &[&str]| {
        let ran = scene.run(args).exits(0);
        assert_eq!(ran.stderr, "");
        ran.stdout
    };
    insta::assert_snapshot!("help", help(&["--help"]));
    insta::assert_snapshot!("help_verify", help(&["verify", "--help"]));
    insta::assert_snapshot!("help_pack_check", help(&["pack", "check", "--help"]));
    insta::assert_snapshot!("help_doctor", help(&["doctor", "--help"]));
    assert_eq!(help(&["--version"]), format!("evenhand {}\n", env!("CARGO_PKG_VERSION")));
}

/// `evenhand …` in code, in running text or in blocks, each with its place.
fn commands_in(path: &str, text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut block = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            block = !block;
            continue;
        }
        let place = format!("{path}:{}", number + 1);
        let whole = line.trim_start_matches("$ ").trim();
        let spans: Vec<&str> = match block {
            true => vec![whole],
            false => line.split('`').skip(1).step_by(2).collect(),
        };
        // The first line of a screen begins with the program's name and version.
        let ours = spans
            .into_iter()
            .filter(|span| span.starts_with("evenhand ") && !span.starts_with("evenhand 0."));
        found.extend(ours.map(|span| (place.clone(), span.to_owned())));
    }
    found
}

/// The words of a command line without placeholders and comments.
fn words(command: &str) -> Vec<String> {
    let line = command.split(" #").next().unwrap_or(command);
    let bare = |word: &str| word.trim_matches(|c| "[]…,;".contains(c)).to_owned();
    line.split_whitespace().skip(1).map(bare).collect()
}

#[test]
fn every_command_and_flag_in_the_documents_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    let documents = fs::read_dir(root.join("docs")).unwrap().flatten().map(|entry| entry.path());
    paths.extend(documents.filter(|path| path.extension().is_some_and(|end| end == "md")));
    let scene = Scene::new();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for (place, command) in commands_in(&name, &fs::read_to_string(&path).unwrap()) {
            let words = words(&command);
            let names = if words.first().is_some_and(|word| word == "pack") { 2 } else { 1 };
            let mut asked: Vec<&str> = words
                .iter()
                .take(names)
                .filter(|w| !w.starts_with('-'))
                .map(String::as_str)
                .collect();
            asked.push("--help");
            let help = scene.run(&asked);
            if !help.status.success() {
                faults.push(format!("{place}: `{command}`: there is no such command"));
                continue;
            }
            let flags = words.iter().filter(|word| word.starts_with("--"));
            for flag in flags.map(|flag| flag.split(['=', '|']).next().unwrap_or(flag)) {
                if !help.stdout.contains(flag) {
                    faults.push(format!("{place}: `{command}`: there is no {flag}"));
                }
            }
            seen.insert(command);
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(seen.len() >= 5, "{seen:?}");
}
