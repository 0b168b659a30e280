//! `evenhand verify`: runs the comparison, or judges stored facts again, and
//! writes the page.

mod decisions;
mod defects;

use std::path::Path;

use jiff::{Timestamp, Zoned};
use judge::Judgement;
use lab::{Deadlines, Selection, Settings, Step, Stop};
use launch::Launcher;
use model::{ClaimId, Comparison, NoteKind, Plan, PlanMode, Run, RunEnd, RunFacts, Verdict};
use report::verify::{RunView, VerifyDocument, VerifyInput};
use store::Store;

use crate::arguments::{PackArguments, VerifyArguments};
use crate::failure::{Exit, Failure};
use crate::interrupt::Interrupt;
use crate::keeper::Keeper;
use crate::output::{self, Outputs};
use crate::progress::Progress;
use crate::verdicts::Verdicts;
use crate::{conceal, folders};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a run of the command has to go on.
struct Facts {
    facts: RunFacts,
    interrupted: bool,
}

pub(crate) fn run(arguments: &VerifyArguments) -> Result<Exit, Failure> {
    let cache = folders::cache()?;
    let comparison = crate::commands::read(&arguments.pack.pack, &cache)?;
    if let Some(wanted) = &arguments.defects {
        return defects::run(arguments, wanted, &comparison, &cache);
    }
    let outputs = Outputs::plan(&arguments.output, &comparison.pack)?;
    require_known(&arguments.claims, &arguments.pack, &comparison)?;
    if arguments.list {
        return list(arguments, &comparison);
    }
    let store = folders::store(arguments.store.as_deref())?;
    let found = if arguments.from_store {
        stored(&comparison, &store)?
    } else {
        measured(arguments, &comparison, &store, &cache)?
    };
    let today = Zoned::now().date();
    let judgement = judge::judge(&comparison, &found.facts, &arguments.claims, today);
    let pack = arguments.pack.on_command_line();
    let repeat = repeat(&comparison, pack.as_deref(), &found.facts);
    let run = RunView { facts: &found.facts, repeat: &repeat, pack: pack.as_deref() };
    let document = document(&comparison, &judgement, Some(run));
    outputs.write(&document)?;
    output::print(&document, arguments.format, Some(&outputs.page()))?;
    Ok(exit(arguments, &found, &judgement))
}

/// Every claim named is one of the pack's.
pub(in crate::commands) fn require_known(
    claims: &[ClaimId],
    pack: &PackArguments,
    comparison: &Comparison,
) -> Result<(), Failure> {
    let Some(id) = claims.iter().find(|id| comparison.claim(id).is_none()) else {
        return Ok(());
    };
    let pack = pack.on_command_line().map(|pack| format!(" --pack {pack}"));
    let pack = pack.unwrap_or_default();
    let known = comparison.claims.iter().map(|claim| claim.id.as_str());
    Err(Failure::usage(format!("no claim `{id}` in {}", comparison.pack))
        .hint(pack::choices(id.as_str(), "claims", known))
        .hint(format!("`evenhand verify --list{pack}` shows them all")))
}

pub(in crate::commands) fn document(
    comparison: &Comparison,
    judgement: &Judgement,
    run: Option<RunView<'_>>,
) -> VerifyDocument {
    let tried = judgement.defects.iter().map(|defect| &defect.id);
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    VerifyDocument::new(&VerifyInput {
        comparison,
        judgement: &decisions::illustrated(comparison, judgement),
        run,
        texts: &report::defect::texts(comparison, tried, read),
        version: VERSION,
        conceal: &conceal::words(),
    })
}

fn list(arguments: &VerifyArguments, comparison: &Comparison) -> Result<Exit, Failure> {
    let judgement = judge::list(comparison, &arguments.claims, Zoned::now().date());
    output::print(&document(comparison, &judgement, None), arguments.format, None)?;
    Ok(Exit::Done)
}

