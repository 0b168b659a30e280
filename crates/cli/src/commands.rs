//! One file a command.

pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod decide;
pub(crate) mod doctor;
pub(crate) mod history;
pub(crate) mod load;
pub(crate) mod pack;
pub(crate) mod show;
pub(crate) mod verify;

use std::path::{Path, PathBuf};

use ::pack::Pack;
use jiff::Timestamp;
use model::{Comparison, RunId};

use crate::failure::{Failure, Kind};

/// Finds a pack by name in the program, or by folder.
pub(crate) fn locate(named: &str, cache: &Path) -> Result<PathBuf, Failure> {
    if Path::new(named).join("comparison.toml").exists() {
        return Ok(PathBuf::from(named));
    }
    match Pack::embedded(named) {
        Some(pack) => Ok(pack.unpack(cache)?),
        None => Err(Failure::usage(format!(
            "no pack `{named}` in this program, and no folder {named} with a comparison.toml"
        ))
        .hint(format!("inside the program: {}", Pack::names().join(", ")))),
    }
}

/// Finds and reads a pack.
pub(crate) fn read(named: &str, cache: &Path) -> Result<Comparison, Failure> {
    let folder = locate(named, cache)?;
    // Outside of a repository the languages are those of the program.
    let languages = match folder.join("../../languages").is_dir() {
        true => None,
        false => Pack::languages(cache)?,
    };
    Ok(::pack::read(&folder, languages.as_deref())?)
}

/// The day, and enough randomness to tell two runs of a day apart.
pub(crate) fn run_id(started: Timestamp) -> Result<RunId, Failure> {
    let day = started.strftime("%Y%m%d-%H%M%S");
    let tail: u16 = rand::random();
    format!("{day}-{tail:04x}").parse().map_err(|error| Failure::new(Kind::Bug, &error))
}

/// The command line, as one would type it.
pub(crate) fn as_given() -> String {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let quoted = shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default();
    format!("evenhand {quoted}")
}
