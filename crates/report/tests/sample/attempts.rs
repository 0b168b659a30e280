//! Checks and steps of the sample: as expected, not as expected, and not made.

use std::collections::BTreeMap;
use std::path::PathBuf;

use judge::JudgedAttempt;
use model::{
    Attempt, AttemptEnd, Check, CheckExpectation, Diagnostic, Drill, DrillStep, Edit, Experiment,
    Gate, Level, Probe, StepExpectation, Suits,
};

use super::{id, side};

pub(crate) const IGNORED: &str = "probe/ignored-error";
pub(crate) const FAILING: &str = "drill/failing-test";

fn row(experiment: &str, item: &str, of: &str, about: &str, expected: &str) -> JudgedAttempt {
    let version = if of == "rust" { "1.95.0" } else { "1.27.3" };
    JudgedAttempt {
        experiment: id(experiment),
        item: id(item),
        side: side(of),
        about: about.to_owned(),
        toolchain: id("installed"),
        version: version.to_owned(),
        expected: expected.to_owned(),
        seen: expected.to_owned(),
        passed: Some(expected.starts_with("passes")),
        as_said: Some(true),
        seconds: Some(0.4),
    }
}

fn not_made(why: &str, row: JudgedAttempt) -> JudgedAttempt {
    JudgedAttempt {
        version: String::new(),
        seen: why.to_owned(),
        passed: None,
        as_said: None,
        seconds: None,
        ..row
    }
}

fn otherwise(seen: &str, row: JudgedAttempt) -> JudgedAttempt {
    JudgedAttempt {
        seen: seen.to_owned(),
        passed: row.passed.map(|passed| !passed),
        as_said: Some(false),
        ..row
    }
}

/// What was tried for a claim.
#[rustfmt::skip]
pub(crate) fn attempts(claim: &str) -> Vec<JudgedAttempt> {
    match claim {
        "errors/go-explicit" => vec![
            row(IGNORED, "ignored", "go", "drops the error of a call", "passes the compiler"),
            row(IGNORED, "looked-at", "go", "looks at it", "passes the compiler"),
            otherwise("the compiler stopped it: unused `Result` that must be used", row(IGNORED, "ignored", "rust", "drops the result of a call", "the linter warns with unused_must_use")),
            row(IGNORED, "looked-at", "rust", "looks at it", "passes the linter"),
            row(FAILING, "tests-pass", "go", "the tests as committed", "passes"),
            row(FAILING, "tests-fail", "go", "with a mistake in the code", "fails"),
            row(FAILING, "tests-pass", "rust", "the tests as committed", "passes"),
            not_made("the steps before it did not get this far in /home/ada/drill on tower7", row(FAILING, "tests-fail", "rust", "with a mistake in the code", "fails")),
        ],
        "watch/generics" => vec![
            otherwise("passes the compiler", row("probe/generic-method", "generic-method", "go", "a method with a type parameter of its own", "the compiler stops it: methods cannot have type parameters")),
            JudgedAttempt { toolchain: id("old"), version: "1.21.13".to_owned(), ..row("probe/generic-method", "generic-method-old", "go", "the same, before the change", "the compiler stops it: methods cannot have type parameters") },
            row("probe/generic-method", "generic-method", "rust", "a method with a type parameter of its own", "passes the compiler"),
        ],
        "watch/races" => vec![not_made("not in --quick", row("probe/race", "race", "go", "two goroutines write one map", "passes the compiler"))],
        _ => Vec::new(),
    }
}

fn check(item: &str, of: &str, about: &str, file: &str, expect: CheckExpectation) -> Check {
    Check {
        id: id(item),
        side: side(of),
        about: about.to_owned(),
        file: PathBuf::from(file),
        at: if of == "rust" { Gate::Lint } else { Gate::Compile },
        expect,
        code: (expect == CheckExpectation::Warned).then(|| "unused_must_use".to_owned()),
        says: None,
        args: Vec::new(),
        toolchain: id("installed"),
    }
}

#[rustfmt::skip]
pub(crate) fn probe() -> Probe {
    use CheckExpectation::{Passes, Warned};
    Probe {
        id: id("ignored-error"),
        title: "an error that nobody looks at".to_owned(),
        about: "A call can fail, and its caller drops what it says.".to_owned(),
        suits: Suits::Side(side("rust")),
        folder: PathBuf::from("/pack/probes/ignored-error"),
        checks: vec![
            check("ignored", "go", "drops the error of a call", "ignored.go", Passes),
            check("looked-at", "go", "looks at it", "looked-at.go", Passes),
            check("ignored", "rust", "drops the result of a call", "ignored.rs", Warned),
            check("looked-at", "rust", "looks at it", "looked-at.rs", Passes),
        ],
        quick: true,
    }
}

fn step(item: &str, of: &str, about: &str, expect: StepExpectation) -> DrillStep {
    let command: &[&str] =
        if of == "rust" { &["cargo", "test", "--offline"] } else { &["go", "test", "./..."] };
    DrillStep {
        id: id(item),
        side: side(of),
        about: about.to_owned(),
        edit: (expect == StepExpectation::Fails).then(|| Edit {
            file: PathBuf::from(if of == "rust" { "src/lib.rs" } else { "adder.go" }),
            find: "a + b".to_owned(),
            replace: "a - b".to_owned(),
        }),
        command: command.iter().map(|word| (*word).to_owned()).collect(),
        expect,
        says: None,
        silent: false,
        makes: None,
        environment: BTreeMap::new(),
        toolchain: id("installed"),
        needs: Vec::new(),
        hint: None,
        network: false,
    }
}

pub(crate) fn drill() -> Drill {
    use StepExpectation::{Fails, Passes};
    let of = |name: &str| {
        [
            step("tests-pass", name, "the tests as committed", Passes),
            step("tests-fail", name, "with a mistake in the code", Fails),
        ]
    };
    Drill {
        id: id("failing-test"),
        title: "a failing test fails the command".to_owned(),
        about: "Runs the project's tests as they are, then with a mistake in the code.".to_owned(),
        suits: Suits::Neutral,
        folder: PathBuf::from("/pack/drills/failing-test"),
        steps: of("go").into_iter().chain(of("rust")).collect(),
        quick: true,
    }
}

/// What was stored of a check or step.
pub(crate) fn stored(row: &JudgedAttempt) -> Attempt {
    let refused = row.as_said == Some(false);
    let diagnostic = Diagnostic {
        level: if refused { Level::Error } else { Level::Warning },
        code: Some("unused_must_use".to_owned()),
        line: Some(7),
        text: "unused `Result` that must be used, in /home/ada/pack on tower7".to_owned(),
    };
    let of_step = matches!(row.experiment, Experiment::Drill(_));
    Attempt {
        experiment: row.experiment.clone(),
        item: row.item.clone(),
        side: row.side.clone(),
        version: row.version.clone(),
        started: "2026-11-22T09:31:00Z".parse().expect("a time"),
        seconds: 0.4,
        end: if row.passed == Some(true) { AttemptEnd::Passed } else { AttemptEnd::Failed },
        stopped_at: refused.then_some(Gate::Compile),
        diagnostics: if refused { vec![diagnostic] } else { Vec::new() },
        stdout: if of_step { "ok  \tadder\t0.002s\n".to_owned() } else { String::new() },
        stderr: if of_step {
            "built in /home/ada/out for ada@tower7\n".to_owned()
        } else {
            String::new()
        },
        made: None,
        detail: None,
    }
}
