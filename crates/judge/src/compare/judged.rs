//! What judging a comparison of the user's own programs gives. Recomputed from
//! facts every time, never stored.

use std::collections::BTreeMap;

use model::contract::Better;
use model::{Aspect, CaseId, Effect, MemorySource, Metric, Scale, SideName, Unit};
use schemars::JsonSchema;
use serde::Serialize;

use crate::judgement::SelfCheck;

/// Everything judged of one comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct CompareJudgement {
    /// Whether the programs give the same answers.
    pub answers: AnswersJudged,
    /// A row an effect that was looked at; empty if none was.
    pub effects: Vec<EffectJudged>,
    /// A row a cell with pairs, primary ones first; empty if withheld.
    pub metrics: Vec<MetricJudged>,
    /// Each side against itself.
    pub self_check: Vec<SelfCheck>,
    /// Why no metric is told; `None`: they are told.
    pub withheld: Option<Withheld>,
    /// What a reader should know beside the numbers.
    pub remarks: Vec<String>,
}

/// Why numbers are kept back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// One line a reason.
    pub why: Vec<String>,
}

/// What came of comparing answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswersVerdict {
    /// Every side gives the first side's answers.
    Same,
    /// Some side does not, or its runs fail more often than another's.
    Differ,
    /// Some side gave no answer at all, or none was compared.
    NotComparable,
    /// They differ only where the contract lets them.
    Allowed,
}

/// The answers of all sides to all cases.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswersJudged {
    /// What came of it.
    pub verdict: AnswersVerdict,
    /// Cases compared.
    pub cases: u32,
    /// Cases in which some side's answer differs and may not. Zero if sides
    /// only fail in timed runs.
    pub differing: u32,
    /// The first of `by_case`.
    pub first: Option<CaseDiffers>,
    /// Every difference that is not let pass, in the order of the cases; then
    /// the sides that fail more often than the first, or than which it fails.
    pub by_case: Vec<CaseDiffers>,
    /// Cases that differ and may, each with its reason.
    pub allowed: Vec<(CaseId, String)>,
}

/// One answer that is not the first side's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDiffers {
    /// In which case; `None`: in timed runs of all cases.
    pub case: Option<CaseId>,
    /// Whose answer.
    pub side: SideName,
    /// What of it.
    pub aspect: Aspect,
    /// Where they part first, or why there is none; maybe several lines.
    pub told: String,
}

/// What came of counting a side effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectVerdict {
    /// Alike within the margin.
    Same,
    /// Apart by more than the margin.
    Differs,
    /// It cannot be known for some side.
    Unseen,
    /// Apart, and the contract lets it.
    Allowed,
}

/// One side effect of all sides, over all cases.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectJudged {
    /// Which.
    pub effect: Effect,
    /// How many a side; `None`: it cannot be known.
    pub values: BTreeMap<SideName, Option<u64>>,
    /// What came of it.
    pub verdict: EffectVerdict,
    /// The allowance's reason, why it cannot be known, or what is apart.
    pub reason: Option<String>,
    /// The first few of them a side.
    pub told: BTreeMap<SideName, String>,
}

/// How the sides of a metric stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MetricVerdict {
    /// The numerator's values are the larger, beyond the margin.
    Above,
    /// The numerator's values are the smaller, beyond the margin.
    Below,
    /// No difference that matters.
    Within,
    /// Different, but on which side of the margin is not settled.
    Differs,
    /// Nothing is settled.
    Inconclusive,
}

/// One metric of two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricJudged {
    /// Which.
    pub metric: Metric,
    /// In which case; `None`: all measured ones together, or not of runs.
    pub case: Option<CaseId>,
    /// What the user's own metric counts, for people.
    pub unit_label: Option<String>,
    /// Unit of every absolute value here.
    pub unit: Unit,
    /// The side on top.
    pub numerator: SideName,
    /// The side below: the contract's first.
    pub denominator: SideName,
    /// Ratio or difference: what `low` and `high` are in.
    pub scale: Scale,
    /// Which end is the better one; verdicts are literal all the same.
    pub better: Better,
    /// Median of numerator / denominator.
    pub ratio: Option<f64>,
    /// Median of numerator − denominator.
    pub difference: Option<f64>,
    /// Lower end of the interval, in `scale`; `None` is unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Coverage of the interval as a fraction; `None` for exact values.
    pub level: Option<f64>,
    /// Pairs that count.
    pub pairs: u32,
    /// Pairs still needed; `None`: settled, will not resolve, or unknown.
    pub more_pairs: Option<u64>,
    /// The margin as a factor.
    pub margin: f64,
    /// The floor in `unit`.
    pub floor: f64,
    /// How they stand.
    pub verdict: MetricVerdict,
    /// Why it is inconclusive, in words; empty otherwise.
    pub why: String,
    /// Whether it is one of those that decide when measuring ends.
    pub primary: bool,
    /// Medians a side.
    pub values: BTreeMap<SideName, f64>,
    /// 5th and 95th percentile a side; none for exact values.
    pub spread: BTreeMap<SideName, (f64, f64)>,
    /// Values of the pairs in which both sides gave one, denominator first, in
    /// the order of the blocks.
    pub pairs_seen: Vec<(f64, f64)>,
    /// Medians a side by its place in the block, from 0.
    pub by_position: BTreeMap<SideName, BTreeMap<u32, f64>>,
    /// Runs that failed a side; their pairs are void.
    pub voids: BTreeMap<SideName, u32>,
    /// What a reader should know: drift, voids, sources.
    pub warnings: Vec<String>,
    /// Why it should not be believed, if it is told in spite of that.
    pub marked: Option<String>,
    /// Where figures of memory come from, a side.
    pub memory_source: BTreeMap<SideName, MemorySource>,
}

impl AnswersVerdict {
    /// The verdict in words for people.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differ => "differ",
            Self::NotComparable => "not comparable",
            Self::Allowed => "allowed to differ",
        }
    }

    /// Whether numbers may be told beside it.
    pub fn lets_pass(self) -> bool {
        matches!(self, Self::Same | Self::Allowed)
    }
}

impl EffectVerdict {
    /// The verdict in words for people.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::Unseen => "unseen",
            Self::Allowed => "allowed to differ",
        }
    }
}

impl MetricVerdict {
    /// The verdict in words for people.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Above | Self::Below => "matters",
            Self::Within => "no difference that matters",
            Self::Differs => "differs, size unclear",
            Self::Inconclusive => "inconclusive",
        }
    }
}
