//! The highest rate at which a quantile stays below a bound, step by step on
//! one standing program.

use std::time::Duration;

use load::Bound;
use load::capacity::Search;
use model::Metric;
use model::service::Load;

use super::drive::{Turn, Values};
use super::stand::Standing;
use super::{ServiceError, generator, order};

/// Between two steps, so that what one left queued does not meet the next.
const REST: Duration = Duration::from_millis(200);

pub(super) fn capacity(
    standing: &Standing<'_>,
    load: &Load,
    bound: Bound,
    turn: Turn<'_>,
) -> Result<Values, ServiceError> {
    let seconds = Duration::from_secs_f64(load.seconds);
    let mut search = Search::new(bound, load.rate, None).with_seconds(seconds);
    let mut seed = turn.seed;
    let mut interference: f64 = 0.0;
    while let Some(step) = search.next() {
        let mut order = order::order(standing, load, turn.goldens, seed);
        order.schedule = order::schedule(load, step.rate);
        order.window.measured = step.seconds;
        order.settle = Duration::ZERO;
        let report = generator::generate(standing.grounds.launcher, &order)?;
        let other = report.interference.other_processors + report.interference.steal;
        interference = interference.max(other);
        search.tell(&report);
        seed = seed.wrapping_add(1);
        std::thread::sleep(REST);
    }
    let found = search.found().ok_or_else(|| {
        ServiceError::Invalid("the search for the highest rate found none".to_owned())
    })?;
    // What lies between the highest pass and the lowest fail is not known: its middle.
    let highest =
        found.lowest_fail.map_or(found.highest_pass, |fail| (found.highest_pass * fail).sqrt());
    Ok(Values::from([(Metric::Capacity, highest), (Metric::Interference, interference)]))
}
