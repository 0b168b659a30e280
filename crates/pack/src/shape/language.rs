//! languages/ID.toml.

use std::collections::BTreeMap;

use model::{DiagnosticForm, Gate, LicenceForm, Profile};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Command, Text};
use crate::schema::Words;
use crate::spanned::Spanned;

/// languages/ID.toml: how its toolchain is found and used.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LanguageFile {
    /// As people write it.
    pub(crate) name: String,
    /// The oldest toolchain that the programs are written for.
    pub(crate) minimum: Text,
    /// Told when the toolchain is missing or too old.
    pub(crate) hint: String,
    /// The file that makes a folder a project.
    pub(crate) manifest: String,
    /// Downloads dependencies without building.
    #[serde(default)]
    pub(crate) fetch: Vec<String>,
    /// Lists packages compiled in, one a line.
    #[serde(default)]
    pub(crate) dependencies: Vec<String>,
    /// How it is told under which licences they may be used.
    pub(crate) licences: Option<LicencesEntry>,
    /// A project beside this file that prints what it sees of the machine.
    pub(crate) sees: Option<Text>,
    /// How the toolchain is found.
    pub(crate) detect: DetectEntry,
    /// Variables of every command.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    /// Variables of the user's that are left out.
    #[serde(default)]
    pub(crate) unset: Vec<String>,
    /// Variables added when the network may not be used.
    #[serde(default)]
    pub(crate) offline: BTreeMap<String, String>,
    /// How each profile is built.
    #[serde(default)]
    #[schemars(with = "BTreeMap<Words<Profile>, RecipeEntry>")]
    pub(crate) profile: BTreeMap<Text, RecipeEntry>,
    /// What is peculiar to projects that are no programs of a pack.
    pub(crate) project: Option<ProjectEntry>,
    /// A build cache outside {out} that a clean build needs fresh.
    pub(crate) clean_cache: Option<CleanCacheEntry>,
    /// How another toolchain is asked for.
    pub(crate) switch: Option<SwitchEntry>,
    /// Versions by name.
    #[serde(default)]
    pub(crate) toolchains: BTreeMap<Text, Text>,
    /// How a single file is taken through each gate.
    #[serde(default)]
    #[schemars(with = "BTreeMap<Words<Gate>, GateEntry>")]
    pub(crate) gate: BTreeMap<Text, GateEntry>,
    /// How its tools write what they have to say; default lines.
    #[schemars(with = "Option<Words<DiagnosticForm>>")]
    pub(crate) diagnostics: Option<Text>,
    /// What counts as source.
    pub(crate) source: Option<SourceFormEntry>,
    /// What a program is told where its memory or processors are limited from outside.
    pub(crate) container: Option<ContainerEntry>,
}

/// What a program is told where its memory or processors are limited from outside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContainerEntry {
    /// Variables; {memory-90} is 90 % of the limit of memory in bytes, {workers} the limit of
    /// processors rounded up. One whose limit is not set is left out.
    pub(crate) env: BTreeMap<String, Text>,
}

/// How it is told under which licences the packages compiled in may be used.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LicencesEntry {
    /// Lists them, run in the program's folder.
    pub(crate) command: Command,
    /// What it writes about each.
    #[schemars(with = "Words<LicenceForm>")]
    pub(crate) form: Text,
}

/// How another toolchain is asked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SwitchEntry {
    /// Variables that select it; {version} is its version.
    pub(crate) environment: Spanned<BTreeMap<String, Text>>,
    /// Fetches it; default: the commands do that themselves.
    pub(crate) install: Option<Command>,
}

/// How a single file is taken through a gate.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GateEntry {
    /// The tool, with {file}, {args} and {out}.
    pub(crate) command: Option<Command>,
    /// Arguments put before the check's own, unless it gives the same --key= itself.
    #[serde(default)]
    pub(crate) defaults: Vec<String>,
    /// Run when the tool is done.
    pub(crate) then: Option<Command>,
}

