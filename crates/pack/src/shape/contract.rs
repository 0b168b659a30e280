//! evenhand.toml and evenhand.lock.

use std::collections::BTreeMap;

use model::contract::{Better, CaseUse, Decoded, Stream};
use model::{AnswerRule, Profile, Scale};
use schemars::JsonSchema;
use serde::Deserialize;
use toml::value::Datetime;

use super::service::hyphenated;
use super::{Command, DriveEntry, ServiceEntry, Text};
use crate::quantity::Quantity;
use crate::schema::Words;
use crate::spanned::Spanned;

/// evenhand.toml: two programs or more, what is asked of them, and what has to hold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ContractFile {
    /// Names it in tables and in the store; default: the folder's name.
    pub(crate) name: Option<Text>,
    /// How projects are built; default release-practice.
    #[schemars(with = "Option<Words<Profile>>")]
    pub(crate) profile: Option<Text>,
    /// Whether measured cases are told one by one; default false: all together.
    #[serde(default)]
    pub(crate) each_case: bool,
    /// A folder of cases: each file is fed to standard input; each folder has
    /// args, and may have stdin and exit.
    pub(crate) cases: Option<Text>,
    /// Two or more; the first is the denominator of every ratio.
    #[serde(default)]
    pub(crate) side: Vec<SideEntry>,
    /// Ways of running the programs; default: one, without arguments.
    #[serde(default)]
    pub(crate) case: Vec<CaseEntry>,
    /// How the programs serve, if they do.
    pub(crate) service: Option<Spanned<ServiceEntry>>,
    /// What makes answers the same.
    pub(crate) answers: Option<AnswersEntry>,
    /// What makes side effects the same.
    pub(crate) effects: Option<EffectsEntry>,
    /// What is measured; default: cpu, wall, memory and what else can be had.
    #[serde(default)]
    pub(crate) metric: Vec<MeasureEntry>,
    /// Exceptions, each with its reason.
    #[serde(default)]
    pub(crate) allow: Vec<AllowEntry>,
    /// How every run is set up, the same for all sides.
    pub(crate) running: Option<RunningEntry>,
    /// When measuring ends.
    pub(crate) effort: Option<EffortEntry>,
    /// What has to hold whenever it is checked.
    #[serde(default)]
    pub(crate) guard: Vec<GuardEntry>,
}

/// A program: a project, something built by a command, or a program that is there.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SideEntry {
    /// Names it in tables and JSON.
    pub(crate) name: Text,
    /// A folder with a manifest, built under the profile.
    pub(crate) project: Option<Text>,
    /// The project's language, where the folder has manifests of several.
    pub(crate) language: Option<Text>,
    /// Which package of the project; default: the folder's own.
    pub(crate) package: Option<Text>,
    /// Which program of the package; default: its only one.
    pub(crate) binary: Option<Text>,
    /// Features or build tags.
    pub(crate) features: Option<Spanned<Vec<Text>>>,
    /// The toolchain to build it with: a version, or a name that the language gives it.
    pub(crate) toolchain: Option<Text>,
    /// Where the build command is run.
    pub(crate) folder: Option<Text>,
    /// A command that builds the program.
    pub(crate) build: Option<Command>,
    /// A file, or a bare name on PATH; with build: what the command leaves.
    pub(crate) program: Option<Text>,
    /// A program that is there, and its first arguments.
    pub(crate) command: Option<Command>,
    /// Arguments before each case's own.
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    /// Variables over those of every run.
    #[serde(default)]
    pub(crate) env: BTreeMap<Text, Text>,
}

/// One way of running the programs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CaseEntry {
    /// Its name.
    pub(crate) name: Text,
    /// Arguments after the side's own.
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    /// A file fed to standard input; default: nothing.
    pub(crate) stdin: Option<Text>,
    /// The exit code that all must end with; default: whichever they share.
    pub(crate) exit: Option<Spanned<i32>>,
    /// What it is for; default measured.
    #[serde(rename = "use")]
    #[schemars(with = "Option<Words<CaseUse>>")]
    pub(crate) used: Option<Text>,
    /// How the program is driven while it serves; default: it runs to its end.
    #[serde(default, deserialize_with = "hyphenated::drive")]
    #[schemars(with = "Option<hyphenated::DriveEntry>")]
    pub(crate) drive: Option<DriveEntry>,
}

