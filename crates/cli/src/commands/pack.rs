//! `evenhand pack check`: every fault of a pack, with file, line and a way out.

use std::path::Path;

use ::pack::Pack;
use model::Comparison;

use crate::arguments::PackCommand;
use crate::failure::{Exit, Failure};
use crate::{folders, output};

pub(crate) fn run(command: &PackCommand) -> Result<Exit, Failure> {
    let PackCommand::Check(arguments) = command;
    let cache = folders::cache()?;
    match &arguments.path {
        Some(path) => check(&path.to_string_lossy(), &cache)?,
        None => {
            for name in Pack::names() {
                check(&name, &cache)?;
            }
        }
    }
    Ok(Exit::Done)
}

fn check(named: &str, cache: &Path) -> Result<(), Failure> {
    let comparison = super::read(named, cache)?;
    check_inputs(&comparison, cache)?;
    output::print_text(&format!(
        "{}: {} claims, {} workloads, {} sources: no fault\n",
        comparison.pack,
        comparison.claims.len(),
        comparison.workloads.len(),
        comparison.sources.len(),
    ))
}

/// Makes every input and compares hashes; all that differ are told.
fn check_inputs(comparison: &Comparison, cache: &Path) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(made(cache)?)?;
    let mut wrong = Vec::new();
    for workload in comparison.workloads.values() {
        for (name, input) in &workload.inputs {
            let found = lab::input::make(workload, name, input, folder.path())?;
            if found != input.sha256 {
                wrong.push(format!(
                    "error: input \"{name}\" of workload \"{}\" is not what its sha256 says\n  \
                     --> workloads/{}/workload.toml\nhelp: if the change is meant, write sha256 = \
                     \"{found}\"",
                    workload.id, workload.id
                ));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::rendered(wrong.join("\n\n"))) }
}

fn made(folder: &Path) -> Result<&Path, Failure> {
    std::fs::create_dir_all(folder)?;
    Ok(folder)
}
