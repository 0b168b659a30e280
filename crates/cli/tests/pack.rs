//! `evenhand pack`: what an author begins with is checked and run by the real
//! program, with the toolchains that are installed here.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn evenhand(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evenhand"))
        .args(args)
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("GOCACHE", compiled())
        .output()
        .unwrap()
}

/// The user's own cache: a fresh one would have the standard library compiled
/// into it.
fn compiled() -> String {
    let output = Command::new("go").args(["env", "GOCACHE"]).output();
    let folder = output.map(|output| String::from_utf8(output.stdout).unwrap());
    folder.unwrap_or_default().trim().to_owned()
}

#[track_caller]
fn done(folder: &Path, args: &[&str]) -> String {
    let output = evenhand(folder, args);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(folder: &Path, args: &[&str]) -> String {
    let output = evenhand(folder, args);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_new_pack_is_checked_and_its_claims_are_run() {
    let folder = tempfile::tempdir().unwrap();
    let told = done(folder.path(), &["pack", "new", "fresh"]);
    assert!(told.contains("evenhand verify --pack fresh"), "{told}");
    assert!(done(folder.path(), &["pack", "check", "fresh"]).contains("no fault"));
    for part in ["workload", "probe", "drill", "defect"] {
        done(folder.path(), &["pack", "add", part, "another", "--pack", "fresh"]);
    }
    assert!(done(folder.path(), &["pack", "check", "fresh"]).contains("no fault"));
    done(&folder.path().join("fresh"), &["pack", "new", "defect", "one-more"]);
    assert!(folder.path().join("fresh/defects/one-more/bad.go").is_file());
    let run = ["verify", "--pack", "fresh", "first/stopped", "first/as-many", "--format", "json"];
    let json: Value = serde_json::from_str(&done(folder.path(), &run)).unwrap();
    let verdict = |id: &str| {
        let claims = json["claims"].as_array().unwrap();
        claims.iter().find(|claim| claim["id"] == id).unwrap()["verdict"].clone()
    };
    assert_eq!(verdict("first/stopped"), "by_design", "{json:#}");
    assert_eq!(verdict("first/as-many"), "holds", "{json:#}");
}

#[test]
fn one_language_may_be_on_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let sides = ["--sides", "old,new", "--languages", "go,go", "--name", "two-ways"];
    done(folder.path(), &[&["pack", "new", "fresh"], &sides[..]].concat());
    assert!(done(folder.path(), &["pack", "check", "fresh"]).starts_with("two-ways: 7 claims"));
}

#[test]
fn what_would_be_written_over_or_cannot_be_named_is_2() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let told = |args: &[&str], words: &str| {
        let told = refused(folder.path(), args);
        assert!(told.contains(words), "{args:?}: {told}");
    };
    told(&["pack", "new", ".", "--name", "fresh"], "is not empty");
    told(&["pack", "new", "Fresh"], "is not a name");
    told(&["pack", "new", "a", "--languages", "rust"], "two sides");
    told(&["pack", "new", "a", "--languages", "rust,goo"], "did you mean \"go\"?");
    told(&["pack", "new", "a", "--sides", "x,y,z"], "3 sides, but 2 languages");
    told(&["pack", "new", "defects", "x"], "`defects` is no part of a pack");
    told(&["pack", "add", "probe", "x", "--pack", "nowhere"], "no folder nowhere");
    assert_eq!(
        fs::read_dir(folder.path())
            .unwrap()
            .filter(|e| { e.as_ref().is_ok_and(|entry| entry.file_name() != "cache") })
            .count(),
        1
    );
}

#[test]
fn schemas_are_written_for_editors() {
    let folder = tempfile::tempdir().unwrap();
    let told = done(folder.path(), &["pack", "schemas", "schemas"]);
    assert_eq!(told.lines().count(), 11, "{told}");
    let text = fs::read_to_string(folder.path().join("schemas/probe.json")).unwrap();
    assert!(text.contains("\"stopped\""), "{text}");
}

