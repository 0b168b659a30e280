//! What the server's process tree, the generator and the rest of the machine use meanwhile.
//!
//! Processor time is that of each process's own clock, in nanoseconds; of processes that end in the
//! window it is what their parents inherited, in ticks. Whatever takes long to read is read before
//! the window begins or after its last answer; at the window's ends only clocks are.

mod machine;
mod tree;

use std::time::Duration;

use nix::time::ClockId;

use crate::report::{Interference, ServerUse};

use machine::Busy;
use tree::Tree;

/// Meters one drive.
#[derive(Debug)]
pub(crate) struct Meter {
    server: Option<Tree>,
    companions: Vec<Tree>,
    begin: Reading,
    end: Reading,
    switches_before: u64,
    peak: u64,
}

/// Clocks at one end of the window.
#[derive(Debug, Clone, Copy, Default)]
struct Reading {
    server: Option<Duration>,
    companions: Duration,
    generator: Duration,
    kept_waiting: Duration,
    machine: Busy,
}

/// What was metered.
#[derive(Debug)]
pub(crate) struct Metered {
    pub(crate) server: Option<ServerUse>,
    pub(crate) interference: Interference,
    pub(crate) generator: Duration,
    /// How long the generator was ready and others had its processor.
    pub(crate) kept_waiting: Duration,
}

impl Meter {
    pub(crate) fn new(server: Option<i32>, companions: &[i32]) -> Self {
        let nothing = Reading::default();
        let mut meter = Self {
            server: server.map(Tree::new),
            companions: companions.iter().copied().map(Tree::new).collect(),
            begin: nothing,
            end: nothing,
            switches_before: 0,
            peak: 0,
        };
        meter.prepare();
        meter
    }

    /// What takes long, shortly before the window.
    pub(crate) fn prepare(&mut self) {
        for tree in self.server.iter_mut().chain(&mut self.companions) {
            tree.look();
        }
        self.switches_before = self.server.as_ref().map_or(0, Tree::switches);
        self.sample();
    }

    pub(crate) fn begin(&mut self) {
        self.begin = self.read();
    }

    /// Resident memory of the server now, bytes; 0 without a server.
    pub(crate) fn sample(&mut self) -> u64 {
        let Some(server) = &self.server else { return 0 };
        let resident = server.resident();
        self.peak = self.peak.max(resident);
        resident
    }

    /// The window is over; resident memory at its end.
    pub(crate) fn end(&mut self) -> u64 {
        self.end = self.read();
        self.sample()
    }

    /// What takes long, after the last answer: processes that are new and those that ended.
    pub(crate) fn look_back(&mut self) {
        let end = &mut self.end;
        if let (Some(server), Some(used)) = (&mut self.server, &mut end.server) {
            *used += server.look_for_changes();
        }
        for tree in &mut self.companions {
            end.companions += tree.look_for_changes();
        }
    }

    /// After the connections are closed and the server has settled; `answered` in the window, as the
    /// processor time is of the window.
    pub(crate) fn finish(mut self, measured: Duration, answered: u64) -> Metered {
        let (begin, end) = (self.begin, self.end);
        let used = end.server.zip(begin.server).map(|(end, begin)| end.saturating_sub(begin));
        let generator = end.generator.saturating_sub(begin.generator);
        let known =
            used.unwrap_or_default() + end.companions.saturating_sub(begin.companions) + generator;
        let (busy, steal) = end.machine.since(&begin.machine);
        let seconds = measured.as_secs_f64();
        let interference = Interference {
            other_processors: busy.saturating_sub(known).as_secs_f64() / seconds,
            steal: steal.as_secs_f64() / seconds,
        };
        let server = used.map(|used| self.server_use(used, answered));
        let kept_waiting = end.kept_waiting.saturating_sub(begin.kept_waiting);
        Metered { server, interference, generator, kept_waiting }
    }

    fn server_use(&mut self, used: Duration, answered: u64) -> ServerUse {
        let settled_memory = self.sample();
        let Some(server) = &self.server else { return ServerUse::default() };
        let cpu_seconds = used.as_secs_f64();
        ServerUse {
            cpu_seconds,
            cpu_us_per_request: match answered {
                0 => 0.0,
                many => cpu_seconds * 1e6 / many as f64,
            },
            peak_memory: self.peak.max(server.peak()),
            settled_memory,
            switches: server.switches().saturating_sub(self.switches_before),
            threads: server.threads(),
        }
    }

    fn read(&self) -> Reading {
        Reading {
            server: self.server.as_ref().and_then(Tree::used),
            companions: self.companions.iter().filter_map(Tree::used).sum(),
            generator: ClockId::CLOCK_PROCESS_CPUTIME_ID.now().map_or(Duration::ZERO, Into::into),
            kept_waiting: machine::kept_waiting(),
            machine: Busy::read(),
        }
    }
}
