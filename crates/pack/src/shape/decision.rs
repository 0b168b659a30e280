//! decision.toml, and the presets and scenarios that a pack brings.

use std::collections::BTreeMap;

use model::decision::{AskKind, Boundary, EvidenceKind, Spacing, Weights};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::value::Datetime;

use super::Text;
use crate::schema::{Day, MetricWord, Words};
use crate::spanned::Spanned;

/// A number and where it stands.
pub(crate) type Number = Spanned<f64>;

/// decision.toml: what is to be chosen, what must hold, what matters, and what is known.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DecisionFile {
    /// What is asked, in a sentence.
    pub(crate) question: Text,
    /// The preset it was begun from.
    pub(crate) from: Option<Text>,
    /// What every component can be written in: two or more.
    pub(crate) options: Spanned<Vec<Text>>,
    /// What it is written in now, if anything.
    pub(crate) incumbent: Option<Text>,
    /// What its people know best, if one of the options.
    pub(crate) team: Option<Text>,
    /// How sure the swing points are; default considered.
    #[schemars(with = "Option<Words<Weights>>")]
    pub(crate) weights: Option<Text>,
    /// Repeats every draw; default 1.
    pub(crate) seed: Option<u32>,
    /// Days after which a record has to be looked at again; default 180.
    pub(crate) valid_days: Option<Spanned<u32>>,
    /// Questions that nobody could answer.
    #[serde(default)]
    pub(crate) open: Vec<String>,
    /// Parts that could be written in languages of their own; default: one.
    #[serde(default)]
    pub(crate) component: Vec<ComponentEntry>,
    /// Which components talk to each other.
    #[serde(default)]
    pub(crate) edge: Vec<EdgeEntry>,
    /// What is true of an option or is not, by name.
    #[serde(default)]
    pub(crate) facts: BTreeMap<Text, OptionFactEntry>,
    /// What has to hold whatever else is gained.
    #[serde(default)]
    pub(crate) must: Vec<MustEntry>,
    /// What matters, by name; `parts` counts languages and boundaries.
    #[serde(default)]
    pub(crate) criteria: BTreeMap<Text, CriterionEntry>,
    /// What is known, by criterion and by option: `go`, or at one component `go@agent`.
    #[serde(default)]
    pub(crate) evidence: BTreeMap<Text, BTreeMap<Text, Spanned<KnownEntry>>>,
    /// Only in a preset: what it is for.
    pub(crate) preset: Option<PresetEntry>,
    /// Only in a preset: what is asked to make it one's own; at most ten.
    #[serde(default)]
    pub(crate) ask: Vec<AskEntry>,
    /// Only in a scenario: what it shows.
    pub(crate) scenario: Option<ScenarioEntry>,
}

/// A part that could be written in a language of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ComponentEntry {
    /// Its name.
    pub(crate) id: Text,
    /// What kind of program it is, such as "service".
    pub(crate) kind: Option<String>,
    /// A workload of the pack to begin with, if it is to be measured.
    pub(crate) workload: Option<Text>,
    /// How much of the whole it is; all together are 1.
    pub(crate) share: Number,
    /// How much a criterion has to do with it, 0 to 1; default 1.
    #[serde(default)]
    pub(crate) relevance: BTreeMap<Text, Number>,
}

/// Two components that talk to each other.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EdgeEntry {
    /// Who asks.
    pub(crate) from: Text,
    /// Who answers.
    pub(crate) to: Text,
    /// What is between them.
    #[schemars(with = "Words<Boundary>")]
    pub(crate) over: Text,
    /// What crossing it adds to a criterion of `from` where the languages differ.
    pub(crate) cost: Option<CostEntry>,
}

/// What a boundary between two languages adds.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CostEntry {
    /// To which criterion.
    pub(crate) criterion: Text,
    /// Least, likely, most for one operation, in the criterion's unit.
    pub(crate) range: Option<Spanned<Vec<f64>>>,
    /// A contract of `evenhand compare` whose two sides differ by the boundary.
    pub(crate) run: Option<Text>,
    /// The side with the boundary and the one without.
    pub(crate) sides: Option<Spanned<Vec<Text>>>,
    /// Which case of the contract.
    pub(crate) case: Option<Text>,
    /// Crossings in an operation for each one in the run; default 1.
    pub(crate) times: Option<Number>,
}

/// Something that is true of an option or is not.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct OptionFactEntry {
    /// Of which options it is known to be true or false.
    pub(crate) holds: BTreeMap<Text, bool>,
    /// Where it is written or shown.
    pub(crate) source: Option<String>,
    /// The sentence of the comparison that it stands on.
    pub(crate) claim: Option<Text>,
}

