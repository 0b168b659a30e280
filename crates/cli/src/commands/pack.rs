//! `evenhand pack`: every fault of a pack, with file, line and a way out; a
//! pack, or a part of one, to begin with; schemas for editors.

mod licences;

use std::path::Path;

use clap::ValueEnum;

use ::pack::Pack;
use ::pack::scaffold::{self, NewSide, Part, ScaffoldError};
use model::{Comparison, SideName};

use crate::arguments::{
    PackAddArguments, PackCheckArguments, PackCommand, PackNewArguments, PackPart,
};
use crate::failure::{Exit, Failure, Kind};
use crate::{folders, output};

pub(crate) fn run(command: &PackCommand) -> Result<Exit, Failure> {
    match command {
        PackCommand::Check(arguments) => check_named(arguments)?,
        PackCommand::New(arguments) => match &arguments.id {
            None => begin(arguments)?,
            Some(id) => add(&part_of(arguments, id)?)?,
        },
        PackCommand::Add(arguments) => add(arguments)?,
        PackCommand::Schemas(arguments) => write_schemas(&arguments.folder)?,
    }
    Ok(Exit::Done)
}

fn check_named(arguments: &PackCheckArguments) -> Result<(), Failure> {
    let cache = folders::cache()?;
    let offline = arguments.offline;
    match &arguments.path {
        Some(path) => check(&path.to_string_lossy(), &cache, offline),
        None => Pack::names().iter().try_for_each(|name| check(name, &cache, offline)),
    }
}

fn begin(arguments: &PackNewArguments) -> Result<(), Failure> {
    let languages = &arguments.languages;
    let names = match arguments.sides.as_slice() {
        [] => languages.iter().map(|word| word.parse()).collect::<Result<Vec<SideName>, _>>(),
        given => Ok(given.to_vec()),
    };
    let names = names.map_err(|error| Failure::usage(error.to_string()))?;
    if names.len() != languages.len() {
        let (sides, languages) = (names.len(), languages.len());
        return Err(Failure::usage(format!("{sides} sides, but {languages} languages"))
            .hint("name a language for each side, in the same order"));
    }
    let sides = names.into_iter().zip(languages);
    let sides: Vec<NewSide> =
        sides.map(|(name, language)| NewSide { name, language: language.clone() }).collect();
    let folder = &arguments.folder;
    let named = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = arguments.name.clone().or(named).unwrap_or_default();
    scaffold::new(folder, &name, &sides, jiff::Zoned::now().date())?;
    let folder = folder.display();
    output::print_text(&format!(
        "{folder}: a pack of {} sides\nnext: evenhand pack check {folder}, then evenhand verify \
         --pack {folder}\n",
        sides.len()
    ))
}

/// `pack new PART ID`, which is `pack add PART ID`.
fn part_of(arguments: &PackNewArguments, id: &str) -> Result<PackAddArguments, Failure> {
    let word = arguments.folder.to_string_lossy();
    let part = PackPart::from_str(&word, false).map_err(|_| {
        let parts = PackPart::value_variants().iter().filter_map(PackPart::to_possible_value);
        let names: Vec<String> = parts.map(|part| part.get_name().to_owned()).collect();
        Failure::usage(format!("`{word}` is no part of a pack")).hint(format!(
            "write `evenhand pack new FOLDER`, or one of {} and an id",
            names.join(", ")
        ))
    })?;
    Ok(PackAddArguments { part, id: id.to_owned(), pack: Path::new(".").to_owned() })
}

fn add(arguments: &PackAddArguments) -> Result<(), Failure> {
    let comparison = super::read(&arguments.pack.to_string_lossy(), &folders::cache()?)?;
    let part = match arguments.part {
        PackPart::Workload => Part::Workload,
        PackPart::Probe => Part::Probe,
        PackPart::Drill => Part::Drill,
        PackPart::Defect => Part::Defect,
    };
    let place = scaffold::add(&arguments.pack, &comparison, part, &arguments.id)?;
    output::print_text(&format!("{}: change it into what it should be\n", place.display()))
}

fn write_schemas(folder: &Path) -> Result<(), Failure> {
    made(folder)?;
    let schemas = ::pack::schemas().map_err(|error| Failure::new(Kind::Bug, &error))?;
    for schema in schemas {
        let file = folder.join(format!("{}.json", schema.name));
        std::fs::write(&file, schema.json)?;
        output::print_text(&format!("{}: for {}\n", file.display(), schema.files))?;
    }
    Ok(())
}

fn check(named: &str, cache: &Path, offline: bool) -> Result<(), Failure> {
    let comparison = super::read(named, cache)?;
    check_inputs(&comparison, cache)?;
    let licences = licences::check(&comparison, cache, offline)?;
    output::print_text(&format!(
        "{}: {} claims, {} workloads, {} defects, {} sources: no fault\n{licences}",
        comparison.pack,
        comparison.claims.len(),
        comparison.workloads.len(),
        comparison.defects.len(),
        comparison.sources.len(),
    ))
}

impl From<ScaffoldError> for Failure {
    fn from(error: ScaffoldError) -> Self {
        let kind = match &error {
            ScaffoldError::Template(..) => Kind::Bug,
            _ => Kind::Usage,
        };
        Self::new(kind, &error)
    }
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
