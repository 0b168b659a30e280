//! `evenhand show`: anything by its id.

use std::path::Path;

use jiff::Zoned;
use launch::Launcher;
use model::{Caught, ClaimId, Comparison, DefectId, Experiment, RunFacts, RunId};
use report::defect::DefectDocument;
use report::show::{ExperimentDocument, ShowInput, WorkloadDocument};
use report::verify::RunView;
use store::{Reader, Store};

use super::verify;
use crate::arguments::{Format, ShowArguments};
use crate::failure::{Exit, Failure};
use crate::{conceal, folders, output};

/// What an id names.
enum Named {
    Claim(ClaimId),
    Experiment(Experiment),
    Run(RunId),
}

pub(crate) fn run(arguments: &ShowArguments) -> Result<Exit, Failure> {
    let cache = folders::cache()?;
    let comparison = super::read(&arguments.pack.pack, &cache)?;
    let store = folders::store(arguments.store.as_deref())?;
    let reader = if store.exists() { Some(Store::open_for_reading(&store)?) } else { None };
    let reader = reader.as_ref();
    match named(&arguments.id, &comparison, reader)? {
        Named::Claim(id) => {
            let has = |facts: &RunFacts| facts.run.plan.claims.contains(&id);
            let facts = newest(reader, &comparison, has)?;
            claims(arguments, &comparison, facts.as_ref(), &[id])
        }
        Named::Run(id) => {
            let facts = reader.map(|reader| reader.facts_of(&id)).transpose()?;
            claims(arguments, &comparison, facts.as_ref(), &[])
        }
        Named::Experiment(Experiment::Workload(id)) => {
            let workload = comparison.workloads.get(&id);
            let document = workload.map(|found| WorkloadDocument::new(&comparison, found));
            let document = document.ok_or_else(|| unknown(&arguments.id, &comparison))?;
            printed(arguments, || document.text(&output::style()), || document.json())
        }
        Named::Experiment(Experiment::Defect(id)) => {
            defect(arguments, &comparison, reader, &cache, &id)
        }
        Named::Experiment(experiment) => {
            let tried = |facts: &RunFacts| {
                facts.attempts.iter().any(|attempt| attempt.experiment == experiment)
            };
            let facts = newest(reader, &comparison, tried)?;
            show(arguments, &comparison, facts.as_ref(), &experiment)
        }
    }
}

fn named(id: &str, comparison: &Comparison, reader: Option<&Reader>) -> Result<Named, Failure> {
    if let Ok(claim) = id.parse::<ClaimId>()
        && comparison.claim(&claim).is_some()
    {
        return Ok(Named::Claim(claim));
    }
    // Their folder has the plural.
    let singular = id.strip_prefix("defects/").map(|name| format!("defect/{name}"));
    if let Ok(experiment) = singular.as_deref().unwrap_or(id).parse::<Experiment>()
        && comparison.has(&experiment)
    {
        return Ok(Named::Experiment(experiment));
    }
    if let (Ok(run), Some(reader)) = (id.parse::<RunId>(), reader)
        && reader.runs()?.iter().any(|known| known.id == run)
    {
        return Ok(Named::Run(run));
    }
    Err(unknown(id, comparison))
}

fn unknown(id: &str, comparison: &Comparison) -> Failure {
    let mut known: Vec<String> =
        comparison.claims.iter().map(|claim| claim.id.to_string()).collect();
    known.extend(comparison.experiments().iter().map(ToString::to_string));
    Failure::usage(format!("nothing in {} is called `{id}`", comparison.pack))
        .hint(pack::choices(id, "ids", known.iter().map(String::as_str)))
        .hint("`evenhand verify --list` shows the claims, `evenhand history` the runs")
}

