//! Records of decisions: where they are written, and how they are looked at again.

use std::fs;
use std::path::{Path, PathBuf};

use ::decide::Terms;
use report::decision::{DecisionDocument, RecordDocument, RecordInput};

use super::settled::{Ground, hash};
use super::text_of;
use crate::failure::{Exit, Failure, Kind};
use crate::output;

/// Words of a question that a file's name holds.
const WORDS: usize = 8;

/// Writes the record of a decision into a folder, under the next number; one of
/// the same question is replaced.
pub(super) fn write(
    document: &DecisionDocument,
    file: &Path,
    folder: &Path,
) -> Result<(), Failure> {
    let slug = slug(&document.question);
    fs::create_dir_all(folder)?;
    let (path, there) = place(folder, &slug, file)?;
    let decision = relative(file, folder)?;
    let text = document.adr(&decision, &path.display().to_string());
    output::write_file(&path, &text)?;
    let done = if there { "replaced" } else { "wrote" };
    output::tell(&format!("{done} {}; commit it with {}\n", path.display(), file.display()));
    Ok(())
}

fn slug(question: &str) -> String {
    let slug = pack::contract::slug(question).unwrap_or_else(|| "decision".to_owned());
    slug.split('-').take(WORDS).collect::<Vec<_>>().join("-")
}

/// `0004-slug.md`, or the record of this very decision that is there.
fn place(folder: &Path, slug: &str, file: &Path) -> Result<(PathBuf, bool), Failure> {
    let mut highest: u32 = 0;
    let entries = fs::read_dir(folder).map_err(|error| {
        Failure::usage(format!("cannot read {}: {error}", folder.display()))
            .hint("name a folder for records with --adr")
    })?;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((number, rest)) = name.split_once('-') else { continue };
        let Ok(number) = number.parse::<u32>() else { continue };
        if rest == format!("{slug}.md") && is_of(&entry.path(), file) {
            return Ok((folder.join(name), true));
        }
        highest = highest.max(number);
    }
    Ok((folder.join(format!("{:04}-{slug}.md", highest.saturating_add(1))), false))
}

/// Whether a record is of this decision's file: another's is never written over.
fn is_of(record: &Path, file: &Path) -> bool {
    let Ok(known) = pack::decision::record(record) else { return false };
    let beside = record.parent().unwrap_or(Path::new("")).join(known.decision);
    match (fs::canonicalize(beside), fs::canonicalize(file)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// The record as it stands in a file of that name.
pub(super) fn beside(
    document: &DecisionDocument,
    file: &Path,
    record: &Path,
) -> Result<String, Failure> {
    let folder = match record.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    Ok(document.adr(&relative(file, folder)?, &record.display().to_string()))
}

/// A file as seen from a folder.
fn relative(file: &Path, folder: &Path) -> Result<String, Failure> {
    let (file, folder) = (fs::canonicalize(file)?, fs::canonicalize(folder)?);
    Ok(pack::contract::relative(&file, &folder).to_string_lossy().into_owned())
}

/// Holds a record against what is known now.
pub(crate) fn check(path: &Path, ground: &Ground) -> Result<RecordDocument, Failure> {
    let record = pack::decision::record(path)?;
    let beside = path.parent().unwrap_or(Path::new("")).join(&record.decision);
    let text = text_of(&beside).map_err(|failure| {
        failure.hint(format!("{} was decided by it: put it back, or decide anew", path.display()))
    })?;
    let settled = ground.settle(&beside.display().to_string(), &text, &Terms::default())?;
    let watched = ::decide::watched(&record, &settled.decision, &settled.recommendation);
    let outcome = &settled.recommendation.outcome;
    let choice = outcome.choice.map(|choice| settled.recommendation.options[choice].name.as_str());
    Ok(RecordDocument::new(&RecordInput {
        file: &path.display().to_string(),
        record: &record,
        watched: &watched,
        now: (outcome.kind.name(), choice),
        hash: &hash(&text),
        as_of: ground.as_of,
    }))
}

/// The exit that a record's document asks for.
pub(crate) fn exit(document: &RecordDocument) -> Exit {
    match document.exit {
        0 => Exit::Done,
        5 => Exit::Expired,
        _ => Exit::Unexpected,
    }
}

/// The document in a form of `check`'s.
pub(crate) fn json(document: &RecordDocument) -> Result<String, Failure> {
    document.json().map_err(|error| Failure::new(Kind::Bug, &error))
}