/// What has to hold: a fact, or a bound on a criterion.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MustEntry {
    /// Names it.
    pub(crate) name: Text,
    /// Where; default: in every component.
    pub(crate) component: Option<Text>,
    /// A fact of `[facts]`.
    pub(crate) fact: Option<Text>,
    /// What the fact has to be; default true.
    pub(crate) is: Option<bool>,
    /// A criterion.
    pub(crate) criterion: Option<Text>,
    /// Its value may not be more, in its unit.
    pub(crate) at_most: Option<Number>,
    /// Its value may not be less, in its unit.
    pub(crate) at_least: Option<Number>,
    /// Why.
    pub(crate) why: Option<String>,
}

/// Something that matters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CriterionEntry {
    /// What its values are counted in; of a measured one a unit such as "MiB" or "ms".
    pub(crate) unit: Option<Text>,
    /// The worst that is still acceptable: worth nothing.
    pub(crate) floor: Number,
    /// Where more brings no further benefit: worth one.
    pub(crate) goal: Number,
    /// How values between them are spaced; default linear.
    #[schemars(with = "Option<Words<Spacing>>")]
    pub(crate) scale: Option<Text>,
    /// From floor to goal, how much does it matter, the top one having 100?
    pub(crate) points: Number,
    /// What `evenhand compare` measures of it.
    #[schemars(with = "Option<MetricWord>")]
    pub(crate) metric: Option<Text>,
    /// Why these numbers.
    pub(crate) why: Option<String>,
    /// The sentence of the comparison that is about it.
    pub(crate) claim: Option<Text>,
}

/// What is known of a criterion under an option.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KnownEntry {
    /// What kind of evidence it is.
    #[schemars(with = "Words<EvidenceKind>")]
    pub(crate) kind: Text,
    /// Of a fact: the value, in the criterion's unit.
    pub(crate) value: Option<Number>,
    /// Of an estimate, or while there is no run: least, likely, most, in the criterion's unit.
    pub(crate) range: Option<Spanned<Vec<f64>>>,
    /// The option whose value is multiplied.
    pub(crate) against: Option<Text>,
    /// By what, where it is documented or while there is no run: least, likely, most.
    pub(crate) ratio: Option<Spanned<Vec<f64>>>,
    /// How much of that value the program's own code decides, 0 to 1: least, likely, most.
    pub(crate) controlled: Option<Spanned<Vec<f64>>>,
    /// The newest run of this contract or pack, or the run of this id.
    pub(crate) run: Option<Text>,
    /// Of a pack: which workload.
    pub(crate) workload: Option<Text>,
    /// Which case; default: the first that was measured.
    pub(crate) case: Option<Text>,
    /// The run's names of the two sides; default: those of the options.
    pub(crate) sides: Option<Spanned<Vec<Text>>>,
    /// Days after which a run is not believed any more; default 180.
    pub(crate) max_age_days: Option<u32>,
    /// Where it is from.
    pub(crate) source: Option<String>,
    /// When it was true.
    #[schemars(with = "Option<Day>")]
    pub(crate) as_of: Option<Spanned<Datetime>>,
}

/// What a preset is for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PresetEntry {
    /// In a few words.
    pub(crate) title: String,
    /// Why its numbers are what they are.
    pub(crate) reasoning: String,
}

/// A question of a preset.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AskEntry {
    /// As a person would ask.
    pub(crate) question: Text,
    /// The key that the answer is for, such as "criteria.delivery.points".
    pub(crate) set: Text,
    /// What may be answered.
    #[schemars(with = "Words<AskKind>")]
    pub(crate) kind: Text,
    /// Words to choose from.
    #[serde(default)]
    pub(crate) choices: Vec<String>,
    /// What "none" removes; default: "none" is no answer.
    pub(crate) none_removes: Option<Text>,
}

/// What a scenario shows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ScenarioEntry {
    /// In a few words.
    pub(crate) title: String,
    /// Of a public case: whose decision it was.
    pub(crate) who: Option<String>,
    /// What they took: an option, or a split such as "go + rust".
    pub(crate) chose: Option<Text>,
    /// Where they say so.
    pub(crate) source: Option<String>,
    /// When it was read there.
    #[schemars(with = "Option<Day>")]
    pub(crate) read: Option<Spanned<Datetime>>,
    /// Where the model and they differ: why.
    pub(crate) differs: Option<String>,
}
