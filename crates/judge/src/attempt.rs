//! Checks of probes and steps of drills: which attempt counts, and what it
//! says about what was expected.
//!
//! Hands over a row an item, in the order of the pack. What the rows mean for
//! a claim is left to [`crate::all`] and [`crate::count`].

use model::{
    Attempt, AttemptEnd, Check, CheckExpectation, Comparison, DrillStep, Experiment, ItemId, Note,
    NoteKind, PlanMode, RunEnd, RunFacts, SideName, StepExpectation, ToolchainName, Version,
};

use crate::judgement::JudgedAttempt;
use crate::{cell, check, step};

/// A row, with what the claim's rule needs beside it.
pub(crate) struct Tried<'a> {
    pub(crate) row: JudgedAttempt,
    /// Whether it got through, with all that a passing item has to show.
    pub(crate) works: Option<bool>,
    item: Item<'a>,
}

/// What was to be tried.
#[derive(Clone, Copy)]
enum Item<'a> {
    Check(&'a Check),
    Step(&'a DrillStep),
}

/// What an attempt that was made shows.
pub(crate) struct Shown {
    /// Whether it came as expected.
    pub(crate) as_said: bool,
    /// In words.
    pub(crate) seen: String,
}

/// A row an item of these probes and drills.
pub(crate) fn rows<'a>(
    comparison: &'a Comparison,
    experiments: &[Experiment],
    facts: &RunFacts,
) -> Vec<Tried<'a>> {
    let of_one = |experiment| {
        let items = items(comparison, experiment);
        items.into_iter().map(move |item| tried(experiment, item, facts))
    };
    experiments.iter().flat_map(of_one).collect()
}

/// The rows of one of them, which need no run.
pub(crate) fn by_themselves(
    comparison: &Comparison,
    experiment: &Experiment,
    facts: Option<&RunFacts>,
) -> Vec<JudgedAttempt> {
    if let Some(facts) = facts {
        let tried = rows(comparison, std::slice::from_ref(experiment), facts);
        return tried.into_iter().map(|tried| tried.row).collect();
    }
    let untried = |item: Item<'_>| JudgedAttempt {
        experiment: experiment.clone(),
        item: item.id().clone(),
        side: item.side().clone(),
        about: item.about().to_owned(),
        toolchain: item.toolchain().clone(),
        version: String::new(),
        expected: item.expected(),
        seen: "never tried here".to_owned(),
        passed: None,
        as_said: None,
        seconds: None,
    };
    items(comparison, experiment).into_iter().map(untried).collect()
}

fn items<'a>(comparison: &'a Comparison, experiment: &Experiment) -> Vec<Item<'a>> {
    match experiment {
        Experiment::Workload(_) | Experiment::Defect(_) => Vec::new(),
        Experiment::Probe(id) => {
            let checks = comparison.probes.get(id).map(|probe| probe.checks.as_slice());
            checks.unwrap_or_default().iter().map(Item::Check).collect()
        }
        Experiment::Drill(id) => {
            let steps = comparison.drills.get(id).map(|drill| drill.steps.as_slice());
            steps.unwrap_or_default().iter().map(Item::Step).collect()
        }
    }
}

fn tried<'a>(experiment: &Experiment, item: Item<'a>, facts: &RunFacts) -> Tried<'a> {
    let attempt = last(experiment, item, facts);
    let made = attempt.filter(|attempt| attempt.end != AttemptEnd::NotMade);
    let ended = made.filter(|attempt| attempt.end != AttemptEnd::TimedOut);
    let shown = ended.map(|attempt| item.shown(attempt));
    let passed = ended.map(|attempt| attempt.end == AttemptEnd::Passed);
    let (as_said, seen) = match (shown, made, attempt) {
        (Some(Ok(shown)), ..) => (Some(shown.as_said), shown.seen),
        (Some(Err(unreadable)), ..) => (None, unreadable),
        (None, Some(_), _) => (None, "cut off at its deadline: nothing can be said".to_owned()),
        (None, None, Some(attempt)) => {
            (None, attempt.detail.clone().unwrap_or_else(|| "no reason was recorded".to_owned()))
        }
        (None, None, None) => (None, why_untried(experiment, item, facts)),
    };
    let works = if item.is_to_pass() { as_said } else { passed };
    let row = JudgedAttempt {
        experiment: experiment.clone(),
        item: item.id().clone(),
        side: item.side().clone(),
        about: item.about().to_owned(),
        toolchain: item.toolchain().clone(),
        version: made.map(|attempt| attempt.version.clone()).unwrap_or_default(),
        expected: item.expected(),
        seen,
        passed,
        as_said,
        seconds: made.map(|attempt| attempt.seconds),
    };
    Tried { row, works, item }
}

