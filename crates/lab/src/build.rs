//! Builds programs by profile, once each: artefacts are kept in the cache by the
//! hash of sources, toolchain and recipe.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use launch::{LaunchError, Scratch};
use model::{BuildRecipe, Profile};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::input::hex;
use crate::toolchain::{Tools, Words, fill};

/// How long a build may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(3600);

/// A program as built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Artefact {
    pub(crate) path: PathBuf,
    pub(crate) size: u64,
}

/// Why there is no artefact.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuildError {
    /// The language does not say how.
    #[error("{language} has no recipe for the profile {profile}")]
    NoRecipe { language: String, profile: Profile },
    /// Something to install first.
    #[error("not all that this profile needs is installed: {0}")]
    Need(String),
    /// The tool said no.
    #[error("`{command}` ended with {ended}:\n{last_lines}")]
    Failed { command: String, ended: String, last_lines: String },
    #[error("`{command}` left no program at {path}")]
    NoProgram { command: String, path: PathBuf },
    /// Which of them is meant?
    #[error("`{command}` left several programs: {}", names.join(", "))]
    Several { command: String, names: Vec<String> },
    /// A build after a change, and nobody says which.
    #[error("no change to the sources is known that a build could follow; time clean builds")]
    NoEdit,
    #[error(transparent)]
    Launch(#[from] LaunchError),
    #[error("{path}: {reason}")]
    Io { path: PathBuf, reason: io::Error },
}

pub(crate) fn io_error(path: &Path) -> impl Fn(io::Error) -> BuildError {
    move |reason| BuildError::Io { path: path.to_owned(), reason }
}

/// What to build.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sources<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) name: &'a str,
    /// Of the toolchain.
    pub(crate) version: &'a str,
}

/// The program of `sources` under a profile, from the cache if it is there.
pub(crate) fn artefact(
    tools: &Tools<'_>,
    sources: Sources<'_>,
    profile: Profile,
    cache: &Path,
) -> Result<Artefact, BuildError> {
    let recipe = recipe(tools, profile)?;
    let key = key(tools, sources, recipe).map_err(io_error(sources.folder))?;
    let folder = cache.join("artefacts").join(key);
    let path = folder.join(sources.name);
    if !path.exists() {
        build_into(tools, sources, recipe, &folder)?;
    }
    let size = fs::metadata(&path).map_err(io_error(&path))?.len();
    Ok(Artefact { path, size })
}

pub(crate) fn recipe<'a>(
    tools: &Tools<'a>,
    profile: Profile,
) -> Result<&'a BuildRecipe, BuildError> {
    tools
        .language
        .profiles
        .get(&profile)
        .ok_or_else(|| BuildError::NoRecipe { language: tools.language.name.clone(), profile })
}

fn build_into(
    tools: &Tools<'_>,
    sources: Sources<'_>,
    recipe: &BuildRecipe,
    folder: &Path,
) -> Result<(), BuildError> {
    if let Some(hint) = tools.missing_need(recipe) {
        return Err(BuildError::Need(hint));
    }
    keep(folder, |out| {
        let built = build(tools, sources, recipe, out, &BTreeMap::new())?;
        Ok((built.path, sources.name.to_owned()))
    })
}

/// Keeps in `folder`, under the name given with it, a file that is made with
/// products below the folder handed over.
pub(crate) fn keep(
    folder: &Path,
    made: impl FnOnce(&Path) -> Result<(PathBuf, String), BuildError>,
) -> Result<(), BuildError> {
    let parent = folder.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(io_error(parent))?;
    let place = Scratch::within(parent)?;
    let (out, finished) = (place.path().join("out"), place.path().join("finished"));
    for made in [&out, &finished] {
        fs::create_dir(made).map_err(io_error(made))?;
    }
    let (path, name) = made(&out)?;
    let kept = finished.join(name);
    fs::rename(&path, &kept)
        .or_else(|_| fs::copy(&path, &kept).map(|_| ()))
        .map_err(io_error(&kept))?;
    match fs::rename(&finished, folder) {
        // Another process was quicker with the same sources.
        Err(_) if folder.exists() => Ok(()),
        renamed => renamed.map_err(io_error(folder)),
    }
}

/// One build command's result.
pub(crate) struct Built {
    pub(crate) path: PathBuf,
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
}

