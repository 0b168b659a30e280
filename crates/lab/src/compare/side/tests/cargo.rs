use model::{Activity, Metric, PartError, Profile};

use super::{Ground, SideError, part};
use crate::compare::side::make_ready;

const LOCK: &str = "version = 4\n\n[[package]]\nname = \"tool\"\nversion = \"0.1.0\"\n";

fn manifest(name: &str, more: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{more}")
}

/// A package of one program in the folder `tool`.
fn tool() -> Ground {
    let ground = Ground::new();
    ground.write(&[
        ("tool/Cargo.toml", &manifest("tool", "[features]\nloud = []\n")),
        ("tool/Cargo.lock", LOCK),
        (
            "tool/src/main.rs",
            "fn main() {\n    // says it\n    println!(\"{}\", if cfg!(feature = \"loud\") { \"TOOL\" } else { \"tool\" });\n}\n",
        ),
    ]);
    ground
}

/// A workspace without a package of its own: `one` with two programs, `two`
/// with a program of another name.
fn workspace() -> Ground {
    let ground = Ground::new();
    let lock = ["one", "two"]
        .map(|name| format!("\n[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\n"));
    ground.write(&[
        ("ws/Cargo.toml", "[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"2\"\n"),
        ("ws/Cargo.lock", &format!("version = 4\n{}", lock.concat())),
        ("ws/one/Cargo.toml", &manifest("one", "")),
        ("ws/one/src/main.rs", "fn main() { println!(\"one\") }\n"),
        ("ws/one/src/bin/other.rs", "fn main() { println!(\"other\") }\n"),
        ("ws/two/Cargo.toml", &manifest("two", "[[bin]]\nname = \"zwei\"\npath = \"main.rs\"\n")),
        ("ws/two/main.rs", "fn main() { println!(\"two\") }\n"),
    ]);
    ground
}

#[test]
fn a_project_is_built_under_the_profile_and_told_of() {
    let mut ground = tool();
    let mut side = ground.project("rust", "tool");
    side.args = vec!["--quiet".to_owned()];
    let cache = ground.cache();
    let ready = make_ready(&side, &ground.contract, &ground.means(&cache)).unwrap();
    assert_eq!((ground.run(&ready), &ready.args), ("tool".to_owned(), &side.args));
    let first = ready.seen.clone();
    assert!(first.toolchain.as_ref().unwrap().starts_with("rust 1."), "{first:?}");
    assert_eq!(first.stripped, Some(false), "the default keeps symbols");
    assert_eq!(ready.artefact_values().unwrap()[&Metric::Dependencies], 0.0);
    assert_eq!(ready.artefact_values().unwrap()[&Metric::SourceLines], 3.0);
    drop(ready);
    ground.contract.profile = Profile::ReleasePractice;
    let ready = make_ready(&side, &ground.contract, &ground.means(&cache)).unwrap();
    assert_eq!(ready.seen.stripped, Some(true));
    assert!(ready.seen.content.as_ref().unwrap().starts_with("stripped, thin LTO"));
    assert_ne!(ready.seen.sha256, first.sha256);
    assert!(!ground.path("tool/target").exists(), "products went into the user's project");
}

#[test]
fn clean_builds_of_a_project_are_timed_where_it_stands() {
    let ground = tool();
    let (side, cache) = (ground.project("rust", "tool"), ground.cache());
    let ready = make_ready(&side, &ground.contract, &ground.means(&cache)).unwrap();
    let mut place = ready.build_place(Profile::Default, &cache).unwrap();
    for _ in 0..2 {
        let values = place.build(Activity::BuildClean).unwrap();
        assert!(values[&Metric::BuildClean] > 0.0);
    }
    let error = place.build(Activity::BuildIncremental).unwrap_err().to_string();
    assert!(error.ends_with("time clean builds"), "{error}");
    assert!(!ground.path("tool/target").exists());
}

#[test]
fn features_are_chosen() {
    let ground = tool();
    let side = ground.project("rust", "tool");
    assert_eq!(ground.says(&part(side.clone(), None, None, &["loud"])), "TOOL");
    assert_eq!(ground.says(&side), "tool");
}