fn stored(comparison: &Comparison, path: &Path) -> Result<Facts, Failure> {
    let reader = Store::open_for_reading(path)?;
    let id = reader.latest(&comparison.pack)?.ok_or_else(|| {
        Failure::usage(format!("no run of {} in {}", comparison.pack, path.display()))
            .hint("`evenhand verify` makes one")
    })?;
    Ok(Facts { facts: reader.facts_of(&id)?, interrupted: false })
}

fn measured(
    arguments: &VerifyArguments,
    comparison: &Comparison,
    path: &Path,
    cache: &Path,
) -> Result<Facts, Failure> {
    let plan = plan(arguments, comparison)?;
    let mut store = Store::open(path)?;
    let interrupt = Interrupt::listen()?;
    let mut progress = Progress::new();
    progress.line(&forecast(comparison, &plan));
    progress.step(Step::Environment);
    let launcher = Launcher::current_exe();
    if arguments.realtime {
        lab::try_realtime(&launcher).map_err(|error| {
            Failure::usage(format!("--realtime is not permitted here: {error}"))
                .hint("leave it away: wall time is then noisier, and nothing gets wrong by it")
        })?;
    }
    let environment = lab::environment::know(comparison, &launcher, cache, arguments.offline);
    let seed = arguments.seed;
    let (facts, resumed) = begin(&mut store, comparison, plan, environment, seed)?;
    if resumed {
        let trials = facts.trials.len();
        progress.line(&format!("  going on with run {}: {trials} trials are stored", facts.run.id));
    }
    let run = facts.run.clone();
    let keys = lab::defect_keys(comparison, &run.plan.defects, &run.environment);
    let settings = Settings {
        launcher,
        cache: cache.to_owned(),
        offline: arguments.offline,
        deadlines: Deadlines::default(),
        known: defects::known(comparison, store.caught_by_keys(&keys)?, &run.plan.defects),
    };
    let prior = facts.clone();
    let mut keeper = {
        let teller = Verdicts::of(comparison);
        Keeper::new(&mut store, &mut progress, &interrupt, facts, teller)
    };
    let comparison = &lab::generated(comparison, cache)?;
    let ended =
        lab::run(comparison, &run.plan, &run.environment, Some(&prior), &settings, &mut keeper);
    if let Some(error) = keeper.into_failure() {
        return Err(error.into());
    }
    progress.clear();
    let end = match ended {
        Ok(end) => end,
        Err(Stop::Interrupted | Stop::ObserverFailed) => RunEnd::Interrupted,
    };
    store.end_run(&run.id, end, Timestamp::now())?;
    let interrupted = end == RunEnd::Interrupted;
    if interrupted {
        progress.line("  stopped; this is what is known. The same command goes on from here.");
    }
    Ok(Facts { facts: store.facts_of(&run.id)?, interrupted })
}

fn plan(arguments: &VerifyArguments, comparison: &Comparison) -> Result<Plan, Failure> {
    let selection = Selection {
        claims: arguments.claims.clone(),
        mode: if arguments.full { PlanMode::Full } else { PlanMode::Quick },
        budget_seconds: arguments.budget.map(|budget| budget.as_secs_f64()),
        seed: arguments.seed.unwrap_or_else(rand::random),
        realtime: arguments.realtime,
    };
    Ok(lab::plan::choose(comparison, &selection)?)
}

/// Told before anything is started.
fn forecast(comparison: &Comparison, plan: &Plan) -> String {
    if plan.workloads.is_empty() {
        return format!("{} · {} claims, nothing to measure", comparison.pack, plan.claims.len());
    }
    let forecast = lab::plan::forecast(comparison, plan);
    let minutes = |seconds: f64| match seconds {
        s if s < 90.0 => format!("{:.0} s", (s / 5.0).ceil() * 5.0),
        s => format!("{:.0} min", (s / 60.0).ceil()),
    };
    format!(
        "{} · {} claims, {} cells over {} workloads: at most about {}\n  \
         (building the programs for the first time: about {} more)",
        comparison.pack,
        plan.claims.len(),
        plan.cells.len(),
        plan.workloads.len(),
        minutes(forecast.measuring_seconds),
        minutes(forecast.building_seconds),
    )
}