/// The facts of the newest run of the pack that will do.
fn newest(
    reader: Option<&Reader>,
    comparison: &Comparison,
    will_do: impl Fn(&RunFacts) -> bool,
) -> Result<Option<RunFacts>, Failure> {
    let Some(reader) = reader else { return Ok(None) };
    for run in reader.runs()?.into_iter().filter(|run| run.pack == comparison.pack) {
        let facts = reader.facts_of(&run.id)?;
        if will_do(&facts) {
            return Ok(Some(facts));
        }
    }
    Ok(None)
}

fn claims(
    arguments: &ShowArguments,
    comparison: &Comparison,
    facts: Option<&RunFacts>,
    wanted: &[ClaimId],
) -> Result<Exit, Failure> {
    let today = Zoned::now().date();
    let Some(facts) = facts else {
        let judgement = judge::list(comparison, wanted, today);
        output::print(&verify::document(comparison, &judgement, None), arguments.format, None)?;
        return Ok(Exit::Done);
    };
    let judgement = judge::judge(comparison, facts, wanted, today);
    let pack = arguments.pack.on_command_line();
    let repeat = verify::repeat(comparison, pack.as_deref(), facts);
    let run = RunView { facts, repeat: &repeat, pack: pack.as_deref() };
    output::print(&verify::document(comparison, &judgement, Some(run)), arguments.format, None)?;
    Ok(Exit::Done)
}

fn show(
    arguments: &ShowArguments,
    comparison: &Comparison,
    facts: Option<&RunFacts>,
    experiment: &Experiment,
) -> Result<Exit, Failure> {
    let judged = judge::attempts(comparison, facts, experiment);
    let conceal = conceal::words();
    let input = ShowInput {
        comparison,
        judged: &judged,
        attempts: facts.map(|facts| facts.attempts.as_slice()).unwrap_or_default(),
        conceal: &conceal,
    };
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let document = ExperimentDocument::new(experiment, &input, read)
        .ok_or_else(|| unknown(&arguments.id, comparison))?;
    printed(arguments, || document.text(&output::style()), || document.json())
}

/// What is known of the programs as they are, by the toolchains as they are; else the last that was
/// seen of them.
fn caught(
    comparison: &Comparison,
    reader: &Reader,
    cache: &Path,
    id: &DefectId,
) -> Result<Vec<Caught>, Failure> {
    let launcher = Launcher::current_exe();
    let environment = lab::environment::know(comparison, &launcher, cache, true);
    let keys = lab::defect_keys(comparison, std::slice::from_ref(id), &environment);
    let caught = reader.caught_by_keys(&keys)?;
    if caught.is_empty() { Ok(reader.caught_of(id)?) } else { Ok(caught) }
}

fn defect(
    arguments: &ShowArguments,
    comparison: &Comparison,
    reader: Option<&Reader>,
    cache: &Path,
    id: &DefectId,
) -> Result<Exit, Failure> {
    let caught = reader.map(|reader| caught(comparison, reader, cache, id)).transpose()?;
    let caught = caught.unwrap_or_default();
    let judged = judge::defects(comparison, &caught, std::slice::from_ref(id));
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let texts = report::defect::texts(comparison, [id], read);
    let shown = judged.first().and_then(|judged| {
        DefectDocument::new(comparison, judged, &caught, &texts, &conceal::words())
    });
    let document = shown.ok_or_else(|| unknown(&arguments.id, comparison))?;
    printed(arguments, || document.text(&output::style()), || document.json())
}

fn printed<E: std::error::Error>(
    arguments: &ShowArguments,
    text: impl Fn() -> String,
    json: impl Fn() -> Result<String, E>,
) -> Result<Exit, Failure> {
    let text = match arguments.format {
        Format::Text => text(),
        Format::Json => json().map_err(|error| Failure::new(crate::failure::Kind::Bug, &error))?,
        form => {
            let name = clap::ValueEnum::to_possible_value(&form);
            let name = name.map(|value| value.get_name().to_owned()).unwrap_or_default();
            return Err(Failure::usage(format!("{} has no form {name}", arguments.id))
                .hint("use --format text or json"));
        }
    };
    output::print_text(&text)?;
    Ok(Exit::Done)
}
