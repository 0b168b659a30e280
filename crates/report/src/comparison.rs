//! One side held against another in words. Both are always named, so that a
//! ratio cannot be read the wrong way round.

use model::Scale;

use crate::quantity::ratio;

/// What two sides of a measurement came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Compared<'a> {
    pub(crate) numerator: &'a str,
    pub(crate) denominator: &'a str,
    pub(crate) scale: Scale,
    pub(crate) ratio: Option<f64>,
    pub(crate) difference: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Whether they are things counted.
    pub(crate) counted: bool,
}

impl Compared<'_> {
    /// `rust 0.61x of go`, `rust 3 fewer than go`; `None` without a number.
    /// `show` writes an absolute value with its unit.
    pub(crate) fn words(&self, show: impl Fn(f64) -> String) -> Option<String> {
        let (above, below) = (self.numerator, self.denominator);
        match (self.scale, self.ratio, self.difference) {
            (Scale::Ratio, Some(value), _) => Some(format!("{above} {}x of {below}", ratio(value))),
            (Scale::Difference, _, Some(0.0)) => Some(format!("{above} as many as {below}")),
            (Scale::Difference, _, Some(value)) => {
                let word = match (value < 0.0, self.counted) {
                    (true, true) => "fewer",
                    (true, false) => "less",
                    (false, _) => "more",
                };
                Some(format!("{above} {} {word} than {below}", show(value.abs())))
            }
            _ => None,
        }
    }

    /// `0.58 to 0.64`, `at most 0.64`; `None` if it is unbounded or exact.
    pub(crate) fn ends(&self, show: impl Fn(f64) -> String) -> Option<String> {
        let show = |value: f64| match self.scale {
            Scale::Ratio => ratio(value),
            Scale::Difference => show(value),
        };
        match (self.low, self.high) {
            (Some(low), Some(high)) => Some(format!("{} to {}", show(low), show(high))),
            (Some(low), None) => Some(format!("at least {}", show(low))),
            (None, Some(high)) => Some(format!("at most {}", show(high))),
            (None, None) => None,
        }
    }
}