/// A language of shell scripts whose tool prints what stands in a file.
const SHELL: &str = r#"
name = "Shell"
minimum = "1.0"
hint = "every machine has one"
manifest = "packages.txt"
licences = { command = ["cat", "packages.txt"], form = "spdx-lines" }
[detect]
command = ["echo", "shell 1.2.3"]
version = 'shell (\S+)'
[profile.release-practice]
command = ["cp", "packages.txt", "{out}/{program}"]
artefact = "{out}/{program}"
content = "a copy"
"#;

/// A pack with one workload, whose sides have the packages in these lines.
fn licensed(folder: &Path, old: &str, new: &str) {
    let write = |file: &str, text: &str| {
        let path = folder.join("shells").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let side = |name: &str| {
        format!("[[side]]\nname = \"{name}\"\ntitle = \"{name}\"\nlanguage = \"shell\"\n")
    };
    let (one, two) = (side("old"), side("new"));
    let head = "title = \"Old or new?\"\ntext_date = 2026-11-22\nlicences = [\"MIT\", \"ISC\"]\n";
    write("comparison.toml", &format!("{head}{one}{two}"));
    write("page.md", "");
    write("languages/shell.toml", SHELL);
    let programs = "[[program]]\nside = \"old\"\n[[program]]\nside = \"new\"\n[[program]]\nside = \
                    \"new\"\ntier = \"tuned\"\n";
    let about = "title = \"print\"\nabout = \"Prints.\"\nexpected_seconds = 0.1\n";
    write("workloads/print/workload.toml", &format!("{about}{programs}[[case]]\nid = \"only\"\n"));
    write("workloads/print/README.md", "All print.");
    write("workloads/print/old/packages.txt", old);
    write("workloads/print/new/packages.txt", new);
    write("workloads/print/new-tuned/packages.txt", new);
}

#[test]
fn accepted_licences_are_counted_each_package_once() {
    let folder = tempfile::tempdir().unwrap();
    licensed(folder.path(), "a 1.0\tMIT\nb 2.0\tISC/GPL-2.0\n", "a 1.0  MIT\n");
    let told = done(folder.path(), &["pack", "check", "shells"]);
    assert!(told.ends_with("licences: 1 workload, 2 packages of others, all accepted\n"), "{told}");
}

#[test]
fn a_licence_that_is_not_accepted_is_2_and_names_every_program_that_has_it() {
    let folder = tempfile::tempdir().unwrap();
    licensed(folder.path(), "a 1.0\tMIT\nc 0.1\t\n", "b 3.0\tMIT AND GPL-3.0-only\n");
    let told = refused(folder.path(), &["pack", "check", "shells"]);
    let expected = "\
error: package \"b 3.0\": its licence MIT AND GPL-3.0-only is not among those accepted
  --> workload \"print\", side \"new\", idiomatic
  --> workload \"print\", side \"new\", tuned
help: do without the package, or accept its licence in comparison.toml: licences = […]

error: package \"c 0.1\": it names no licence
  --> workload \"print\", side \"old\", idiomatic
help: do without the package, or use a version whose licence can be told
";
    assert_eq!(told, expected);
}

#[test]
fn licences_that_cannot_be_listed_are_told_and_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    licensed(folder.path(), "", "");
    let language = folder.path().join("shells/languages/shell.toml");
    let told_with = |find: &str, with: &str| {
        fs::write(&language, SHELL.replace(find, with)).unwrap();
        done(folder.path(), &["pack", "check", "shells", "--offline"])
    };
    let missing = told_with("\"echo\"", "\"no-such-shell\"");
    assert!(missing.contains("licences of Shell not checked: there is no `no-such-shell`"));
    assert!(!missing.contains("accepted"), "{missing}");
    let failing = told_with("[\"cat\", \"packages.txt\"]", "[\"cat\", \"nowhere.txt\"]");
    let first = "licences of workload \"print\", side \"old\", idiomatic not checked: `cat nowhere";
    assert!(failing.contains(first) && !failing.contains("accepted"), "{failing}");
}
