//! probes/ID/probe.toml and drills/ID/drill.toml.

use std::collections::BTreeMap;

use model::{CheckExpectation, Gate, StepExpectation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::workload::EditEntry;
use super::{Command, Text};
use crate::schema::Words;

/// probes/ID/probe.toml: small programs that a tool takes or stops.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProbeFile {
    /// A few words for tables.
    pub(crate) title: Text,
    /// What is tried, one or two sentences.
    pub(crate) about: String,
    /// The side it was chosen for, or neutral (default).
    pub(crate) suits: Option<Text>,
    /// Part of --quick; default true.
    pub(crate) quick: Option<bool>,
    /// The programs, and what is expected of each.
    #[serde(default)]
    pub(crate) check: Vec<CheckEntry>,
}

/// One program, one gate, one expectation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckEntry {
    /// Once a side; the same on two sides is the same item, tried on both.
    pub(crate) id: Text,
    /// Whose it is.
    pub(crate) side: Text,
    /// What the program does, in a line.
    pub(crate) about: String,
    /// The program, relative to the probe.
    pub(crate) file: Text,
    /// How far it is taken; default compile.
    #[schemars(with = "Option<Words<Gate>>")]
    pub(crate) at: Option<Text>,
    /// What is expected there.
    #[schemars(with = "Words<CheckExpectation>")]
    pub(crate) expect: Text,
    /// A diagnostic has this code.
    pub(crate) code: Option<Text>,
    /// A diagnostic, or at run the output, matches this expression.
    pub(crate) says: Option<Text>,
    /// Added to the gate's command.
    #[serde(default)]
    pub(crate) args: Vec<String>,
    /// A toolchain of the language by name; default installed.
    pub(crate) toolchain: Option<Text>,
}

/// drills/ID/drill.toml: steps of a tool in a fresh copy of a small project.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrillFile {
    /// A few words for tables.
    pub(crate) title: Text,
    /// What is done, one or two sentences.
    pub(crate) about: String,
    /// The side it was chosen for, or neutral (default).
    pub(crate) suits: Option<Text>,
    /// Part of --quick; default true.
    pub(crate) quick: Option<bool>,
    /// Every side's steps, in order.
    #[serde(default)]
    pub(crate) step: Vec<StepEntry>,
}

/// One command and what is expected of it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepEntry {
    /// Once a side; the same on two sides is the same job.
    pub(crate) id: Text,
    /// Whose tool it is.
    pub(crate) side: Text,
    /// What is done, in a line.
    pub(crate) about: String,
    /// Program and arguments; {out} is a folder for products, {arch} the machine's architecture.
    pub(crate) command: Command,
    /// How it ends.
    #[schemars(with = "Words<StepExpectation>")]
    pub(crate) expect: Text,
    /// Standard output or error matches this expression; needed where it fails.
    pub(crate) says: Option<Text>,
    /// Standard output is empty; default false.
    #[serde(default)]
    pub(crate) silent: bool,
    /// A file that is there afterwards.
    pub(crate) makes: Option<Text>,
    /// A change made before the command.
    pub(crate) edit: Option<EditEntry>,
    /// Variables added for this step.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    /// A toolchain of the language by name; default installed.
    pub(crate) toolchain: Option<Text>,
    /// Programs on PATH; without them the step is not made.
    #[serde(default)]
    pub(crate) needs: Vec<Text>,
    /// How to get them.
    pub(crate) hint: Option<Text>,
    /// It may fetch: not made under --offline; default false.
    #[serde(default)]
    pub(crate) network: bool,
}