/// Goes on with an unfinished run of the same plan on the same machine, or
/// begins a new one.
fn begin(
    store: &mut Store,
    comparison: &Comparison,
    plan: Plan,
    environment: model::Environment,
    seed: Option<u64>,
) -> Result<(RunFacts, bool), Failure> {
    let alike = |old: &Plan| {
        let seed_will_do = seed.is_none_or(|seed| seed == old.seed);
        let new = Plan { seed: old.seed, budget_seconds: old.budget_seconds, ..plan.clone() };
        seed_will_do && *old == new
    };
    let unfinished = store.unfinished(&comparison.hash, &environment.fingerprint, alike)?;
    // Another version may meter otherwise.
    if let Some(run) = unfinished.filter(|run| run.version == VERSION) {
        let mut facts = store.facts_of(&run.id)?;
        facts.run.plan.budget_seconds = plan.budget_seconds;
        return Ok((facts, true));
    }
    let started = Timestamp::now();
    let run = Run {
        id: crate::commands::run_id(started)?,
        pack: comparison.pack.clone(),
        pack_hash: comparison.hash.clone(),
        version: VERSION.to_owned(),
        started,
        plan,
        environment,
    };
    store.begin_run(&run)?;
    Ok((RunFacts::of(run), false))
}

/// The command that lays the run out again.
pub(in crate::commands) fn repeat(
    comparison: &Comparison,
    pack: Option<&str>,
    facts: &RunFacts,
) -> String {
    let plan = &facts.run.plan;
    let mut words = vec!["evenhand verify".to_owned()];
    // The same claims, since evidence is weighed among all cells of a run.
    if plan.claims.len() < comparison.claims.len() {
        words.extend(plan.claims.iter().map(ToString::to_string));
    }
    words.push(format!("--{}", plan.mode));
    words.extend(pack.map(|pack| format!("--pack {pack}")));
    words.push(format!("--budget {}s", plan.budget_seconds));
    words.push(format!("--seed {}", plan.seed));
    words.extend(plan.realtime.then(|| "--realtime".to_owned()));
    words.join(" ")
}

fn exit(arguments: &VerifyArguments, found: &Facts, judgement: &Judgement) -> Exit {
    if found.interrupted {
        return Exit::Interrupted;
    }
    if let Some(expected) = arguments.expect {
        return if is_met(arguments, judgement, expected) { Exit::Done } else { Exit::Unexpected };
    }
    if every_workload_disagrees(&found.facts) {
        return Exit::Disagree;
    }
    let nothing = judgement.coverage.run == 0 && judgement.coverage.not_run > 0;
    let undecided = |claim: &judge::JudgedClaim| claim.verdict == Some(Verdict::Inconclusive);
    if nothing || (arguments.strict && judgement.claims.iter().any(undecided)) {
        return Exit::NothingMeasured;
    }
    Exit::Done
}

/// Whether every claim named, or every claim that was run, has the verdict.
fn is_met(arguments: &VerifyArguments, judgement: &Judgement, expected: Verdict) -> bool {
    let mut asked = judgement
        .claims
        .iter()
        .filter(|claim| !arguments.claims.is_empty() || !claim.evidence.is_empty())
        .peekable();
    asked.peek().is_some() && asked.all(|claim| claim.verdict == Some(expected))
}

fn every_workload_disagrees(facts: &RunFacts) -> bool {
    let planned = &facts.run.plan.workloads;
    let disagrees = |id| {
        facts
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Disagree && note.workload.as_ref() == Some(id))
    };
    !planned.is_empty() && planned.iter().all(disagrees)
}
