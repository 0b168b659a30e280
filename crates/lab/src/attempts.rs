//! Tries every check and step of a plan's probes and drills, several at a time:
//! nothing here is timed against anything else.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use model::{
    Attempt, AttemptEnd, Check, Comparison, Drill, Environment, Experiment, ItemId, Plan, Probe,
    RunFacts, SideName, ToolchainName,
};

use crate::came::Came;
use crate::drill;
use crate::event::{Event, Observer, Step, Stop};
use crate::probe;
use crate::run::Settings;
use crate::switch::Switchboard;
use crate::toolchain::Tools;

/// How long each part of an attempt may take; what takes longer says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// A compiler or linter: it may have to compile its standard library first.
    pub tool: Duration,
    /// The program of a probe.
    pub program: Duration,
    /// A step of a drill.
    pub step: Duration,
    /// A step that may fetch something.
    pub fetching_step: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            tool: Duration::from_secs(300),
            program: Duration::from_secs(60),
            step: Duration::from_secs(300),
            fetching_step: Duration::from_secs(600),
        }
    }
}

/// How often the observer is asked whether to stop.
const POLL: Duration = Duration::from_millis(200);

/// What is tried in one go: a check by itself, the steps of a side together.
#[derive(Debug, Clone)]
enum Job<'a> {
    Check(&'a Probe, &'a Check),
    Steps(&'a Drill, SideName),
}

/// The place in which attempts are made.
struct Place<'a> {
    comparison: &'a Comparison,
    environment: &'a Environment,
    settings: &'a Settings,
    switchboard: Switchboard,
}

/// Makes the attempts that `prior` does not hold already.
///
/// # Errors
/// The observer's reason to stop.
pub(crate) fn make(
    comparison: &Comparison,
    plan: &Plan,
    environment: &Environment,
    prior: Option<&RunFacts>,
    settings: &Settings,
    observer: &mut dyn Observer,
) -> Result<(), Stop> {
    let mut jobs = jobs(comparison, plan);
    jobs.retain(|job| !job.is_done(prior));
    if jobs.is_empty() {
        return Ok(());
    }
    let place = Place { comparison, environment, settings, switchboard: Switchboard::default() };
    // Where products go: on the cache's disk, removed with each attempt.
    let parent = settings.cache.join("attempts");
    // If it cannot be made, every attempt says so.
    let _ = std::fs::create_dir_all(&parent);
    let queue = Mutex::new(jobs.into_iter());
    let stopped = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel();
    let workers = thread::available_parallelism().map_or(1, usize::from).min(8);
    thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            scope.spawn(|| place.work(&queue, &stopped, &parent, sender));
        }
        drop(sender);
        let mut result = Ok(());
        loop {
            let heard = match receiver.recv_timeout(POLL) {
                Ok(attempt) => told(observer, &attempt),
                // Asks whether to stop, while nothing ends.
                Err(RecvTimeoutError::Timeout) => observer.observe(Event::Step(Step::Waiting)),
                Err(RecvTimeoutError::Disconnected) => return result,
            };
            // What was in flight when a stop was asked for is told all the same.
            result = result.and(heard);
            stopped.store(result.is_err(), Ordering::Relaxed);
        }
    })
}

fn told(observer: &mut dyn Observer, attempt: &Attempt) -> Result<(), Stop> {
    observer.observe(Event::Step(Step::Trying(&attempt.experiment)))?;
    observer.observe(Event::Attempted(attempt))
}

fn jobs<'a>(comparison: &'a Comparison, plan: &Plan) -> Vec<Job<'a>> {
    let probes = plan.probes.iter().filter_map(|id| comparison.probes.get(id));
    let checks = probes.flat_map(|probe| probe.checks.iter().map(|c| Job::Check(probe, c)));
    let drills = plan.drills.iter().filter_map(|id| comparison.drills.get(id));
    let steps = drills.flat_map(|drill| {
        let mut sides: Vec<&SideName> = drill.steps.iter().map(|step| &step.side).collect();
        sides.sort();
        sides.dedup();
        sides.into_iter().map(move |side| Job::Steps(drill, side.clone()))
    });
    checks.chain(steps).collect()
}

impl Job<'_> {
    /// Whether every item of it was tried before, so that nothing is left.
    fn is_done(&self, prior: Option<&RunFacts>) -> bool {
        let made = |experiment: &Experiment, item: &ItemId, side: &SideName| {
            prior.is_some_and(|facts| {
                facts.attempts.iter().any(|attempt| {
                    attempt.end != AttemptEnd::NotMade
                        && &attempt.experiment == experiment
                        && &attempt.item == item
                        && &attempt.side == side
                })
            })
        };
        match self {
            Job::Check(probe, check) => {
                made(&Experiment::Probe(probe.id.clone()), &check.id, &check.side)
            }
            Job::Steps(drill, side) => {
                let experiment = Experiment::Drill(drill.id.clone());
                drill.steps_of(side).all(|step| made(&experiment, &step.id, side))
            }
        }
    }
}

