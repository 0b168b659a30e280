//! The numbers of a guard, from an estimate against its limit back to what a
//! reader compares with the limit: a ratio of sides, or a value.

use std::collections::BTreeMap;

use model::contract::Guard;
use model::{Cell, SideName, Unit};
use stats::{Estimate, Method};

use super::limit::Limit;
use crate::wording;

/// What was seen, in what the limit is in.
pub(super) struct Numbers {
    pub(super) seen: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) values: BTreeMap<SideName, f64>,
}

impl Numbers {
    pub(super) fn of(cell: &Cell, limit: Limit<'_>, estimate: &Estimate) -> Self {
        let (a, b) = (estimate.a.median, estimate.b.median);
        let mut values = BTreeMap::new();
        let (seen, ends) = match limit {
            Limit::Value(value) => {
                let ends = estimate.difference_interval;
                (b, [ends.low, ends.high].map(|end| end.map(|end| value + end)))
            }
            Limit::Times { against, .. } => {
                values.extend(a.map(|a| (against.clone(), a)));
                let ends = match estimate.scale {
                    stats::Scale::Ratio => [estimate.interval.low, estimate.interval.high],
                    stats::Scale::Difference => [None, None],
                };
                (estimate.ratio.or_else(|| Some(b? / a?)), ends)
            }
        };
        values.extend(b.map(|b| (cell.numerator.clone(), b)));
        let finite = |x: Option<f64>| x.filter(|x| x.is_finite());
        let noisy = estimate.method != Method::Exact;
        let [low, high] = ends.map(|end| finite(end).filter(|_| noisy));
        Self { seen: finite(seen), low, high, values }
    }

    /// What was seen beside the limit, in words that cannot be misread.
    pub(super) fn told(&self, guard: &Guard, limit: Limit<'_>) -> String {
        let (number, most): (fn(f64, Unit) -> String, String) = match limit {
            Limit::Value(value) => {
                (wording::measured, wording::measured(value, guard.metric.unit()))
            }
            Limit::Times { at_most, .. } => {
                (|x, _| format!("{x:.3}x"), format!("{}x", short(at_most)))
            }
        };
        let number = |x: f64| number(x, guard.metric.unit());
        let seen = self.seen.map_or_else(|| "no median".to_owned(), number);
        let interval = match (self.low, self.high) {
            (Some(low), Some(high)) => format!(" ({} to {})", number(low), number(high)),
            _ => String::new(),
        };
        let of = match limit {
            Limit::Times { against, .. } => format!(" of {against}"),
            Limit::Value(_) => String::new(),
        };
        format!("{} {seen}{of}{interval}, at most {most}{}", guard.side, apart(guard))
    }
}

/// A limit as its author would write it.
fn short(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}

/// Margin and floor, where there are any.
fn apart(guard: &Guard) -> String {
    let percent = (guard.margin.factor > 1.0)
        .then(|| format!("{} %", short((guard.margin.factor - 1.0) * 100.0)));
    let floor = (guard.margin.floor > 0.0)
        .then(|| wording::amount(guard.margin.floor, guard.metric.unit()));
    match (percent, floor) {
        (Some(percent), Some(floor)) => format!(" and beyond that {percent} and {floor}"),
        (Some(one), None) | (None, Some(one)) => format!(" and beyond that {one}"),
        (None, None) => String::new(),
    }
}
