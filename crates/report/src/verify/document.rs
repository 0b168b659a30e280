//! What `verify` found, as every format shows it. The fields that are not
//! skipped are the JSON of docs/json.md, in this order; that shape is frozen:
//! a key is only ever added at the end of its object.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use model::{
    CaseId, ClaimId, ClaimKind, Environment, Experiment, ItemId, Metric, PlanMode, Profile, RunEnd,
    RunId, Scale, SideName, Standing, Tier, ToolchainName, Unit, Verdict, WorkloadId,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::classes::ClassesRow;
use super::lineup::LineupRow;
use crate::defect::{DefectRow, GateRow};

/// The version of the JSON.
pub const SCHEMA: u32 = 1;

/// What `evenhand verify` found out, or what it would look at.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VerifyDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// The pack's name.
    pub pack: String,
    /// Where it was measured; null if nothing was run.
    pub environment: Option<Environment>,
    /// Counts over the claims.
    pub coverage: CoverageCounts,
    /// Each side against itself.
    pub self_check: Vec<SelfCheckRow>,
    /// The claims chosen, in the order of the pack.
    pub claims: Vec<ClaimRow>,
    /// What to know beside the verdicts.
    pub remarks: Vec<String>,
    /// The run; null if nothing was run.
    pub run: Option<RunHead>,
    /// The day on which ages were judged.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// Cases that more than two programs were driven in, with medians of each.
    pub lineups: Vec<LineupRow>,
    /// Classes of mistakes, and where each is caught.
    pub defects: Vec<DefectRow>,
    /// What each tool cost that they were taken through.
    pub gates: Vec<GateRow>,
    #[serde(skip)]
    pub(crate) frame: Frame,
}

/// Counts over the claims of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoverageCounts {
    /// All: the sum of run, documented, judgement and not_run.
    pub claims: u32,
    /// Those that people disagree about.
    pub contested: u32,
    /// With an observation.
    pub run: u32,
    /// Resting on a dated source.
    pub documented: u32,
    /// Left to the reader.
    pub judgement: u32,
    /// Without an observation.
    pub not_run: u32,
}

/// One side run against itself, in the blocks of the pilot.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SelfCheckRow {
    /// The workload.
    pub workload: WorkloadId,
    /// The metric.
    pub metric: Metric,
    /// Median ratio of one run to the other run of the same side in a block: 1 is no difference.
    pub ratio: f64,
    /// Lower end of its interval; null is unbounded.
    pub low: Option<f64>,
    /// Upper end of its interval; null is unbounded.
    pub high: Option<f64>,
    /// The side.
    pub side: SideName,
    /// The workload's case.
    pub case: Option<CaseId>,
    /// The least factor that this machine can tell apart in the budget; null is unknown.
    pub tells_apart: Option<f64>,
}

/// One sentence with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ClaimRow {
    /// `dimension/slug`.
    pub id: ClaimId,
    /// The statement of the catalogue that it answers, such as `C29a`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// The group it belongs to: the part of `id` before the slash.
    pub dimension: String,
    /// Whether people disagree about it.
    pub standing: Standing,
    /// What it rests on.
    pub kind: ClaimKind,
    /// What may be said of it; null in a list, where nothing is judged.
    pub verdict: Option<Verdict>,
    /// Why, in one line.
    pub reason: String,
    /// What it stands on, such as `workload/hello`.
    #[schemars(with = "Vec<String>")]
    pub experiments: Vec<Experiment>,
    /// A row a cell or fact.
    pub evidence: Vec<EvidenceRow>,
    /// The sentence.
    pub text: String,
    /// Where it depends: each condition with what was seen under it.
    pub conditions: Vec<String>,
    /// The side that the sentence was chosen to suit; null is neither.
    pub suits: Option<SideName>,
    /// Where the sentence comes from.
    pub sources: Vec<SourceRow>,
    /// A row a check of a probe or step of a drill.
    pub attempts: Vec<AttemptRow>,
    /// Classes of mistakes by name, both ways.
    pub classes: Vec<ClassesRow>,
}

/// One check of a probe or step of a drill.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AttemptRow {
    /// Where it comes from, such as `probe/use-after-move`.
    #[schemars(with = "String")]
    pub experiment: Experiment,
    /// The check or step.
    pub item: ItemId,
    /// Whose.
    pub side: SideName,
    /// What it does, in a line.
    pub about: String,
    /// Which toolchain was to be asked: `installed`, or a name of its language's.
    pub toolchain: ToolchainName,
    /// The version that was; empty if the attempt was not made.
    pub version: String,
    /// What was expected, in words.
    pub expected: String,
    /// What was seen, in words; if it was not made, why.
    pub seen: String,
    /// Whether the program got through, or the command succeeded; null: not made, or cut off.
    pub passed: Option<bool>,
    /// Whether it came as expected; null: not made, or cut off.
    pub as_said: Option<bool>,
    /// How long it took.
    pub seconds: Option<f64>,
}

