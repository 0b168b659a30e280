//! `evenhand verify --defects`: the corpus of mistakes by itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use judge::{JudgedDefect, Skipped};
use lab::{Deadlines, Settings, Step, Stop};
use launch::Launcher;
use model::{Caught, Comparison, DefectId, Plan, PlanMode, Run, RunEnd, RunFacts};
use report::Style;
use report::defect::{DefectsDocument, DefectsInput};
use report::verify::RunView;
use store::Store;

use super::VERSION;
use crate::arguments::{Format, VerifyArguments};
use crate::failure::{Exit, Failure, Kind};
use crate::interrupt::Interrupt;
use crate::keeper::{Keeper, Tells};
use crate::output::{self, by_ending};
use crate::progress::Progress;
use crate::{conceal, folders};

/// Nothing is said while it runs but the steps.
struct Silent;

impl Tells for Silent {
    fn tell(&mut self, _: lab::Event<'_>, _: &RunFacts, _: &mut Progress) {}
}

pub(super) fn run(
    arguments: &VerifyArguments,
    wanted: &[DefectId],
    comparison: &Comparison,
    cache: &Path,
) -> Result<Exit, Failure> {
    let files = outputs(arguments, comparison)?;
    let ids = chosen(arguments, wanted, comparison)?;
    let path = folders::store(arguments.store.as_deref())?;
    let (facts, interrupted) = match arguments.from_store {
        true => (stored(comparison, &path)?, false),
        false => measured(arguments, comparison, &ids, &path, cache)?,
    };
    let ids =
        if arguments.from_store && wanted.is_empty() { &facts.run.plan.defects } else { &ids };
    let ours: Vec<Caught> =
        facts.caught.iter().filter(|row| ids.contains(&row.defect)).cloned().collect();
    let judged = judge::defects(comparison, &ours, ids);
    let costs = judge::gate_costs(comparison, &ours);
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let texts = report::defect::texts(comparison, ids, read);
    let pack = arguments.pack.on_command_line();
    let repeat = repeat(arguments, wanted, pack.as_deref());
    let document = DefectsDocument::new(&DefectsInput {
        comparison,
        judged: &judged,
        costs: &costs,
        run: RunView { facts: &facts, repeat: &repeat, pack: pack.as_deref() },
        texts: &texts,
        version: VERSION,
        conceal: &conceal::words(),
    });
    for (file, format) in &files {
        output::write_file(file, &rendered(&document, *format, &Style::plain(), None)?)?;
    }
    let page = files.iter().find(|(_, format)| *format == Format::Html);
    let page = page.map(|(path, _)| path.display().to_string());
    let text = rendered(&document, arguments.format, &output::style(), page.as_deref())?;
    output::print_text(&text)?;
    let exit = exit(arguments, interrupted, &document);
    let dark = arguments.strict && dark(arguments, comparison, &judged);
    Ok(if dark && matches!(exit, Exit::Done) { Exit::NothingMeasured } else { exit })
}

/// Whether a tool that was asked for said nothing.
fn dark(arguments: &VerifyArguments, comparison: &Comparison, judged: &[JudgedDefect]) -> bool {
    let asked = |skipped: &Skipped| {
        let side = comparison.side(&skipped.side);
        let language = side.and_then(|side| comparison.languages.get(&side.language));
        let mut tools = language.and_then(|l| l.corpus.as_ref()).into_iter().flat_map(|c| &c.tools);
        let tool = tools.find(|tool| (tool.gate, &tool.name) == (skipped.gate, &skipped.tool));
        !arguments.quick || tool.is_none_or(|tool| tool.quick)
    };
    judged.iter().flat_map(|defect| &defect.skipped).any(asked)
}

fn exit(arguments: &VerifyArguments, interrupted: bool, document: &DefectsDocument) -> Exit {
    let surprised = document.defects.iter().any(|defect| defect.unexpected);
    let tried = document.gates.iter().any(|gate| gate.programs > 0);
    match (interrupted, tried, surprised && arguments.strict) {
        (true, ..) => Exit::Interrupted,
        (false, false, _) => Exit::NothingMeasured,
        (false, true, true) => Exit::Unexpected,
        (false, true, false) => Exit::Done,
    }
}

const ENDINGS: &output::Endings<Format> = &[
    (".html", Format::Html),
    (".json", Format::Json),
    (".md", Format::Markdown),
    (".txt", Format::Text),
];

/// The files named, and the table as a page where none is among them.
fn outputs(
    arguments: &VerifyArguments,
    comparison: &Comparison,
) -> Result<Vec<(PathBuf, Format)>, Failure> {
    if arguments.format == Format::Edition {
        return Err(Failure::usage("--defects has no form edition")
            .hint("use --format text, markdown, json or html"));
    }
    let mut files = by_ending(&arguments.output, ENDINGS)?;
    if !files.iter().any(|(_, format)| *format == Format::Html) {
        let name = format!("{}.defects.html", comparison.pack);
        files.push((Path::new("evenhand").join(name), Format::Html));
    }
    Ok(files)
}

fn rendered(
    document: &DefectsDocument,
    format: Format,
    style: &Style,
    page: Option<&str>,
) -> Result<String, Failure> {
    match format {
        Format::Markdown => Ok(document.markdown()),
        Format::Json => document.json().map_err(|error| Failure::new(Kind::Bug, &error)),
        Format::Html => document.html().map_err(|error| Failure::new(Kind::Bug, &error)),
        Format::Text | Format::Edition => Ok(document.text(style, page)),
    }
}

/// The defects named, else all, or those marked quick.
fn chosen(
    arguments: &VerifyArguments,
    wanted: &[DefectId],
    comparison: &Comparison,
) -> Result<Vec<DefectId>, Failure> {
    let known = &comparison.defects;
    if known.is_empty() {
        return Err(Failure::usage(format!("{} has no defects", comparison.pack))
            .hint("`evenhand pack add defect ID DIR` adds one"));
    }
    if let Some(id) = wanted.iter().find(|id| !known.contains_key(*id)) {
        let names = known.keys().map(DefectId::as_str);
        return Err(Failure::usage(format!("no defect `{id}` in {}", comparison.pack))
            .hint(pack::choices(id.as_str(), "defects", names)));
    }
    if !wanted.is_empty() {
        let once: BTreeSet<&DefectId> = wanted.iter().collect();
        return Ok(once.into_iter().cloned().collect());
    }
    let of_mode = known.values().filter(|defect| !arguments.quick || defect.quick);
    let ids: Vec<DefectId> = of_mode.map(|defect| defect.id.clone()).collect();
    if ids.is_empty() {
        return Err(Failure::usage("--quick leaves nothing to try: no defect is marked quick")
            .hint("leave --quick away, or write quick = true in a defect.toml"));
    }
    Ok(ids)
}

/// Runs of defects alone are kept apart: they say nothing of the pack's claims.
fn pack_name(comparison: &Comparison) -> String {
    format!("defects:{}", comparison.pack)
}

fn stored(comparison: &Comparison, path: &Path) -> Result<RunFacts, Failure> {
    let reader = Store::open_for_reading(path)?;
    let id = reader.latest(&pack_name(comparison))?.ok_or_else(|| {
        Failure::usage(format!("no run of {}'s defects in {}", comparison.pack, path.display()))
            .hint("`evenhand verify --defects` makes one")
    })?;
    Ok(reader.facts_of(&id)?)
}

fn measured(
    arguments: &VerifyArguments,
    comparison: &Comparison,
    ids: &[DefectId],
    path: &Path,
    cache: &Path,
) -> Result<(RunFacts, bool), Failure> {
    let mut store = Store::open(path)?;
    let interrupt = Interrupt::listen()?;
    let mut progress = Progress::new();
    progress.step(Step::Environment);
    let launcher = Launcher::current_exe();
    let environment = lab::environment::know(comparison, &launcher, cache, arguments.offline);
    let keys = lab::defect_keys(comparison, ids, &environment);
    let known = known(comparison, store.caught_by_keys(&keys)?, ids);
    let started = Timestamp::now();
    let run = Run {
        id: crate::commands::run_id(started)?,
        pack: pack_name(comparison),
        pack_hash: comparison.hash.clone(),
        version: VERSION.to_owned(),
        started,
        plan: plan(ids, arguments.quick),
        environment,
    };
    store.begin_run(&run)?;
    let settings = Settings {
        launcher,
        cache: cache.to_owned(),
        offline: arguments.offline,
        deadlines: Deadlines::default(),
        known,
    };
    let facts = RunFacts::of(run.clone());
    let mut keeper = Keeper::new(&mut store, &mut progress, &interrupt, facts, Silent);
    let ended = lab::run(comparison, &run.plan, &run.environment, None, &settings, &mut keeper);
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
    Ok((store.facts_of(&run.id)?, interrupted))
}

/// What need not be tried again. Of a class with something unexpected all of it is: a race that was
/// not seen, or a time-out on a busy machine, must not stay for good.
pub(super) fn known(comparison: &Comparison, caught: Vec<Caught>, ids: &[DefectId]) -> Vec<Caught> {
    let judged = judge::defects(comparison, &caught, ids);
    let odd = |row: &Caught| {
        judged.iter().any(|defect| defect.id == row.defect && !defect.surprises.is_empty())
    };
    caught.into_iter().filter(|row| !odd(row)).collect()
}

fn plan(ids: &[DefectId], quick: bool) -> Plan {
    Plan {
        mode: if quick { PlanMode::Quick } else { PlanMode::Full },
        claims: Vec::new(),
        workloads: Vec::new(),
        probes: Vec::new(),
        drills: Vec::new(),
        defects: ids.to_vec(),
        cells: Vec::new(),
        seed: 0,
        budget_seconds: 0.0,
        most_pairs: 0,
        realtime: false,
    }
}

/// The command that does the same again.
fn repeat(arguments: &VerifyArguments, wanted: &[DefectId], pack: Option<&str>) -> String {
    let mut words = vec!["evenhand verify --defects".to_owned()];
    words.extend(wanted.iter().map(ToString::to_string));
    words.extend(arguments.quick.then(|| "--quick".to_owned()));
    words.extend(pack.map(|pack| format!("--pack {pack}")));
    words.join(" ")
}
