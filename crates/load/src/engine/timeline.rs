//! What happens at fixed times: the window begins, each of its seconds ends, it ends.

use std::time::Duration;

use super::{Drive, DriveError};
use crate::order::Order;
use crate::report::{Generator, Report, Slice};
use crate::tally::validity::{self, Inside};

/// How long before the window what takes long is read.
const BEFORE: Duration = Duration::from_millis(20);
/// How long answers are waited for after the window; who has none then is recorded at its age.
const LONGEST_DRAIN: Duration = Duration::from_secs(1);

/// How far a drive is.
#[derive(Debug)]
pub(super) struct Timeline {
    begin: Duration,
    end: Duration,
    last: Duration,
    stage: Stage,
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
    pub(super) fn new(order: &Order) -> Self {
        let begin = order.window.warm_up;
        let end = begin + order.window.measured;
        let last = end + LONGEST_DRAIN.min(order.timeout);
        Self { begin, end, last, stage: Stage::WarmUp }
    }

    /// When the next stage begins.
    pub(super) fn next(&self) -> Duration {
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
}

impl Drive<'_> {
    /// Does everything whose time has come.
    pub(super) fn keep_time(
        &mut self,
        now: Duration,
        tell: &mut dyn FnMut(&Slice) -> bool,
    ) -> Result<(), DriveError> {
        while now >= self.timeline.next() {
            self.timeline.stage = match self.timeline.stage {
                Stage::WarmUp => {
                    self.meter.prepare();
                    Stage::Nearly
                }
                Stage::Nearly => {
                    self.meter.begin();
                    Stage::Measured(0)
                }
                Stage::Measured(second) => self.end_second(second, tell)?,
                Stage::Drain => return Ok(()),
            };
        }
        Ok(())
    }

    fn end_second(
        &mut self,
        second: u32,
        tell: &mut dyn FnMut(&Slice) -> bool,
    ) -> Result<Stage, DriveError> {
        let over = self.timeline.second_ends(second) == self.timeline.end;
        let memory = if over { self.meter.end() } else { self.meter.sample() };
        let slice = self.tally.second(second, memory);
        if self.order.progress && !tell(&slice) {
            return Err(DriveError::Abandoned);
        }
        Ok(if over { Stage::Drain } else { Stage::Measured(second + 1) })
    }

    /// Whether the window is over and nobody waits for an answer any more, or for too long.
    pub(super) fn is_over(&self, now: Duration) -> bool {
        let all_gone = self.backlog.is_empty() && self.pool.busy() == 0;
        let ends = matches!(self.timeline.stage, Stage::Drain);
        ends && (all_gone || now >= self.timeline.last)
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
        self.meter.look_back();
        std::thread::sleep(self.order.settle);
        let order = self.order;
        let measured = order.window.measured;
        let seconds = measured.as_secs_f64();
        let figures = self.tally.finish();
        let metered = self.meter.finish(measured, figures.counts.right);
        let cpu_seconds = metered.generator.as_secs_f64();
        let per_second = |count: u64| count as f64 / seconds;
        let mut report = Report {
            schema: 1,
            asked_rate: per_second(figures.counts.intended),
            achieved_rate: per_second(figures.counts.sent),
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
            generator: Generator {
                cpu_seconds,
                requests_per_core_second: if cpu_seconds > 0.0 {
                    figures.answered_within as f64 / cpu_seconds
                } else {
                    0.0
                },
            },
            valid: true,
            invalid_because: Vec::new(),
            capacity: None,
        };
        report.invalid_because = validity::faults(
            &report,
            &Inside {
                measured_seconds: seconds,
                spins: order.spin,
                leaves: order.leave_after.is_some(),
                behind: figures.behind,
                little_noise: figures.little_noise,
                meters: order.server.is_some(),
                idle_missing,
            },
        );
        report.valid = report.invalid_because.is_empty();
        report
    }
}
