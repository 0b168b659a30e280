//! languages/ID/corpus.toml.

use std::collections::BTreeMap;

use model::ToolForm;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Command, Text};
use crate::schema::Words;
use crate::spanned::Spanned;

/// languages/ID/corpus.toml: how defects become a project, and the tools they are taken through.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorpusFile {
    /// The ending of the language's files.
    pub(crate) extension: String,
    /// Where a program's file goes, in its own folder.
    pub(crate) source: Text,
    /// Words that name one program to a tool, with {name}.
    pub(crate) each: Command,
    /// Variables of every tool, with {kits}.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, Text>,
    /// What is fetched or built before a tool can be used.
    #[serde(default)]
    pub(crate) kit: BTreeMap<String, KitEntry>,
    /// The tools, in the order of their gates.
    #[serde(default)]
    pub(crate) tool: Vec<CorpusToolEntry>,
}

/// Something beside the installed toolchain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KitEntry {
    /// Its version, in words; default: that of the installed toolchain.
    #[serde(default)]
    pub(crate) version: String,
    /// Variables of commands that use it.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, Text>,
    /// Succeeds where it is there already.
    pub(crate) check: Option<Command>,
    /// Commands that fetch or build it.
    #[serde(default)]
    pub(crate) make: Vec<Command>,
    /// What to do where that fails.
    pub(crate) hint: String,
}

/// One tool at one gate.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorpusToolEntry {
    /// As people call it.
    pub(crate) name: Text,
    /// Where it stands: G0, G1, G2, G2+, T-, T+, G3, G3L or G4.
    pub(crate) gate: Text,
    /// Where its warnings count, if not there.
    pub(crate) warnings_at: Option<Text>,
    /// Takes all programs at once.
    pub(crate) command: Option<Command>,
    /// Variables of the command and of runs.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, Text>,
    /// What it needs, of [kit].
    pub(crate) kit: Option<Text>,
    /// How it writes what it has to say; default lines.
    #[schemars(with = "Option<Words<ToolForm>>")]
    pub(crate) form: Option<Text>,
    /// For lines: an expression with groups name, text, and perhaps line and code.
    pub(crate) line: Option<Text>,
    /// Only codes that begin so count.
    pub(crate) prefix: Option<String>,
    /// Where the command leaves a program; default: as the command says.
    pub(crate) executable: Option<Text>,
    /// Runs one program.
    pub(crate) run: Option<Command>,
    /// What shows in a run.
    #[serde(default)]
    pub(crate) finding: Vec<FindingEntry>,
    /// An expression of a tool that failed by itself.
    pub(crate) unable: Option<Text>,
    /// How many times slower than a plain run it may be; default 1.
    pub(crate) slow: Option<Spanned<f64>>,
    /// Whether --quick asks it; default true.
    pub(crate) quick: Option<bool>,
    /// Most runs of a program; default: as many as the defect says.
    pub(crate) most_runs: Option<u32>,
}

/// What shows in a run, and the code that stands for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingEntry {
    /// The code.
    pub(crate) code: Text,
    /// An expression that standard error or output matches.
    pub(crate) says: Option<Text>,
    /// The exit code.
    pub(crate) exit: Option<i32>,
    /// The signal.
    pub(crate) signal: Option<i32>,
}
