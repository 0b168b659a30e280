//! Blocks in rounds until the primary cells are settled or the budget is spent.
//!
//! Every unsettled series takes one block in turn, so that a machine that slows
//! down slows all of them. Secondary cells ride along: their own series stop
//! at a few dozen pairs, settled or not.

use std::time::{Duration, Instant};

use model::{Activity, Contract, Note, NoteKind, Pairs, Plan, RunEnd, RunFacts, Series};

use super::site::Site;
use super::standing::Standings;
use super::turn::Runner;
use crate::event::{Event, Observer, Step, Stop};
use crate::progress::PILOT_BLOCKS;
use crate::schedule;

/// Pairs after which no more are made for the sake of secondary cells.
const SECONDARY_PAIRS: u32 = 20;

/// Pairs below which nothing can be rejected (docs/methodology.md).
const FEWEST_PAIRS: u32 = 7;

/// Measures the cells of `plan` on programs that are ready.
pub(super) fn measure(
    site: &Site<'_>,
    plan: &Plan,
    prior: &RunFacts,
    observer: &mut dyn Observer,
) -> Result<RunEnd, Stop> {
    let mut rounds = Rounds {
        site,
        plan,
        observer,
        standings: Standings::new(site.contract, plan, &prior.trials),
        noted: prior.notes.clone(),
        deadline: Instant::now() + Duration::from_secs_f64(plan.budget_seconds),
    };
    let mut runners = site.runners(plan);
    rounds.glance(&mut runners)?;
    rounds.until_settled(&mut runners)?;
    Ok(RunEnd::Complete)
}

struct Rounds<'a> {
    site: &'a Site<'a>,
    plan: &'a Plan,
    observer: &'a mut dyn Observer,
    standings: Standings<'a>,
    noted: Vec<Note>,
    deadline: Instant,
}

impl Rounds<'_> {
    /// The first blocks: what is exact once, and of runs as many as it takes to
    /// reject anything, whatever the budget.
    fn glance(&mut self, runners: &mut [Runner<'_>]) -> Result<(), Stop> {
        for runner in runners.iter_mut() {
            let first_look = match runner.series.activity {
                Activity::Artefact => 1,
                Activity::Run | Activity::Serve => PILOT_BLOCKS,
                Activity::Memory => FEWEST_PAIRS,
                _ => 0,
            };
            while self.standings.next_block(&runner.series) < first_look && self.needs(runner) {
                self.block(runner)?;
            }
        }
        Ok(())
    }

    fn until_settled(&mut self, runners: &mut [Runner<'_>]) -> Result<(), Stop> {
        let mut open = true;
        while open && Instant::now() < self.deadline {
            open = false;
            for runner in runners.iter_mut() {
                if self.needs(runner) && self.fits(runner) {
                    self.block(runner)?;
                    open = true;
                }
            }
        }
        Ok(())
    }

    fn needs(&self, runner: &Runner<'_>) -> bool {
        let blocks = self.standings.next_block(&runner.series);
        if blocks >= self.plan.most_pairs {
            return false;
        }
        match need(self.site.contract, self.plan, &runner.series) {
            Need::Primary if !self.standings.is_settled(&runner.series, true) => true,
            Need::Declared(pairs) => blocks < pairs,
            Need::Primary | Need::Secondary => {
                blocks < SECONDARY_PAIRS && !self.standings.is_settled(&runner.series, false)
            }
        }
    }

    /// Whether a block is likely to end before the deadline does.
    fn fits(&self, runner: &Runner<'_>) -> bool {
        Instant::now() + self.standings.block_time(&runner.series) / 2 < self.deadline
    }

    fn block(&mut self, runner: &mut Runner<'_>) -> Result<(), Stop> {
        let series = runner.series.clone();
        let block = self.standings.next_block(&series);
        self.observer.observe(Event::Step(Step::Block { series: &series, block }))?;
        let replicas = match series.activity {
            Activity::Run if block < PILOT_BLOCKS => 2,
            _ => 1,
        };
        let sides: Vec<_> = self.site.contract.sides.iter().map(|side| side.name.clone()).collect();
        let turns = schedule::turns(self.plan.seed, &series, block, &sides, replicas);
        for (turn, position) in turns.iter().zip(0..) {
            let (trial, left_behind) = runner.trial(turn, block, position);
            self.observer.observe(Event::Observed(&trial))?;
            self.note(left_behind, &series, turn)?;
            self.standings.add(trial);
        }
        self.standings.look(&series);
        let left = self.deadline.saturating_duration_since(Instant::now());
        for weighed in self.standings.weighed(&series, left) {
            self.observer.observe(Event::Weighed(weighed))?;
        }
        Ok(())
    }

    /// Told once a side: what a program leaves behind differs from run to run.
    fn note(
        &mut self,
        text: Option<String>,
        series: &Series,
        turn: &schedule::Turn,
    ) -> Result<(), Stop> {
        let Some(text) = text else { return Ok(()) };
        let told = |note: &Note| {
            note.kind == NoteKind::Contained && note.side.as_ref() == Some(&turn.side)
        };
        if self.noted.iter().any(told) {
            return Ok(());
        }
        let note = Note {
            kind: NoteKind::Contained,
            workload: Some(series.workload.clone()),
            side: Some(turn.side.clone()),
            profile: None,
            text,
        };
        self.observer.observe(Event::Noted(&note))?;
        self.noted.push(note);
        Ok(())
    }
}

/// Why a series takes more blocks.
enum Need {
    /// It has a cell that decides when measuring ends.
    Primary,
    /// So many were declared beforehand.
    Declared(u32),
    /// It rides along.
    Secondary,
}

fn need(contract: &Contract, plan: &Plan, series: &Series) -> Need {
    let mut ours = plan.cells.iter().filter(|cell| &cell.series == series);
    if ours.clone().any(|cell| contract.is_primary(cell) && cell.pairs == Pairs::Sequential) {
        return Need::Primary;
    }
    match ours.next().map(|cell| cell.pairs) {
        Some(Pairs::Fixed(pairs)) => Need::Declared(pairs),
        Some(Pairs::Exact) => Need::Declared(1),
        Some(Pairs::Sequential) | None => Need::Secondary,
    }
}
