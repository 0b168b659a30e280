//! Builds that are measured: from clean sources, or after one small change, in a
//! copy of the sources, so that the pack stays as it is.
//!
//! A clean build begins with dependencies downloaded and the standard library
//! compiled, on every side, and with nothing else (docs/bias.md).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use launch::Scratch;
use model::{Activity, Edit, Metric, Profile, Program};
use sha2::{Digest, Sha256};

use crate::build::{self, BuildError, Built, Sources, copy_sources, io_error, link_tree};
use crate::input::hex;
use crate::toolchain::Tools;

/// Where one side's timed builds of one profile will be; nothing is copied
/// until the first of them.
#[derive(Debug)]
pub(crate) struct BuildPlace<'a> {
    tools: Tools<'a>,
    sources: Sources<'a>,
    edits: Edits<'a>,
    profile: Profile,
    cache: &'a Path,
    site: Option<BuildSite<'a>>,
}

/// What a build may find changed.
#[derive(Debug, Clone, Copy)]
enum Edits<'a> {
    /// One edit in a copy of the sources, if there is one.
    InCopy(Option<&'a Edit>),
    /// Nothing: the sources are the user's own and stay as they are.
    None,
}

impl<'a> BuildPlace<'a> {
    pub(crate) fn new(
        tools: Tools<'a>,
        program: &'a Program,
        name: &'a str,
        version: &'a str,
        profile: Profile,
        cache: &'a Path,
    ) -> Self {
        let sources = Sources { folder: &program.folder, name, version };
        let edits = Edits::InCopy(program.edit.as_ref());
        Self { tools, sources, edits, profile, cache, site: None }
    }

    /// Clean builds of a project where it stands: its neighbours may be part of it.
    pub(crate) fn of_project(
        tools: Tools<'a>,
        sources: Sources<'a>,
        profile: Profile,
        cache: &'a Path,
    ) -> Self {
        Self { tools, sources, edits: Edits::None, profile, cache, site: None }
    }

    /// One timed build.
    pub(crate) fn build(
        &mut self,
        activity: Activity,
    ) -> Result<BTreeMap<Metric, f64>, BuildError> {
        if let (Activity::BuildIncremental, Edits::None) = (activity, self.edits) {
            return Err(BuildError::NoEdit);
        }
        let site = match self.site.take() {
            Some(site) => site,
            None => BuildSite::prepare(self)?,
        };
        let site = self.site.insert(site);
        match activity {
            Activity::BuildIncremental => site.incremental(),
            _ => site.clean(),
        }
    }
}

#[derive(Debug)]
struct BuildSite<'a> {
    tools: Tools<'a>,
    name: &'a str,
    version: &'a str,
    profile: Profile,
    edit: Option<&'a Edit>,
    /// Edits made so far.
    changes: u32,
    /// The program's own folder.
    original: &'a Path,
    /// Standard library ready, nothing else; `None` where it comes compiled.
    standard: Option<PathBuf>,
    sources: PathBuf,
    folder: Scratch,
}

impl<'a> BuildSite<'a> {
    /// Copies the sources, fetches dependencies, compiles what a clean build
    /// may start with.
    fn prepare(place: &BuildPlace<'a>) -> Result<Self, BuildError> {
        let parent = place.cache.join("builds");
        fs::create_dir_all(&parent).map_err(io_error(&parent))?;
        let folder = Scratch::within(&parent)?;
        let sources = folder.path().join("sources");
        let original = place.sources.folder;
        let (sources, edit) = match place.edits {
            Edits::InCopy(edit) => {
                copy_sources(original, &sources).map_err(io_error(&sources))?;
                (sources, edit)
            }
            Edits::None => (original.to_owned(), None),
        };
        let mut site = Self {
            tools: place.tools,
            name: place.sources.name,
            version: place.sources.version,
            profile: place.profile,
            edit,
            changes: 0,
            original,
            standard: None,
            sources,
            folder,
        };
        let fetch = &site.tools.language.fetch;
        if !fetch.is_empty() {
            site.must(fetch, &BTreeMap::new())?;
        }
        site.compile_standard(place.cache)?;
        Ok(site)
    }

    fn must(
        &self,
        command: &[String],
        added: &BTreeMap<String, String>,
    ) -> Result<String, BuildError> {
        let outcome = self.tools.run(command, &self.sources, &[], added)?;
        if outcome.ended.is_success() {
            return Ok(outcome.stdout_text());
        }
        Err(BuildError::Failed {
            command: command.join(" "),
            ended: outcome.ended.to_string(),
            last_lines: outcome.last_lines(12),
        })
    }

