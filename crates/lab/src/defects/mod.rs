//! Takes the programs of defects through the tools of their languages: each
//! tool once over all programs of a side, then each program as often as its
//! defect says. What was tried before with the same program, tool and version
//! is told again and not tried.
//!
//! Hands over one [`Caught`] a program and tool. Whether that is a catch, and
//! whether it was expected, is for the judge.

mod key;
mod kit;
mod layout;
mod runs;
mod said;
mod tool;

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use model::{
    CatchGate, Caught, Comparison, CorpusForm, CorpusTool, Defect, DefectId, DefectProgram,
    Environment, Language, Level, Plan, PlanMode, Side, SideName, ToolchainState,
};

use crate::event::{Event, Observer, Step, Stop};
use crate::run::Settings;
use crate::toolchain::Tools;

pub use key::keys;

/// One program of one defect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub(crate) defect: &'a Defect,
    pub(crate) program: &'a DefectProgram,
}

impl Entry<'_> {
    /// Its name in the project: a word in every language.
    fn name(&self) -> String {
        format!("{}__{}", self.defect.id.as_str().replace('-', "_"), self.program.variant)
    }
}

/// Takes the plan's defects through every tool, except for what is among
/// `prior`, which this run holds already, or among the known of `settings`.
///
/// # Errors
/// The observer's reason to stop.
pub(crate) fn make(
    comparison: &Comparison,
    plan: &Plan,
    environment: &Environment,
    prior: &[Caught],
    settings: &Settings,
    observer: &mut dyn Observer,
) -> Result<(), Stop> {
    for side in &comparison.sides {
        let Some(corpus) = Corpus::of(comparison, side, &plan.defects, environment) else {
            continue;
        };
        let tools = Tools {
            launcher: &settings.launcher,
            language: corpus.language,
            offline: settings.offline,
        };
        let bench = Bench { corpus, tools, settings, mode: plan.mode };
        match &bench.corpus.missing {
            None => bench.work(prior, observer)?,
            Some(why) => bench.nothing_runs(&bench.all(), why, observer)?,
        }
    }
    Ok(())
}

/// A side's programs, and the tools that they are taken through.
pub(crate) struct Corpus<'a> {
    pub(crate) side: &'a SideName,
    pub(crate) language: &'a Language,
    pub(crate) form: &'a CorpusForm,
    /// Of the installed toolchain.
    pub(crate) version: &'a str,
    /// Why there is no such toolchain.
    pub(crate) missing: Option<&'a str>,
    pub(crate) entries: Vec<Entry<'a>>,
    /// The programs, as they were when the keys were made.
    sources: Vec<String>,
    /// Of each tool, those of the entries.
    keys: Vec<Vec<String>>,
}

impl<'a> Corpus<'a> {
    /// `None`: nothing of it can be tried on that side.
    pub(crate) fn of(
        comparison: &'a Comparison,
        side: &'a Side,
        defects: &'a [DefectId],
        environment: &'a Environment,
    ) -> Option<Self> {
        let language = comparison.languages.get(&side.language)?;
        let form = language.corpus.as_ref()?;
        let (version, missing) = match &environment.toolchains.get(&side.name)?.state {
            ToolchainState::Ready { version, .. } => (version.as_str(), None),
            ToolchainState::Missing { reason } => ("", Some(reason.as_str())),
            ToolchainState::TooOld { version, reason } => (version.as_str(), Some(reason.as_str())),
        };
        let defects = defects.iter().filter_map(|id| comparison.defects.get(id));
        let entries = defects.flat_map(|defect| {
            let of_side = defect.programs.iter().filter(|program| program.side == side.name);
            let tried = of_side.filter(|program| program.is_tried());
            tried.map(move |program| Entry { defect, program })
        });
        let entries: Vec<Entry> = entries.collect();
        if entries.is_empty() {
            return None;
        }
        // What cannot be read does not compile, and says so there.
        let source = |entry: &Entry<'_>| {
            let file = entry.defect.folder.join(entry.program.file(&form.extension));
            fs::read_to_string(file).unwrap_or_default()
        };
        let sources = entries.iter().map(source).collect();
        let side = &side.name;
        let keys = Vec::new();
        let mut corpus = Self { side, language, form, version, missing, entries, sources, keys };
        corpus.keys = corpus.made_keys();
        Some(corpus)
    }

    /// The key of an entry under a tool.
    fn key(&self, tool: &CorpusTool, entry: usize) -> &str {
        let of_tool = |(known, _): &(&CorpusTool, _)| *known == tool;
        let mut tools = self.form.tools.iter().zip(&self.keys);
        tools.find(of_tool).map_or("", |(_, keys)| keys[entry].as_str())
    }
}

/// How often it is looked whether another process is done.
const PATIENCE: Duration = Duration::from_millis(200);

/// Where one side's programs are tried.
struct Bench<'a> {
    corpus: Corpus<'a>,
    tools: Tools<'a>,
    settings: &'a Settings,
    mode: PlanMode,
}

/// Entries by their place in the corpus.
type Entries = BTreeSet<usize>;

