//! Makes a side ready to run: built by its language or by a command of the
//! user's, or found where it is.
//!
//! Hands over the program, what is always said to it, and what its file tells.
//! How it is run belongs to the caller; what it is made of to [`super::identity`].

mod files;
mod project;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use launch::tool::{self, Tool};
use launch::{LaunchError, Launcher};
use model::contract::{Measure, Origin, Side};
use model::{Contract, Language, LanguageId, Metric, PartError, Profile, ProgramSeen, SideName};
use object::{Object, ObjectSection};
use sha2::{Digest, Sha256};

use crate::build;
use crate::input::hex;
use crate::series::dependencies;
use crate::timed_build::BuildPlace;

pub(super) use files::Tree;
pub(super) use project::Project;

/// What making sides ready takes.
#[derive(Debug, Clone, Copy)]
pub struct Means<'a> {
    /// The binary that becomes the launcher of each trial.
    pub launcher: &'a Launcher,
    /// Every language that is known.
    pub languages: &'a BTreeMap<LanguageId, Language>,
    /// Artefacts and build caches.
    pub cache: &'a Path,
    /// Use caches only.
    pub offline: bool,
}

/// Why a side has no program.
#[derive(Debug, thiserror::Error)]
pub enum SideError {
    /// Its language is none of those known.
    #[error("{side}: the language `{language}` is not known here; known: {known}")]
    NoLanguage {
        /// Whose.
        side: SideName,
        /// Which.
        language: LanguageId,
        /// All that are.
        known: String,
    },
    /// Its language has no word for the part of the project that is wanted.
    #[error("{side}: {language}: {reason}")]
    Part {
        /// Whose.
        side: SideName,
        /// The language's name.
        language: String,
        /// Which part.
        reason: PartError,
    },
    /// No project.
    #[error(
        "{side}: there is no {manifest} in {folder} or above it; name the folder of a project, or say with a command how the program is built"
    )]
    NoManifest {
        /// Whose.
        side: SideName,
        /// What makes a folder a project.
        manifest: String,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// Versions of dependencies are not fixed.
    #[error("{side}: there is no {path}, so that a build would choose versions; {hint}")]
    NoLock {
        /// Whose.
        side: SideName,
        /// What is missing.
        path: PathBuf,
        /// The way out.
        hint: String,
    },
    /// The toolchain is not to be had.
    #[error("{side}: {reason}; {hint}")]
    Toolchain {
        /// Whose.
        side: SideName,
        /// What is the matter.
        reason: String,
        /// The way out.
        hint: String,
    },
    /// The tool said no.
    #[error("{side}: {reason}")]
    Build {
        /// Whose.
        side: SideName,
        /// The command, how it ended and its last lines.
        reason: String,
    },
    /// It is not clear which program is meant.
    #[error(
        "{side}: the build leaves several programs: {}; say which one with `binary`, or its package with `package`",
        names.join(", ")
    )]
    Several {
        /// Whose.
        side: SideName,
        /// Those that were found.
        names: Vec<String>,
    },
    /// A build without a program.
    #[error("{side}: `{command}` left no program at {path}; {hint}")]
    NotLeft {
        /// Whose.
        side: SideName,
        /// What was run.
        command: String,
        /// Where it was looked for.
        path: PathBuf,
        /// The way out.
        hint: &'static str,
    },
    /// A build command of the user's failed.
    #[error("{side}: `{command}` {said}")]
    Command {
        /// Whose.
        side: SideName,
        /// What was run.
        command: String,
        /// How it ended and its last lines, or why it was not started.
        said: String,
    },
    /// A name that is not on `PATH`.
    #[error("{side}: there is no program `{name}` on PATH; install it, or give the path of a file")]
    NotOnPath {
        /// Whose.
        side: SideName,
        /// The name.
        name: String,
    },
    /// No such file.
    #[error("{side}: there is no program {path}; build it first, or correct the path")]
    NotThere {
        /// Whose.
        side: SideName,
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file that cannot be started.
    #[error("{side}: {path} cannot be executed; `chmod +x` it if it is a program")]
    NotExecutable {
        /// Whose.
        side: SideName,
        /// Which file.
        path: PathBuf,
    },
    /// What it is made of cannot be read.
    #[error("{side}: {path}: {reason}")]
    Unread {
        /// Whose.
        side: SideName,
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
}

/// A side that can be run.
#[derive(Debug)]
pub(crate) struct Ready<'a> {
    pub(crate) name: SideName,
    /// The file to start, absolute.
    pub(crate) program: PathBuf,
    /// Said before a case's own arguments.
    pub(crate) args: Vec<String>,
    pub(crate) seen: ProgramSeen,
    /// What timed builds and counts of dependencies need; `None` for what
    /// Evenhand did not build.
    pub(crate) project: Option<Project<'a>>,
    measures: &'a [Measure],
}

/// The side's program, built if it has to be.
///
/// # Errors
/// When there is none in the end; the error says what to do.
pub(crate) fn make_ready<'a>(
    side: &'a Side,
    contract: &'a Contract,
    means: &Means<'a>,
) -> Result<Ready<'a>, SideError> {
    let mut project = None;
    let program = match &side.origin {
        Origin::Project { .. } => {
            let found = project.insert(Project::of(side, contract, means)?);
            found.artefact(means.cache)?
        }
        Origin::Built { folder, command, program } => {
            run_build(side, folder, command, means.launcher)?;
            left(side, command, program)?
        }
        Origin::Program { path } => there(side, path)?,
    };
    let seen = seen(side, &program, project.as_ref())?;
    let (name, args) = (side.name.clone(), side.args.clone());
    Ok(Ready { name, program, args, seen, project, measures: &contract.measures })
}