    /// Compiles the standard packages that the program uses, once for each
    /// toolchain, set of flags and list.
    fn compile_standard(&mut self, cache: &Path) -> Result<(), BuildError> {
        let language = self.tools.language;
        let Some(clean) = &language.clean_cache else { return Ok(()) };
        let fresh = self.folder.path().join("standard");
        let variable = BTreeMap::from([(clean.variable.clone(), path_text(&fresh))]);
        let listed = self.must(&clean.list_standard, &variable)?;
        let flags = clean.flags.get(&self.profile).map(Vec::as_slice).unwrap_or_default();
        let packages: Vec<String> = listed.lines().map(str::to_owned).collect();
        let command = [&clean.build_standard, flags, &packages].concat();
        let made_of =
            format!("{}{}{:?}{command:?}", language.id, self.version, language.environment);
        let kept = cache.join("standard").join(hex(&Sha256::digest(made_of)[..8]));
        if !kept.exists() {
            self.must(&command, &variable)?;
            fs::create_dir_all(cache.join("standard")).map_err(io_error(cache))?;
            match fs::rename(&fresh, &kept) {
                // Another process was quicker.
                Err(_) if kept.exists() => {}
                renamed => renamed.map_err(io_error(&kept))?,
            }
        }
        self.standard = Some(kept);
        Ok(())
    }

    /// One timed build, from clean sources.
    fn clean(&self) -> Result<BTreeMap<Metric, f64>, BuildError> {
        let place = self.folder.path().join("clean");
        remove(&place)?;
        let cache = self.fresh_cache(&place)?;
        let built = self.build(&place.join("out"), &cache)?;
        remove(&place)?;
        Ok(values(&built, Activity::BuildClean))
    }

    /// One timed build after an edit.
    fn incremental(&mut self) -> Result<BTreeMap<Metric, f64>, BuildError> {
        let place = self.folder.path().join("incremental");
        let (out, cache) = if place.exists() {
            (place.join("out"), self.cache_variable(&place))
        } else {
            let cache = self.fresh_cache(&place)?;
            self.build(&place.join("out"), &cache)?;
            (place.join("out"), cache)
        };
        self.change()?;
        Ok(values(&self.build(&out, &cache)?, Activity::BuildIncremental))
    }

    fn build(&self, out: &Path, cache: &BTreeMap<String, String>) -> Result<Built, BuildError> {
        fs::create_dir_all(out).map_err(io_error(out))?;
        let recipe = build::recipe(&self.tools, self.profile)?;
        let sources = Sources { folder: &self.sources, name: self.name, version: self.version };
        build::build(&self.tools, sources, recipe, out, cache)
    }

    fn cache_variable(&self, place: &Path) -> BTreeMap<String, String> {
        let clean = self.tools.language.clean_cache.iter();
        clean.map(|clean| (clean.variable.clone(), path_text(&place.join("cache")))).collect()
    }

    fn fresh_cache(&self, place: &Path) -> Result<BTreeMap<String, String>, BuildError> {
        if let Some(standard) = &self.standard {
            let cache = place.join("cache");
            link_tree(standard, &cache).map_err(io_error(&cache))?;
        }
        Ok(self.cache_variable(place))
    }

    /// Makes an edit that was never made before: a cache that goes by content
    /// would know an old one.
    fn change(&mut self) -> Result<(), BuildError> {
        let Some(edit) = self.edit else { return Ok(()) };
        self.changes += 1;
        let original = self.original.join(&edit.file);
        let text = fs::read_to_string(&original).map_err(io_error(&original))?;
        let replaced = edit.replace.replace("{n}", &self.changes.to_string());
        let path = self.sources.join(&edit.file);
        fs::write(&path, text.replacen(&edit.find, &replaced, 1)).map_err(io_error(&path))
    }
}

fn values(built: &Built, activity: Activity) -> BTreeMap<Metric, f64> {
    let (wall, cpu) = match activity {
        Activity::BuildIncremental => (Metric::BuildIncremental, Metric::BuildIncrementalCpu),
        _ => (Metric::BuildClean, Metric::BuildCleanCpu),
    };
    BTreeMap::from([(wall, built.wall), (cpu, built.cpu)])
}

fn remove(place: &Path) -> Result<(), BuildError> {
    if place.exists() {
        fs::remove_dir_all(place).map_err(io_error(place))?;
    }
    Ok(())
}

fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
