//! What `compare` found, as every format shows it. The fields that are not
//! skipped are the JSON of docs/json.md, in this order; that shape is frozen:
//! a key is only ever added at the end of its object.

use std::collections::BTreeMap;

use judge::{AnswersVerdict, EffectVerdict, MetricVerdict};
use model::contract::Better;
use model::{
    Aspect, CaseId, Effect, Environment, LanguageId, MemorySource, Metric, Profile, Scale,
    SideName, Unit, WorkloadId,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::verify::{BySide, RunHead, SelfCheckRow};

/// The version of the JSON.
pub const SCHEMA: u32 = 1;

/// What `evenhand compare` found out.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CompareDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// The sides; the first is the denominator.
    pub sides: Vec<SideRow>,
    /// Whether they give the same answers.
    pub answers: AnswersRow,
    /// A row a side effect that was looked at.
    pub effects: Vec<EffectRow>,
    /// A row a metric, case and side beyond the first, primary ones first; empty if withheld.
    pub metrics: Vec<MetricRow>,
    /// Each side against itself.
    pub self_check: Vec<SelfCheckRow>,
    /// Where answers part first; null if they do not.
    pub first_difference: Option<CaseRow>,
    /// Why no metric is told; null: they are told.
    pub withheld: Option<WithheldRow>,
    /// What to know beside the numbers.
    pub remarks: Vec<String>,
    /// The contract's name.
    pub name: WorkloadId,
    /// How projects were built.
    pub profile: Profile,
    /// The programs that were run.
    pub programs: Vec<ProgramRow>,
    /// Where it was measured; null if it was measured elsewhere.
    pub environment: Option<Environment>,
    /// The run; null if it was measured elsewhere.
    pub run: Option<RunHead>,
    #[serde(skip)]
    pub(crate) frame: Frame,
}

/// One of the programs compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SideRow {
    /// Names it in everything that follows.
    pub name: SideName,
    /// Where it comes from: `project`, `built` or `program`.
    pub kind: &'static str,
    /// Its language; null if it is not known.
    #[schemars(with = "Option<String>")]
    pub language: Option<LanguageId>,
}

/// The answers of all sides to all cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnswersRow {
    /// What came of comparing them.
    pub verdict: AnswersVerdict,
    /// Cases compared.
    pub cases: u32,
    /// Cases in which some side's answer differs and may not.
    pub differing: u32,
    /// Every difference that is not let pass, and sides whose runs fail.
    pub by_case: Vec<CaseRow>,
    /// Cases that differ and may.
    pub allowed: Vec<AllowedRow>,
}

/// One answer that is not the first side's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CaseRow {
    /// In which case; null: in timed runs of all cases.
    pub case: Option<CaseId>,
    /// Whose answer.
    pub side: SideName,
    /// What of it.
    pub aspect: Aspect,
    /// Where they part first, or why there is none; maybe several lines.
    pub told: String,
}

/// Something unlike that is let pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AllowedRow {
    /// The case.
    pub case: CaseId,
    /// Why it may pass.
    pub reason: String,
}

/// One side effect of all sides, over all cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EffectRow {
    /// Which.
    pub effect: Effect,
    /// How many a side; null: it cannot be known.
    pub values: BySide<Option<u64>>,
    /// What came of comparing them.
    pub verdict: EffectVerdict,
    /// The allowance's reason, why it cannot be known, or what is apart.
    pub reason: Option<String>,
    /// The first few of them a side.
    pub told: BySide<String>,
}

/// One metric of two sides.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MetricRow {
    /// Which.
    pub metric: Metric,
    /// Unit of `difference`, `floor`, `values`, `spread`, and of `low` and
    /// `high` if `scale` is difference.
    pub unit: MeasuredIn,
    /// The side on top.
    pub numerator: SideName,
    /// The side below: the document's first.
    pub denominator: SideName,
    /// What `low` and `high` are in.
    pub scale: Scale,
    /// Median of numerator / denominator.
    pub ratio: Option<f64>,
    /// Median of numerator - denominator.
    pub difference: Option<f64>,
    /// Lower end of the interval; null is unbounded, or exact if `level` is null.
    pub low: Option<f64>,
    /// Upper end of the interval; null is unbounded, or exact if `level` is null.
    pub high: Option<f64>,
    /// Coverage of the interval as a fraction; null for exact values.
    pub level: Option<f64>,
    /// Pairs that count.
    pub pairs: u32,
    /// The margin fixed before the run: a factor, two-sided as its reciprocal.
    pub margin: f64,
    /// The absolute floor fixed before the run, in `unit`.
    pub floor: f64,
    /// How the numerator stands to the denominator.
    pub verdict: MetricVerdict,
    /// Whether it is one of those that decide when measuring ends.
    pub primary: bool,
    /// Medians a side.
    pub values: BySide<f64>,
    /// The case; null: all measured ones together, or not of runs.
    pub case: Option<CaseId>,
    /// Which end is the better one; verdicts are literal all the same.
    pub better: Better,
    /// Pairs still needed; null: settled, will not resolve, or unknown.
    pub more_pairs: Option<u64>,
    /// Why it is inconclusive, in words; null otherwise.
    pub why: Option<String>,
    /// 5th and 95th percentile a side, in `unit`.
    pub spread: BySide<[f64; 2]>,
    /// Medians a side by its place in the block, from 0.
    pub by_position: BySide<BTreeMap<u32, f64>>,
    /// Runs that failed a side; their pairs are void.
    pub voids: BySide<u32>,
    /// What to know about this row.
    pub warnings: Vec<String>,
    /// Why it should not be believed, if it is told in spite of that; null otherwise.
    pub marked: Option<String>,
    /// Where figures of memory come from, a side.
    pub memory_source: BySide<MemorySource>,
    /// Whether the runs of the sides were not interleaved: it was measured elsewhere.
    pub unpaired: bool,
    /// Values of the pairs, denominator first, in the order of the blocks.
    #[serde(skip)]
    pub(crate) pairs_seen: Vec<(f64, f64)>,
}

/// What a value counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeasuredIn {
    /// A unit of Evenhand's own metrics.
    Unit(Unit),
    /// What the user's own metric counts.
    Label(String),
}

impl Serialize for MeasuredIn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unit(unit) => unit.serialize(serializer),
            Self::Label(label) => label.serialize(serializer),
        }
    }
}

impl JsonSchema for MeasuredIn {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MeasuredIn".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "`seconds`, `bytes`, `count`, or what the user's own metric counts.",
            "type": "string",
        })
    }
}

/// Why numbers are kept back, and how to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WithheldRow {
    /// One line a reason.
    pub why: Vec<String>,
    /// Names that `--allow` takes to let what differs pass.
    pub allow: Vec<String>,
}

/// A side's program as it was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProgramRow {
    /// Whose.
    pub side: SideName,
    /// SHA-256 of the file that is started.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The toolchain that built it; null if it was built before.
    pub toolchain: Option<String>,
    /// What is in it by its profile, in words.
    pub content: Option<String>,
    /// Whether it carries neither debug information nor symbols; null is unknown.
    pub stripped: Option<bool>,
}

/// What formats show around the data; no part of the JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) version: String,
    pub(crate) command: String,
    /// Whether cases are told one by one.
    pub(crate) each_case: bool,
    /// How every run was set up, where it is not the usual way.
    pub(crate) setting: Vec<(&'static str, String)>,
}
