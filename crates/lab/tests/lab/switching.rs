//! Toolchains beside the installed one: asked for by variables, fetched once,
//! and believed only when they say themselves what they are.

use std::collections::BTreeMap;
use std::fs;

use model::{AttemptEnd, Gate, Switch};

use crate::place::{Place, words};
use crate::trying::place;

/// A language whose tool says the version asked for, if a file says that it is there.
fn switching(install: &str) -> Place {
    let mut place = place();
    let [tool, there, log] = ["tool", "there", "fetched"].map(|name| place.path(name));
    let script = format!(
        "version=${{WANTED-1.2.3}}\n\
         [ $version = 1.2.3 ] || grep -qx $version {} || {{ echo not here >&2; exit 1; }}\n\
         echo shell $version",
        there.display()
    );
    fs::write(&tool, script).unwrap();
    fs::write(&there, "4.0.0\n").unwrap();
    let install = install.replace("{there}", &there.display().to_string());
    let install = format!("echo \"$0\" >>{}; {install}", log.display());
    let language = place.language();
    language.detect.command = words(&["sh", &tool.display().to_string()]);
    language.switch = Some(Switch {
        environment: BTreeMap::from([("WANTED".to_owned(), "{version}".to_owned())]),
        install: words(&["sh", "-c", &install, "{version}"]),
    });
    language.toolchains = [("newest", "5.0.0"), ("previous", "4.0.0")]
        .map(|(name, version)| (name.parse().unwrap(), version.parse().unwrap()))
        .into();
    for (id, toolchain) in [("a", "newest"), ("b", "newest"), ("c", "previous"), ("d", "installed")]
    {
        let check = place.check(id, Gate::Compile, "echo ${WANTED-as installed}");
        check.toolchain = toolchain.parse().unwrap();
    }
    place.step("e", "echo $WANTED").toolchain = "newest".parse().unwrap();
    place.offline = false;
    place
}

#[test]
fn a_toolchain_that_is_not_there_is_fetched_once_and_asked() {
    let place = switching("echo \"$0\" >>{there}");
    let seen = place.run();
    let told = |item| {
        let attempt = seen.attempt(item);
        assert_eq!(attempt.end, AttemptEnd::Passed, "{attempt:?}");
        (attempt.version.as_str(), attempt.stdout.trim())
    };
    for item in ["a", "b", "e"] {
        assert_eq!(told(item), ("5.0.0", "5.0.0"));
    }
    assert_eq!(told("c"), ("4.0.0", "4.0.0"));
    assert_eq!(told("d"), ("1.2.3", "as installed"));
    assert_eq!(place.lines("fetched"), ["5.0.0"]);
}

#[test]
fn offline_nothing_is_fetched() {
    let mut place = switching("echo \"$0\" >>{there}");
    place.offline = true;
    let seen = place.run();
    for item in ["a", "b", "e"] {
        let why = seen.reason(item);
        assert!(why.starts_with("Shell 5.0.0 is not here: "), "{why}");
    }
    assert_eq!(seen.attempt("c").end, AttemptEnd::Passed);
    assert!(place.lines("fetched").is_empty());
}

#[test]
fn one_that_cannot_be_fetched_says_why_and_is_asked_for_once() {
    let place = switching("echo no such release >&2; exit 1");
    let seen = place.run();
    for item in ["a", "b", "e"] {
        let why = seen.reason(item);
        assert!(why.starts_with("Shell 5.0.0 could not be fetched: `sh -c"), "{why}");
        assert!(why.ends_with(": no such release"), "{why}");
    }
    assert_eq!(place.lines("fetched").len(), 1);
    assert_eq!(seen.attempt("d").end, AttemptEnd::Passed);
}

#[test]
fn one_that_says_it_is_another_is_not_believed() {
    let mut place = switching("true");
    let tool = place.path("tool");
    fs::write(&tool, "echo shell 1.2.3").unwrap();
    let lies = "asked for 5.0.0, the toolchain says it is 1.2.3";
    assert_eq!(place.run().reason("a"), lies);
    place.language().switch.as_mut().unwrap().install.clear();
    let seen = place.run();
    assert_eq!(seen.reason("a"), format!("Shell 5.0.0 is not here: {lies}"));
    assert_eq!(seen.attempt("d").end, AttemptEnd::Passed);
}
