//! What the generator can do on this machine: it is driven against a responder
//! of its own, which does nothing but answer.

use std::thread;
use std::time::Duration;

use load::ceiling::{Ceiling, self_check};
use load::responder::{Responder, ResponderOptions};
use load::{Order, Report, Schedule};
use report::load::SelfChecked;

use super::generator::{Driven, Generator};
use super::live::Live;
use crate::failure::{Failure, Kind};

/// Of each of its two drives, unless a longer look is asked for.
const SHORT: Duration = Duration::from_millis(300);

/// What was seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    pub(super) ceiling: Ceiling,
    pub(super) told: SelfChecked,
}

/// Looks; `None`: the user stopped it.
pub(super) fn look(
    generator: &Generator<'_>,
    order: &Order,
    long: bool,
    live: &mut Live,
) -> Result<Option<Own>, Failure> {
    let responder = Responder::bind(&ResponderOptions::default())?;
    let mut check = self_check(responder.address(), order.processor, order.seed);
    for drive in [&mut check.flood, &mut check.calm] {
        drive.spin = order.spin;
        if !long {
            drive.window.measured = SHORT;
        }
    }
    let (stop, stopper) = std::io::pipe()?;
    // Kept open by the thread: what is dropped is no longer waited for.
    let serving = thread::spawn(move || responder.serve_until(&stop));
    // Its responder speaks bare HTTP/1.1: over TLS the ceiling is lower than what is seen here.
    let bare = Generator { over: None, ..*generator };
    let mut drive = |order| bare.drive(order, live);
    let reports = drive(&check.flood).and_then(|flood| Ok((flood, drive(&check.calm)?)));
    drop(stopper);
    // What it served is of no interest, and why it could not is seen by the generator.
    let _ = serving.join();
    let (Driven::Whole(flood), Driven::Whole(calm)) = reports? else { return Ok(None) };
    let ceiling = Ceiling::of(&flood, &calm).map_err(|error| Failure::new(Kind::Bug, &error))?;
    let ceiling = Ceiling { requests_per_second: within(&check.flood, &flood), ..ceiling };
    let told = SelfChecked { ceiling: ceiling.requests_per_second, lag: calm.lag };
    Ok(Some(Own { ceiling, told }))
}

/// Answers of the window alone, a second: after its end a flood is worked off, which is no rate.
fn within(order: &Order, report: &Report) -> f64 {
    let own = report.generator;
    own.requests_per_core_second * own.cpu_seconds / order.window.measured.as_secs_f64()
}

impl Own {
    /// Holds against a report what this generator cannot do.
    pub(super) fn hold_against(&self, order: &Order, report: &mut Report) {
        if let Err(too_fast) = self.ceiling.check(highest(&order.schedule)) {
            report.valid = false;
            report.invalid_because.push(too_fast.to_string());
        }
    }
}

/// The highest rate of a schedule that lasts.
fn highest(schedule: &Schedule) -> f64 {
    match schedule {
        Schedule::Constant { rate } | Schedule::Poisson { rate } => *rate,
        Schedule::Ramp { from, to } => from.max(*to),
        Schedule::Step { rates } => rates.iter().copied().fold(0.0, f64::max),
        Schedule::Burst { rate, size, every } => rate + f64::from(*size) / every.as_secs_f64(),
    }
}
