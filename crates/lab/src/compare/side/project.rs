//! A project of the user's own: its language as it is used on the part that is
//! wanted, the toolchain, the folders that belong to it, and its program.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use launch::Launcher;
use model::contract::{Origin, Side};
use model::{BuildRecipe, Contract, Language, LanguageId, Part, SourceForm};
use regex::Regex;
use sha2::{Digest, Sha256};

use super::files::Tree;
use super::{Means, SideError, last_name, unread};
use crate::build::{self, BuildError, Sources};
use crate::input::hex;
use crate::source_lines;
use crate::switch;
use crate::toolchain::Tools;

/// A project that can be built.
#[derive(Debug)]
pub(crate) struct Project<'a> {
    side: &'a Side,
    launcher: &'a Launcher,
    offline: bool,
    /// As it is used on this part with this toolchain.
    pub(crate) language: Language,
    pub(crate) recipe: BuildRecipe,
    /// Where commands are run.
    pub(crate) folder: PathBuf,
    /// The uppermost folder of what the project belongs to.
    pub(crate) root: PathBuf,
    /// Of the toolchain.
    version: String,
    /// The program's name, unless the project itself says it.
    program: Option<String>,
    /// Settings that make another program of the same sources.
    settings: String,
}

impl<'a> Project<'a> {
    /// Asks the toolchain, fetched if need be, about a side that is a project.
    pub(crate) fn of(
        side: &'a Side,
        contract: &Contract,
        means: &Means<'a>,
    ) -> Result<Self, SideError> {
        let Origin::Project { language: id, folder, package, binary, features } = &side.origin
        else {
            let reason = "this is no project".to_owned();
            return Err(SideError::Build { side: side.name.clone(), reason });
        };
        let known = known(side, id, means)?;
        let root = manifest_folder(side, known, folder)?;
        let part = Part { package: package.as_deref(), binary: binary.as_deref(), features };
        let language = known.of_project(part).map_err(|reason| SideError::Part {
            side: side.name.clone(),
            language: known.name.clone(),
            reason,
        })?;
        let tools = Tools { launcher: means.launcher, language: &language, offline: means.offline };
        let recipe = build::recipe(&tools, contract.profile);
        let recipe = recipe.map_err(|error| as_side_error(side, error))?.clone();
        // A name that the command gives is ours to choose.
        let ours = recipe.command.iter().any(|word| word.contains("{program}"));
        let mut project = Self {
            side,
            launcher: means.launcher,
            offline: means.offline,
            settings: format!(
                "{}\0{recipe:?}\0{:?}\0{:?}",
                language.id, language.environment, language.unset
            ),
            program: if ours { Some(chosen_name(side, folder, part)) } else { binary.clone() },
            version: String::new(),
            folder: folder.clone(),
            language,
            recipe,
            root,
        };
        project.choose(means.cache)?;
        project.root = project.uppermost()?;
        project.has_lock()?;
        Ok(project)
    }

    /// Switches to the toolchain asked for, and knows its version.
    fn choose(&mut self, cache: &Path) -> Result<(), SideError> {
        let asked = self.side.toolchain.as_deref().filter(|word| *word != "installed");
        let told = match asked {
            None => self.tools().version_at(&self.folder).map(|(version, all)| {
                // Of one version there may be several builds.
                self.settings.push_str(&all);
                self.version = version;
            }),
            Some(word) => switch::asked(&self.tools(), word, cache).map(|chosen| {
                self.language.environment.extend(chosen.environment);
                self.version = chosen.version;
            }),
        };
        told.map_err(|reason| SideError::Toolchain {
            side: self.side.name.clone(),
            reason,
            hint: match asked {
                None => self.language.hint.clone(),
                Some(_) => "install it, or leave `toolchain` out for the installed one".to_owned(),
            },
        })
    }

    /// The uppermost folder of what the project belongs to, as its tool says.
    fn uppermost(&self) -> Result<PathBuf, SideError> {
        let command = &self.language.project.root;
        if command.is_empty() {
            return Ok(self.root.clone());
        }
        let told = self.told(command)?;
        let here = fs::canonicalize(&self.folder).map_err(unread(self.side, &self.folder))?;
        let folders = told.lines().filter_map(|line| Path::new(line.trim()).parent());
        let folders = folders.filter_map(|folder| fs::canonicalize(folder).ok());
        let above = folders.filter(|folder| here.starts_with(folder));
        Ok(above.min_by_key(|folder| folder.components().count()).unwrap_or(self.root.clone()))
    }

    fn has_lock(&self) -> Result<(), SideError> {
        let Some(lock) = &self.language.project.lock else { return Ok(()) };
        let path = self.root.join(&lock.file);
        match path.is_file() {
            true => Ok(()),
            false => Err(SideError::NoLock {
                side: self.side.name.clone(),
                path,
                hint: lock.hint.clone(),
            }),
        }
    }

    /// What a command about the project writes.
    fn told(&self, command: &[String]) -> Result<String, SideError> {
        let failed = |reason| SideError::Build { side: self.side.name.clone(), reason };
        let added = BTreeMap::new();
        let shown = command.join(" ");
        let outcome = self
            .tools()
            .run(command, &self.folder, &[], &added)
            .map_err(|error| failed(format!("`{shown}`: {error}")))?;
        if outcome.ended.is_success() {
            return Ok(outcome.stdout_text());
        }
        let said = outcome.last_lines(12);
        Err(failed(format!("`{shown}` ended with {}:\n{said}", outcome.ended)))
    }

