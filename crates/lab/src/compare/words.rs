//! Files that a command line names: a script, an input, a configuration. What
//! is in them is part of what is measured, so that evidence about another
//! content is not evidence about this.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use model::Contract;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// Larger files are told apart by size and time.
const MOST_BYTES: u64 = 64 << 20;

/// Entries of a folder that are looked at.
const MOST_ENTRIES: usize = 20_000;

/// Feeds every file and folder that a word of the contract's command lines
/// names, as seen from where the programs run.
pub(super) fn feed(contract: &Contract, hasher: &mut Sha256) {
    let from = contract.running.directory.as_ref().unwrap_or(&contract.folder);
    let running = &contract.running;
    let lines = contract.sides.iter().map(|side| &side.args);
    let lines = lines.chain(contract.cases.iter().map(|case| &case.args));
    let lines = lines.chain([&running.prepare, &running.conclude]);
    for word in lines.flatten() {
        // A line for a shell is one word with words in it.
        for part in word.split(|c: char| c.is_whitespace() || "='\"".contains(c)) {
            if !part.is_empty() {
                named(&from.join(part), hasher);
            }
        }
    }
}

fn named(path: &Path, hasher: &mut Sha256) {
    let Ok(metadata) = fs::metadata(path) else { return };
    if metadata.is_dir() {
        for entry in WalkDir::new(path).sort_by_file_name().into_iter().take(MOST_ENTRIES) {
            let Ok(entry) = entry else { continue };
            hasher.update(entry.path().as_os_str().as_encoded_bytes());
            if let Ok(metadata) = entry.metadata() {
                stamp(&metadata, hasher);
            }
        }
    } else if metadata.is_file() && metadata.len() <= MOST_BYTES {
        // What cannot be read here the program cannot read either.
        hasher.update(Sha256::digest(fs::read(path).unwrap_or_default()));
    } else if metadata.is_file() {
        stamp(&metadata, hasher);
    }
}

fn stamp(metadata: &fs::Metadata, hasher: &mut Sha256) {
    if metadata.is_file() {
        let modified = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        hasher.update(format!("{} {modified:?}", metadata.len()));
    }
}
