//! What `check` found, as every format shows it. The fields that are not
//! skipped are the JSON of docs/json.md, in this order; that shape is frozen:
//! a key is only ever added at the end of its object.

use judge::{AnswersVerdict, GuardVerdict};
use model::{CaseId, Metric, SideName};
use schemars::JsonSchema;
use serde::Serialize;

use crate::compare::{AnswersRow, CaseRow, EffectRow, MeasuredIn};
use crate::verify::{BySide, RunHead};

/// The version of the JSON.
pub const SCHEMA: u32 = 1;

/// What `evenhand check` found out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// A row a guard, in the order of the contract.
    pub guards: Vec<GuardRow>,
    /// Whether the programs give the same answers, over all contracts.
    pub answers: OverallAnswers,
    /// What was checked: one contract, or a side each against a revision.
    pub contracts: Vec<ContractRow>,
    /// The code that the command ends with.
    pub exit: u8,
    /// What it says, in words.
    pub exit_means: String,
    /// The revision that was checked against; null: what the contract says.
    pub base: Option<String>,
    #[serde(skip)]
    pub(crate) version: String,
    #[serde(skip)]
    pub(crate) command: String,
}

/// A guard with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GuardRow {
    /// Its name in the contract.
    pub name: String,
    /// What came of it.
    pub verdict: GuardVerdict,
    /// Of which metric.
    pub metric: Metric,
    /// In which case; null: all measured ones together, or not of runs.
    pub case: Option<CaseId>,
    /// Whose value is bound.
    pub side: SideName,
    /// The other side, where the limit is a ratio to its value; null: a value.
    pub against: Option<SideName>,
    /// Median of `side` / `against`; null where the limit is a value.
    pub ratio: Option<f64>,
    /// Median of `side`, where the limit is a value, in `unit`.
    pub value: Option<f64>,
    /// Lower end of the interval of `ratio` or `value`; null is unbounded or exact.
    pub low: Option<f64>,
    /// Upper end of the interval; null is unbounded or exact.
    pub high: Option<f64>,
    /// The limit of `ratio` or `value`; null: none is recorded.
    pub limit: Option<f64>,
    /// How far beyond it may lie, as a factor.
    pub margin: f64,
    /// And in `unit`.
    pub floor: f64,
    /// Unit of `value`, `floor` and `values`.
    pub unit: MeasuredIn,
    /// Pairs, or values, that count.
    pub pairs: u32,
    /// Medians a side.
    pub values: BySide<f64>,
    /// Where the evidence comes from.
    pub evidence: Evidence,
    /// How old stored evidence is; null: measured now, or there is none.
    pub age_seconds: Option<i64>,
    /// Whether it fails in a second, fresh set of observations too.
    pub confirmed: bool,
    /// Why, in words.
    pub why: String,
    /// What to know beside a guard that does not fail: it did once.
    pub notice: Option<String>,
    /// The contract, by its name in `contracts`.
    pub contract: String,
}

/// Where evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Measured now.
    Fresh,
    /// From the store, of the same programs on the same kind of machine.
    Stored,
    /// What there is is too old.
    Expired,
}

/// The answers of all contracts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OverallAnswers {
    /// The worst of them.
    pub verdict: AnswersVerdict,
    /// Cases compared.
    pub cases: u32,
    /// Cases in which some side's answer differs and may not.
    pub differing: u32,
}

/// One contract that was checked.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ContractRow {
    /// Its name.
    pub name: String,
    /// Whether the programs give the same answers.
    pub answers: AnswersRow,
    /// A row a side effect that was looked at.
    pub effects: Vec<EffectRow>,
    /// Where answers part first; null if they do not.
    pub first_difference: Option<CaseRow>,
    /// Where the evidence comes from.
    pub evidence: Evidence,
    /// How old stored evidence is; null: measured now, or there is none.
    pub age_seconds: Option<i64>,
    /// Whether a failure was looked for in a second, fresh set.
    pub second_set: bool,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
    /// What to know beside the verdicts.
    pub remarks: Vec<String>,
    /// The run; null if there is none.
    pub run: Option<RunHead>,
    /// The machine and its toolchains in a line, for people.
    #[serde(skip)]
    pub(crate) place: Option<String>,
}