/// What makes answers the same.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AnswersEntry {
    /// How standard output is compared; default bytes.
    #[schemars(with = "Option<Words<AnswerRule>>")]
    pub(crate) rule: Option<Text>,
    /// How far numbers may lie apart; default: not at all.
    pub(crate) tolerance: Option<ToleranceEntry>,
    /// Replacements made in every output before it is compared, in order.
    #[serde(default)]
    pub(crate) normalise: Vec<NormaliseEntry>,
    /// Whether exit codes have to be the same; default true.
    pub(crate) exit: Option<bool>,
    /// Whether the programs have to end alike when nobody reads on; default false.
    pub(crate) closed_pipe: Option<bool>,
    /// How far sizes of outputs may lie apart, such as "2 %"; default: not asked.
    pub(crate) size_within: Option<Spanned<Quantity>>,
    /// How outputs are read back by every side; default: they are not.
    pub(crate) cross_decode: Option<CrossDecodeEntry>,
    /// Files that the programs write, relative to the working directory.
    #[serde(default)]
    pub(crate) files: Vec<Text>,
}

/// How far two numbers may lie apart: either will do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ToleranceEntry {
    /// Of the larger of the two, such as 1e-9; default 0.
    pub(crate) relative: Option<Spanned<f64>>,
    /// In itself; default 0.
    pub(crate) absolute: Option<Spanned<f64>>,
}

/// A replacement of what differs from run to run.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct NormaliseEntry {
    /// A regular expression.
    pub(crate) find: Text,
    /// What its matches become; $1 is the first group.
    pub(crate) replace: Text,
}

/// Every side reads what every side has written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CrossDecodeEntry {
    /// Arguments that make a program decode its standard input.
    pub(crate) args: Spanned<Vec<Text>>,
    /// What has to come out: the case's standard input, or the same for all.
    #[schemars(with = "Words<Decoded>")]
    pub(crate) gives: Text,
}

/// What makes side effects the same.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EffectsEntry {
    /// Whether they are looked at; default true.
    pub(crate) look: Option<bool>,
    /// How far counts may lie apart; default "10 %".
    pub(crate) margin: Option<Spanned<Quantity>>,
    /// Bytes that may lie between two numbers of bytes; default 4096.
    pub(crate) bytes: Option<Spanned<Quantity>>,
}

/// A metric with the margin that is fixed before the run.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MeasureEntry {
    /// cpu, wall, memory and so on, or a name for a number that the programs tell.
    pub(crate) name: Text,
    /// Whether it decides when measuring ends; at most three are.
    #[serde(default)]
    pub(crate) primary: bool,
    /// From where on a difference matters, such as "2 %"; 0 drops the floor too.
    pub(crate) margin: Option<Spanned<Quantity>>,
    /// A smaller difference does not matter, such as "1 ms".
    pub(crate) floor: Option<Spanned<Quantity>>,
    /// Where the programs tell the number; default stdout.
    #[schemars(with = "Option<Words<Stream>>")]
    pub(crate) from: Option<Text>,
    /// A regular expression whose first group is the number.
    pub(crate) pattern: Option<Text>,
    /// A path in the JSON that they tell, such as stats.rows or runs[0].seconds.
    pub(crate) json: Option<Text>,
    /// What it counts, for people.
    pub(crate) unit: Option<Text>,
    /// Which end is the better one; default less.
    #[schemars(with = "Option<Words<Better>>")]
    pub(crate) better: Option<Text>,
    /// How two of them are compared; default ratio.
    #[schemars(with = "Option<Words<Scale>>")]
    pub(crate) scale: Option<Text>,
}

/// Something unlike that is let pass.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AllowEntry {
    /// A side effect, or a case whose answers differ.
    pub(crate) name: Text,
    /// Why it may pass.
    pub(crate) reason: Text,
}

