//! claims/DIMENSION.toml.

use std::collections::BTreeMap;

use model::{
    ClaimKind, ClassTest, FactExpectation, Lint, Profile, Relation, Standing, Tier, Witness,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use crate::quantity::Quantity;
use crate::schema::{MetricWord, PredicateKind, Words};
use crate::spanned::Spanned;

/// claims/DIMENSION.toml: sentences, and what decides each.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimsFile {
    /// The sentences, in the order of the page.
    #[serde(default)]
    pub(crate) claim: Vec<ClaimEntry>,
}

/// One sentence and what would bear it out or refute it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimEntry {
    /// dimension/words, the dimension being the file's name.
    pub(crate) id: Text,
    /// One statement of the catalogue; used once.
    #[serde(rename = "ref")]
    pub(crate) reference: Text,
    /// Whether people disagree about it.
    #[schemars(with = "Words<Standing>")]
    pub(crate) standing: Text,
    /// What it rests on.
    #[schemars(with = "Words<ClaimKind>")]
    pub(crate) kind: Text,
    /// The sentence.
    pub(crate) text: String,
    /// The side it speaks for, or neutral (default).
    pub(crate) suits: Option<Text>,
    /// Keys of sources.toml.
    #[serde(default)]
    pub(crate) sources: Vec<Text>,
    /// Criteria of `decide`.
    #[serde(default)]
    pub(crate) feeds: Vec<String>,
    /// Presets and scenarios of decisions/ that put it into numbers.
    #[serde(default)]
    pub(crate) decisions: Vec<Text>,
    /// Why there is no experiment yet, instead of a predicate.
    pub(crate) not_yet: Option<Text>,
    /// What decides it.
    pub(crate) predicate: Option<Spanned<PredicateEntry>>,
}

/// What decides a claim; each kind has its own keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PredicateEntry {
    /// How it is decided.
    #[schemars(with = "Words<PredicateKind>")]
    pub(crate) kind: Text,
    /// The side on top.
    pub(crate) numerator: Option<Text>,
    /// The side below.
    pub(crate) denominator: Option<Text>,
    /// How the numerator stands to the denominator.
    #[schemars(with = "Option<Words<Relation>>")]
    pub(crate) expect: Option<Text>,
    /// What one cell must show.
    #[schemars(with = "Option<Words<Witness>>")]
    pub(crate) witness: Option<Text>,
    /// Where to look.
    pub(crate) cells: Option<Spanned<Vec<CellEntry>>>,
    /// Counts in the programs.
    pub(crate) facts: Option<Spanned<Vec<FactEntry>>>,
    /// Probes and drills: probe/ID, drill/ID.
    pub(crate) experiments: Option<Spanned<Vec<Text>>>,
    /// The least difference that counts as one.
    pub(crate) by: Option<Spanned<u32>>,
    /// Classes of mistakes that have something in common.
    pub(crate) classes: Option<Spanned<Vec<ClassListEntry>>>,
    /// Only classes of these families; default all.
    pub(crate) families: Option<Spanned<Vec<Text>>>,
    /// What is looked up in the pack itself.
    #[schemars(with = "Option<Words<Lint>>")]
    pub(crate) lint: Option<Text>,
    /// A metric that grows from case to case.
    pub(crate) slope: Option<Spanned<SlopeEntry>>,
}

/// Classes of mistakes, of which there has to be one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClassListEntry {
    /// What they have in common.
    #[schemars(with = "Words<ClassTest>")]
    pub(crate) test: Text,
    /// The side that it is said of.
    pub(crate) side: Text,
    /// Defects that all have to be among them; default: one is enough, whichever.
    #[serde(default)]
    pub(crate) of: Vec<Text>,
}

/// Cases of growing size, and the metric that grows with them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlopeEntry {
    /// Which job.
    pub(crate) workload: Text,
    /// A metric of runs.
    #[schemars(with = "MetricWord")]
    pub(crate) metric: Text,
    /// Two or more, smallest first.
    pub(crate) rungs: Spanned<Vec<RungEntry>>,
    /// What one unit of size is, in a word.
    pub(crate) per: Text,
    /// How the programs are built; default release-practice.
    #[schemars(with = "Option<Words<Profile>>")]
    pub(crate) profile: Option<Text>,
    /// Which of a side's programs; default idiomatic.
    #[schemars(with = "Option<Words<Tier>>")]
    pub(crate) tier: Option<Text>,
    /// Blocks with a trial of every rung, fixed beforehand; default 8.
    pub(crate) pairs: Option<Spanned<u32>>,
    /// A factor of 1 or more; default: the metric's.
    pub(crate) margin: Option<Spanned<f64>>,
    /// The least difference that matters, for one unit of size.
    pub(crate) floor: Spanned<Quantity>,
}

/// One case of a slope.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RungEntry {
    /// The case.
    pub(crate) case: Text,
    /// How many.
    pub(crate) size: Spanned<f64>,
}

/// Where a claim looks: one workload and metric.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellEntry {
    /// Which job.
    pub(crate) workload: Text,
    /// Which case; default: every one that measures the metric.
    pub(crate) case: Option<Text>,
    /// What is measured.
    #[schemars(with = "MetricWord")]
    pub(crate) metric: Text,
    /// How the programs are built; default release-practice.
    #[schemars(with = "Option<Vec<Words<Profile>>>")]
    pub(crate) profiles: Option<Spanned<Vec<Text>>>,
    /// Which of a side's programs; default idiomatic.
    #[schemars(with = "Option<Words<Tier>>")]
    pub(crate) tier: Option<Text>,
    /// A factor of 1 or more, both ways; default: the metric's.
    pub(crate) margin: Option<Spanned<f64>>,
    /// The least difference that matters; default: the metric's.
    pub(crate) floor: Option<Spanned<Quantity>>,
    /// Whether --quick includes these cells; default true.
    pub(crate) quick: Option<bool>,
    /// Numerator and denominator, where they are not the claim's: sides, or variants of the workload.
    pub(crate) between: Option<Spanned<Vec<Text>>>,
    /// What is claimed here, where it is not what the ratio says of all.
    #[schemars(with = "Option<Words<Relation>>")]
    pub(crate) expect: Option<Text>,
}

/// One fact and what it should be on each side.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactEntry {
    /// Whose programs.
    pub(crate) workload: Text,
    /// A fact of that workload.
    pub(crate) fact: Text,
    /// present or absent, a side.
    #[schemars(with = "BTreeMap<String, Words<FactExpectation>>")]
    pub(crate) expect: Spanned<BTreeMap<Text, Text>>,
}
