//! How an interval lies against bounds of both signs, and how ratio and floor speak together.

use crate::margin::Margin;
use crate::pair::Scale;
use crate::sequence::Ends;

/// One interval against ±bound. All inequalities are strict: an interval that touches a bound straddles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Below,
    Above,
    Inside,
    Straddles,
}

impl Standing {
    /// Crossed ends may still be decisive, since each end alone is a valid one-sided test; ends that
    /// contradict each other at a bound are not.
    pub(crate) fn of(ends: Ends, bound: f64) -> Standing {
        let (over_upper, under_upper) = (ends.low > bound, ends.high < bound);
        let (over_lower, under_lower) = (ends.low > -bound, ends.high < -bound);
        if over_upper && !under_upper {
            Standing::Above
        } else if under_lower && !over_lower {
            Standing::Below
        } else if over_lower && under_upper && !over_upper && !under_lower {
            Standing::Inside
        } else {
            Standing::Straddles
        }
    }
}

/// What ratio and difference say together about a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    Below,
    Above,
    Inside,
    /// No difference is excluded, but the margin is not settled.
    Differs,
    Open,
}

/// Beyond needs both scales in one direction; inside needs one of them, for then beyond is impossible.
pub(crate) fn joint(ratio: Ends, difference: Ends, margin: Margin, scale: Scale) -> Joint {
    let by_floor = Standing::of(difference, margin.floor());
    let (by_factor, main) = match scale {
        Scale::Ratio => (Standing::of(ratio, margin.ln_factor()), ratio),
        Scale::Difference => (by_floor, difference),
    };
    match (by_factor, by_floor) {
        (Standing::Above, Standing::Above) => Joint::Above,
        (Standing::Below, Standing::Below) => Joint::Below,
        (Standing::Inside, _) | (_, Standing::Inside) => Joint::Inside,
        _ if main.low > 0.0 || main.high < 0.0 => Joint::Differs,
        _ => Joint::Open,
    }
}