/// One row of evidence: a cell that was measured, or a fact that was counted.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EvidenceRow {
    /// Where it comes from, such as `workload/hello`.
    #[schemars(with = "String")]
    pub experiment: Experiment,
    /// A metric such as `build_clean`; `fact:` and the fact's name; or `slope:`, a metric and what
    /// it is for each of.
    pub metric: Measured,
    /// Unit of `difference`, `floor`, `values`, `spread`, and of `low` and
    /// `high` if `scale` is difference.
    pub unit: Unit,
    /// How the programs were built.
    pub profile: Profile,
    /// How far the programs' authors went.
    pub tier: Tier,
    /// The side on top.
    pub numerator: SideName,
    /// The side below.
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
    pub margin: Option<f64>,
    /// The absolute floor fixed before the run, in `unit`.
    pub floor: Option<f64>,
    /// The side that the measurement favours; null inside the margin or undecided.
    pub favours: Option<SideName>,
    /// Medians a side; for facts the counts.
    pub values: BySide<f64>,
    /// The workload's case; null for builds and artefacts.
    pub case: Option<CaseId>,
    /// What this row shows by itself.
    pub finding: Shown,
    /// Why nothing is shown, in words; null if something is.
    pub why: Option<String>,
    /// Pairs still needed; null unless inconclusive and resolvable.
    pub more_pairs: Option<u64>,
    /// 5th and 95th percentile a side, in `unit`.
    pub spread: BySide<[f64; 2]>,
    /// Pairs that were void, by the side that failed in them.
    pub voids: BySide<u32>,
    /// What to know about this row.
    pub warnings: Vec<String>,
    /// What a fact counts, in words; null for metrics.
    pub about: Option<String>,
    /// Ratios of the pairs, for the strip under the interval.
    #[serde(skip)]
    pub(crate) pair_ratios: Vec<f64>,
}

/// What one row of evidence shows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The numerator is less, beyond the margin.
    Below,
    /// The numerator is more, beyond the margin.
    Above,
    /// The same within the margin.
    Inside,
    /// Different, but the size straddles the margin.
    Differs,
    /// Too few pairs for this noise.
    Inconclusive,
    /// The programs do not give the same answers.
    NotComparable,
    /// No observation.
    NotRun,
    /// The counts are as the sentence says.
    AsSaid,
    /// The counts are not as the sentence says.
    NotAsSaid,
}

/// A metric or a fact, as `evidence.metric` names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measured {
    /// A metric.
    Metric(Metric),
    /// A fact by its name in the workload.
    Fact(String),
    /// How a metric grows with each of something.
    Slope {
        /// The metric.
        metric: Metric,
        /// What one unit of size is, in a word.
        per: String,
    },
}

impl Serialize for Measured {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Metric(metric) => metric.serialize(serializer),
            Self::Fact(id) => serializer.collect_str(&format_args!("fact:{id}")),
            Self::Slope { metric, per } => serializer
                .collect_str(&format_args!("slope:{}:{per}", metric.name().replace('-', "_"))),
        }
    }
}

/// Values by side, in the order of the pack; a JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BySide<T>(pub Vec<(SideName, T)>);

impl<T> BySide<T> {
    /// The value of a side.
    pub(crate) fn of(&self, side: &SideName) -> Option<&T> {
        self.0.iter().find(|(name, _)| name == side).map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for BySide<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(side, value)| (side, value)))
    }
}

macro_rules! schema_as {
    ($type:ty, $like:ty $(, $param:ident)?) => {
        impl$(<$param: JsonSchema>)? JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$like>::json_schema(generator)
            }
        }
    };
}
schema_as!(Measured, String);
schema_as!(BySide<T>, BTreeMap<String, T>, T);

/// Where a sentence comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SourceRow {
    /// The document.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where it is, as a citation.
    pub url: String,
    /// When the sentence was last compared with it.
    #[schemars(with = "Option<String>")]
    pub checked: Option<Date>,
    /// Days after which it should be read again.
    pub max_age_days: Option<u32>,
}

/// The run behind a document.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RunHead {
    /// Its id in the store.
    pub id: RunId,
    /// When it began.
    #[schemars(with = "String")]
    pub started: Timestamp,
    /// How much was planned.
    pub mode: PlanMode,
    /// Every order and padding was drawn from it.
    pub seed: u64,
    /// Evenhand's version.
    pub version: String,
    /// SHA-256 of the pack.
    pub pack_hash: String,
    /// The command that repeats it.
    pub repeat: String,
    /// How it ended; null while it runs or after it was killed.
    pub end: Option<RunEnd>,
}

/// What the page shows around the data; no part of the JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) text_date: Date,
    pub(crate) sides: Vec<(SideName, String)>,
    pub(crate) dimensions: Vec<(String, String)>,
    pub(crate) prose: String,
    pub(crate) all_claims: BTreeMap<ClaimId, String>,
    pub(crate) workloads: BTreeMap<WorkloadId, WorkloadNote>,
    /// Probes and drills in a few words.
    pub(crate) titles: Vec<(Experiment, String)>,
    /// What a profile puts into an artefact, a side.
    pub(crate) contents: BTreeMap<(Profile, SideName), String>,
    pub(crate) version: String,
    /// The pack as commands name it, unless they need not.
    pub(crate) pack: Option<String>,
}

/// A workload in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WorkloadNote {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) suits: Option<SideName>,
}
