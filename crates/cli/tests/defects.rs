//! `verify --defects` and `show defect/ID`, as a user types them: real compilers, linters and runs.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn evenhand(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_evenhand"));
    // The cache is the user's own: what it takes longest to compile is the same for every pack.
    command.current_dir(folder).args(args);
    command.env("XDG_DATA_HOME", folder.join("data")).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A fresh pack with a class of mistakes in both languages.
fn pack() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for args in
        [&["pack", "new", "fresh"][..], &["pack", "add", "defect", "lost", "--pack", "fresh"]]
    {
        let output = evenhand(folder.path(), args);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    folder
}

const DEFECTS: &[&str] =
    &["verify", "--defects", "--quick", "--strict", "--pack", "fresh", "--format", "json"];

fn tried(folder: &Path, code: i32) -> (Value, String) {
    let output = evenhand(folder, DEFECTS);
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
    (serde_json::from_slice(&output.stdout).unwrap(), text(&output.stderr))
}

fn variant<'v>(json: &'v Value, language: &str, variant: &str) -> &'v Value {
    let variants = json["defects"][0]["variants"].as_array().unwrap();
    variants.iter().find(|v| v["language"] == language && v["variant"] == variant).unwrap()
}

/// One test, since what it compiles takes longest and each step goes on from the one before.
#[test]
fn a_class_is_tried_told_kept_shown_and_missed_where_the_mistake_is_gone() {
    let folder = pack();
    let folder = folder.path();
    let quick = folder.join("fresh/defects/lost/defect.toml");
    let case = fs::read_to_string(&quick).unwrap();
    fs::write(&quick, case.replacen("\n[input]", "\nquick = true\n[input]", 1)).unwrap();

    let (json, _) = tried(folder, 0);
    assert_eq!((&json["schema"], &json["defects"][0]["id"]), (&1.into(), &"lost".into()));
    assert_eq!(json["defects"][0]["unexpected"], false, "{json:#}");
    for language in ["rust", "go"] {
        let bad = variant(&json, language, "bad");
        assert_eq!((&bad["caught_at"], &bad["loud"]), (&Value::Null, &false.into()));
        assert_eq!(bad["ending"]["silent"], 1, "{bad:#}");
        assert_eq!(bad["test_with_trigger"]["failed"], 1);
        let fixed = variant(&json, language, "fixed");
        assert_eq!(fixed["ending"]["right"], 1, "{fixed:#}");
    }
    let skipped = json["defects"][0]["skipped"].as_array().unwrap();
    assert!(skipped.iter().any(|row| row["gate"] == "G3"), "{skipped:?}");
    assert!(folder.join("evenhand/fresh.defects.html").is_file());

    let (again, told) = tried(folder, 0);
    assert_eq!(again["defects"], json["defects"]);
    assert!(!told.contains("go vet"), "{told}");

    let shown = evenhand(folder, &["show", "defect/lost", "--pack", "fresh"]);
    let shown = text(&shown.stdout);
    for part in ["n = 0", "unwrap_or(0_u16)", "exit 0", "| port 0"] {
        assert!(shown.contains(part), "no {part}: {shown}");
    }

    let plural = evenhand(folder, &["show", "defects/lost", "--pack", "fresh"]);
    assert_eq!(text(&plural.stdout), shown);

    let place = folder.join("fresh/defects/lost");
    fs::copy(place.join("fixed.go"), place.join("bad.go")).unwrap();
    let (json, told) = tried(folder, 1);
    let surprises = json["defects"][0]["surprises"].to_string();
    assert!(surprises.contains("go bad: a plain run was expected to end silent"), "{surprises}");
    assert!(!surprises.contains("rust"), "{surprises}");
    assert!(told.contains("go vet") && !told.contains("clippy"), "only what changed: {told}");
}

#[test]
fn where_a_toolchain_is_missing_strict_does_not_pass() {
    let folder = pack();
    let case = folder.path().join("fresh/defects/lost/defect.toml");
    let whole = fs::read_to_string(&case).unwrap();
    fs::write(&case, whole.replacen("\n[input]", "\nquick = true\n[input]", 1)).unwrap();
    // Before the real one, which every other test finds.
    let broken = folder.path().join("broken");
    fs::create_dir(&broken).unwrap();
    fs::write(broken.join("go"), "#!/bin/sh\necho no go here >&2\nexit 1\n").unwrap();
    let runs = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(broken.join("go"), runs).unwrap();
    let path = format!("{}:{}", broken.display(), std::env::var("PATH").unwrap());
    let with = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evenhand"));
        command.current_dir(folder.path()).args(args).env("PATH", &path);
        command.env("XDG_DATA_HOME", folder.path().join("data")).output().unwrap()
    };
    let lenient: Vec<&str> = DEFECTS.iter().copied().filter(|word| *word != "--strict").collect();
    assert_eq!(with(&lenient).status.code(), Some(0), "Rust's side was tried");
    let output = with(DEFECTS);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let skipped = json["defects"][0]["skipped"].to_string();
    assert!(skipped.contains("no go here"), "{skipped}");
}

#[test]
fn what_is_not_there_is_named_with_the_way_out() {
    let folder = pack();
    let told = |args: &[&str], words: &str| {
        let output = evenhand(folder.path(), args);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {stderr}");
        assert!(stderr.contains(words), "{args:?}: {stderr}");
    };
    told(&["verify", "--defects", "last", "--pack", "fresh"], "did you mean \"lost\"?");
    told(&["verify", "--defects", "--quick", "--pack", "fresh"], "leaves nothing to try");
    told(&["verify", "--defects", "--full", "--pack", "fresh"], "cannot be used with");
    told(&["verify", "--defects", "--pack", "fresh", "--format", "edition"], "has no form edition");
    told(&["verify", "--defects", "--pack", "fresh", "--from-store"], "store");
    let case = folder.path().join("fresh/defects/lost/defect.toml");
    let whole = fs::read_to_string(&case).unwrap();
    let faults = [
        ("at_run = \"silent\"", "at_run = \"quiet\"", "unknown ending"),
        ("at_run = \"silent\"", "", "neither G0 nor G4 stops this program"),
        ("at_run = \"silent\"", "caught = { G9 = [\"x\"] }", "unknown gate"),
        (
            "at_run = \"silent\"",
            "caught = { \"T+\" = [\"x\"] }\nat_run = \"silent\"",
            "catches nothing by itself",
        ),
        ("variant = \"fixed\"", "variant = \"escape\"", "has no fixed program"),
        ("sources = [\"handbook\"]", "sources = []", "people make this mistake"),
        ("at_run = \"silent\"", "cannot_arise = \"it cannot\"", "has programs, and none can be"),
    ];
    for (good, bad, words) in faults {
        fs::write(&case, whole.replacen(good, bad, 1)).unwrap();
        told(&["pack", "check", "fresh"], words);
        told(&["pack", "check", "fresh"], "help: ");
    }
    fs::write(&case, &whole).unwrap();
    fs::remove_file(case.with_file_name("bad.go")).unwrap();
    told(&["pack", "check", "fresh"], "there is no \"bad.go\"");
}
