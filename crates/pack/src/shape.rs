//! The files of a pack as TOML: which keys there are and of which type. What
//! is a word, an id or a reference here gets its meaning in [`crate::meaning`].

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::quantity::Quantity;

/// A string and where it stands.
pub(crate) type Text = Spanned<String>;

/// comparison.toml
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComparisonFile {
    pub(crate) name: Option<Text>,
    pub(crate) title: String,
    pub(crate) text_date: Spanned<Datetime>,
    #[serde(default)]
    pub(crate) classes: Vec<Text>,
    #[serde(default)]
    pub(crate) side: Vec<SideEntry>,
    #[serde(default)]
    pub(crate) dimension: Vec<DimensionEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SideEntry {
    pub(crate) name: Text,
    pub(crate) title: String,
    pub(crate) language: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DimensionEntry {
    pub(crate) id: Text,
    pub(crate) title: String,
}

/// sources.toml
pub(crate) type SourcesFile = BTreeMap<Text, SourceEntry>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceEntry {
    pub(crate) title: String,
    pub(crate) publisher: String,
    pub(crate) url: String,
    pub(crate) checked: Option<Spanned<Datetime>>,
    pub(crate) max_age_days: Option<u32>,
}

/// claims/DIMENSION.toml
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimsFile {
    #[serde(default)]
    pub(crate) claim: Vec<ClaimEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimEntry {
    pub(crate) id: Text,
    #[serde(rename = "ref")]
    pub(crate) reference: Text,
    pub(crate) standing: Text,
    pub(crate) kind: Text,
    pub(crate) text: String,
    pub(crate) suits: Option<Text>,
    #[serde(default)]
    pub(crate) sources: Vec<Text>,
    #[serde(default)]
    pub(crate) feeds: Vec<String>,
    pub(crate) not_yet: Option<Text>,
    pub(crate) predicate: Option<Spanned<PredicateEntry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PredicateEntry {
    pub(crate) kind: Text,
    pub(crate) numerator: Option<Text>,
    pub(crate) denominator: Option<Text>,
    pub(crate) expect: Option<Text>,
    pub(crate) witness: Option<Text>,
    pub(crate) cells: Option<Spanned<Vec<CellEntry>>>,
    pub(crate) facts: Option<Spanned<Vec<FactEntry>>>,
    pub(crate) experiments: Option<Spanned<Vec<Text>>>,
    pub(crate) by: Option<Spanned<u32>>,
    pub(crate) lint: Option<Text>,
    pub(crate) slope: Option<Spanned<SlopeEntry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlopeEntry {
    pub(crate) workload: Text,
    pub(crate) metric: Text,
    pub(crate) rungs: Spanned<Vec<RungEntry>>,
    pub(crate) per: Text,
    pub(crate) profile: Option<Text>,
    pub(crate) tier: Option<Text>,
    pub(crate) pairs: Option<Spanned<u32>>,
    pub(crate) margin: Option<Spanned<f64>>,
    pub(crate) floor: Spanned<Quantity>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RungEntry {
    pub(crate) case: Text,
    pub(crate) size: Spanned<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellEntry {
    pub(crate) workload: Text,
    pub(crate) case: Option<Text>,
    pub(crate) metric: Text,
    pub(crate) profiles: Option<Spanned<Vec<Text>>>,
    pub(crate) tier: Option<Text>,
    pub(crate) margin: Option<Spanned<f64>>,
    pub(crate) floor: Option<Spanned<Quantity>>,
    pub(crate) quick: Option<bool>,
    pub(crate) expect: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactEntry {
    pub(crate) workload: Text,
    pub(crate) fact: Text,
    pub(crate) expect: Spanned<BTreeMap<Text, Text>>,
}

/// workloads/ID/workload.toml
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkloadFile {
    pub(crate) title: Text,
    pub(crate) about: String,
    pub(crate) suits: Option<Text>,
    #[serde(default)]
    pub(crate) classes: Vec<Text>,
    #[serde(default)]
    pub(crate) quick: bool,
    pub(crate) expected_seconds: Spanned<f64>,
    pub(crate) profiles: Option<Spanned<Vec<Text>>>,
    pub(crate) answers: Option<Text>,
    #[serde(default)]
    pub(crate) metrics: Vec<Text>,
    pub(crate) build_pairs: Option<Spanned<u32>>,
    #[serde(default)]
    pub(crate) program: Vec<ProgramEntry>,
    #[serde(default)]
    pub(crate) input: BTreeMap<Text, InputEntry>,
    #[serde(default)]
    pub(crate) case: Vec<CaseEntry>,
    #[serde(default)]
    pub(crate) fact: Vec<FactProbeEntry>,
    pub(crate) generate: Option<GenerateEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GenerateEntry {
    pub(crate) template: Text,
    pub(crate) units: Spanned<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgramEntry {
    pub(crate) side: Text,
    pub(crate) tier: Option<Text>,
    pub(crate) folder: Option<Text>,
    pub(crate) edit: Option<EditEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditEntry {
    pub(crate) file: Text,
    pub(crate) find: Text,
    pub(crate) replace: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InputEntry {
    pub(crate) kind: Text,
    pub(crate) path: Option<Text>,
    pub(crate) rows: Option<Spanned<u64>>,
    pub(crate) files: Option<Spanned<u64>>,
    pub(crate) bytes: Option<Spanned<Quantity>>,
    pub(crate) seed: Option<Spanned<u64>>,
    pub(crate) sha256: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseEntry {
    pub(crate) id: Text,
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    pub(crate) stdin: Option<Text>,
    #[serde(default)]
    pub(crate) exit: i32,
    #[serde(default)]
    pub(crate) metrics: Vec<Text>,
    pub(crate) deadline_seconds: Option<Spanned<f64>>,
    pub(crate) alike: Option<AlikeEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlikeEntry {
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) pattern: Text,
    pub(crate) factor: Spanned<f64>,
}

/// A fact is counted in exactly one of the ways.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactProbeEntry {
    pub(crate) id: Text,
    pub(crate) about: String,
    pub(crate) profile: Option<Text>,
    pub(crate) symbols: Option<Text>,
    pub(crate) sections: Option<Text>,
    pub(crate) native_executable: Option<Spanned<bool>>,
    pub(crate) statically_linked: Option<Spanned<bool>>,
    pub(crate) stderr_lines: Option<Spanned<StderrEntry>>,
    pub(crate) same_answers: Option<Spanned<bool>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StderrEntry {
    pub(crate) case: Text,
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) pattern: Text,
}

/// probes/ID/probe.toml
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProbeFile {
    pub(crate) title: Text,
    pub(crate) about: String,
    pub(crate) suits: Option<Text>,
    pub(crate) quick: Option<bool>,
    #[serde(default)]
    pub(crate) check: Vec<CheckEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckEntry {
    pub(crate) id: Text,
    pub(crate) side: Text,
    pub(crate) about: String,
    pub(crate) file: Text,
    pub(crate) at: Option<Text>,
    pub(crate) expect: Text,
    pub(crate) code: Option<Text>,
    pub(crate) says: Option<Text>,
    #[serde(default)]
    pub(crate) args: Vec<String>,
    pub(crate) toolchain: Option<Text>,
}

/// drills/ID/drill.toml
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrillFile {
    pub(crate) title: Text,
    pub(crate) about: String,
    pub(crate) suits: Option<Text>,
    pub(crate) quick: Option<bool>,
    #[serde(default)]
    pub(crate) step: Vec<StepEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepEntry {
    pub(crate) id: Text,
    pub(crate) side: Text,
    pub(crate) about: String,
    pub(crate) command: Command,
    pub(crate) expect: Text,
    pub(crate) says: Option<Text>,
    #[serde(default)]
    pub(crate) silent: bool,
    pub(crate) makes: Option<Text>,
    pub(crate) edit: Option<EditEntry>,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) toolchain: Option<Text>,
    #[serde(default)]
    pub(crate) needs: Vec<Text>,
    pub(crate) hint: Option<Text>,
    #[serde(default)]
    pub(crate) network: bool,
}

/// languages/ID.toml
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LanguageFile {
    pub(crate) name: String,
    pub(crate) minimum: Text,
    pub(crate) hint: String,
    pub(crate) manifest: String,
    #[serde(default)]
    pub(crate) fetch: Vec<String>,
    #[serde(default)]
    pub(crate) dependencies: Vec<String>,
    pub(crate) sees: Option<Text>,
    pub(crate) detect: DetectEntry,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) unset: Vec<String>,
    #[serde(default)]
    pub(crate) offline: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) profile: BTreeMap<Text, RecipeEntry>,
    pub(crate) clean_cache: Option<CleanCacheEntry>,
    pub(crate) switch: Option<SwitchEntry>,
    #[serde(default)]
    pub(crate) toolchains: BTreeMap<Text, Text>,
    #[serde(default)]
    pub(crate) gate: BTreeMap<Text, GateEntry>,
    pub(crate) diagnostics: Option<Text>,
    pub(crate) source: Option<SourceFormEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SwitchEntry {
    pub(crate) environment: Spanned<BTreeMap<String, Text>>,
    pub(crate) install: Option<Command>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GateEntry {
    pub(crate) command: Option<Command>,
    #[serde(default)]
    pub(crate) defaults: Vec<String>,
    pub(crate) then: Option<Command>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFormEntry {
    pub(crate) extensions: Spanned<Vec<String>>,
    pub(crate) comment: Text,
    #[serde(default)]
    pub(crate) tests: Vec<String>,
    pub(crate) tests_after: Option<String>,
}

/// A command and its arguments.
pub(crate) type Command = Spanned<Vec<Text>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DetectEntry {
    pub(crate) command: Command,
    pub(crate) version: Text,
    pub(crate) released_command: Option<Command>,
    pub(crate) released_file: Option<Text>,
    pub(crate) released: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeEntry {
    pub(crate) command: Command,
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) artefact: Text,
    pub(crate) target: Option<Text>,
    pub(crate) needs: Option<NeedEntry>,
    pub(crate) content: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeedEntry {
    pub(crate) command: Command,
    pub(crate) file: Text,
    pub(crate) hint: Text,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CleanCacheEntry {
    pub(crate) variable: String,
    pub(crate) list_standard: Command,
    pub(crate) build_standard: Command,
    #[serde(default)]
    pub(crate) flags: BTreeMap<Text, Vec<String>>,
}
