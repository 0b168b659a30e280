//! A language is data: how to find its toolchain, build a program by profile,
//! and find what was built. Read from `languages/*.toml`.
//!
//! In commands and paths `{program}` stands for the program's name, `{out}` for
//! a folder for products, `{target}` for the recipe's [`BuildRecipe::target`],
//! `{arch}` for the machine's architecture as the toolchain names it, `{stdout}`
//! for the trimmed output of the command before, and `{project}` and `{binary}`
//! for the part of a project that is wanted, see [`ProjectForm`].

mod corpus;
mod project;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Gate, LanguageId, Profile, ToolchainName};

pub use corpus::{CorpusForm, CorpusTool, Finding, Kit, ToolForm};
pub use project::{LocalPackages, LockFile, Part, PartError, ProjectForm};

/// A language and its toolchain.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    /// The file's name.
    pub id: LanguageId,
    /// As people write it.
    pub name: String,
    /// How the toolchain is found and asked for its version.
    pub detect: Detect,
    /// The oldest toolchain that the pack's programs are written for.
    pub minimum: Version,
    /// What to do when the toolchain is missing or too old.
    pub hint: String,
    /// The file that makes a folder a project, such as `Cargo.toml`.
    pub manifest: String,
    /// Variables set for every command of this language.
    pub environment: BTreeMap<String, String>,
    /// Variables of the user's that are left out of every command, because they
    /// would change what is built on one side only.
    pub unset: Vec<String>,
    /// Variables set as well when the network may not be used.
    pub offline: BTreeMap<String, String>,
    /// Downloads a project's dependencies without building; empty if never needed.
    pub fetch: Vec<String>,
    /// Lists packages of others that are compiled in, one a line; empty: unknown.
    pub dependencies: Vec<String>,
    /// How it is told under which licences they may be used; `None`: unknown.
    pub licences: Option<Licences>,
    /// How each profile is built.
    pub profiles: BTreeMap<Profile, BuildRecipe>,
    /// What is peculiar to projects of the user's own.
    pub project: ProjectForm,
    /// What must be fresh for a clean build, beside the `{out}` folder.
    pub clean_cache: Option<CleanCache>,
    /// Folder of a small project that prints what a program of this language
    /// sees of the machine, as JSON; see [`crate::Sees`].
    pub sees: Option<PathBuf>,
    /// How another toolchain of the language is had; `None`: only what is installed.
    pub switch: Option<Switch>,
    /// Versions by name: `newest`, `previous`.
    pub toolchains: BTreeMap<ToolchainName, Version>,
    /// How a single file is taken through each gate.
    pub gates: BTreeMap<Gate, GateRecipe>,
    /// How its tools write what they have to say.
    pub diagnostics: DiagnosticForm,
    /// What counts as a line of source.
    pub source: Option<SourceForm>,
    /// How its defects are laid out and tried; `None`: they cannot be.
    pub corpus: Option<CorpusForm>,
    /// Variables of a program whose memory or processors are limited from
    /// outside, as its container's author would set them. `{memory-90}` stands
    /// for 90 % of the limit of memory in bytes, `{workers}` for the limit of
    /// processors rounded up; an entry whose limit is not set is left out.
    pub container_env: BTreeMap<String, String>,
}

/// How to ask for a toolchain of a given version; `{version}` stands for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// Variables that make the language's commands those of that version.
    pub environment: BTreeMap<String, String>,
    /// Fetches it; empty: the commands do it themselves.
    pub install: Vec<String>,
}

/// How a single file is taken through a gate: `{file}` is the file, `{out}` a
/// fresh folder; the check's own arguments come where `{args}` stands.
#[derive(Debug, Clone, PartialEq)]
pub struct GateRecipe {
    /// The tool; empty where only the program itself has a say.
    pub command: Vec<String>,
    /// Arguments put before the check's own, unless it gives another value for
    /// the same `--key=`.
    pub defaults: Vec<String>,
    /// What is run when the tool is done; empty: nothing.
    pub then: Vec<String>,
}

