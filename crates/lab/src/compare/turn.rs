//! One trial of one side: all cases of its series, one after the other.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use launch::tool::{self, Tool};
use launch::{Bytes, Ended, Environment, Input, Launcher, Limits, Outcome, clean_environment};
use model::contract::{Case, Running};
use model::{Activity, Contract, MemorySource, Metric, Series, SideName, Trial, TrialStatus};

use super::answers::Expected;
use super::own;
use super::served::Served;
use super::side::Ready;
use crate::schedule::Turn;
use crate::service::Driven;
use crate::timed_build::BuildPlace;

/// How much longer a run may take while it is watched.
const WATCHED: u32 = 100;

/// What a watched run may take at least.
const SHORTEST_WATCH: Duration = Duration::from_secs(10);

/// The deadline of a watched run of a program that takes so long unwatched.
pub(super) fn watched(took: Duration) -> Duration {
    (took * WATCHED).max(SHORTEST_WATCH)
}

/// Longest output that is kept.
pub(super) const MOST_OUTPUT: Bytes = Bytes::mib(64);

/// Starts one side's program as the contract says.
#[derive(Clone, Copy)]
pub(super) struct Starter<'a> {
    pub(super) launcher: &'a Launcher,
    pub(super) contract: &'a Contract,
    /// Stands for the temporary folder and the home of every run.
    pub(super) scratch: &'a Path,
}

/// Why a run did not take place.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    /// A command before or after it failed.
    #[error("`{command}` ({when} each run) ended with {ended}: {said}")]
    Around { command: String, when: &'static str, ended: String, said: String },
    /// It could not be started.
    #[error(transparent)]
    Launch(#[from] launch::LaunchError),
}

impl Starter<'_> {
    /// The run of a case, ready to be started.
    pub(super) fn trial(&self, side: &Ready<'_>, case: &Case) -> launch::Trial {
        let running = &self.contract.running;
        let args = side.args.iter().chain(&case.args);
        let mut trial = launch::Trial::of(&side.program).with_args(args);
        let mut environment = clean_environment(self.scratch);
        environment.retain(|(name, _)| !running.env.contains_key(&*name.to_string_lossy()));
        environment.extend(running.env.iter().map(|(name, value)| (name.into(), value.into())));
        if let Some(of_side) = self.contract.side(&side.name).map(|side| &side.env) {
            environment.retain(|(name, _)| !of_side.contains_key(&*name.to_string_lossy()));
            environment.extend(of_side.iter().map(|(name, value)| (name.into(), value.into())));
        }
        trial.environment = Environment::Exact(environment);
        trial.scratch = Some(self.scratch.to_owned());
        trial.directory =
            Some(running.directory.clone().unwrap_or_else(|| self.contract.folder.clone()));
        trial.deadline = Duration::from_secs_f64(running.deadline_seconds);
        trial.limits = Limits {
            memory: running.memory.map(Bytes),
            processors: running.processors,
            ..Limits::default()
        };
        trial.output_cap = MOST_OUTPUT;
        trial.realtime = running.realtime;
        if let Some(stdin) = &case.stdin {
            trial.stdin = Input::File(stdin.clone());
        }
        trial
    }

    /// Does `run` between what comes before and after each run.
    pub(super) fn between<T>(
        &self,
        run: impl FnOnce() -> Result<T, launch::LaunchError>,
    ) -> Result<T, StartError> {
        let Running { prepare, conclude, .. } = &self.contract.running;
        self.around(prepare, "before")?;
        let done = run()?;
        self.around(conclude, "after")?;
        Ok(done)
    }

    fn around(&self, command: &[String], when: &'static str) -> Result<(), StartError> {
        let Some((program, args)) = command.split_first() else { return Ok(()) };
        let running = &self.contract.running;
        let folder = running.directory.as_ref().unwrap_or(&self.contract.folder);
        let outcome = tool::run(self.launcher, &Tool::of(program, folder).with_args(args))?;
        if outcome.ended.is_success() {
            return Ok(());
        }
        Err(StartError::Around {
            command: command.join(" "),
            when,
            ended: outcome.ended.to_string(),
            said: outcome.last_lines(3),
        })
    }
}