    pub(crate) fn tools(&self) -> Tools<'_> {
        Tools { launcher: self.launcher, language: &self.language, offline: self.offline }
    }

    pub(crate) fn sources<'b>(&'b self, name: &'b str) -> Sources<'b> {
        Sources { folder: &self.folder, name, version: &self.version }
    }

    /// Language and version, in words.
    pub(crate) fn toolchain(&self) -> String {
        format!("{} {}", self.language.id, self.version)
    }

    /// A digest of sources, toolchain and recipe: where it is the same, so is
    /// the program.
    pub(crate) fn key(&self) -> Result<String, SideError> {
        let mut hasher = Sha256::new();
        let here = fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let below = here.strip_prefix(&self.root).unwrap_or(&here);
        hasher.update(format!("{}\0{}\0{}\0", self.settings, self.version, below.display()));
        let tree = Tree::of([&self.language]);
        for folder in self.folders()? {
            hasher.update("\0folder\0");
            tree.feed(&folder, None, &mut hasher).map_err(unread(self.side, &folder))?;
        }
        Ok(hex(&hasher.finalize()[..16]))
    }

    /// The uppermost folder, and those elsewhere that packages are taken from.
    fn folders(&self) -> Result<Vec<PathBuf>, SideError> {
        let mut folders = self.local_packages()?;
        folders.retain(|folder| !folder.starts_with(&self.root));
        folders.insert(0, self.root.clone());
        Ok(folders)
    }

    /// Folders of packages on the disk that the program is built of, in order.
    fn local_packages(&self) -> Result<Vec<PathBuf>, SideError> {
        let Some(local) = &self.language.project.local else { return Ok(Vec::new()) };
        // The pack reader has compiled the expression before.
        let Ok(pattern) = Regex::new(&local.folder) else { return Ok(Vec::new()) };
        let told = self.told(&local.command)?;
        let named = told.lines().filter_map(|line| pattern.captures(line)?.get(1));
        let mut folders: Vec<PathBuf> =
            named.filter_map(|folder| fs::canonicalize(folder.as_str()).ok()).collect();
        folders.sort();
        folders.dedup();
        Ok(folders)
    }

    /// Lines of source of the packages that the program is built of, as far as
    /// they are on the disk.
    pub(crate) fn source_lines(&self, form: &SourceForm) -> Result<u64, String> {
        let mut folders = self.local_packages().map_err(|error| error.to_string())?;
        if folders.is_empty() {
            folders.push(self.folder.clone());
        }
        // One that is inside another has been counted with it.
        folders.dedup_by(|inner, outer| inner.starts_with(&*outer));
        let counts = folders.iter().map(|folder| source_lines::count(folder, form));
        counts.sum::<io::Result<u64>>().map_err(|error| error.to_string())
    }

    /// The program, from the cache if it is there.
    pub(crate) fn artefact(&self, cache: &Path) -> Result<PathBuf, SideError> {
        let folder = cache.join("artefacts").join(self.key()?);
        if let Some(kept) = only_file(&folder) {
            return Ok(kept);
        }
        if let Some(hint) = self.tools().missing_need(&self.recipe) {
            return Err(as_side_error(self.side, BuildError::Need(hint)));
        }
        build::keep(&folder, |out| self.built(out))
            .map_err(|error| as_side_error(self.side, error))?;
        only_file(&folder)
            .ok_or_else(|| SideError::NotThere { side: self.side.name.clone(), path: folder })
    }

    fn built(&self, out: &Path) -> Result<(PathBuf, String), BuildError> {
        let tools = self.tools();
        let path = match &self.program {
            Some(name) => {
                let added = BTreeMap::new();
                build::build(&tools, self.sources(name), &self.recipe, out, &added)?.path
            }
            None => {
                let sources = self.sources(self.side.name.as_str());
                build::build_unnamed(&tools, sources, &self.recipe, out)?
            }
        };
        let name = last_name(&path).unwrap_or_else(|| self.side.name.to_string());
        Ok((path, name))
    }
}

fn known<'a>(side: &Side, id: &LanguageId, means: &Means<'a>) -> Result<&'a Language, SideError> {
    means.languages.get(id).ok_or_else(|| SideError::NoLanguage {
        side: side.name.clone(),
        language: id.clone(),
        known: means.languages.keys().map(LanguageId::as_str).collect::<Vec<_>>().join(", "),
    })
}

/// The folder, or the nearest above it, that has the language's manifest.
fn manifest_folder(side: &Side, language: &Language, folder: &Path) -> Result<PathBuf, SideError> {
    let found = folder.ancestors().find(|above| above.join(&language.manifest).is_file());
    found.map(Path::to_owned).ok_or_else(|| SideError::NoManifest {
        side: side.name.clone(),
        manifest: language.manifest.clone(),
        folder: folder.to_owned(),
    })
}

/// A program is called after its package's folder, or the project's.
fn chosen_name(side: &Side, folder: &Path, part: Part<'_>) -> String {
    let package = part.package.and_then(|package| last_name(Path::new(package)));
    package.or_else(|| last_name(folder)).unwrap_or_else(|| side.name.to_string())
}

/// The file of a folder that has one.
fn only_file(folder: &Path) -> Option<PathBuf> {
    let path = fs::read_dir(folder).ok()?.next()?.ok()?.path();
    Some(std::path::absolute(&path).unwrap_or(path))
}

fn as_side_error(side: &Side, error: BuildError) -> SideError {
    let side = side.name.clone();
    match error {
        BuildError::Several { names, .. } => SideError::Several { side, names },
        BuildError::NoProgram { command, path } => SideError::NotLeft {
            side,
            command,
            path,
            hint: "name the package or the program that is meant, or build with a command of your own",
        },
        other => SideError::Build { side, reason: other.to_string() },
    }
}
