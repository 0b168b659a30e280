//! The files that a program may be made of, as a digest: what the version
//! control would keep, and sources whether it keeps them or not.
//!
//! Left out are version control's own folders, products of known languages,
//! folders that say of themselves that they are caches (`CACHEDIR.TAG`), and
//! what `.gitignore` names, unless it has the ending of a source. So a file
//! that is ignored, no source, and built into the program all the same is not
//! noticed when it changes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use model::Language;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// What is said of the programs is no part of them.
const CONTRACT: [&str; 2] = ["evenhand.toml", "evenhand.lock"];

/// Folders in which version control keeps its own.
const VERSION_CONTROL: &[&str] = &[".git", ".hg", ".jj", ".svn"];

/// What counts in folders.
#[derive(Debug, Clone)]
pub(in crate::compare) struct Tree {
    forms: Vec<Form>,
}

/// What is known of one language's projects.
#[derive(Debug, Clone)]
struct Form {
    manifest: String,
    lock: Option<String>,
    products: Vec<String>,
    endings: Vec<String>,
}

impl Tree {
    /// Folders that may hold projects of these languages.
    pub(in crate::compare) fn of<'a>(languages: impl IntoIterator<Item = &'a Language>) -> Self {
        let form = |language: &Language| Form {
            manifest: language.manifest.clone(),
            lock: language.project.lock.as_ref().map(|lock| lock.file.clone()),
            products: language.project.products.clone(),
            endings: language
                .source
                .iter()
                .flat_map(|source| source.extensions.iter().cloned())
                .collect(),
        };
        Self { forms: languages.into_iter().map(form).collect() }
    }

    /// Feeds the names and contents of all files below `folder` but `apart`.
    pub(in crate::compare) fn feed(
        &self,
        folder: &Path,
        apart: Option<&Path>,
        hasher: &mut Sha256,
    ) -> io::Result<()> {
        for path in self.files(folder)? {
            if Some(path.as_path()) == apart {
                continue;
            }
            let relative = path.strip_prefix(folder).unwrap_or(&path);
            hasher.update(relative.as_os_str().as_encoded_bytes());
            let content = content(&path)?;
            hasher.update(format!("\0{}\0", content.len()));
            hasher.update(content);
        }
        Ok(())
    }

    /// All files that count, in a fixed order.
    fn files(&self, folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
        let mut found = BTreeSet::new();
        let tree = self.clone();
        // Of the repository, not of the user or the machine.
        let kept = WalkBuilder::new(folder)
            .hidden(false)
            .ignore(false)
            .git_global(false)
            .git_exclude(false)
            .require_git(false)
            .filter_entry(move |entry| !tree.is_left_out(entry.path()))
            .build();
        for entry in kept {
            let entry = entry.map_err(io::Error::other)?;
            if entry.file_type().is_some_and(|kind| !kind.is_dir()) {
                found.insert(entry.into_path());
            }
        }
        let all = WalkDir::new(folder).into_iter();
        for entry in all.filter_entry(|entry| !self.is_left_out(entry.path())) {
            let entry = entry?;
            if !entry.file_type().is_dir() && self.is_source(entry.path()) {
                found.insert(entry.into_path());
            }
        }
        Ok(found)
    }

    fn is_left_out(&self, path: &Path) -> bool {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
        let product = |form: &Form| {
            form.products.iter().any(|product| product == name)
                && path.parent().is_some_and(|folder| folder.join(&form.manifest).is_file())
        };
        VERSION_CONTROL.contains(&name)
            || CONTRACT.contains(&name)
            || self.forms.iter().any(product)
            || path.join("CACHEDIR.TAG").is_file()
    }

    fn is_source(&self, path: &Path) -> bool {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
        let ending = path.extension().and_then(|ending| ending.to_str());
        self.forms.iter().any(|form| {
            name == form.manifest
                || Some(name) == form.lock.as_deref()
                || form.endings.iter().any(|known| Some(known.as_str()) == ending)
        })
    }
}

/// What a file says; of a link that leads to no file, where it leads.
fn content(path: &Path) -> io::Result<Vec<u8>> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => fs::read(path),
        Ok(_) | Err(_) => match fs::read_link(path) {
            Ok(target) => Ok(target.into_os_string().into_encoded_bytes()),
            // A socket or pipe.
            Err(_) => Ok(Vec::new()),
        },
    }
}