/// One side in a series.
pub(super) struct Contender<'a> {
    pub(super) ready: &'a Ready<'a>,
    /// For timed builds.
    pub(super) place: Option<BuildPlace<'a>>,
}

/// Takes the turns of one series.
pub(super) struct Runner<'a> {
    pub(super) series: Series,
    pub(super) starter: Starter<'a>,
    pub(super) expected: &'a Expected,
    /// For series that drive.
    pub(super) served: Option<&'a Served<'a>>,
    /// Of the plan.
    pub(super) seed: u64,
    pub(super) cases: Vec<&'a Case>,
    pub(super) contenders: Vec<Contender<'a>>,
    /// Metrics of the user's own that its cells ask for.
    pub(super) wanted: Vec<Metric>,
}

/// What a turn has given so far.
pub(super) struct Taken {
    status: TrialStatus,
    values: BTreeMap<Metric, f64>,
    memory_source: Option<MemorySource>,
    stdout_sha256: Option<String>,
    detail: Option<String>,
    left_behind: Option<String>,
}

impl Taken {
    pub(super) fn nothing() -> Self {
        Self {
            status: TrialStatus::Done,
            values: BTreeMap::new(),
            memory_source: None,
            stdout_sha256: None,
            detail: None,
            left_behind: None,
        }
    }

    pub(super) fn failed(self, status: TrialStatus, detail: Option<String>) -> Self {
        Self { status, values: BTreeMap::new(), detail, ..self }
    }

    pub(super) fn driven(driven: Driven) -> Self {
        Self {
            status: driven.status,
            values: driven.values,
            detail: driven.detail,
            left_behind: driven.left_behind,
            ..Self::nothing()
        }
    }

    fn add(&mut self, metric: Metric, value: f64) {
        *self.values.entry(metric).or_default() += value;
    }
}

