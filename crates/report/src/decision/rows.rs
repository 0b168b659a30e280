//! Parts of a decision's JSON; the keys are docs/json.md's.

use jiff::civil::Date;
use model::decision::{Boundary, EvidenceKind, Spacing};
use model::{ClaimId, CriterionId, Metric, PartId, RunId, SideName};
use schemars::JsonSchema;
use serde::Serialize;

/// One value or what it may be: nine draws of ten lie between low and high.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ValueRow {
    /// 5th percentile.
    pub low: f64,
    /// Median.
    pub typical: f64,
    /// 95th percentile.
    pub high: f64,
}

impl From<(f64, f64, f64)> for ValueRow {
    fn from((low, typical, high): (f64, f64, f64)) -> Self {
        Self { low, typical, high }
    }
}

/// An option: a language for everything, or a split.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OptionRow {
    /// `go`, or `go (control) + rust (agent)`.
    pub name: String,
    /// Share of the draws in which it is nearly as good as the best; 0 where it is ruled out.
    pub safe: f64,
    /// `in`, `unproven` or `out`.
    pub standing: &'static str,
    /// Expected worth, 0 to 1; null where it is ruled out.
    pub worth: Option<f64>,
    /// Nine draws of ten are worth at least this.
    pub low: Option<f64>,
    /// And at most this.
    pub high: Option<f64>,
    /// Languages, and boundaries between two of them.
    pub parts: u32,
    /// What each component is written in.
    pub components: Vec<AtRow>,
    /// Every must.
    pub musts: Vec<MetRow>,
    /// Every criterion.
    pub criteria: Vec<OfCriterion>,
    /// Where two languages meet.
    pub boundaries: Vec<BoundaryRow>,
    #[serde(skip)]
    pub(crate) title: String,
}

/// What a component is written in.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AtRow {
    /// The component.
    pub component: PartId,
    /// What it is written in.
    pub option: SideName,
}

/// A must under an option.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MetRow {
    /// Its name.
    pub must: PartId,
    /// `in`, `unproven` or `out`.
    pub standing: &'static str,
    /// Share of the draws in which it is met; one half: nobody knows.
    pub probability: f64,
    /// The typical value furthest from the limit; null of a fact.
    pub value: Option<f64>,
}

/// A criterion under an option.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OfCriterion {
    /// Its name.
    pub criterion: CriterionId,
    /// What its values are worth on average, 0 to 1.
    pub worth: f64,
    /// What that adds to the option's worth.
    pub contributes: f64,
    /// A value a component, in the criterion's unit; of parts one.
    pub values: Vec<ValueRow>,
}

/// Where two languages meet.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct BoundaryRow {
    /// Who asks.
    pub from: PartId,
    /// Who answers.
    pub to: PartId,
    /// What is between them.
    pub over: Boundary,
    /// Whether the two are programs of their own in one language too.
    pub there_anyway: bool,
    /// The criterion that crossing costs something of; null: none is named.
    pub criterion: Option<CriterionId>,
    /// What crossing adds for one operation.
    pub adds: Option<ValueRow>,
    /// The run that measured it; null: it is an estimate.
    pub run: Option<RunId>,
}

/// A criterion as it was stated.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CriterionRow {
    /// Its name.
    pub criterion: CriterionId,
    /// What its values are counted in.
    pub unit: String,
    /// Worth nothing from here on.
    pub floor: f64,
    /// Worth one from here on.
    pub goal: f64,
    /// How values between them are spaced.
    pub scale: Spacing,
    /// Swing points, 0 to 100.
    pub points: f64,
    /// What is measured of it.
    pub metric: Option<Metric>,
    /// Why, in the words of who wrote it.
    pub why: Option<String>,
    /// The sentence of the comparison that is about it.
    pub claim: Option<ClaimId>,
}

/// A must as it was stated.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MustRow {
    /// Its name.
    pub must: PartId,
    /// Where; null: in every component.
    pub component: Option<PartId>,
    /// What it requires, in words.
    pub requires: String,
    /// Why, in the words of who wrote it.
    pub why: Option<String>,
    /// Of a fact: where it is written or shown.
    pub source: Option<String>,
    /// Of a fact: the sentence of the comparison that it stands on.
    pub claim: Option<ClaimId>,
}

/// What is known of a criterion under an option.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EvidenceRow {
    /// Of what.
    pub criterion: CriterionId,
    /// Under which option.
    pub option: SideName,
    /// Where; null: at every component.
    pub component: Option<PartId>,
    /// What kind of evidence it is; null: nothing is known.
    pub kind: Option<EvidenceKind>,
    /// The run it is from; null: none, or none yet.
    pub run: Option<RunId>,
    /// The day of the run, or when what is said was true.
    #[schemars(with = "Option<String>")]
    pub day: Option<Date>,
    /// Whole days since the run; null without one.
    pub age_days: Option<i64>,
    /// Pairs of the run that count; null without one.
    pub pairs: Option<u32>,
    /// Where it is from, in words.
    pub source: Option<String>,
    /// Whether a run is named and none is there: what is taken instead is a guess.
    pub missing: bool,
    /// The command that measures it; null where nothing can be measured.
    pub command: Option<String>,
}

/// What would turn the answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FlipRow {
    /// `weight`, `evidence` or `must`.
    pub kind: &'static str,
    /// The criterion, or the must.
    pub of: String,
    /// Of evidence: under which option.
    pub option: Option<SideName>,
    /// Of evidence: at which component, where there are several.
    pub component: Option<PartId>,
    /// What it is now: points, or the typical value; null of a must.
    pub now: Option<f64>,
    /// Where it turns: points, or a value in the criterion's unit; null of a must.
    pub at: Option<f64>,
    /// Of evidence: whether that lies where the value may be by what is known.
    pub inside: Option<bool>,
    /// Who is as good from there on, or returns.
    pub to: Vec<String>,
    /// The same in words.
    pub words: String,
    /// Of a weight: the points of all other criteria together.
    pub others: Option<f64>,
}

/// What knowing more would save.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NextRow {
    /// Of which criterion.
    pub criterion: CriterionId,
    /// At which component, where there are several.
    pub component: Option<PartId>,
    /// The share of what is lost by choosing now that it would save, 0 to 1.
    pub saves: f64,
    /// What measures it; empty: nothing does, and an estimate has to be narrowed.
    pub commands: Vec<String>,
}

/// The least to give up where no option is left.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RelaxRow {
    /// The musts.
    pub musts: Vec<PartId>,
    /// For each the limit that would do; null of a fact.
    pub limits: Vec<Option<f64>>,
    /// What would be an option then.
    pub returns: String,
    /// The same in words.
    pub words: String,
}
