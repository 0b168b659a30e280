//! What happens at fixed times: the window begins, each of its seconds ends, it ends.

use std::time::Duration;

use super::{Drive, DriveError};
use crate::meter::{Meter, Metered};
use crate::order::Order;
use crate::report::{Generator, Report, Slice};
use crate::tally::validity::{self, Inside};
use crate::tally::{Figures, Tally};

/// How long before the window what takes long is read.
const BEFORE: Duration = Duration::from_millis(20);
/// How long answers are waited for after the window; who has none then is recorded at its age.
const LONGEST_DRAIN: Duration = Duration::from_secs(1);

/// How far a drive is.
#[derive(Debug)]
pub(crate) struct Timeline {
    begin: Duration,
    end: Duration,
    last: Duration,
    stage: Stage,
    /// Whether each second is told of.
    tells: bool,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    WarmUp,
    Nearly,
    /// In this second of the window.
    Measured(u32),
    Drain,
}

impl Timeline {
    pub(crate) fn new(order: &Order) -> Self {
        let begin = order.window.warm_up;
        let end = begin + order.window.measured;
        let last = end + LONGEST_DRAIN.min(order.timeout);
        Self { begin, end, last, stage: Stage::WarmUp, tells: order.progress }
    }

    /// When the next stage begins.
    pub(crate) fn next(&self) -> Duration {
        match self.stage {
            Stage::WarmUp => self.begin.saturating_sub(BEFORE),
            Stage::Nearly => self.begin,
            Stage::Measured(second) => self.second_ends(second),
            Stage::Drain => self.last,
        }
    }

    fn second_ends(&self, second: u32) -> Duration {
        (self.begin + Duration::from_secs(u64::from(second) + 1)).min(self.end)
    }

    /// Does everything whose time has come.
    pub(crate) fn keep(
        &mut self,
        now: Duration,
        meter: &mut Meter,
        tally: &mut Tally,
        tell: &mut dyn FnMut(&Slice) -> bool,
    ) -> Result<(), DriveError> {
        while now >= self.next() {
            self.stage = match self.stage {
                Stage::WarmUp => {
                    meter.prepare();
                    Stage::Nearly
                }
                Stage::Nearly => {
                    meter.begin();
                    Stage::Measured(0)
                }
                Stage::Measured(second) => {
                    let over = self.second_ends(second) == self.end;
                    let memory = if over { meter.end() } else { meter.sample() };
                    let slice = tally.second(second, memory);
                    if self.tells && !tell(&slice) {
                        return Err(DriveError::Abandoned);
                    }
                    if over { Stage::Drain } else { Stage::Measured(second + 1) }
                }
                Stage::Drain => return Ok(()),
            };
        }
        Ok(())
    }

    /// Whether the window is over and nobody waits for an answer any more, or for too long.
    pub(crate) fn is_over(&self, now: Duration, all_gone: bool) -> bool {
        matches!(self.stage, Stage::Drain) && (all_gone || now >= self.last)
    }
}

impl Drive<'_> {
    /// Does everything whose time has come.
    pub(super) fn keep_time(
        &mut self,
        now: Duration,
        tell: &mut dyn FnMut(&Slice) -> bool,
    ) -> Result<(), DriveError> {
        self.timeline.keep(now, &mut self.meter, &mut self.tally, tell)
    }

    /// Whether the window is over and nobody waits for an answer any more, or for too long.
    pub(super) fn is_over(&self, now: Duration) -> bool {
        self.timeline.is_over(now, self.backlog.is_empty() && self.pool.busy() == 0)
    }

    /// Records who has no answer, closes everything, and adds up.
    pub(super) fn finish(mut self) -> Report {
        let now = self.clock.now();
        for (ask, sent) in self.pool.close_all() {
            self.tally.censored(ask.intended, sent, now);
        }
        for ask in self.backlog.drain(..) {
            self.tally.unsent(ask.intended, now);
        }
        let idle_missing = self.beside.missing();
        drop(self.beside);
        add_up(self.order, self.tally, self.meter, idle_missing)
    }
}

/// The report of a drive whose connections are closed.
pub(crate) fn add_up(order: &Order, tally: Tally, mut meter: Meter, idle_missing: u32) -> Report {
    meter.look_back();
    std::thread::sleep(order.settle);
    let figures = tally.finish();
    let metered = meter.finish(order.window.measured, figures.answered_within);
    let inside = Inside {
        measured_seconds: order.window.measured.as_secs_f64(),
        spins: order.spin,
        leaves: order.leave_after.is_some(),
        kept_waiting: metered.kept_waiting.as_secs_f64(),
        behind: figures.behind,
        little_noise: figures.little_noise,
        meters: order.server.is_some(),
        idle_missing,
    };
    let mut report = report(figures, &metered, inside.measured_seconds);
    report.invalid_because = validity::faults(&report, &inside);
    report.valid = report.invalid_because.is_empty();
    report
}

/// Not yet looked at for what speaks against it.
fn report(figures: Figures, metered: &Metered, seconds: f64) -> Report {
    let per_second = |count: u64| count as f64 / seconds;
    let cpu_seconds = metered.generator.as_secs_f64();
    let generator = Generator {
        cpu_seconds,
        requests_per_core_second: if cpu_seconds > 0.0 {
            figures.answered_within as f64 / cpu_seconds
        } else {
            0.0
        },
    };
    Report {
        schema: 1,
        asked_rate: per_second(figures.counts.intended),
        achieved_rate: per_second(figures.sent_within),
        response: figures.response,
        service: figures.service,
        lag: figures.lag,
        connect: figures.connect,
        errors: figures.errors,
        counts: figures.counts,
        goodput: per_second(figures.counts.in_time),
        little: figures.little,
        slices: figures.slices,
        response_histogram: figures.response_histogram,
        service_histogram: figures.service_histogram,
        server: metered.server,
        interference: metered.interference,
        generator,
        valid: true,
        invalid_because: Vec::new(),
        capacity: None,
    }
}