impl Ready<'_> {
    /// What can be said of the program without running it, as far as it is
    /// asked for.
    pub(crate) fn artefact_values(&self) -> Result<BTreeMap<Metric, f64>, String> {
        let mut values = BTreeMap::from([(Metric::Size, self.seen.bytes as f64)]);
        let wanted = |metric| self.measures.iter().any(|measure| measure.metric == metric);
        let Some(project) = &self.project else { return Ok(values) };
        if wanted(Metric::Dependencies) && !project.language.dependencies.is_empty() {
            let count = dependencies(&project.tools(), &project.folder, &project.root);
            let count = count.map_err(|error| error.to_string())?;
            values.insert(Metric::Dependencies, count as f64);
        }
        if let (true, Some(form)) = (wanted(Metric::SourceLines), &project.language.source) {
            values.insert(Metric::SourceLines, project.source_lines(form)? as f64);
        }
        Ok(values)
    }

    /// Where its clean builds are timed; `None`: Evenhand does not build it.
    pub(crate) fn build_place<'b>(
        &'b self,
        profile: Profile,
        cache: &'b Path,
    ) -> Option<BuildPlace<'b>> {
        let project = self.project.as_ref()?;
        let name = self.program.file_name()?.to_str()?;
        Some(BuildPlace::of_project(project.tools(), project.sources(name), profile, cache))
    }
}

/// The program that is there.
pub(super) fn there(side: &Side, path: &Path) -> Result<PathBuf, SideError> {
    let bare = path.components().count() == 1 && !path.is_absolute();
    if !bare {
        let missing = || SideError::NotThere { side: side.name.clone(), path: path.to_owned() };
        return executable(side, path, missing);
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let candidates = std::env::split_paths(&folders).map(|folder| folder.join(path));
    let found = candidates.into_iter().find(|path| is_executable(path));
    let name = path.to_string_lossy().into_owned();
    let found = found.ok_or_else(|| SideError::NotOnPath { side: side.name.clone(), name })?;
    // PATH may name folders from where one stands.
    Ok(std::path::absolute(&found).unwrap_or(found))
}

fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

fn executable(
    side: &Side,
    path: &Path,
    missing: impl FnOnce() -> SideError,
) -> Result<PathBuf, SideError> {
    if is_executable(path) {
        return Ok(path.to_owned());
    }
    match path.exists() {
        true => Err(SideError::NotExecutable { side: side.name.clone(), path: path.to_owned() }),
        false => Err(missing()),
    }
}

/// Runs a build command of the user's, in the user's own environment.
fn run_build(
    side: &Side,
    folder: &Path,
    command: &[String],
    launcher: &Launcher,
) -> Result<(), SideError> {
    let failed = |said: String| SideError::Command {
        side: side.name.clone(),
        command: command.join(" "),
        said,
    };
    let Some((program, args)) = command.split_first() else {
        return Err(failed("is no command; name a program and its arguments".to_owned()));
    };
    // A path is meant from where the command is run.
    let program = match program.contains('/') {
        true => folder.join(program),
        false => PathBuf::from(program),
    };
    let tool = Tool { deadline: build::DEADLINE, ..Tool::of(program, folder).with_args(args) };
    let outcome = tool::run(launcher, &tool)
        .map_err(|error: LaunchError| failed(format!("could not be run: {error}")))?;
    if outcome.ended.is_success() {
        return Ok(());
    }
    Err(failed(format!("ended with {}:\n{}", outcome.ended, outcome.last_lines(12))))
}

/// The program that a command of the user's has left.
fn left(side: &Side, command: &[String], program: &Path) -> Result<PathBuf, SideError> {
    executable(side, program, || SideError::NotLeft {
        side: side.name.clone(),
        command: command.join(" "),
        path: program.to_owned(),
        hint: "name with `program` the file that it makes",
    })
}

fn seen(
    side: &Side,
    program: &Path,
    project: Option<&Project<'_>>,
) -> Result<ProgramSeen, SideError> {
    let bytes = fs::read(program).map_err(unread(side, program))?;
    Ok(ProgramSeen {
        side: side.name.clone(),
        sha256: hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
        toolchain: project.map(Project::toolchain),
        content: project.map(|project| project.recipe.content.clone()),
        stripped: stripped(&bytes),
    })
}

/// Whether a file of the usual format is without symbols and debug information;
/// `None` for scripts and other formats.
fn stripped(bytes: &[u8]) -> Option<bool> {
    if !bytes.starts_with(b"\x7fELF") {
        return None;
    }
    let file = object::File::parse(bytes).ok()?;
    let told = |name: &str| name == ".symtab" || name.contains("debug_info");
    Some(!file.sections().any(|section| section.name().is_ok_and(told)))
}

pub(super) fn unread<'a>(side: &'a Side, path: &'a Path) -> impl Fn(io::Error) -> SideError + 'a {
    move |reason| SideError::Unread { side: side.name.clone(), path: path.to_owned(), reason }
}

/// The last part of a path, if it names something.
fn last_name(path: &Path) -> Option<String> {
    path.file_name().and_then(OsStr::to_str).map(str::to_owned)
}
