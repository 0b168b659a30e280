//! Conducts one contract: makes its programs ready, holds them to the same
//! answers and side effects, measures them, and keeps everything. Shared by
//! `compare` and `check`.

mod live;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lab::compare::{Means, NotReady, Site};
use lab::{Step, Stop};
use launch::{Bytes, Launcher, Limits};
use model::{Contract, Environment, Language, LanguageId, Plan, Run, RunEnd, RunFacts, SideName};
use sha2::{Digest, Sha256};
use store::Store;

use crate::failure::{Failure, Kind};
use crate::interrupt::Interrupt;
use crate::keeper::Keeper;
use crate::progress::Progress;

use live::Live;

/// Evenhand's own version, as stored with every run.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A contract and the means to carry it out.
pub(crate) struct Contest<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) languages: &'a BTreeMap<LanguageId, Language>,
    pub(crate) launcher: &'a Launcher,
    pub(crate) cache: &'a Path,
    pub(crate) store: PathBuf,
    pub(crate) offline: bool,
    /// Measure programs that do not do the same.
    pub(crate) anyway: bool,
}

/// What a contest has to show.
pub(crate) struct Seen {
    pub(crate) facts: RunFacts,
    pub(crate) interrupted: bool,
}

/// Whether a run that was stopped may be gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// It may, if it is of the same programs on the same machine.
    Resuming,
    /// A set of its own.
    Afresh,
}

impl Contest<'_> {
    fn means(&self) -> Means<'_> {
        Means {
            launcher: self.launcher,
            languages: self.languages,
            cache: self.cache,
            offline: self.offline,
        }
    }

    /// The name of its runs in the store.
    pub(crate) fn pack(&self) -> String {
        format!("compare:{}", self.contract.name)
    }

    /// A digest over what is measured and every side's program as it is now:
    /// evidence of another is not evidence of this.
    pub(crate) fn identity(&self) -> Result<String, Failure> {
        let programs = lab::compare::identify(self.contract, &self.means())
            .map_err(|error| Failure::new(Kind::NothingMeasured, &error))?;
        let terms = pack::contract::contract_hash(self.contract)?;
        let digest = Sha256::digest(format!("{terms}\0{programs}"));
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The machine and the toolchains, as programs under these limits see them.
    pub(crate) fn environment(&self) -> Environment {
        let running = &self.contract.running;
        let limits = Limits {
            processors: running.processors,
            memory: running.memory.map(Bytes),
            ..Limits::default()
        };
        let sides: Vec<(&SideName, &Language)> = self
            .contract
            .sides
            .iter()
            // Of a toolchain of its own the program's row tells.
            .filter(|side| side.toolchain.is_none())
            .filter_map(|side| Some((&side.name, self.languages.get(side.origin.language()?)?)))
            .collect();
        let (launcher, cache) = (self.launcher, self.cache);
        lab::environment::of_sides(&sides, limits, launcher, cache, self.offline)
    }

    /// Makes ready, agrees, measures, and keeps what is seen as it comes.
    pub(crate) fn run(&self, seed: Option<u64>, begin: Begin) -> Result<Seen, Failure> {
        let mut store = Store::open(&self.store)?;
        let interrupt = Interrupt::listen()?;
        let mut progress = Progress::new();
        progress.step(Step::Environment);
        if self.contract.running.realtime {
            lab::try_realtime(self.launcher).map_err(|error| {
                Failure::usage(format!("--realtime is not permitted here: {error}"))
                    .hint("leave it away: wall time is then noisier, and nothing gets wrong by it")
            })?;
        }
        let plan = lab::compare::plan(self.contract, seed.unwrap_or_else(rand::random));
        let (facts, resumed) = self.begin(&mut store, plan, seed, begin)?;
        if resumed {
            let (id, trials) = (&facts.run.id, facts.trials.len());
            progress.line(&format!("  going on with run {id}: {trials} trials are stored"));
        }
        let run = facts.run.clone();
        let prior = facts.clone();
        let mut keeper = Keeper::new(&mut store, &mut progress, &interrupt, facts, Live);
        let ended = self.conduct(&run.plan, &prior, &mut keeper);
        if let Some(error) = keeper.into_failure() {
            return Err(error.into());
        }
        progress.clear();
        let end = match ended {
            Ok(end) => end,
            Err(NotReady::Stopped(Stop::Interrupted | Stop::ObserverFailed)) => RunEnd::Interrupted,
            Err(error) => {
                // Left without an end: it is evidence of nothing.
                return Err(not_ready(&error));
            }
        };
        store.end_run(&run.id, end, Timestamp::now())?;
        let interrupted = end == RunEnd::Interrupted;
        if interrupted {
            progress.line("  stopped; this is what is known. The same command goes on from here.");
        }
        Ok(Seen { facts: store.facts_of(&run.id)?, interrupted })
    }

    fn conduct(
        &self,
        plan: &Plan,
        prior: &RunFacts,
        keeper: &mut Keeper<'_, Live>,
    ) -> Result<RunEnd, NotReady> {
        let site = Site::prepare(self.contract, self.means(), prior, keeper)?;
        let judged = judge::compare(self.contract, keeper.facts(), self.anyway);
        if judged.withheld.is_some() {
            return Ok(RunEnd::Complete);
        }
        Ok(site.measure(plan, prior, keeper)?)
    }

    /// Goes on with an unfinished run of the same programs on the same machine,
    /// or begins a new one.
    fn begin(
        &self,
        store: &mut Store,
        plan: Plan,
        seed: Option<u64>,
        begin: Begin,
    ) -> Result<(RunFacts, bool), Failure> {
        let identity = self.identity()?;
        let environment = self.environment();
        let alike = |old: &Plan| {
            let seed_will_do = seed.is_none_or(|seed| seed == old.seed);
            let new = Plan { seed: old.seed, budget_seconds: old.budget_seconds, ..plan.clone() };
            begin == Begin::Resuming && seed_will_do && *old == new
        };
        let unfinished = store.unfinished(&identity, &environment.fingerprint, alike)?;
        if let Some(run) = unfinished.filter(|run| run.version == VERSION) {
            let mut facts = store.facts_of(&run.id)?;
            facts.run.plan.budget_seconds = plan.budget_seconds;
            return Ok((facts, true));
        }
        let started = Timestamp::now();
        let run = Run {
            id: crate::commands::run_id(started)?,
            pack: self.pack(),
            pack_hash: identity,
            version: VERSION.to_owned(),
            started,
            plan,
            environment,
        };
        store.begin_run(&run)?;
        Ok((RunFacts::of(run), false))
    }
}

fn not_ready(error: &NotReady) -> Failure {
    let kind = match error {
        NotReady::Terms(_) | NotReady::Own(_) => Kind::Usage,
        _ => Kind::NothingMeasured,
    };
    Failure::new(kind, error)
}
