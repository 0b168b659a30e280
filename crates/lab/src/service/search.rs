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
use crate::trial::words;

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
    let (mut disturbed, mut driven) = (0.0, 0.0);
    while let Some(step) = search.next() {
        let mut order = order::order(standing, load, turn.goldens, seed);
        order.schedule = order::schedule(load, step.rate);
        order.window.measured = step.seconds;
        order.settle = Duration::ZERO;
        let report = generator::generate(standing.grounds.launcher, &order)?;
        let other = report.interference.other_processors + report.interference.steal;
        // A mean: of a search with more steps the most would be more.
        disturbed += other * step.seconds.as_secs_f64();
        driven += step.seconds.as_secs_f64();
        search.tell(&report);
        seed = seed.wrapping_add(1);
        std::thread::sleep(REST);
    }
    if standing.server.snapshot().is_none() {
        let said = words(&standing.server.stderr_so_far());
        return Err(ServiceError::Ended { who: "the program".to_owned(), said });
    }
    let invalid =
        |why: &str| ServiceError::Invalid(format!("the search for the highest rate: {why}"));
    let found = search.found().ok_or_else(|| invalid("it did not come to an end"))?;
    let (pass, fail) = (found.highest_pass, found.lowest_fail);
    if pass <= 0.0 {
        return Err(invalid("no rate passed"));
    }
    let fail = fail.ok_or_else(|| invalid("the generator, not the program, set the limit"))?;
    // What lies between the highest pass and the lowest fail is not known: its middle.
    let highest = (pass * fail).sqrt();
    let interference = disturbed / driven;
    Ok(Values::from([(Metric::Capacity, highest), (Metric::Interference, interference)]))
}
