use std::fs;

use model::contract::Origin;

use super::{Ground, part, side};

/// A package whose sources are looked at, with a neighbour that it takes in.
fn ground() -> Ground {
    let ground = Ground::new();
    let package = |name: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
    };
    let tool =
        package("tool") + "[features]\nloud = []\n[dependencies]\nnear = { path = \"../near\" }\n";
    ground.write(&[
        ("near/Cargo.toml", &package("near")),
        ("near/src/lib.rs", "pub const WORD: &str = \"near\";\n"),
        ("tool/Cargo.toml", &tool),
        ("tool/src/main.rs", "fn main() { println!(\"{}\", near::WORD) }\n"),
        ("tool/.gitignore", "/made.rs\n/notes\n/Cargo.lock\n"),
        (
            "tool/Cargo.lock",
            "version = 4\n\n[[package]]\nname = \"near\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"tool\"\nversion = \"0.1.0\"\ndependencies = [\n \"near\",\n]\n",
        ),
    ]);
    ground
}

#[test]
fn a_project_is_another_when_what_it_is_built_of_changes() {
    let ground = ground();
    let side = ground.project("rust", "tool");
    let mut known = vec![ground.identity(&side)];
    assert_eq!(ground.identity(&side), known[0]);
    for (file, text) in [
        ("tool/src/main.rs", "fn main() { println!(\"{}!\", near::WORD) }\n"),
        ("tool/src/new.rs", ""),
        ("near/src/lib.rs", "pub const WORD: &str = \"far\";\n"),
        ("tool/.cargo/config.toml", "[build]\njobs = 2\n"),
        // Ignored, and a source or lock all the same.
        ("tool/made.rs", "pub fn made() {}\n"),
        ("tool/data.txt", "read at compile time, perhaps"),
    ] {
        ground.write(&[(file, text)]);
        let now = ground.identity(&side);
        assert!(!known.contains(&now), "{file} was not noticed");
        known.push(now);
    }
    let loud = part(side.clone(), None, None, &["loud"]);
    assert!(!known.contains(&ground.identity(&loud)));
    let mut other = ground;
    other.contract.profile = model::Profile::Smallest;
    assert!(!known.contains(&other.identity(&side)));
}

#[test]
fn products_and_what_version_control_ignores_change_nothing() {
    let ground = ground();
    let side = ground.project("rust", "tool");
    let before = ground.identity(&side);
    ground.write(&[
        ("tool/target/release/made.rs", "x"),
        ("tool/.git/index", "x"),
        ("tool/notes", "x"),
        ("tool/elsewhere/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55"),
        ("tool/elsewhere/x.rs", "x"),
    ]);
    assert_eq!(ground.identity(&side), before);
    ground.write(&[("tool/src/target/mod.rs", "x")]);
    assert_ne!(ground.identity(&side), before, "a module that is called like products");
}

#[test]
fn another_place_is_no_other_program() {
    let (here, there) = (ground(), ground());
    assert_eq!(
        here.identity(&here.project("rust", "tool")),
        there.identity(&there.project("rust", "tool"))
    );
}

#[test]
fn a_program_is_its_file() {
    let ground = Ground::new();
    let path = ground.script("program", "#!/bin/sh\necho one\n");
    let mut side = side(Origin::Program { path });
    let before = ground.identity(&side);
    ground.script("program", "#!/bin/sh\necho two\n");
    let after = ground.identity(&side);
    assert_ne!(before, after);
    side.args.push("--fast".to_owned());
    assert_ne!(ground.identity(&side), after);
}

#[test]
fn what_is_made_by_a_command_is_its_folder_but_not_its_program() {
    let ground = Ground::new();
    ground.write(&[("made/source", "one"), ("made/.gitignore", "*.o\n")]);
    let side = side(Origin::Built {
        folder: ground.path("made"),
        command: vec!["make".to_owned()],
        program: ground.path("made/out/program"),
    });
    let before = ground.identity(&side);
    ground.write(&[("made/out/program", "built"), ("made/source.o", "object")]);
    assert_eq!(ground.identity(&side), before);
    fs::write(ground.path("made/source"), "two").unwrap();
    assert_ne!(ground.identity(&side), before);
}
