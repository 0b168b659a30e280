//! Probes and drills made by hand, and what came of them.

use std::collections::BTreeMap;

use model::{
    Attempt, AttemptEnd, Check, CheckExpectation, Claim, ClaimKind, Comparison, Diagnostic, Drill,
    DrillStep, Experiment, Gate, Level, PlanMode, Predicate, Probe, StepExpectation, Suits,
    ToolchainName,
};

use crate::given::{Given, bare, comparison, side};

pub(crate) fn check(id: &str, side_name: &str, expect: CheckExpectation) -> Check {
    Check {
        id: id.parse().unwrap(),
        side: side(side_name),
        about: "a program".to_owned(),
        file: format!("{id}.x").into(),
        at: Gate::Compile,
        expect,
        code: None,
        says: None,
        args: Vec::new(),
        toolchain: ToolchainName::installed(),
    }
}

/// A program that the compiler stops with a code.
pub(crate) fn stopped(id: &str, side_name: &str, code: &str) -> Check {
    Check { code: Some(code.to_owned()), ..check(id, side_name, CheckExpectation::Stopped) }
}

pub(crate) fn passes(id: &str, side_name: &str) -> Check {
    check(id, side_name, CheckExpectation::Passes)
}

pub(crate) fn step(id: &str, side_name: &str, expect: StepExpectation) -> DrillStep {
    DrillStep {
        id: id.parse().unwrap(),
        side: side(side_name),
        about: "a command".to_owned(),
        edit: None,
        command: vec!["tool".to_owned(), id.to_owned()],
        expect,
        says: None,
        silent: false,
        makes: None,
        environment: BTreeMap::new(),
        toolchain: ToolchainName::installed(),
        needs: Vec::new(),
        hint: None,
        network: false,
    }
}

pub(crate) fn experiment(name: &str) -> Experiment {
    name.parse().unwrap()
}

/// A comparison with one probe `moves` and one drill `tests`.
pub(crate) fn world(claims: Vec<Claim>, checks: Vec<Check>, steps: Vec<DrillStep>) -> Comparison {
    let mut world = comparison(claims);
    let probe = Probe {
        id: "moves".parse().unwrap(),
        title: "moves".to_owned(),
        about: "A question.".to_owned(),
        suits: Suits::Neutral,
        folder: "/pack".into(),
        checks,
        quick: true,
    };
    let drill = Drill {
        id: "tests".parse().unwrap(),
        title: "tests".to_owned(),
        about: "Steps.".to_owned(),
        suits: Suits::Neutral,
        folder: "/pack".into(),
        steps,
        quick: true,
    };
    world.probes.insert(probe.id.clone(), probe);
    world.drills.insert(drill.id.clone(), drill);
    world
}

pub(crate) fn all_of(experiments: &[&str]) -> Claim {
    let experiments = experiments.iter().map(|name| experiment(name)).collect();
    Claim {
        predicate: Some(Predicate::All { experiments }),
        ..bare("safety/all", ClaimKind::Static)
    }
}

/// One claim that everything in the probe comes as said.
pub(crate) fn probe(checks: Vec<Check>) -> Given {
    Given::of_comparison(world(vec![all_of(&["probe/moves"])], checks, Vec::new()), PlanMode::Full)
}

/// One claim that everything in the drill comes as said.
pub(crate) fn drill(steps: Vec<DrillStep>) -> Given {
    Given::of_comparison(world(vec![all_of(&["drill/tests"])], Vec::new(), steps), PlanMode::Full)
}

pub(crate) fn attempt(of: &str, item: &str, side_name: &str, end: AttemptEnd) -> Attempt {
    Attempt {
        experiment: experiment(of),
        item: item.parse().unwrap(),
        side: side(side_name),
        version: "1.95.0".to_owned(),
        started: jiff::Timestamp::UNIX_EPOCH,
        seconds: 0.1,
        end,
        stopped_at: (end == AttemptEnd::Failed).then_some(Gate::Compile),
        diagnostics: Vec::new(),
        stdout: String::new(),
        stderr: String::new(),
        made: None,
        detail: None,
    }
}

pub(crate) fn told(level: Level, code: Option<&str>, text: &str) -> Diagnostic {
    Diagnostic { level, code: code.map(str::to_owned), line: Some(3), text: text.to_owned() }
}

/// A program of the probe that got through.
pub(crate) fn went_through(item: &str, side_name: &str) -> Attempt {
    attempt("probe/moves", item, side_name, AttemptEnd::Passed)
}

/// A program of the probe that the compiler stopped with a code.
pub(crate) fn was_stopped(item: &str, side_name: &str, code: &str) -> Attempt {
    let diagnostics = vec![told(Level::Error, Some(code), "no")];
    Attempt { diagnostics, ..attempt("probe/moves", item, side_name, AttemptEnd::Failed) }
}

impl Given {
    pub(crate) fn saw(mut self, attempts: impl IntoIterator<Item = Attempt>) -> Self {
        self.facts.attempts.extend(attempts);
        self
    }

    /// The verdict of the first claim, with its reason.
    pub(crate) fn verdict(&self) -> (model::Verdict, String) {
        let judged = self.first();
        (judged.verdict.unwrap(), judged.reason)
    }
}
