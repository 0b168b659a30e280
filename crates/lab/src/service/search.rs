//! The highest rate at which a quantile stays below a bound, step by step on
//! one standing program.

use std::time::Duration;

use load::capacity::{Reason, Search, StepResult};
use load::{Bound, Capacity};
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
    let by_generator =
        |(_, result): &(_, StepResult)| *result == StepResult::Fail(Reason::Generator);
    let highest = highest(search.found(), search.tried().iter().any(by_generator))?;
    let interference = disturbed / driven;
    Ok(Values::from([(Metric::Capacity, highest), (Metric::Interference, interference)]))
}

/// What lies between the highest pass and the lowest fail is not known: their middle. `by_generator`:
/// whether it was late at any rate.
fn highest(found: Option<Capacity>, by_generator: bool) -> Result<f64, ServiceError> {
    let invalid =
        |why: &str| ServiceError::Invalid(format!("the search for the highest rate: {why}"));
    let found = found.ok_or_else(|| invalid("it did not come to an end"))?;
    match found.lowest_fail {
        Some(fail) if found.highest_pass > 0.0 => Ok((found.highest_pass * fail).sqrt()),
        None if found.highest_pass > 0.0 => {
            Err(invalid("the generator, not the program, set the limit"))
        }
        _ if by_generator => Err(invalid("no rate passed, and at some the generator was late")),
        // The program's own: it keeps the bound at no rate that was tried.
        _ => Err(ServiceError::Failing(format!("no rate keeps {}", found.slo))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(highest_pass: f64, lowest_fail: Option<f64>) -> Option<Capacity> {
        Some(Capacity { highest_pass, lowest_fail, slo: "p99<20ms".parse().unwrap() })
    }

    #[test]
    fn a_limit_that_is_not_the_programs_is_no_capacity() {
        assert_eq!(highest(found(100.0, Some(400.0)), false).unwrap(), 200.0);
        for (found, by_generator) in
            [(found(100.0, None), false), (found(0.0, Some(1.0)), true), (None, false)]
        {
            let error = highest(found, by_generator).unwrap_err();
            assert!(matches!(error, ServiceError::Invalid(_)), "{error}");
        }
        let own = highest(found(0.0, Some(1.0)), false).unwrap_err();
        assert!(matches!(&own, ServiceError::Failing(why) if why.contains("p99<20ms")), "{own}");
    }
}