impl Bench<'_> {
    fn work(&self, prior: &[Caught], observer: &mut dyn Observer) -> Result<(), Stop> {
        let (mut open, mut refused) = self.known(prior, observer)?;
        if open.iter().all(Entries::is_empty) {
            return Ok(());
        }
        // What is run without a command stands on what the first tool built.
        let built = self.corpus.form.tools.iter().zip(&open);
        let built = built.filter(|(tool, _)| tool.command.is_empty()).flat_map(|(_, open)| open);
        let built: Entries = built.copied().collect();
        let site = match Site::open(self, observer)? {
            Ok(site) => site,
            Err(why) => return self.nothing_runs(&open, &why, observer),
        };
        let mut kits = kit::Kits::default();
        for (tool, open) in self.corpus.form.tools.iter().zip(&mut open) {
            open.retain(|entry| !refused.contains(entry));
            let is_first = tool.gate == CatchGate::G0;
            let mut wanted = open.clone();
            if is_first {
                wanted.extend(built.difference(&refused));
            }
            if wanted.is_empty() {
                continue;
            }
            if !tool.quick && self.mode == PlanMode::Quick {
                self.leave_out(tool, open, NOT_QUICK, observer)?;
                continue;
            }
            let step = Step::Catching { gate: tool.gate, tool: &tool.name, side: self.corpus.side };
            observer.observe(Event::Step(step))?;
            let pass = tool::Pass { bench: self, site: &site, tool, wanted: &wanted };
            pass.take(&mut kits, observer, &mut |entry, caught, observer| {
                if is_first && is_refusal(&caught) {
                    refused.insert(entry);
                }
                if open.contains(&entry) {
                    observer.observe(Event::Caught(&caught))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// What is still to be tried by each tool, and what does not compile. Tells what is known from
    /// earlier runs.
    fn known(
        &self,
        prior: &[Caught],
        observer: &mut dyn Observer,
    ) -> Result<(Vec<Entries>, Entries), Stop> {
        let mut refused = Entries::new();
        let mut open = Vec::new();
        for tool in &self.corpus.form.tools {
            let mut of_tool = Entries::new();
            for index in 0..self.corpus.entries.len() {
                let key = self.corpus.key(tool, index);
                let is_it = |caught: &&Caught| caught.key == key && is_lasting(caught);
                let own = prior.iter().find(is_it);
                let known = || self.settings.known.iter().find(is_it);
                match own.or_else(known) {
                    None => drop(of_tool.insert(index)),
                    Some(caught) => {
                        if own.is_none() {
                            observer.observe(Event::Caught(caught))?;
                        }
                        if tool.gate == CatchGate::G0 && is_refusal(caught) {
                            refused.insert(index);
                        }
                    }
                }
            }
            open.push(of_tool);
        }
        for of_tool in &mut open {
            of_tool.retain(|entry| !refused.contains(entry));
        }
        Ok((open, refused))
    }

    /// Every entry, for each tool.
    fn all(&self) -> Vec<Entries> {
        let entries: Entries = (0..self.corpus.entries.len()).collect();
        vec![entries; self.corpus.form.tools.len()]
    }

    fn leave_out(
        &self,
        tool: &CorpusTool,
        open: &Entries,
        why: &str,
        observer: &mut dyn Observer,
    ) -> Result<(), Stop> {
        for &entry in open {
            let caught = tool::Outcome::not_run(why.to_owned());
            observer.observe(Event::Caught(&caught.of(&self.corpus, tool, entry)))?;
        }
        Ok(())
    }

    fn nothing_runs(
        &self,
        open: &[Entries],
        why: &str,
        observer: &mut dyn Observer,
    ) -> Result<(), Stop> {
        let mut tools = self.corpus.form.tools.iter().zip(open);
        tools.try_for_each(|(tool, open)| self.leave_out(tool, open, why, observer))
    }
}

const NOT_QUICK: &str = "not in --quick; `evenhand verify --defects` asks it";

/// Whether it is known for good: a tool that was not there may be there now, one that cannot run
/// such a program still cannot.
fn is_lasting(caught: &Caught) -> bool {
    caught.not_run.is_none() || !caught.runs.is_empty()
}

/// Whether the compiler refused the program.
fn is_refusal(caught: &Caught) -> bool {
    caught.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}

/// The side's folders in the cache, this process's alone while it lives.
struct Site {
    project: PathBuf,
    products: PathBuf,
    kits: PathBuf,
    /// Where programs put temporary files.
    runs: PathBuf,
    _lock: File,
}

impl Site {
    /// Waits for another process that works there; then lays the project out anew.
    fn open(bench: &Bench<'_>, observer: &mut dyn Observer) -> Result<Result<Self, String>, Stop> {
        let folder = bench.settings.cache.join("defects").join(bench.corpus.language.id.as_str());
        let said = |what: &Path, error: io::Error| format!("{}: {error}", what.display());
        let path = folder.join("lock");
        let made = fs::create_dir_all(&folder).and_then(|()| File::create(&path));
        let lock = match made {
            Ok(lock) => lock,
            Err(error) => return Ok(Err(said(&path, error))),
        };
        loop {
            match lock.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Ok(Err(said(&path, error))),
                Err(TryLockError::WouldBlock) => {
                    observer.observe(Event::Step(Step::WaitingForAnother))?;
                    thread::sleep(PATIENCE);
                }
            }
        }
        Ok(Self::laid_out(bench, &folder, lock))
    }

    fn laid_out(bench: &Bench<'_>, folder: &Path, lock: File) -> Result<Self, String> {
        let place = |name: &str| folder.join(name);
        let site = Self {
            project: place("project"),
            products: place("products"),
            kits: place("kits"),
            runs: place("runs"),
            _lock: lock,
        };
        let said = |what: &Path| {
            let what = what.display().to_string();
            move |error: io::Error| format!("{what}: {error}")
        };
        for fresh in [&site.project, &site.runs] {
            if fresh.exists() {
                fs::remove_dir_all(fresh).map_err(said(fresh))?;
            }
        }
        for made in [&site.products, &site.kits, &site.runs] {
            fs::create_dir_all(made).map_err(said(made))?;
        }
        layout::lay_out(&bench.corpus, &site.project)?;
        Ok(site)
    }
}
