//! The small pack that is right, to be spoilt.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

/// A copy of the pack that is right, to be spoilt.
pub(crate) struct Draft(TempDir);

pub(crate) fn draft() -> Draft {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny");
    let copy = tempfile::tempdir().expect("a folder for the copy");
    for entry in WalkDir::new(&original).min_depth(1) {
        let entry = entry.expect("the pack is readable");
        let to =
            copy.path().join(entry.path().strip_prefix(&original).expect("it stands in the pack"));
        if entry.file_type().is_dir() {
            fs::create_dir(to).expect("the copy is ours");
        } else {
            fs::copy(entry.path(), to).expect("the copy is ours");
        }
    }
    Draft(copy)
}

impl Draft {
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    /// Replaces the first `find`, which must be there.
    pub(crate) fn replace(self, file: &str, find: &str, with: &str) -> Self {
        let text = fs::read_to_string(self.path(file)).expect("the file is there");
        assert!(text.contains(find), "{find} is not in {file}");
        self.write(file, &text.replacen(find, with, 1));
        self
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.path(file), text).expect("the copy is ours");
    }

    /// Writes into a folder that may not be there yet.
    pub(crate) fn put(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("it stands in a folder"))
            .expect("the copy is ours");
        self.write(file, text);
    }

    pub(crate) fn append(self, file: &str, more: &str) -> Self {
        let text = fs::read_to_string(self.path(file)).expect("the file is there");
        self.write(file, &(text + more));
        self
    }

    pub(crate) fn without(self, file: &str) -> Self {
        let path = self.path(file);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
            .expect("it can be removed");
        self
    }

    pub(crate) fn faults(&self) -> String {
        match pack::read(self.0.path(), None) {
            Ok(_) => panic!("the pack reads without fault"),
            Err(faults) => faults.render(),
        }
    }
}
