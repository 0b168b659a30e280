//! Which files make up a pack, and the hash over them.
//!
//! One rule decides what is embedded, unpacked and hashed: a file belongs when
//! its name has an extension and neither it nor a folder above it is hidden,
//! a build's product, or called `target`. Programs built by hand in place have
//! no extension, or one of [`PRODUCTS`].

use std::path::Path;
use std::{fs, io};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// Extensions of what compilers and profilers leave behind.
const PRODUCTS: &[&str] = &["exe", "o", "a", "so", "dylib", "test", "prof"];

/// Whether a file with this path (relative, forward slashes) is part of a pack.
pub(crate) fn belongs(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    let name = parts.next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    !name.starts_with('.')
        && extension.is_some_and(|extension| !PRODUCTS.contains(&extension))
        && parts.all(folder_belongs)
}

fn folder_belongs(name: &str) -> bool {
    name != "target" && !name.starts_with('.')
}

/// The files of a folder that belong to a pack: relative paths with forward
/// slashes, sorted.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let walk = WalkDir::new(folder).min_depth(1).follow_links(true).into_iter();
    let inside = walk.filter_entry(|entry| {
        !entry.file_type().is_dir() || folder_belongs(&entry.file_name().to_string_lossy())
    });
    for entry in inside {
        let entry = entry?;
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        let path = path.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && belongs(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// SHA-256 over paths and contents, taken in the order they are added.
pub(crate) struct ContentHash(Sha256);

impl ContentHash {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Lengths go in front, so that no two sets of files look the same.
    pub(crate) fn add(&mut self, path: &str, content: &[u8]) {
        for part in [path.as_bytes(), content] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    /// Adds every file below `folder` that belongs, as `prefix` and its path.
    pub(crate) fn add_folder(&mut self, prefix: &str, folder: &Path) -> io::Result<()> {
        for path in list(folder)? {
            self.add(&format!("{prefix}{path}"), &fs::read(folder.join(&path))?);
        }
        Ok(())
    }

    /// As 64 hex digits.
    pub(crate) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_belong_and_products_do_not() {
        for path in ["comparison.toml", "workloads/hello/go/go.mod", "a/b/pkg.d/x.txt"] {
            assert!(belongs(path), "{path}");
        }
        for path in [
            "workloads/hello/go/hello",
            "workloads/hello/rust/target/release/hello.d",
            "workloads/hello/go/.gitignore",
            ".git/config.toml",
            "workloads/hello/go/hello.test",
            "x/hello.exe",
        ] {
            assert!(!belongs(path), "{path}");
        }
    }

    #[test]
    fn moving_a_letter_from_path_to_content_changes_the_hash() {
        let hash = |path: &str, content: &str| {
            let mut hash = ContentHash::new();
            hash.add(path, content.as_bytes());
            hash.finish()
        };
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
        assert_eq!(hash("ab", "c").len(), 64);
    }
}
