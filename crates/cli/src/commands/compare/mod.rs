//! `evenhand compare`: two programs or more, answers first, then paired
//! measurement.

mod contract;
mod import;
mod new;
mod serving;
mod sides;
mod write;

use std::collections::BTreeMap;

use ::pack::Pack;
use judge::CompareJudgement;
use judge::{AnswersVerdict, EffectVerdict, MetricVerdict};
use launch::Launcher;
use model::{Contract, Language, LanguageId, RunFacts};
use report::compare::{CompareDocument, CompareInput};

use crate::arguments::compare::{CompareArguments, CompareFormat};
use crate::contest::{Begin, Contest, Seen, VERSION};
use crate::failure::{Exit, Failure, Kind};
use crate::{conceal, folders, output};

pub(crate) fn run(arguments: &CompareArguments) -> Result<Exit, Failure> {
    let cache = folders::cache()?;
    let languages = languages(&cache)?;
    if let Some(named) = &arguments.new {
        return new::run(named, &languages, &cache);
    }
    if !arguments.import.is_empty() {
        return import::run(arguments);
    }
    let contract = contract_of(arguments, &languages)?;
    let files = output::by_ending(&arguments.results.output, ENDINGS)?;
    let launcher = Launcher::current_exe();
    let contest = Contest {
        contract: &contract,
        languages: &languages,
        launcher: &launcher,
        cache: &cache,
        store: folders::store(arguments.results.store.as_deref())?,
        offline: arguments.results.offline,
        anyway: arguments.answers.anyway,
    };
    let seen = contest.run(arguments.measuring.seed, Begin::Resuming)?;
    let judged = judge::compare(&contract, &seen.facts, arguments.answers.anyway);
    let command = repeat(&seen.facts);
    let document = document(&contract, &seen.facts, &judged, &command);
    for (path, format) in &files {
        output::write_file(path, &rendered(&document, *format, false)?)?;
    }
    output::print_text(&rendered(&document, arguments.results.format, true)?)?;
    let exit = exit(arguments, &contract, &seen, &judged);
    if let (Some(path), Exit::Done) = (&arguments.results.write, exit) {
        output::tell(&write::run(arguments, path, &contract, &seen.facts, &judged)?);
    }
    Ok(exit)
}

/// The languages that Evenhand knows.
pub(crate) fn languages(
    cache: &std::path::Path,
) -> Result<BTreeMap<LanguageId, Language>, Failure> {
    let folder = Pack::languages(cache)?;
    let folder = folder.ok_or_else(|| Failure::usage("this program holds no languages"))?;
    Ok(::pack::languages(&folder)?)
}

fn contract_of(
    arguments: &CompareArguments,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<Contract, Failure> {
    let sources = &arguments.sources;
    let here = || if arguments.name_a_side() { None } else { contract::in_folder() };
    let named = sources.contract.clone().or_else(here);
    match named {
        Some(path) => contract::over(::pack::contract::read(&path, languages)?, arguments),
        None => contract::of(arguments, languages),
    }
}

pub(crate) fn document(
    contract: &Contract,
    facts: &RunFacts,
    judgement: &CompareJudgement,
    command: &str,
) -> CompareDocument {
    CompareDocument::new(&CompareInput {
        contract,
        facts: Some(facts),
        judgement,
        version: VERSION,
        command,
        conceal: &conceal::words(),
    })
}

/// The command as it was given, with the seed that lays its orders out again.
fn repeat(facts: &RunFacts) -> String {
    let given = super::as_given();
    if given.contains("--seed") {
        return given;
    }
    let seed = format!(" --seed {}", facts.run.plan.seed);
    match given.split_once(" -- ") {
        // Before what is passed on to the programs.
        Some((ours, theirs)) => format!("{ours}{seed} -- {theirs}"),
        None => given + &seed,
    }
}

const ENDINGS: &output::Endings<CompareFormat> = &[
    (".html", CompareFormat::Html),
    (".json", CompareFormat::Json),
    (".csv", CompareFormat::Csv),
    (".md", CompareFormat::Markdown),
    (".txt", CompareFormat::Text),
];

fn rendered(
    document: &CompareDocument,
    format: CompareFormat,
    on_screen: bool,
) -> Result<String, Failure> {
    let bug = |error: &dyn std::error::Error| Failure::new(Kind::Bug, error);
    let style = if on_screen { output::style() } else { report::Style::plain() };
    let mut text = match format {
        CompareFormat::Text => document.text(&style),
        CompareFormat::Markdown => document.markdown(),
        CompareFormat::Json => document.json().map_err(|error| bug(&error))?,
        CompareFormat::Csv => document.csv(),
        CompareFormat::Html => document.html().map_err(|error| bug(&error))?,
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

fn exit(
    arguments: &CompareArguments,
    contract: &Contract,
    seen: &Seen,
    judged: &CompareJudgement,
) -> Exit {
    let unlike =
        matches!(judged.answers.verdict, AnswersVerdict::Differ | AnswersVerdict::NotComparable)
            || judged.effects.iter().any(|effect| effect.verdict == EffectVerdict::Differs);
    let undecided =
        judged.metrics.iter().any(|row| row.primary && row.verdict == MetricVerdict::Inconclusive);
    match () {
        () if seen.interrupted => Exit::Interrupted,
        () if unlike => Exit::Disagree,
        () if judged.metrics.is_empty() && !contract.measures.is_empty() => Exit::NothingMeasured,
        () if arguments.results.strict && undecided => Exit::NothingMeasured,
        () => Exit::Done,
    }
}