impl Place<'_> {
    fn work<'j>(
        &self,
        queue: &Mutex<impl Iterator<Item = Job<'j>>>,
        stopped: &AtomicBool,
        parent: &Path,
        sender: mpsc::Sender<Attempt>,
    ) {
        while !stopped.load(Ordering::Relaxed) {
            let job = match queue.lock() {
                Ok(mut queue) => queue.next(),
                Err(_) => return,
            };
            let Some(job) = job else { return };
            // Nobody listens any more only after a stop.
            let tell = |attempt| drop(sender.send(attempt));
            match &job {
                Job::Check(probe, check) => tell(self.check(probe, check, parent)),
                Job::Steps(drill, side) => self.steps(drill, side, parent, stopped, &tell),
            }
        }
    }

    fn check(&self, probe: &Probe, check: &Check, parent: &Path) -> Attempt {
        let experiment = Experiment::Probe(probe.id.clone());
        attempt(experiment, &check.id, &check.side, || {
            let (tools, chosen) = self.choose(&check.side, &check.toolchain)?;
            let deadlines = self.settings.deadlines;
            let came = probe::tried(&tools, probe, check, &chosen, deadlines, parent);
            Ok((came, chosen.version))
        })
    }

    /// Each step is told as it ends, so that a stop loses only the one in flight.
    fn steps(
        &self,
        drill: &Drill,
        side: &SideName,
        parent: &Path,
        stopped: &AtomicBool,
        tell: &dyn Fn(Attempt),
    ) {
        let deadlines = self.settings.deadlines;
        let tools = self.tools(side);
        let course = tools
            .as_ref()
            .map_err(Clone::clone)
            .and_then(|tools| drill::Course::set_up(tools, drill, side, deadlines, parent));
        for step in drill.steps_of(side) {
            if stopped.load(Ordering::Relaxed) {
                return;
            }
            let experiment = Experiment::Drill(drill.id.clone());
            tell(attempt(experiment, &step.id, side, || {
                let course = course.as_ref().map_err(Clone::clone)?;
                let (_, chosen) = self.choose(side, &step.toolchain)?;
                Ok((course.tried(step, &chosen), chosen.version))
            }));
        }
    }

    fn tools(&self, side: &SideName) -> Result<Tools<'_>, String> {
        let declared = self.comparison.side(side).ok_or_else(|| format!("no side {side}"))?;
        let language = self.comparison.languages.get(&declared.language);
        let language = language.ok_or_else(|| format!("no language {}", declared.language))?;
        let Settings { launcher, offline, .. } = self.settings;
        Ok(Tools { launcher, language, offline: *offline })
    }

    fn choose(
        &self,
        side: &SideName,
        name: &ToolchainName,
    ) -> Result<(Tools<'_>, crate::switch::Chosen), String> {
        let tools = self.tools(side)?;
        let toolchain = self.environment.toolchains.get(side);
        let installed = toolchain.and_then(|toolchain| toolchain.ready_version());
        if installed.is_none() && name.is_installed() {
            let state = toolchain.map(|toolchain| &toolchain.state);
            return Err(match state {
                Some(
                    model::ToolchainState::Missing { reason }
                    | model::ToolchainState::TooOld { reason, .. },
                ) => reason.clone(),
                _ => format!("no {} toolchain", tools.language.name),
            });
        }
        let chosen =
            self.switchboard.choose(&tools, side, installed, name, &self.settings.cache)?;
        Ok((tools, chosen))
    }
}

/// What comes of `trying`, with the version of the toolchain that was asked, and
/// when that was; a reason instead makes it an attempt that was not made.
fn attempt(
    experiment: Experiment,
    item: &ItemId,
    side: &SideName,
    trying: impl FnOnce() -> Result<(Came, String), String>,
) -> Attempt {
    let (started, clock) = (Timestamp::now(), Instant::now());
    let (came, version) = trying().unwrap_or_else(|why| (Came::to_nothing(why), String::new()));
    Attempt {
        experiment,
        item: item.clone(),
        side: side.clone(),
        version,
        started,
        seconds: clock.elapsed().as_secs_f64(),
        end: came.end,
        stopped_at: came.stopped_at,
        diagnostics: came.diagnostics,
        stdout: came.stdout,
        stderr: came.stderr,
        made: came.made,
        detail: came.detail,
    }
}
