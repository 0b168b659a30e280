//! `evenhand compare --import`, on files that the tools wrote.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack/tests/results/fixtures").join(name)
}

fn import(files: &[&str], more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evenhand"))
        .args(["compare", "--import"])
        .args(files.iter().map(|name| fixture(name)))
        .args(more)
        .output()
        .expect("evenhand")
}

fn json(files: &[&str], more: &[&str]) -> Value {
    let output = import(files, &[more, &["--format", "json"]].concat());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn two_commands_of_one_file_are_compared_and_marked_as_unpaired() {
    let document = json(&["two-commands.json"], &[]);
    assert_eq!(document["sides"][0]["name"], "sleep-0-01");
    assert_eq!(document["answers"]["verdict"], "not_comparable");
    assert_eq!([&document["withheld"], &document["run"]], [&Value::Null, &Value::Null]);
    let [wall, cpu] = document["metrics"].as_array().expect("rows").as_slice() else {
        panic!("{document}");
    };
    assert_eq!((&wall["metric"], &wall["unpaired"]), (&"wall".into(), &true.into()));
    assert_eq!((&wall["verdict"], &wall["primary"]), (&"above".into(), &true.into()));
    assert_eq!((&cpu["metric"], &cpu["verdict"]), (&"cpu".into(), &"inconclusive".into()));
    let remark = "unpaired: runs of each side were not interleaved, so drift and load are in the \
                  difference";
    assert_eq!(document["remarks"][0], remark);
}

#[test]
fn benchmarks_of_two_files_are_cases() {
    let document = json(&["old.txt", "new.txt"], &["--metric", "b-op"]);
    let rows = document["metrics"].as_array().expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["case"], "join");
    assert_eq!(rows[0]["verdict"], "above");
    assert!((rows[0]["ratio"].as_f64().expect("a ratio") - 4.0).abs() < 1e-9);
    assert_eq!(rows[0]["unit"], "B/op");
}

#[test]
fn every_form_can_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let files =
        ["md", "html", "json", "csv", "txt"].map(|end| folder.path().join("x").with_extension(end));
    let outputs: Vec<&str> =
        files.iter().flat_map(|path| ["--output", path.to_str().expect("text")]).collect();
    assert!(import(&["criterion"], &outputs).status.success());
    for file in &files {
        let text = std::fs::read_to_string(file).expect("written");
        assert!(
            text.contains("unpaired") || text.contains("not interleaved"),
            "{}",
            file.display()
        );
    }
}

#[test]
fn what_cannot_be_read_names_the_forms_that_can() {
    let output = import(&["../main.rs"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for form in ["--export-json", "-bench", "criterion"] {
        assert!(told.contains(form), "{told}");
    }
}

#[test]
fn strict_fails_if_what_it_is_about_is_undecided() {
    let strict = import(&["old.txt", "new.txt"], &["--metric", "ns-op", "--strict"]);
    assert_eq!(strict.status.code(), Some(3));
}

#[test]
fn a_metric_that_is_not_there_is_told_with_those_that_are() {
    let output = import(&["two-commands.json"], &["--metric", "memory"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("memory is not in the results") && told.contains("wall, cpu"), "{told}");
}
