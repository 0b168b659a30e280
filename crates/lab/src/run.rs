//! Conducts a plan: builds, agrees, pilots, then blocks in rounds until every
//! cell is settled or the budget is spent. Every trial is handed over as it ends.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use launch::Launcher;
use model::{
    Activity, Caught, Comparison, Environment, Note, NoteKind, Plan, RunEnd, RunFacts, Series,
};

use crate::attempts::{self, Deadlines};
use crate::bench::Bench;
use crate::defects;
use crate::event::{Event, Observer, Step, Stop};
use crate::progress::{PILOT_BLOCKS, Progress};
use crate::series::SeriesRunner;

/// What a run needs beside plan and place.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The binary that becomes the launcher of each trial.
    pub launcher: Launcher,
    /// Holds inputs, artefacts and build caches; may be deleted at any time
    /// when nothing runs.
    pub cache: PathBuf,
    /// Use caches only.
    pub offline: bool,
    /// How long checks and steps may take.
    pub deadlines: Deadlines,
    /// What earlier runs hold of the same programs, tools and versions; see [`crate::defect_keys`].
    pub known: Vec<Caught>,
}

/// Runs `plan`, continuing after what `prior` holds.
///
/// What cannot be had (a toolchain, a build, agreement) is noted and left out;
/// the rest runs.
///
/// # Errors
/// The observer's reason to stop.
pub fn run(
    comparison: &Comparison,
    plan: &Plan,
    environment: &Environment,
    prior: Option<&RunFacts>,
    settings: &Settings,
    observer: &mut dyn Observer,
) -> Result<RunEnd, Stop> {
    let trials = prior.map(|facts| facts.trials.as_slice()).unwrap_or_default();
    let mut conductor = Conductor {
        plan,
        settings,
        observer,
        progress: Progress::new(plan, trials),
        noted: prior.map(|facts| facts.notes.clone()).unwrap_or_default(),
        began: Instant::now(),
        building_took: Duration::ZERO,
    };
    conductor.toolchains(environment)?;
    attempts::make(comparison, plan, environment, prior, settings, conductor.observer)?;
    let caught = prior.map(|facts| facts.caught.as_slice()).unwrap_or_default();
    defects::make(comparison, plan, environment, caught, settings, conductor.observer)?;
    let mut runners = Vec::new();
    for workload in crate::plan::workloads(comparison, plan) {
        let bench = Bench::set_up(comparison, plan, workload, environment, prior, &mut conductor)?;
        runners.extend(conductor.pilot(bench)?);
    }
    conductor.rounds(&mut runners)?;
    Ok(RunEnd::Complete)
}

/// Carries a run through: what is planned, what is known, who is told.
pub(crate) struct Conductor<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) settings: &'a Settings,
    observer: &'a mut dyn Observer,
    progress: Progress<'a>,
    noted: Vec<Note>,
    began: Instant,
    /// Time that went into building programs, which the budget does not cover.
    building_took: Duration,
}

impl<'a> Conductor<'a> {
    pub(crate) fn tell(&mut self, event: Event<'_>) -> Result<(), Stop> {
        self.observer.observe(event)
    }

    /// Hands a note over, once. What a program leaves behind differs from run to run: the first
    /// is told.
    pub(crate) fn note(&mut self, note: Note) -> Result<(), Stop> {
        let alike = |old: &Note| match note.kind {
            NoteKind::Contained => Note { text: note.text.clone(), ..old.clone() } == note,
            _ => *old == note,
        };
        if self.noted.iter().any(alike) {
            return Ok(());
        }
        self.tell(Event::Noted(&note))?;
        self.noted.push(note);
        Ok(())
    }

    /// Does what takes time that the budget does not cover.
    pub(crate) fn building<T>(
        &mut self,
        build: impl FnOnce(&mut Self) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let clock = Instant::now();
        let built = build(self);
        self.building_took += clock.elapsed();
        built
    }

