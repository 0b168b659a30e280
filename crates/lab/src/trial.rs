//! One run of one side's program on one case: timed, or probed for memory.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use launch::{Ended, Input, LaunchError, Launcher, Outcome};
use model::{Activity, Case, MemorySource, Metric, TrialStatus};

/// What runs need beside the case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Running<'a> {
    pub(crate) launcher: &'a Launcher,
    pub(crate) case: &'a Case,
    pub(crate) program: &'a Path,
    /// The folder that holds the inputs, and the working directory.
    pub(crate) inputs: &'a Path,
    pub(crate) padding: usize,
    pub(crate) realtime: bool,
}

/// What one run came to, before it is known to be the right answer.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: TrialStatus,
    pub(crate) detail: Option<String>,
    pub(crate) values: BTreeMap<Metric, f64>,
    pub(crate) memory_source: Option<MemorySource>,
    pub(crate) started: Timestamp,
    pub(crate) outcome: Outcome,
}

/// The case's arguments with inputs named relative to the inputs' folder.
pub(crate) fn arguments(case: &Case) -> Vec<String> {
    let name = |arg: &String| match arg.find("{input:") {
        Some(start) => {
            let rest = &arg[start + "{input:".len()..];
            let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
            format!("{}{name}{after}", &arg[..start])
        }
        None => arg.clone(),
    };
    case.args.iter().map(name).collect()
}

impl Ran {
    /// What was found and ended after the program, if anything.
    pub(crate) fn contained(&self) -> Option<String> {
        contained(&self.outcome)
    }
}

/// What was found and ended after a program, if anything.
pub(crate) fn contained(outcome: &Outcome) -> Option<String> {
    let left = &outcome.leftovers;
    let listening = match left.listeners.first() {
        Some(listener) => format!(", listening on port {}", listener.port),
        None => String::new(),
    };
    match left.killed {
        0 => None,
        1 => Some(format!("left a process behind{listening}; it was ended")),
        n => Some(format!("left {n} processes behind{listening}; they were ended")),
    }
}

/// The source of a reading of memory, as it is stored.
pub(crate) fn memory_source(source: launch::probe::MemorySource) -> MemorySource {
    match source {
        launch::probe::MemorySource::VmHwmAtExit => MemorySource::VmHwm,
        launch::probe::MemorySource::CgroupPeak { .. } => MemorySource::Cgroup,
        launch::probe::MemorySource::PolledSmaps => MemorySource::Polled,
        launch::probe::MemorySource::FlooredMaxRss => MemorySource::FlooredMaxRss,
    }
}

/// What a program said before it failed, in one line. Some put the reason first
/// (panics, whose traces follow), others last (logs).
pub(crate) fn words(stderr: &str) -> String {
    let mut lines = stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    match (lines.next(), lines.next_back()) {
        (None, _) => "nothing on standard error".to_owned(),
        (Some(only), None) => only.to_owned(),
        (Some(first), Some(last)) => {
            let between = match (lines.next(), lines.next()) {
                (None, _) => " / ".to_owned(),
                (Some(second), None) => format!(" / {second} / "),
                _ => " … ".to_owned(),
            };
            format!("{first}{between}{last}")
        }
    }
}

impl Running<'_> {
    fn trial(&self) -> launch::Trial {
        let mut trial = launch::Trial::of(self.program).with_args(arguments(self.case));
        trial.directory = Some(self.inputs.to_owned());
        trial.deadline = Duration::from_secs_f64(self.case.deadline_seconds);
        trial.padding = self.padding;
        trial.realtime = self.realtime;
        if let Some(input) = &self.case.stdin {
            trial.stdin = Input::File(self.inputs.join(input));
        }
        trial
    }

    /// Runs the case once.
    pub(crate) fn run(&self, activity: Activity) -> Result<Ran, LaunchError> {
        match activity {
            Activity::Memory => self.probe_memory(),
            _ => self.time(),
        }
    }

    fn time(&self) -> Result<Ran, LaunchError> {
        let outcome = self.launcher.run(&self.trial())?;
        let wall = outcome.wall.as_secs_f64();
        let cpu = outcome.usage.cpu().as_secs_f64();
        let values =
            BTreeMap::from([(Metric::Wall, wall), (Metric::StartUp, wall), (Metric::Cpu, cpu)]);
        Ok(self.ran(outcome, values, None))
    }

    fn probe_memory(&self) -> Result<Ran, LaunchError> {
        // Tracing slows a program down.
        let mut trial = self.trial();
        trial.deadline *= 10;
        let probe = launch::probe::memory(self.launcher, &trial)?;
        let source = memory_source(probe.reading.source);
        let values = BTreeMap::from([(Metric::Memory, probe.reading.bytes.0 as f64)]);
        Ok(self.ran(probe.outcome, values, Some(source)))
    }

    fn ran(
        &self,
        outcome: Outcome,
        values: BTreeMap<Metric, f64>,
        memory_source: Option<MemorySource>,
    ) -> Ran {
        let (status, detail) = match outcome.ended {
            Ended::Exited(code) if code == self.case.exit => (TrialStatus::Done, None),
            Ended::TimedOut => (TrialStatus::TimedOut, None),
            ended => {
                let said = words(&outcome.stderr_tail());
                let expected = self.case.exit;
                let detail = format!("ended with {ended}, not with exit code {expected}: {said}");
                (TrialStatus::Crashed, Some(detail))
            }
        };
        let measured = |(metric, _): &(Metric, f64)| self.case.metrics.contains(metric);
        let values = match status {
            TrialStatus::Done => values.into_iter().filter(measured).collect(),
            _ => BTreeMap::new(),
        };
        let started = Timestamp::try_from(outcome.started_at).unwrap_or(Timestamp::UNIX_EPOCH);
        Ran { status, detail, values, memory_source, started, outcome }
    }
}
