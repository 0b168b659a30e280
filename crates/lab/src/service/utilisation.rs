//! The rate at which a program keeps its processors as busy as wanted.
//!
//! At equal rates the cheaper program has the emptier processor, and its tail is short for that
//! alone. At equal utilisation each has the same share left, so that what is seen of the tail is how
//! the program uses it.

use std::time::Duration;

use load::Report;
use model::service::Load;

use super::drive::Turn;
use super::stand::Standing;
use super::{ServiceError, generator, order};

/// A look is short: it counts processor time, not a tail.
const LOOK: Duration = Duration::from_millis(400);
const BEFORE: Duration = Duration::from_millis(100);

/// What a request costs falls with the rate, so that one look is not enough.
const MOST_LOOKS: u32 = 6;

/// Near enough to stop looking.
const NEAR: f64 = 0.05;

/// Too far off to be called equal.
const FAR: f64 = 0.2;

/// No step is larger, up or down.
const LARGEST_STEP: f64 = 4.0;

/// A program's processors and how busy they are to be.
#[derive(Clone, Copy)]
pub(super) struct Utilisation {
    wanted: f64,
    processors: f64,
}

/// Where it was found.
pub(super) struct Found {
    pub(super) rate: f64,
    /// Requests that looking took.
    pub(super) asked: f64,
}

impl Utilisation {
    pub(super) fn of(standing: &Standing<'_>, load: &Load, turn: Turn<'_>) -> Option<Self> {
        let own = standing.grounds.processors.server.len() as f64;
        let processors = turn.drive.processors.map_or(own, |limit| limit.min(own));
        load.utilisation.map(|wanted| Self { wanted, processors })
    }

    /// Looks for the rate.
    pub(super) fn look(
        self,
        standing: &Standing<'_>,
        load: &Load,
        turn: Turn<'_>,
    ) -> Result<Found, ServiceError> {
        let (mut rate, mut asked) = (load.rate, 0.0);
        for look in 0..MOST_LOOKS {
            let seed = turn.seed.wrapping_add(u64::from(look) + 1);
            let mut order = order::order(standing, load, turn.goldens, seed);
            order.schedule = order::schedule(load, rate);
            (order.window.warm_up, order.window.measured) = (BEFORE, LOOK);
            order.settle = Duration::ZERO;
            let report = generator::generate(standing.grounds.launcher, &order)?;
            asked += (report.counts.sent + report.counts.warm_up) as f64;
            let times = self.wanted / self.seen(&report, rate)?;
            rate *= times.clamp(LARGEST_STEP.recip(), LARGEST_STEP);
            if (times - 1.0).abs() < NEAR {
                break;
            }
        }
        Ok(Found { rate, asked })
    }

    /// Whether a drive was what it was to be.
    ///
    /// # Errors
    ///
    /// Its processors were much more or less busy than wanted.
    pub(super) fn kept(self, report: &Report, rate: f64) -> Result<(), ServiceError> {
        let (seen, wanted) = (self.seen(report, rate)?, self.wanted);
        if (seen / wanted - 1.0).abs() <= FAR {
            return Ok(());
        }
        Err(ServiceError::Invalid(format!(
            "the program kept its processors {:.0} % busy where {:.0} % were wanted",
            seen * 100.0,
            wanted * 100.0
        )))
    }

    /// What a request costs, times the rate: how many came in a short look is a matter of chance.
    fn seen(self, report: &Report, rate: f64) -> Result<f64, ServiceError> {
        let each = report.server.as_ref().map_or(0.0, |server| server.cpu_us_per_request);
        if each > 0.0 {
            return Ok(each * 1e-6 * rate / self.processors);
        }
        Err(ServiceError::Invalid("the program used no processor time under load".to_owned()))
    }
}
