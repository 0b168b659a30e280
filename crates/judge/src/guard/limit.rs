//! What a guard's value is held against, and whether it can be here.

use model::contract::{Guard, GuardLimit};
use model::{SideName, Unit};

use super::RecordedRatio;

/// A bound in numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Limit<'a> {
    /// At most so many times another side's value.
    Times { against: &'a SideName, at_most: f64 },
    /// At most this, in the metric's unit.
    Value(f64),
}

/// The limit of a guard, or why it has none here.
pub(super) fn of<'a>(
    guard: &'a Guard,
    recorded: &[RecordedRatio],
    machine_known: bool,
) -> Result<Limit<'a>, String> {
    match &guard.limit {
        GuardLimit::Of { against, at_most } => Ok(Limit::Times { against, at_most: *at_most }),
        GuardLimit::Value(_) if guard.metric.unit() == Unit::Seconds => {
            Err("how long something takes depends on the machine; bind it by `against`".to_owned())
        }
        GuardLimit::Value(value) => Ok(Limit::Value(*value)),
        GuardLimit::Recorded { .. } if !machine_known && !guard.metric.is_exact() => {
            Err("this kind of machine was not seen before, so what was recorded elsewhere says \
             nothing of it; `evenhand compare --write` records it here"
                .to_owned())
        }
        GuardLimit::Recorded { against } => {
            let known = recorded.iter().find(|one| one.guard == guard.name);
            let at_most = known.map(at_most).ok_or_else(|| {
                "no ratio is recorded for this kind of machine; `evenhand compare --write` \
                 records it"
                    .to_owned()
            })?;
            Ok(Limit::Times { against, at_most })
        }
    }
}

/// A recorded ratio is itself known only as well as its interval: its upper
/// end is the most that it may have been.
fn at_most(recorded: &RecordedRatio) -> f64 {
    recorded.high.filter(|high| high.is_finite()).map_or(recorded.ratio, |h| h.max(recorded.ratio))
}