named! {
    /// How a language's tools write diagnostics.
    pub enum DiagnosticForm ("diagnostic form") {
        /// A JSON object a line, with message, code, level and spans.
        JsonLines = "json-lines",
        /// `file:line:column: text`, as most compilers do.
        Lines = "lines",
    }
}

/// How licences of packages of others are found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licences {
    /// Lists the packages that are compiled in, run in the program's folder.
    pub command: Vec<String>,
    /// What it writes about each.
    pub form: LicenceForm,
}

named! {
    /// How a command tells licences: a line a package, `NAME VERSION`, a tab or
    /// two spaces, and then
    pub enum LicenceForm ("licence form") {
        /// an SPDX expression.
        SpdxLines = "spdx-lines",
        /// a folder with the text of the licence.
        FolderLines = "folder-lines",
    }
}

/// What counts as a line of a program's own source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceForm {
    /// Endings of source files, such as `rs`.
    pub extensions: Vec<String>,
    /// What begins a line that is all comment, such as `//`.
    pub comment: String,
    /// Endings of file names that hold tests only, such as `_test.go`.
    pub tests: Vec<String>,
    /// A line after which the rest of a file is tests, such as `#[cfg(test)]`.
    pub tests_after: Option<String>,
}

/// How a toolchain is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Detect {
    /// A command whose output tells the version.
    pub command: Vec<String>,
    /// A regular expression whose first group is the version.
    pub version: String,
    /// A command whose output tells the date of the release; empty: the same.
    pub released_command: Vec<String>,
    /// A file to read for the date instead of the command's output.
    pub released_file: Option<String>,
    /// A regular expression whose first group is a date (YYYY-MM-DD).
    pub released: Option<String>,
}

/// How a profile is built.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildRecipe {
    /// The build command, run in the program's folder.
    pub command: Vec<String>,
    /// Variables of this profile.
    pub environment: BTreeMap<String, String>,
    /// Where the program stands afterwards.
    pub artefact: String,
    /// A target name, for commands and paths of this recipe.
    pub target: Option<String>,
    /// What has to be installed beyond the toolchain.
    pub needs: Option<Need>,
    /// What is in the artefact, in words, for the evidence line.
    pub content: String,
}

/// Something to install beyond the toolchain, such as a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// A command whose output helps to name [`Need::file`].
    pub command: Vec<String>,
    /// A file or folder that must be there.
    pub file: String,
    /// What to do when it is not.
    pub hint: String,
}

/// A build cache outside the product folder, kept fresh for clean builds, with
/// the standard library compiled beforehand on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanCache {
    /// The variable that names the cache folder.
    pub variable: String,
    /// Lists the standard packages that a program uses, one a line.
    pub list_standard: Vec<String>,
    /// Compiles them; the list is appended. The profile's build flags come
    /// from [`CleanCache::flags`].
    pub build_standard: Vec<String>,
    /// Flags of a profile that change what is compiled.
    pub flags: BTreeMap<Profile, Vec<String>>,
}

/// A version in numbers: `1.26.8`. Missing parts count as zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    /// First part.
    pub major: u32,
    /// Second part.
    pub minor: u32,
    /// Third part.
    pub patch: u32,
}

/// A word that is not a version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a version such as 1.95 or 1.26.8")]
pub struct VersionError(pub String);

impl FromStr for Version {
    type Err = VersionError;

    /// Reads the leading numbers; `1.27rc1` is 1.27.0.
    fn from_str(given: &str) -> Result<Self, VersionError> {
        let mut parts = given.splitn(3, '.').map(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part[..end].parse::<u32>()
        });
        let wrong = || VersionError(given.to_owned());
        let major = parts.next().and_then(Result::ok).ok_or_else(wrong)?;
        let minor = parts.next().unwrap_or(Ok(0)).map_err(|_| wrong())?;
        let patch = parts.next().unwrap_or(Ok(0)).map_err(|_| wrong())?;
        Ok(Self { major, minor, patch })
    }
}

impl TryFrom<String> for Version {
    type Error = VersionError;

    fn try_from(given: String) -> Result<Self, VersionError> {
        given.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> String {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
