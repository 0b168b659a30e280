//! One file a command.

pub(crate) mod doctor;
pub(crate) mod history;
pub(crate) mod pack;
pub(crate) mod show;
pub(crate) mod verify;

use std::path::{Path, PathBuf};

use ::pack::Pack;
use model::Comparison;

use crate::failure::Failure;

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
