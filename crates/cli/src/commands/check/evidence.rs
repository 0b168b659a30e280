//! Stored evidence of the same programs on the same kind of machine.

use jiff::Timestamp;
use model::{Cell, Environment, Run, RunEnd, RunFacts};
use store::Store;

use crate::contest::{Contest, VERSION};
use crate::failure::Failure;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// A run that can be judged again.
pub(super) struct Evidence {
    pub(super) facts: RunFacts,
    pub(super) age_seconds: i64,
}

/// The newest complete run of these very programs on this kind of machine that
/// no guard finds too old. One from the future is not believed: a clock that was
/// set back makes old evidence look young.
pub(super) fn young(contest: &Contest<'_>, now: Timestamp) -> Result<Option<Evidence>, Failure> {
    if !contest.store.exists() {
        return Ok(None);
    }
    // A file of an older schema is brought up to date.
    let store = Store::open(&contest.store)?;
    let days = contest.contract.guards.iter().map(|guard| guard.max_age_days).min().unwrap_or(1);
    let since = Timestamp::from_second(now.as_second() - i64::from(days) * DAY).unwrap_or(now);
    let here = class(&contest.environment());
    let runs = store.evidence(&contest.pack(), &contest.identity()?, since)?;
    for run in runs {
        let age_seconds = now.as_second() - run.started.as_second();
        if age_seconds < 0 || class(&run.environment) != here {
            continue;
        }
        let facts = store.facts_of(&run.id)?;
        if facts.end == Some(RunEnd::Complete) && settles(contest, &facts) {
            return Ok(Some(Evidence { facts, age_seconds }));
        }
    }
    Ok(None)
}

/// Whether a run has something to say of every guard. What it held against the
/// programs' answers may have been the machine's fault, and is looked at again.
fn settles(contest: &Contest<'_>, facts: &RunFacts) -> bool {
    let planned = |cell: &Cell| facts.run.plan.cells.contains(cell);
    let guarded = |cell: &&Cell| {
        contest
            .contract
            .guards
            .iter()
            .any(|guard| guard.metric == cell.metric && guard.case == cell.series.case)
    };
    facts.run.version == VERSION
        && contest.contract.cells().iter().filter(guarded).all(planned)
        && judge::compare(contest.contract, facts, false).withheld.is_none()
}

/// The kind of machine: what makes times comparable at all.
pub(crate) fn class(environment: &Environment) -> String {
    let machine = &environment.machine;
    format!("{}, {} cores, {}", machine.cpu, machine.cores, machine.architecture)
}

/// The head of a run that did not take place.
pub(super) fn nothing(contest: &Contest<'_>, now: Timestamp) -> Result<Run, Failure> {
    Ok(Run {
        id: crate::commands::run_id(now)?,
        pack: contest.pack(),
        pack_hash: String::new(),
        version: VERSION.to_owned(),
        started: now,
        plan: lab::compare::plan(contest.contract, 0),
        environment: contest.environment(),
    })
}
