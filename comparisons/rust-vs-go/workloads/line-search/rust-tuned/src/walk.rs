//! Which files below a folder are worth opening.

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// The regular files below `dir` that are not hidden, in the byte order of their paths, and what
/// could not be read on the way. A path begins with `dir` as it was given.
pub fn text_file_candidates(dir: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    let entries = WalkDir::new(dir).into_iter();
    for entry in entries.filter_entry(|entry| !is_hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => faults.push(describe(&error)),
        }
    }
    // Not the order of `Path`, which compares component by component: `a.txt` is before `a/b`.
    files.sort_unstable_by(|a, b| a.as_os_str().as_bytes().cmp(b.as_os_str().as_bytes()));
    (files, faults)
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_bytes().starts_with(b".")
}

fn describe(error: &walkdir::Error) -> String {
    match (error.path(), error.io_error()) {
        (Some(path), Some(cause)) => format!("{}: {cause}", path.display()),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn paths_are_in_byte_order_and_without_hidden_entries_and_links() {
        let root = tempfile::tempdir().unwrap();
        for name in ["a/b", "a.txt", "A", "a/.hidden", ".git/config"] {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        symlink("a.txt", root.path().join("link")).unwrap();

        let (files, faults) = text_file_candidates(root.path());

        let names: Vec<_> = files
            .iter()
            .map(|path| path.strip_prefix(root.path()).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["A", "a.txt", "a/b"]);
        assert!(faults.is_empty());
    }
}