    pub(crate) fn launcher(&self) -> &'a Launcher {
        &self.settings.launcher
    }

    pub(crate) fn cache(&self) -> &'a Path {
        &self.settings.cache
    }

    fn toolchains(&mut self, environment: &Environment) -> Result<(), Stop> {
        for (side, toolchain) in &environment.toolchains {
            let text = match &toolchain.state {
                model::ToolchainState::Ready { .. } => continue,
                model::ToolchainState::Missing { reason }
                | model::ToolchainState::TooOld { reason, .. } => reason.clone(),
            };
            self.note(Note {
                kind: NoteKind::Toolchain,
                workload: None,
                side: Some(side.clone()),
                profile: None,
                text,
            })?;
        }
        Ok(())
    }

    /// Makes a workload's first blocks of runs, so that something is known early.
    fn pilot(&mut self, bench: Bench<'a>) -> Result<Vec<SeriesRunner<'a>>, Stop> {
        let mut runners = bench.runners(self)?;
        for runner in &mut runners {
            let serves = runner.series.activity == Activity::Serve;
            let first_look = match runner.series.activity {
                Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve => {
                    PILOT_BLOCKS
                }
                Activity::Artefact => 1,
                Activity::BuildClean | Activity::BuildIncremental => 0,
            };
            while self.progress.next_block(&runner.series) < first_look
                && self.progress.needs(&runner.series)
                // A drive takes seconds where a run takes milliseconds.
                && !(serves && self.is_spent())
            {
                self.block(runner)?;
            }
        }
        Ok(runners)
    }

    /// Whether the budget is gone.
    fn is_spent(&self) -> bool {
        let spent = self.began.elapsed().saturating_sub(self.building_took);
        spent >= Duration::from_secs_f64(self.plan.budget_seconds)
    }

    /// What the budget leaves for the rounds after attempts, answers and
    /// pilots; on a machine on which these took it all, a quarter of it.
    fn budget_left(&self) -> Duration {
        let budget = Duration::from_secs_f64(self.plan.budget_seconds);
        let spent = self.began.elapsed().saturating_sub(self.building_took);
        budget.saturating_sub(spent).max(budget / 4)
    }

    /// What stops when it is settled comes first, for half of the budget if
    /// there are builds; then those; then what is left of either.
    fn rounds(&mut self, runners: &mut [SeriesRunner<'_>]) -> Result<(), Stop> {
        let budget = self.budget_left();
        let started = Instant::now();
        let (mut builds, mut runs): (Vec<_>, Vec<_>) =
            runners.iter_mut().partition(|runner| runner.is_build());
        let share = if builds.is_empty() { budget } else { budget / 2 };
        self.runs(&mut runs, started + share)?;
        self.builds(&mut builds, started + budget)?;
        self.runs(&mut runs, started + budget)
    }

    /// One block of every unsettled series in turn.
    fn runs(
        &mut self,
        runners: &mut [&mut SeriesRunner<'_>],
        deadline: Instant,
    ) -> Result<(), Stop> {
        let mut open = true;
        while open && Instant::now() < deadline {
            open = false;
            for runner in runners.iter_mut() {
                if self.progress.needs(&runner.series) && Instant::now() < deadline {
                    self.block(runner)?;
                    open = true;
                }
            }
        }
        Ok(())
    }

    /// A first block of each, which tells how long the others will take; then
    /// the quickest series first. One that cannot be finished in time is left,
    /// since part of a declared number of pairs says nothing.
    fn builds(
        &mut self,
        runners: &mut [&mut SeriesRunner<'_>],
        deadline: Instant,
    ) -> Result<(), Stop> {
        for runner in runners.iter_mut() {
            if self.progress.next_block(&runner.series) == 0 && Instant::now() < deadline {
                self.block(runner)?;
            }
        }
        runners.sort_by_key(|runner| self.progress.block_time(&runner.series));
        for runner in runners.iter_mut() {
            let series = runner.series.clone();
            if !self.fits(&series, deadline) && self.progress.next_block(&series) == 1 {
                // The first may have been slow by chance: a second look at its time.
                if Instant::now() + self.progress.block_time(&series) < deadline {
                    self.block(runner)?;
                }
            }
            if self.fits(&series, deadline) {
                while self.progress.needs(&series) {
                    self.block(runner)?;
                }
            }
        }
        Ok(())
    }

    fn fits(&self, series: &Series, deadline: Instant) -> bool {
        Instant::now() + self.progress.time_left(series) <= deadline
    }

    fn block(&mut self, runner: &mut SeriesRunner<'_>) -> Result<(), Stop> {
        let block = self.progress.next_block(&runner.series);
        self.tell(Event::Step(Step::Block { series: &runner.series, block }))?;
        let replicas = match runner.series.activity {
            Activity::Run if block < PILOT_BLOCKS => 2,
            _ => 1,
        };
        let turns = runner.turns(self.plan.seed, block, replicas);
        for (turn, position) in turns.iter().zip(0..) {
            let (trial, note) = runner.trial(turn, block, position);
            self.tell(Event::Observed(&trial))?;
            self.progress.add(trial);
            if let Some(note) = note {
                self.note(note)?;
            }
        }
        self.progress.look(&runner.series);
        for cell in self.progress.newly_settled() {
            self.observer.observe(Event::Settled(cell))?;
        }
        Ok(())
    }
}