/// How every run is set up, the same for all sides.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RunningEntry {
    /// The working directory; default: the folder of this file.
    pub(crate) directory: Option<Text>,
    /// Variables over the clean environment.
    #[serde(default)]
    pub(crate) env: BTreeMap<Text, Text>,
    /// A command before each run, not timed.
    pub(crate) prepare: Option<Command>,
    /// A command after each run, not timed.
    pub(crate) conclude: Option<Command>,
    /// Processor time per time: "500m" or 0.5 is half of one processor.
    pub(crate) cpu: Option<Spanned<Quantity>>,
    /// Memory of a run, such as "256 MiB".
    pub(crate) memory: Option<Spanned<Quantity>>,
    /// A run that takes longer has timed out; default "60 s".
    pub(crate) deadline: Option<Spanned<Quantity>>,
    /// Whether timed runs have a real-time priority; default false.
    #[serde(default)]
    pub(crate) realtime: bool,
    /// The processors of a program that serves, such as [0]; default: all but the generator's.
    pub(crate) server_processors: Option<Spanned<Vec<Spanned<usize>>>>,
    /// The processor of what drives it; default: the last one.
    pub(crate) generator_processor: Option<Spanned<usize>>,
}

/// When measuring ends.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct EffortEntry {
    /// Time for timed blocks; default "60 s".
    pub(crate) budget: Option<Spanned<Quantity>>,
    /// Pairs after which a series stops whatever it shows; default 300.
    pub(crate) pairs: Option<Spanned<u32>>,
    /// Pairs of timed builds; default 8.
    pub(crate) builds: Option<Spanned<u32>>,
}

/// A bound on one metric.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct GuardEntry {
    /// Names it.
    pub(crate) name: Text,
    /// One of those measured.
    pub(crate) metric: Text,
    /// A measured case; default: all together.
    pub(crate) case: Option<Text>,
    /// Whose value is bound.
    pub(crate) side: Text,
    /// The side that it is held against.
    pub(crate) against: Option<Text>,
    /// With against: so many times its value, such as 0.8; without: a value such as "20 MiB".
    pub(crate) at_most: Option<Spanned<Quantity>>,
    /// Held against the ratio that evenhand.lock records for this kind of machine.
    pub(crate) recorded: Option<Spanned<bool>>,
    /// How far beyond it may lie; default: the metric's own margin.
    pub(crate) margin: Option<Spanned<Quantity>>,
    /// The same as a difference, such as "1 ms"; default: the metric's own floor.
    pub(crate) floor: Option<Spanned<Quantity>>,
    /// How old evidence may be that is used again; default "14 days".
    pub(crate) max_age: Option<Spanned<Quantity>>,
}

/// evenhand.lock: what the guards were when they were last written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LockFile {
    pub(crate) version: Spanned<u32>,
    #[serde(default)]
    pub(crate) guard: Vec<LockedGuardEntry>,
    #[serde(default)]
    pub(crate) metric: Vec<LockedMetricEntry>,
    #[serde(default)]
    pub(crate) recorded: Vec<RecordedEntry>,
}

/// A guard's terms in words, and the digest over them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LockedGuardEntry {
    pub(crate) name: Text,
    pub(crate) metric: Text,
    pub(crate) case: Text,
    pub(crate) side: Text,
    pub(crate) limit: Text,
    pub(crate) margin: Text,
    pub(crate) floor: Text,
    pub(crate) max_age: Text,
    pub(crate) sha256: Text,
}

/// A metric's margin in words, and the digest over it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LockedMetricEntry {
    pub(crate) name: Text,
    pub(crate) margin: Text,
    pub(crate) floor: Text,
    pub(crate) sha256: Text,
}

/// What a guard saw on one kind of machine.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RecordedEntry {
    pub(crate) guard: Text,
    pub(crate) machine: Text,
    pub(crate) ratio: Spanned<f64>,
    pub(crate) low: Option<Spanned<f64>>,
    pub(crate) high: Option<Spanned<f64>>,
    pub(crate) values: BTreeMap<Text, Spanned<f64>>,
    pub(crate) date: Spanned<Datetime>,
    pub(crate) pairs: u32,
}