/// What source-lines counts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceFormEntry {
    /// Endings of source files, without the dot.
    pub(crate) extensions: Spanned<Vec<String>>,
    /// What begins a line that is all comment.
    pub(crate) comment: Text,
    /// Endings of names of files that hold tests only.
    #[serde(default)]
    pub(crate) tests: Vec<String>,
    /// A line after which the rest of a file is tests.
    pub(crate) tests_after: Option<String>,
}

/// How a toolchain is found and asked for its version.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DetectEntry {
    /// Its output tells the version.
    pub(crate) command: Command,
    /// An expression whose first group is the version.
    pub(crate) version: Text,
    /// Its output tells the day of release; default: that of command.
    pub(crate) released_command: Option<Command>,
    /// A file to read for the day instead.
    pub(crate) released_file: Option<Text>,
    /// An expression whose first group is the day of release.
    pub(crate) released: Option<Text>,
}

/// How a profile is built.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipeEntry {
    /// Run in the program's folder.
    pub(crate) command: Command,
    /// Variables of this profile.
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    /// Where the program stands afterwards, with {out} and {program}.
    pub(crate) artefact: Text,
    /// A target's name.
    pub(crate) target: Option<Text>,
    /// What has to be installed beyond the toolchain.
    pub(crate) needs: Option<NeedEntry>,
    /// What is in the artefact, for the evidence line.
    pub(crate) content: String,
}

/// Something to install beyond the toolchain.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeedEntry {
    /// Its output, {stdout}, helps to name the file.
    pub(crate) command: Command,
    /// It is there if this is.
    pub(crate) file: Text,
    /// How to install it.
    pub(crate) hint: Text,
}

/// What is peculiar to projects that are no programs of a pack.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectEntry {
    /// What {project} stands for where no package is named; default nothing.
    #[serde(default)]
    pub(crate) whole: Vec<String>,
    /// Words that name a {package}; default: packages have no names.
    pub(crate) package: Option<Command>,
    /// Words that name a {binary} of a package; default: it has one program.
    pub(crate) binary: Option<Command>,
    /// Words that name {features}, commas between; default: there are none.
    pub(crate) features: Option<Command>,
    /// Variables over those of [environment].
    #[serde(default)]
    pub(crate) environment: BTreeMap<String, String>,
    /// Variables of [environment] that are left to the project and its user.
    #[serde(default)]
    pub(crate) leaves: Vec<Text>,
    /// Prints files in the uppermost folder of what a project belongs to.
    pub(crate) root: Option<Command>,
    /// The file that fixes the versions of dependencies.
    pub(crate) lock: Option<LockFileEntry>,
    /// Names of folders beside a manifest that hold products.
    #[serde(default)]
    pub(crate) products: Vec<String>,
    /// How packages elsewhere on the disk are found.
    pub(crate) local: Option<LocalPackagesEntry>,
}

/// The file that fixes the versions of dependencies.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LockFileEntry {
    /// Its name, in the uppermost folder.
    pub(crate) file: String,
    /// How it is made.
    pub(crate) hint: String,
}

/// How packages elsewhere on the disk are found.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LocalPackagesEntry {
    /// Run in the project's folder.
    pub(crate) command: Command,
    /// An expression whose first group is a folder, in a line.
    pub(crate) folder: Text,
}

/// A build cache that a clean build needs fresh.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CleanCacheEntry {
    /// Names the cache's folder.
    pub(crate) variable: String,
    /// Lists the standard packages that a program uses, one a line.
    pub(crate) list_standard: Command,
    /// Compiles them: the list is appended.
    pub(crate) build_standard: Command,
    /// Flags of a profile that change what is compiled.
    #[serde(default)]
    #[schemars(with = "BTreeMap<Words<Profile>, Vec<String>>")]
    pub(crate) flags: BTreeMap<Text, Vec<String>>,
}