impl Runner<'_> {
    /// Takes one turn; what had to be ended after the program comes beside.
    pub(super) fn trial(
        &mut self,
        turn: &Turn,
        block: u32,
        position: u32,
    ) -> (Trial, Option<String>) {
        let started = Timestamp::now();
        let taken = self.take(turn, block);
        let trial = Trial {
            series: self.series.clone(),
            block,
            position,
            side: turn.side.clone(),
            replica: turn.replica,
            status: taken.status,
            started,
            values: taken.values,
            memory_source: taken.memory_source,
            stdout_sha256: taken.stdout_sha256,
            detail: taken.detail,
        };
        (trial, taken.left_behind)
    }

    fn take(&mut self, turn: &Turn, block: u32) -> Taken {
        let at = self.contenders.iter().position(|one| one.ready.name == turn.side);
        let Some(contender) = at.and_then(|at| self.contenders.get_mut(at)) else {
            let detail = Some(format!("no side {} in this series", turn.side));
            return Taken::nothing().failed(TrialStatus::Crashed, detail);
        };
        let looked = match self.series.activity {
            Activity::Artefact => contender.ready.artefact_values(),
            Activity::BuildClean | Activity::BuildIncremental => contender.build(&self.series),
            Activity::Serve => {
                let ready = contender.ready;
                return self.drive(ready, turn, block);
            }
            Activity::Run | Activity::Memory | Activity::Instructions => {
                let ready = contender.ready;
                return self.all_cases(ready, turn.padding);
            }
        };
        match looked {
            Ok(values) => Taken { values, ..Taken::nothing() },
            Err(detail) => Taken::nothing().failed(TrialStatus::Crashed, Some(detail)),
        }
    }

    fn drive(&self, ready: &Ready<'_>, turn: &Turn, block: u32) -> Taken {
        match (self.served, self.cases.first()) {
            (Some(served), Some(case)) => {
                served.drive(ready, (&self.series, case), (self.seed, block), turn)
            }
            _ => Taken::nothing().failed(TrialStatus::Crashed, Some("nothing to drive".to_owned())),
        }
    }

    fn all_cases(&self, ready: &Ready<'_>, padding: usize) -> Taken {
        let mut taken = Taken::nothing();
        for case in &self.cases {
            let failed = match self.series.activity {
                Activity::Memory => self.memory(ready, case, padding, &mut taken),
                Activity::Instructions => self.instructions(ready, case, &mut taken),
                _ => self.time(ready, case, padding, &mut taken),
            };
            if let Err((status, detail)) = failed {
                let detail = match self.cases.len() {
                    1 => detail,
                    _ => detail.map(|detail| format!("case {}: {detail}", case.id)),
                };
                return taken.failed(status, detail);
            }
        }
        // A number that a program tells is a level, not a cost: over cases it is averaged.
        for metric in &self.wanted {
            if let Some(value) = taken.values.get_mut(metric) {
                *value /= self.cases.len() as f64;
            }
        }
        taken
    }

    fn time(&self, ready: &Ready<'_>, case: &Case, padding: usize, taken: &mut Taken) -> Failed {
        let mut trial = self.starter.trial(ready, case);
        trial.padding = padding;
        let outcome =
            self.starter.between(|| self.starter.launcher.run(&trial)).map_err(crashed)?;
        self.right(&ready.name, case, &outcome, taken)?;
        let usage = &outcome.usage;
        let wall = outcome.wall.as_secs_f64();
        taken.add(Metric::Wall, wall);
        taken.add(Metric::StartUp, wall);
        taken.add(Metric::Cpu, usage.cpu().as_secs_f64());
        taken.add(Metric::Faults, (usage.minor_faults + usage.major_faults) as f64);
        let switches = usage.voluntary_switches + usage.involuntary_switches;
        taken.add(Metric::Switches, switches as f64);
        for metric in &self.wanted {
            let Some(own) = self.starter.contract.own(*metric) else { continue };
            let value = own::read(own, &outcome).map_err(|error| crashed(&error))?;
            taken.add(*metric, value);
        }
        Ok(())
    }

    fn memory(&self, ready: &Ready<'_>, case: &Case, padding: usize, taken: &mut Taken) -> Failed {
        // Tracing slows a program down.
        let mut trial = self.starter.trial(ready, case);
        trial.deadline = self.watch(ready, case);
        trial.padding = padding;
        let probe = || launch::probe::memory(self.starter.launcher, &trial);
        let probe = self.starter.between(probe).map_err(crashed)?;
        self.right(&ready.name, case, &probe.outcome, taken)?;
        let bytes = probe.reading.bytes.0 as f64;
        let most = taken.values.entry(Metric::Memory).or_default();
        *most = most.max(bytes);
        taken.memory_source = Some(crate::trial::memory_source(probe.reading.source));
        Ok(())
    }

    fn instructions(&self, ready: &Ready<'_>, case: &Case, taken: &mut Taken) -> Failed {
        let mut trial = self.starter.trial(ready, case);
        trial.deadline = self.watch(ready, case);
        let count = || launch::probe::instructions(self.starter.launcher, &trial);
        let counted = self.starter.between(count).map_err(crashed)?;
        self.right(&ready.name, case, &counted.outcome, taken)?;
        taken.add(Metric::Instructions, counted.count as f64);
        Ok(())
    }

    fn watch(&self, ready: &Ready<'_>, case: &Case) -> Duration {
        let usual = Duration::from_secs_f64(self.starter.contract.running.deadline_seconds);
        watched(self.expected.took(&ready.name, case).unwrap_or(usual))
    }

    /// Whether the run ended as it should with the answer that was agreed on.
    fn right(&self, side: &SideName, case: &Case, outcome: &Outcome, taken: &mut Taken) -> Failed {
        taken.left_behind = taken.left_behind.take().or(crate::trial::contained(outcome));
        if outcome.ended == Ended::TimedOut {
            return Err((TrialStatus::TimedOut, None));
        }
        taken.stdout_sha256 = Some(outcome.stdout.sha256.clone());
        self.expected.check(side, case, outcome)
    }
}

/// Why a turn gives nothing.
pub(super) type Failed = Result<(), (TrialStatus, Option<String>)>;

fn crashed(error: impl ToString) -> (TrialStatus, Option<String>) {
    (TrialStatus::Crashed, Some(error.to_string()))
}

impl Contender<'_> {
    fn build(&mut self, series: &Series) -> Result<BTreeMap<Metric, f64>, String> {
        let place = self.place.as_mut().ok_or_else(|| {
            format!(
                "{} is not built by Evenhand, so that its builds cannot be timed",
                self.ready.name
            )
        })?;
        place.build(series.activity).map_err(|error| error.to_string())
    }
}
