//! comparison.toml and sources.toml.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::value::Datetime;

use super::Text;
use crate::schema::Day;
use crate::spanned::Spanned;

/// comparison.toml: sides and dimensions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComparisonFile {
    /// The pack's name; default: the folder's.
    pub(crate) name: Option<Text>,
    /// The page's title.
    pub(crate) title: String,
    /// When the text was last read through.
    #[schemars(with = "Day")]
    pub(crate) text_date: Spanned<Datetime>,
    /// Kinds of software that the text speaks of.
    #[serde(default)]
    pub(crate) classes: Vec<Text>,
    /// Licences, as SPDX writes them, that packages in the programs may have; default: not checked.
    #[serde(default)]
    pub(crate) licences: Vec<Text>,
    /// The things compared; two or more.
    #[serde(default)]
    pub(crate) side: Vec<SideEntry>,
    /// Groups of claims, in the order of the page.
    #[serde(default)]
    pub(crate) dimension: Vec<DimensionEntry>,
}

/// One of the things compared.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SideEntry {
    /// In tables, claims and JSON.
    pub(crate) name: Text,
    /// For people.
    pub(crate) title: String,
    /// The language that builds it: languages/ID.toml.
    pub(crate) language: Text,
}

/// A group of claims.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DimensionEntry {
    /// The part of a claim's id before the slash; its claims are in claims/ID.toml.
    pub(crate) id: Text,
    /// A heading.
    pub(crate) title: String,
}

/// sources.toml: where sentences come from, by the key that claims use.
pub(crate) type SourcesFile = BTreeMap<Text, SourceEntry>;

/// A document that sentences rest on; its key is what claims name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceEntry {
    /// The document.
    pub(crate) title: String,
    /// Who publishes it.
    pub(crate) publisher: String,
    /// Where it is.
    pub(crate) url: String,
    /// When sentence and document were last compared.
    #[schemars(with = "Option<Day>")]
    pub(crate) checked: Option<Spanned<Datetime>>,
    /// Read it again after so many days.
    pub(crate) max_age_days: Option<u32>,
}
