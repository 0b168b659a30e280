//! The house rules, held by reading the tree: which crate may use which, what
//! may only be done in one place (start a process, read the clock, print, draw
//! a random number, know a language by name), and how large things may grow.
//!
//! A rule is a function from sources or manifests to faults, one test applies
//! it to the tree, and another shows on a small sample that it can fail. A
//! fault names the place and the way out. Where an exception is right, it goes
//! into the list beside the rule, with its reason.

mod borders;
mod documents;
mod graph;
mod manifests;
mod sizes;
mod source;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use source::Source;

/// A rule broken at a place.
#[derive(Debug)]
pub(crate) struct Fault {
    /// `file:line`, or a file, relative to the repository.
    pub(crate) at: String,
    /// What is there that should not be.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) way_out: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    way out: {}", self.at, self.what, self.way_out)
    }
}

/// Fails with every fault at once.
#[track_caller]
pub(crate) fn hold(faults: &[Fault]) {
    let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
    assert!(faults.is_empty(), "{} broken\n{}", faults.len(), told.join("\n"));
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let cli = Path::new(env!("CARGO_MANIFEST_DIR"));
    cli.ancestors().nth(2).expect("crates/cli is two folders below the root").to_path_buf()
}

/// A file of the repository as text.
pub(crate) fn read(path: &str) -> String {
    let file = root().join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Every Rust file under `crates/*/<part>`, read.
pub(crate) fn sources(part: &str) -> Vec<Source> {
    let root = root();
    let mut found: Vec<Source> = crate_folders()
        .iter()
        .flat_map(|folder| walkdir::WalkDir::new(root.join(folder).join(part)))
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"))
        .map(|entry| {
            let inside = entry.path().strip_prefix(&root).expect("walked from the root");
            let path = inside.to_string_lossy().into_owned();
            let text = read(&path);
            Source::new(path, &text)
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// `crates/model` and so on.
pub(crate) fn crate_folders() -> Vec<String> {
    let mut folders: Vec<String> = fs::read_dir(root().join("crates"))
        .expect("the workspace has a folder of crates")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| format!("crates/{}", entry.file_name().to_string_lossy()))
        .collect();
    folders.sort();
    folders
}
