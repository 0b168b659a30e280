//! Projects built with a toolchain that is named.

use std::collections::BTreeMap;

use model::{Profile, Switch};

use super::{Ground, SideError};

fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|&word| word.to_owned()).collect()
}

/// A language whose tool is of the version that a variable says, up to 3.
fn ground() -> Ground {
    let mut ground = Ground::new();
    let mut language = ground.languages.remove(&"go".parse().unwrap()).unwrap();
    language.id = "shell".parse().unwrap();
    language.name = "Shell".to_owned();
    language.project = model::ProjectForm::default();
    language.environment = BTreeMap::from([("WANTED".to_owned(), "1.2.3".to_owned())]);
    language.manifest = "main".to_owned();
    language.detect.command =
        words(&["sh", "-c", "case $WANTED in [123].*) echo shell $WANTED;; *) exit 1;; esac"]);
    language.detect.version = "shell (.+)".to_owned();
    language.switch = Some(Switch {
        environment: BTreeMap::from([("WANTED".to_owned(), "{version}".to_owned())]),
        install: Vec::new(),
    });
    language.toolchains = BTreeMap::from([("newest".parse().unwrap(), "3.1".parse().unwrap())]);
    let recipe = language.profiles.get_mut(&Profile::Default).unwrap();
    recipe.command = words(&[
        "sh",
        "-c",
        "{ echo '#!/bin/sh'; echo echo built by $WANTED; } >\"$0\"; chmod +x \"$0\"",
        "{out}/{program}",
    ]);
    ground.languages.insert(language.id.clone(), language);
    ground.write(&[("project/main", "")]);
    ground
}

#[test]
fn a_toolchain_is_named_by_version_or_name() {
    let ground = ground();
    let mut side = ground.project("shell", "project");
    for (word, version) in [
        (None, "1.2.3"),
        (Some("installed"), "1.2.3"),
        (Some("newest"), "3.1.0"),
        (Some("2.5.1"), "2.5.1"),
        (Some("shell2.5"), "2.5.0"),
        (Some("3.2rc1"), "3.2rc1"),
    ] {
        side.toolchain = word.map(str::to_owned);
        assert_eq!(ground.says(&side), format!("built by {version}"), "{word:?}");
    }
}

#[test]
fn another_toolchain_makes_another_program() {
    let ground = ground();
    let installed = ground.project("shell", "project");
    let mut newest = installed.clone();
    newest.toolchain = Some("newest".to_owned());
    assert_ne!(ground.identity(&installed), ground.identity(&newest));
}

#[test]
fn a_toolchain_that_is_not_to_be_had_is_told() {
    let ground = ground();
    let mut side = ground.project("shell", "project");
    for (word, said) in [
        ("9.1", "mine: Shell 9.1.0 is not here: "),
        ("nightly", "mine: `nightly` is no version; write one such as "),
    ] {
        side.toolchain = Some(word.to_owned());
        let refused = ground.refuses(&side);
        assert!(matches!(refused, SideError::Toolchain { .. }), "{refused}");
        assert!(refused.to_string().starts_with(said), "{refused}");
        assert!(refused.to_string().contains("leave `toolchain` out"), "{refused}");
    }
}

/// With a real toolchain, where one is on this machine.
#[test]
fn a_real_toolchain_beside_the_installed_one_builds() {
    let ground = Ground::new();
    ground.write(&[
        ("m/go.mod", "module example.org/m\n\ngo 1.24\n"),
        (
            "m/main.go",
            "package main\n\nimport (\n\t\"fmt\"\n\t\"runtime\"\n)\n\nfunc main() { fmt.Println(runtime.Version()) }\n",
        ),
    ]);
    let mut side = ground.project("go", "m");
    side.toolchain = Some("previous".to_owned());
    let previous =
        ground.languages[&"go".parse().unwrap()].toolchains[&"previous".parse().unwrap()];
    let cache = ground.cache();
    match super::make_ready(&side, &ground.contract, &ground.means(&cache)) {
        Ok(ready) => assert_eq!(ground.run(&ready), format!("go{previous}")),
        Err(SideError::Toolchain { reason, .. }) => eprintln!("skipped: {reason}"),
        Err(error) => panic!("{error}"),
    }
}
