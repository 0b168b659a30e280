//! workloads/ID/workload.toml.

use std::collections::BTreeMap;

use model::{AnswerRule, Metric, Profile, Tier};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{DriveEntry, ServiceEntry, Text};
use crate::quantity::Quantity;
use crate::schema::{InputKind, MetricWord, Words};
use crate::spanned::Spanned;

/// workloads/ID/workload.toml: a job that each side's program does.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkloadFile {
    /// A few words for tables.
    pub(crate) title: Text,
    /// What the programs do, one or two sentences.
    pub(crate) about: String,
    /// The side it was chosen for, or neutral (default).
    pub(crate) suits: Option<Text>,
    /// Those of the comparison's classes that it stands for.
    #[serde(default)]
    pub(crate) classes: Vec<Text>,
    /// Part of --quick; default false.
    #[serde(default)]
    pub(crate) quick: bool,
    /// One run of the slowest case, roughly: for planning only.
    pub(crate) expected_seconds: Spanned<f64>,
    /// How the programs are built; default release-practice.
    #[schemars(with = "Option<Vec<Words<Profile>>>")]
    pub(crate) profiles: Option<Spanned<Vec<Text>>>,
    /// How two answers are compared; default bytes.
    #[schemars(with = "Option<Words<AnswerRule>>")]
    pub(crate) answers: Option<Text>,
    /// Of artefact and build.
    #[serde(default)]
    #[schemars(with = "Vec<Words<Metric>>")]
    pub(crate) metrics: Vec<Text>,
    /// Pairs of timed builds, fixed beforehand; default 6.
    pub(crate) build_pairs: Option<Spanned<u32>>,
    /// One or more a side.
    #[serde(default)]
    pub(crate) program: Vec<ProgramEntry>,
    /// Bytes that programs read, by name.
    #[serde(default)]
    pub(crate) input: BTreeMap<Text, InputEntry>,
    /// Ways of running the programs; one or more.
    #[serde(default)]
    pub(crate) case: Vec<CaseEntry>,
    /// What is counted in the programs.
    #[serde(default)]
    pub(crate) fact: Vec<FactProbeEntry>,
    /// How the programs are made, if their folders hold templates.
    pub(crate) generate: Option<GenerateEntry>,
    /// How the programs serve, if they do.
    pub(crate) service: Option<Spanned<ServiceEntry>>,
    /// Programs under other settings, each measured as a side of its own.
    #[serde(default)]
    pub(crate) variant: Vec<VariantEntry>,
}

/// A side's program under other settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariantEntry {
    /// Its side's name, a hyphen, and what is other.
    pub(crate) id: Text,
    /// Whose program it is.
    pub(crate) side: Text,
    /// Arguments after the case's own.
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    /// Variables over the case's own.
    #[serde(default)]
    pub(crate) env: BTreeMap<Text, Text>,
}

/// Programs made from templates in generators/NAME.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GenerateEntry {
    /// The folder in generators/.
    pub(crate) template: Text,
    /// How many units.
    pub(crate) units: Spanned<u32>,
}

/// The sources of one side's program.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProgramEntry {
    /// Whose it is.
    pub(crate) side: Text,
    /// How far it goes; default idiomatic, the headline.
    #[schemars(with = "Option<Words<Tier>>")]
    pub(crate) tier: Option<Text>,
    /// Default: the side's name; for other tiers SIDE-TIER.
    pub(crate) folder: Option<Text>,
    /// The change made before an incremental build.
    pub(crate) edit: Option<EditEntry>,
}

/// A small change of a file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditEntry {
    /// Relative to the project's folder.
    pub(crate) file: Text,
    /// Text that stands in the file exactly once.
    pub(crate) find: Text,
    /// What it becomes; before builds {n} in it is the number of the change.
    pub(crate) replace: Text,
}

/// Bytes that programs read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InputEntry {
    /// What to make.
    #[schemars(with = "Words<InputKind>")]
    pub(crate) kind: Text,
    /// A file, relative to the workload.
    pub(crate) path: Option<Text>,
    /// How many records.
    pub(crate) rows: Option<Spanned<u64>>,
    /// How many files.
    pub(crate) files: Option<Spanned<u64>>,
    /// How large together, such as "32 MiB".
    pub(crate) bytes: Option<Spanned<Quantity>>,
    /// Where the making starts.
    pub(crate) seed: Option<Spanned<u64>>,
    /// Over the content; `evenhand pack check` prints it.
    pub(crate) sha256: Option<Text>,
}

/// One way of running a workload's programs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseEntry {
    /// Name within the workload.
    pub(crate) id: Text,
    /// Arguments; {input:NAME} is the path of an input.
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    /// An input; default: standard input is empty.
    pub(crate) stdin: Option<Text>,
    /// The exit code both must end with; default 0.
    #[serde(default)]
    pub(crate) exit: i32,
    /// What is measured; none: the case is only compared.
    #[serde(default)]
    #[schemars(with = "Vec<MetricWord>")]
    pub(crate) metrics: Vec<Text>,
    /// A longer run has timed out; default 60.
    pub(crate) deadline_seconds: Option<Spanned<f64>>,
    /// A number that has to be alike beside the answer.
    pub(crate) alike: Option<AlikeEntry>,
    /// How the program is driven while it serves; default: it runs to its end.
    pub(crate) drive: Option<DriveEntry>,
}

/// A number that programs tell on standard error.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlikeEntry {
    /// Variables that make them tell it.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// An expression whose first group is the number.
    pub(crate) pattern: Text,
    /// The largest may be this many times the smallest.
    pub(crate) factor: Spanned<f64>,
}

/// Something counted in each side's program, in exactly one of the ways.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactProbeEntry {
    /// Name within the workload.
    pub(crate) id: Text,
    /// What is counted, in words.
    pub(crate) about: String,
    /// The build that is looked at; default release-practice.
    #[schemars(with = "Option<Words<Profile>>")]
    pub(crate) profile: Option<Text>,
    /// Symbols of the artefact that match this expression.
    pub(crate) symbols: Option<Text>,
    /// Sections of the artefact whose names match this expression.
    pub(crate) sections: Option<Text>,
    /// 1 if the artefact is an executable for this machine.
    pub(crate) native_executable: Option<Spanned<bool>>,
    /// 1 if the artefact asks for no program interpreter.
    pub(crate) statically_linked: Option<Spanned<bool>>,
    /// Lines on standard error that match, in a run of a case.
    pub(crate) stderr_lines: Option<Spanned<StderrEntry>>,
    /// Cases on which the program gave the answer that all sides agree on.
    pub(crate) same_answers: Option<Spanned<bool>>,
}

/// Lines on standard error.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StderrEntry {
    /// The case that is run.
    pub(crate) case: Text,
    /// Variables added.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// What a line has to match.
    pub(crate) pattern: Text,
}