/// The last attempt that was made, else the last that was not.
fn last<'f>(experiment: &Experiment, item: Item, facts: &'f RunFacts) -> Option<&'f Attempt> {
    let ours = facts.attempts.iter().rev().filter(|attempt| {
        &attempt.experiment == experiment
            && &attempt.item == item.id()
            && &attempt.side == item.side()
    });
    let made = ours.clone().find(|attempt| attempt.end != AttemptEnd::NotMade);
    made.or_else(|| ours.clone().next())
}

fn why_untried(experiment: &Experiment, item: Item, facts: &RunFacts) -> String {
    let no_toolchain = |note: &&Note| {
        note.kind == NoteKind::Toolchain && note.side.as_ref().is_none_or(|s| s == item.side())
    };
    if let Some(note) = facts.notes.iter().find(no_toolchain) {
        return note.text.clone();
    }
    let plan = &facts.run.plan;
    let planned = match experiment {
        Experiment::Workload(id) => plan.workloads.contains(id),
        Experiment::Probe(id) => plan.probes.contains(id),
        Experiment::Drill(id) => plan.drills.contains(id),
        Experiment::Defect(id) => plan.defects.contains(id),
    };
    let why = match (planned, plan.mode, facts.end) {
        (false, PlanMode::Quick, _) => cell::NOT_QUICK,
        (false, PlanMode::Full, _) | (true, _, Some(RunEnd::Complete)) => {
            "newer than the run; run it again"
        }
        (true, ..) => "not tried before the run was stopped; run it again to go on",
    };
    why.to_owned()
}

impl<'a> Item<'a> {
    fn id(self) -> &'a ItemId {
        match self {
            Self::Check(check) => &check.id,
            Self::Step(step) => &step.id,
        }
    }

    fn side(self) -> &'a SideName {
        match self {
            Self::Check(check) => &check.side,
            Self::Step(step) => &step.side,
        }
    }

    fn about(self) -> &'a str {
        match self {
            Self::Check(check) => &check.about,
            Self::Step(step) => &step.about,
        }
    }

    fn toolchain(self) -> &'a ToolchainName {
        match self {
            Self::Check(check) => &check.toolchain,
            Self::Step(step) => &step.toolchain,
        }
    }

    fn is_to_pass(self) -> bool {
        match self {
            Self::Check(check) => check.expect == CheckExpectation::Passes,
            Self::Step(step) => step.expect == StepExpectation::Passes,
        }
    }

    fn expected(self) -> String {
        match self {
            Self::Check(check) => check::expected(check),
            Self::Step(step) => step::expected(step),
        }
    }

    fn shown(self, attempt: &Attempt) -> Result<Shown, String> {
        match self {
            Self::Check(check) => check::shown(check, attempt),
            Self::Step(step) => step::shown(step, attempt),
        }
    }

    /// Whether two items ask the same of the same side, toolchains aside.
    fn asks_as(self, other: Item) -> bool {
        self.side() == other.side()
            && match (self, other) {
                (Item::Check(one), Item::Check(two)) => {
                    let same_program = one.file == two.file && one.args == two.args;
                    (one.at, one.expect) == (two.at, two.expect)
                        && (one.id == two.id || same_program)
                }
                (Item::Step(one), Item::Step(two)) => {
                    let same_job = one.command == two.command && one.edit == two.edit;
                    one.expect == two.expect && (one.id == two.id || same_job)
                }
                _ => false,
            }
    }
}

impl Tried<'_> {
    /// Whether it tells of the same question put to an older toolchain.
    pub(crate) fn precedes(&self, other: &Tried) -> bool {
        let version = |tried: &Tried| tried.row.version.parse::<Version>().ok();
        let older = version(self).zip(version(other)).is_some_and(|(ours, theirs)| ours < theirs);
        older && self.item.asks_as(other.item)
    }

    /// Whether something other than plain success is expected: the more telling rows.
    pub(crate) fn is_control(&self) -> bool {
        !self.item.is_to_pass()
    }
}
