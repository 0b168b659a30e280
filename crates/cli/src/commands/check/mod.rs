//! `evenhand check`: a committed contract, held against what is seen here.

mod base;
mod evidence;
mod guarded;
mod record;

use std::path::{Path, PathBuf};

use ::pack::lock::Lock;
use jiff::Timestamp;
use launch::Launcher;
use model::Contract;
use report::check::CheckDocument;

use crate::arguments::check::{CheckArguments, CheckFormat};
use crate::contest::Contest;
use crate::failure::{Exit, Failure, Kind};
use crate::{folders, output};

pub(crate) use evidence::class;
use guarded::Guarded;

pub(crate) fn run(arguments: &CheckArguments) -> Result<Exit, Failure> {
    if arguments.file.extension().is_some_and(|ending| ending == "md") {
        return record::run(arguments);
    }
    let cache = folders::cache()?;
    let languages = super::compare::languages(&cache)?;
    let contract = contract(arguments, &languages)?;
    let files = output::by_ending(&arguments.output, ENDINGS)?;
    let launcher = Launcher::current_exe();
    let contest = Contest {
        contract: &contract,
        languages: &languages,
        launcher: &launcher,
        cache: &cache,
        store: folders::store(arguments.store.as_deref())?,
        offline: arguments.offline,
        anyway: false,
    };
    let guarded = match &arguments.base {
        Some(revision) => base::check(&contest, arguments, revision)?,
        None => vec![against_contract(&contest, arguments)?],
    };
    let exit = guarded::exit(arguments, &guarded);
    let document = guarded::document(arguments, &guarded, exit);
    for (path, format) in &files {
        output::write_file(path, &rendered(&document, *format, false)?)?;
    }
    output::print_text(&rendered(&document, arguments.format, true)?)?;
    Ok(exit)
}

fn contract(
    arguments: &CheckArguments,
    languages: &std::collections::BTreeMap<model::LanguageId, model::Language>,
) -> Result<Contract, Failure> {
    let path = &arguments.file;
    if !path.exists() {
        return Err(Failure::usage(format!("there is no contract at {}", path.display()))
            .hint("`evenhand compare A B --write` writes one of what was compared"));
    }
    let mut contract = ::pack::contract::read(path, languages)?;
    if let Some(budget) = arguments.budget {
        contract.effort.budget_seconds = budget.as_secs_f64();
    }
    if let Some(days) = arguments.max_age {
        for guard in &mut contract.guards {
            guard.max_age_days = days;
        }
    }
    Ok(contract)
}

/// The guards of the contract, on evidence that is young enough or else fresh.
fn against_contract(contest: &Contest<'_>, arguments: &CheckArguments) -> Result<Guarded, Failure> {
    let path = lock_path(&arguments.file);
    let lock = held_lock(contest.contract, &path, arguments)?;
    let now = Timestamp::now();
    let found = match arguments.fresh {
        true => None,
        false => evidence::young(contest, now)?,
    };
    match found {
        Some(found) => guarded::of_stored(contest, arguments, &lock, found),
        None if arguments.from_store => guarded::expired(contest, now),
        None => guarded::of_fresh(contest, arguments, &lock),
    }
}

/// Where the lock of a contract is.
pub(crate) fn lock_path(contract: &Path) -> PathBuf {
    contract.with_extension("lock")
}

/// The lock, if it is the contract's.
fn held_lock(
    contract: &Contract,
    path: &Path,
    arguments: &CheckArguments,
) -> Result<Lock, Failure> {
    if !path.exists() {
        return Err(Failure::usage(format!("{} has no lock", arguments.file.display())).hint(
            format!(
                "`evenhand compare --contract {} --write` records one; commit both",
                arguments.file.display()
            ),
        ));
    }
    let lock = Lock::read(path)?;
    // An age given on the command line is not the contract's.
    let as_written = match arguments.max_age {
        None => contract.clone(),
        Some(_) => ::pack::contract::read(
            &arguments.file,
            &super::compare::languages(&folders::cache()?)?,
        )?,
    };
    let faults = lock.holds(&as_written);
    if faults.is_empty() {
        return Ok(lock);
    }
    let told = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n       ");
    Err(Failure::usage(format!(
        "{} is not what {} was written for:\n       {told}",
        arguments.file.display(),
        path.display()
    ))
    .hint(format!(
        "if the change is meant: evenhand compare --contract {} --write",
        arguments.file.display()
    )))
}

const ENDINGS: &output::Endings<CheckFormat> = &[
    (".json", CheckFormat::Json),
    (".md", CheckFormat::Markdown),
    (".xml", CheckFormat::Junit),
    (".txt", CheckFormat::Text),
];

fn rendered(
    document: &CheckDocument,
    format: CheckFormat,
    on_screen: bool,
) -> Result<String, Failure> {
    let style = if on_screen { output::style() } else { report::Style::plain() };
    let mut text = match format {
        CheckFormat::Text => document.text(&style),
        CheckFormat::Markdown => document.markdown(),
        CheckFormat::Json => document.json().map_err(|error| Failure::new(Kind::Bug, &error))?,
        CheckFormat::Junit => document.junit(),
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}
