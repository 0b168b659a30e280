//! What has to hold: a contract's guards against what was seen.
//!
//! A guard fails only if all that is likely lies beyond its limit *and* its
//! margin, and then only if a second, fresh set of observations says so too
//! ([`confirm`]). What cannot be judged here says why.

mod limit;
mod numbers;
mod weigh;

use std::collections::BTreeMap;

use model::contract::{Better, Guard, GuardLimit};
use model::{CaseId, Cell, Contract, Metric, RunFacts, SideName, Unit};
use schemars::JsonSchema;
use serde::Serialize;

use crate::compare;

/// What came of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuardVerdict {
    /// Not beyond its limit and margin.
    Holds,
    /// Beyond both.
    Fails,
    /// Too few pairs to tell.
    Inconclusive,
    /// No evidence that could be used, for the reason given.
    NotJudged,
}

/// A ratio that was recorded when the contract was written, on the kind of
/// machine that is judged on.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedRatio {
    /// Of which guard.
    pub guard: String,
    /// Median of side / against.
    pub ratio: f64,
    /// Lower end of its interval; `None`: unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
}

/// A guard with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GuardJudged {
    /// Its name.
    pub guard: String,
    /// Of which metric.
    pub metric: Metric,
    /// In which case; `None`: all measured ones together, or not of runs.
    pub case: Option<CaseId>,
    /// Unit of every absolute value here.
    pub unit: Unit,
    /// Whose value is bound.
    pub side: SideName,
    /// The other side, where the limit is a ratio.
    pub against: Option<SideName>,
    /// What came of it.
    pub verdict: GuardVerdict,
    /// What was seen: a ratio to `against`, or without it the side's value in `unit`.
    pub seen: Option<f64>,
    /// Lower end of its interval; `None` is unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// The limit, likewise; `None`: none is recorded.
    pub limit: Option<f64>,
    /// How far beyond it may lie, as a factor.
    pub margin: f64,
    /// And in `unit`.
    pub floor: f64,
    /// Pairs, or values, that count.
    pub pairs: u32,
    /// Medians a side.
    pub values: BTreeMap<SideName, f64>,
    /// Why, in words.
    pub why: String,
    /// What to know beside a guard that does not fail: it did once.
    pub notice: Option<String>,
}

impl GuardVerdict {
    /// The verdict in words for people.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Inconclusive => "inconclusive",
            Self::NotJudged => "not judged",
        }
    }
}

/// Judges a contract's guards by what was seen, in the order of the contract.
///
/// `recorded` are ratios from the kind of machine that `facts` are from;
/// `machine_known` says whether that kind was seen when the contract was
/// written: if not, only exact metrics are held against what was recorded.
/// Ratios of sides that were measured together are judged anywhere.
pub fn guards(
    contract: &Contract,
    facts: &RunFacts,
    recorded: &[RecordedRatio],
    machine_known: bool,
) -> Vec<GuardJudged> {
    let why_not = compare::why_not(contract, facts);
    let judge = |guard: &Guard| {
        let limit = match why_not.is_empty() {
            true => limit::of(guard, recorded, machine_known),
            false => Err(why_not.join("; ")),
        };
        weigh::guard(contract, facts, guard, limit)
    };
    contract.guards.iter().map(judge).collect()
}

/// What two sets of observations, disjoint and both fresh, say together: a
/// guard fails only if it fails in both.
pub fn confirm(first: &GuardJudged, second: &GuardJudged) -> GuardJudged {
    let told =
        |verdict, notice: String| GuardJudged { verdict, notice: Some(notice), ..second.clone() };
    match (first.verdict, second.verdict) {
        (GuardVerdict::Fails, GuardVerdict::Fails) => {
            let why = format!("{}; a second set says so too: {}", first.why, second.why);
            GuardJudged { why, ..first.clone() }
        }
        (GuardVerdict::Fails, GuardVerdict::Holds) => told(
            GuardVerdict::Holds,
            format!("beyond its limit once and not seen again; the first set: {}", first.why),
        ),
        (GuardVerdict::Fails, _) => told(
            GuardVerdict::Inconclusive,
            format!(
                "beyond its limit once, and a second set does not settle it; the first set: {}",
                first.why
            ),
        ),
        _ => first.clone(),
    }
}

/// What has to hold of a change: the side `head` needs no more than the side
/// `base` of anything that is measured, but for each measure's margin. Empty if
/// the contract has no such sides. Where more is better the sides change places.
pub fn base_guards(contract: &Contract) -> Vec<Guard> {
    let is = |side: &SideName, name: &str| side.as_str() == name;
    let cells = contract.cells();
    let between =
        cells.iter().filter(|cell| is(&cell.numerator, "head") && is(&cell.denominator, "base"));
    between.map(|cell| base_guard(contract, cell)).collect()
}

fn base_guard(contract: &Contract, cell: &Cell) -> Guard {
    let own_more = contract.own(cell.metric).is_some_and(|own| own.better == Better::More);
    let more_is_better = own_more || cell.metric.more_is_better();
    let (side, against) = match more_is_better {
        true => (&cell.denominator, &cell.numerator),
        false => (&cell.numerator, &cell.denominator),
    };
    let name = match &cell.series.case {
        Some(case) => format!("{}-{case}", cell.metric),
        None => cell.metric.to_string(),
    };
    Guard {
        name,
        metric: cell.metric,
        case: cell.series.case.clone(),
        side: side.clone(),
        limit: GuardLimit::Of { against: against.clone(), at_most: 1.0 },
        margin: cell.margin,
        max_age_days: 0,
    }
}
