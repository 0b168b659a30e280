//! defects/ID/defect.toml.

use std::collections::BTreeMap;

use model::{AtRun, DefectVariant};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use crate::quantity::Quantity;
use crate::schema::Words;
use crate::spanned::Spanned;

/// defects/ID/defect.toml: a class of mistakes, as a user of each language first writes it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefectFile {
    /// A few words for tables.
    pub(crate) title: Text,
    /// What kind of class it is, in a word that several share: concurrency.
    pub(crate) family: Text,
    /// What is done wrong and what comes of it, one or two sentences.
    pub(crate) mistake: String,
    /// The side it was chosen for, or neutral (default).
    pub(crate) suits: Option<Text>,
    /// Keys of sources.toml, one or more: that people make this mistake.
    pub(crate) sources: Spanned<Vec<Text>>,
    /// Whether it is distilled from one real mistake, which is among the sources; default false.
    #[serde(default)]
    pub(crate) distilled: bool,
    /// Packages of others that the programs use.
    #[serde(default)]
    pub(crate) needs: Vec<Text>,
    /// How often a program is run where it is run; default 1, more for what depends on timing.
    pub(crate) repeats: Option<Spanned<u32>>,
    /// A run that takes longer is a hang; default 5 s.
    pub(crate) budget: Option<Spanned<Quantity>>,
    /// The second line that a right program prints: what it leaves behind.
    pub(crate) left: Option<String>,
    /// What a reader should know.
    pub(crate) note: Option<String>,
    /// Part of --quick; default false.
    #[serde(default)]
    pub(crate) quick: bool,
    /// The argument of the programs.
    pub(crate) input: ExchangePair,
    /// What right programs print.
    pub(crate) answer: ExchangePair,
    /// The programs, two or more a side; or why there is none.
    #[serde(default)]
    pub(crate) program: Vec<DefectProgramEntry>,
}

/// Without and with what triggers the mistake.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExchangePair {
    /// Without.
    pub(crate) quiet: Text,
    /// With.
    pub(crate) trigger: Text,
}

/// One program and what is expected of it; its file is VARIANT.EXTENSION.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefectProgramEntry {
    /// Whose.
    pub(crate) side: Text,
    /// Which of the defect's programs.
    #[schemars(with = "Words<DefectVariant>")]
    pub(crate) variant: Text,
    /// What it does, in a line.
    #[serde(default)]
    pub(crate) about: String,
    /// Each gate that catches it, G0 to G4, and the codes by which it does.
    pub(crate) caught: Option<Spanned<BTreeMap<Text, Vec<Text>>>>,
    /// How a plain run ends that nothing stops.
    #[schemars(with = "Option<Words<AtRun>>")]
    pub(crate) at_run: Option<Text>,
    /// Codes of what tools say of it that is about something else.
    #[serde(default)]
    pub(crate) beside: Vec<Text>,
    /// Instead of a program: why the language has no such mistake.
    pub(crate) cannot_arise: Option<Text>,
}