#[test]
fn a_folder_inside_a_project_is_the_project() {
    let ground = tool();
    assert_eq!(ground.says(&ground.project("rust", "tool/src")), "tool");
}

#[test]
fn a_member_of_a_workspace_is_named_or_stood_in() {
    let ground = workspace();
    let root = ground.project("rust", "ws");
    assert_eq!(ground.says(&part(root.clone(), Some("two"), None, &[])), "two");
    assert_eq!(ground.says(&ground.project("rust", "ws/two")), "two");
    assert_eq!(ground.says(&part(root.clone(), Some("one"), Some("other"), &[])), "other");
    assert_eq!(ground.says(&part(root, None, Some("zwei"), &[])), "two");
}

#[test]
fn only_packages_that_are_built_in_count_as_source() {
    let ground = workspace();
    let two = part(ground.project("rust", "ws"), Some("two"), None, &[]);
    let cache = ground.cache();
    let ready = make_ready(&two, &ground.contract, &ground.means(&cache)).unwrap();
    assert_eq!(ready.artefact_values().unwrap()[&Metric::SourceLines], 1.0);
}

#[test]
fn several_programs_are_listed_when_none_is_named() {
    let ground = workspace();
    let one = part(ground.project("rust", "ws"), Some("one"), None, &[]);
    match ground.refuses(&one) {
        SideError::Several { names, .. } => assert_eq!(names, ["one", "other"]),
        error => panic!("{error}"),
    }
    let told = ground.refuses(&ground.project("rust", "ws")).to_string();
    assert!(told.contains("one, other, zwei; say which one with `binary`"), "{told}");
}

#[test]
fn a_build_that_fails_says_what_the_compiler_said() {
    let ground = tool();
    ground.write(&[("tool/src/main.rs", "fn main() { not_there() }\n")]);
    let told = ground.refuses(&ground.project("rust", "tool")).to_string();
    assert!(told.starts_with("mine: `cargo build --release --locked"), "{told}");
    assert!(told.contains("could not compile `tool`"), "{told}");
}

#[test]
fn a_library_has_no_program() {
    let ground = tool();
    let main = ground.path("tool/src/main.rs");
    std::fs::rename(main, ground.path("tool/src/lib.rs")).unwrap();
    let told = ground.refuses(&ground.project("rust", "tool")).to_string();
    assert!(told.contains(" left no program at ") && told.contains("name the package"), "{told}");
}

#[test]
fn versions_that_are_not_fixed_are_refused() {
    let ground = tool();
    std::fs::remove_file(ground.path("tool/Cargo.lock")).unwrap();
    let told = ground.refuses(&ground.project("rust", "tool")).to_string();
    assert!(
        told.ends_with("would choose versions; make one with `cargo generate-lockfile`"),
        "{told}"
    );
}

#[test]
fn a_folder_without_a_project_is_refused() {
    let ground = tool();
    ground.write(&[("empty/file", "")]);
    let told = ground.refuses(&ground.project("rust", "empty")).to_string();
    assert!(told.starts_with("mine: there is no Cargo.toml in "), "{told}");
    let binary = part(ground.project("go", "tool"), None, Some("x"), &[]);
    assert!(matches!(ground.refuses(&binary), SideError::NoManifest { .. }));
    ground.write(&[("tool/go.mod", "module example.org/tool\n\ngo 1.24\n")]);
    let refused = ground.refuses(&binary);
    assert!(matches!(refused, SideError::Part { reason: PartError::Binary, .. }), "{refused}");
}

#[test]
fn programs_of_a_pack_are_built_as_wholes() {
    let ground = Ground::new();
    for (language, last) in [("rust", "{out}"), ("go", ".")] {
        let language = &ground.languages[&language.parse().unwrap()];
        let command = language.spelled(&language.profiles[&Profile::Default].command);
        assert_eq!(command.last().unwrap(), last, "{command:?}");
    }
}