/// Runs the recipe's command with products under `out`.
pub(crate) fn build(
    tools: &Tools<'_>,
    sources: Sources<'_>,
    recipe: &BuildRecipe,
    out: &Path,
    added: &BTreeMap<String, String>,
) -> Result<Built, BuildError> {
    let built = run(tools, sources, recipe, out, added)?;
    if !built.path.exists() {
        return Err(BuildError::NoProgram { command: recipe.command.join(" "), path: built.path });
    }
    Ok(built)
}

/// The same for sources that name their program themselves, whatever they are
/// called here: the only one that is left where the recipe says.
pub(crate) fn build_unnamed(
    tools: &Tools<'_>,
    sources: Sources<'_>,
    recipe: &BuildRecipe,
    out: &Path,
) -> Result<PathBuf, BuildError> {
    let built = run(tools, sources, recipe, out, &BTreeMap::new())?;
    let folder = built.path.parent().unwrap_or(out);
    let command = recipe.command.join(" ");
    let mut programs = programs(folder);
    match programs.len() {
        1 => Ok(programs.remove(0)),
        0 => Err(BuildError::NoProgram { command, path: folder.to_owned() }),
        _ => {
            let names = programs.iter().filter_map(|path| path.file_name());
            let names = names.map(|name| name.to_string_lossy().into_owned()).collect();
            Err(BuildError::Several { command, names })
        }
    }
}

/// Executable files of a folder that are no libraries, by name.
fn programs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_program = |path: &PathBuf| {
        let executable =
            |found: fs::Metadata| found.is_file() && found.permissions().mode() & 0o111 != 0;
        path.extension().is_none() && fs::metadata(path).is_ok_and(executable)
    };
    let mut programs: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_program).collect();
    programs.sort();
    programs
}

fn run(
    tools: &Tools<'_>,
    sources: Sources<'_>,
    recipe: &BuildRecipe,
    out: &Path,
    added: &BTreeMap<String, String>,
) -> Result<Built, BuildError> {
    let arch = [("arch", std::env::consts::ARCH)];
    let target = fill(recipe.target.as_deref().unwrap_or_default(), &arch);
    let out_text = out.to_string_lossy();
    let words: &Words<'_> = &[("target", &target), ("out", &out_text), ("program", sources.name)];
    let mut variables = recipe.environment.clone();
    variables.extend(added.clone());
    let outcome = tools.run_within(DEADLINE, &recipe.command, sources.folder, words, &variables)?;
    if !outcome.ended.is_success() {
        let (ended, last_lines) = (outcome.ended.to_string(), outcome.last_lines(12));
        let command = recipe.command.join(" ");
        return Err(BuildError::Failed { command, ended, last_lines });
    }
    let path = PathBuf::from(fill(&recipe.artefact, words));
    let (wall, cpu) = (outcome.wall.as_secs_f64(), outcome.usage.cpu().as_secs_f64());
    Ok(Built { path, wall, cpu })
}

/// Whether a path below a program's folder is one of its sources.
fn is_source(path: &Path) -> bool {
    path.file_name().is_none_or(|name| name != "target")
}

fn key(tools: &Tools<'_>, sources: Sources<'_>, recipe: &BuildRecipe) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let language = tools.language;
    hasher.update(format!("{}\0{}\0{recipe:?}\0", language.id, sources.version));
    hasher.update(format!("{:?}\0{:?}\0", language.environment, language.unset));
    let files = WalkDir::new(sources.folder).sort_by_file_name().into_iter();
    for entry in files.filter_entry(|entry| is_source(entry.path())) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let relative = entry.path().strip_prefix(sources.folder).unwrap_or(entry.path());
            hasher.update(relative.as_os_str().as_encoded_bytes());
            hasher.update(fs::read(entry.path())?);
        }
    }
    Ok(hex(&hasher.finalize()[..8]))
}

/// Copies a program's sources.
pub(crate) fn copy_sources(from: &Path, to: &Path) -> io::Result<()> {
    copy_tree(from, to, |from, to| fs::copy(from, to).map(|_| ()))
}

/// Copies a folder by hard links: a build cache that is read but not changed.
pub(crate) fn link_tree(from: &Path, to: &Path) -> io::Result<()> {
    copy_tree(from, to, |from, to| fs::hard_link(from, to))
}

fn copy_tree(
    from: &Path,
    to: &Path,
    file: impl Fn(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    for entry in WalkDir::new(from).into_iter().filter_entry(|entry| is_source(entry.path())) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).unwrap_or(entry.path()));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
        } else {
            file(entry.path(), &target)?;
        }
    }
    Ok(())
}
