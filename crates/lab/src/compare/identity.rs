//! What a side's program is made of, as a digest, without building it: so that
//! evidence about the same programs is found again in a moment.
//!
//! A project is its sources, toolchain and recipe; a program is its file; what
//! a command of the user's builds is that command and the files of its folder,
//! the program apart. An interpreter, and libraries that are loaded when a
//! program starts, are not seen.

use std::fs;

use model::Contract;
use model::contract::{Origin, Side};
use sha2::{Digest, Sha256};

use super::side::{Means, Project, SideError, Tree, there, unread};
use crate::input::hex;

/// The digest of one side.
///
/// # Errors
/// When sources or program cannot be read, or the toolchain cannot be asked.
pub(crate) fn of(side: &Side, contract: &Contract, means: &Means<'_>) -> Result<String, SideError> {
    let mut hasher = Sha256::new();
    hasher.update(format!("{}\0{:?}\0{:?}\0", side.origin.kind(), side.args, side.env));
    match &side.origin {
        Origin::Project { .. } => hasher.update(Project::of(side, contract, means)?.key()?),
        Origin::Built { folder, command, program } => {
            let apart = program.strip_prefix(folder).unwrap_or(program);
            hasher.update(format!("{command:?}\0{}\0", apart.display()));
            let tree = Tree::of(means.languages.values());
            tree.feed(folder, Some(program), &mut hasher).map_err(unread(side, folder))?;
        }
        Origin::Program { path } => {
            let program = there(side, path)?;
            let bytes = fs::read(&program).map_err(unread(side, &program))?;
            hasher.update(Sha256::digest(bytes));
        }
    }
    Ok(hex(&hasher.finalize()[..16]))
}
