//! Where a contract stands: paths are relative to its folder, `.` and `..` are
//! taken out of them as text, and what they name has to be there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use model::{Language, LanguageId};

use crate::document::Sheet;
use crate::shape::{Command, Text};

/// The folder of a contract, and the languages that projects may be of.
pub(super) struct Place<'a> {
    pub(super) folder: PathBuf,
    pub(super) languages: &'a BTreeMap<LanguageId, Language>,
}

/// A path from the root, without `.` and `..` if it can be.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let here = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(path).unwrap_or_else(|_| plain(&here()))
}

/// Without `.` and `..`, as text: a link before `..` is not followed.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// A path as it is written in a file that stands in `folder`: relative, unless
/// the two have nothing but the root in common. Both are from the root.
pub fn relative(path: &Path, folder: &Path) -> PathBuf {
    let shared = path.components().zip(folder.components()).take_while(|(one, other)| one == other);
    let shared = shared.count();
    if shared <= 1 && path != folder {
        return path.to_owned();
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(path.components().skip(shared)).collect();
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

impl<'a> Place<'a> {
    /// The place of a file.
    pub(super) fn of(file: &Path, languages: &'a BTreeMap<LanguageId, Language>) -> Self {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self { folder: absolute(folder.unwrap_or(Path::new("."))), languages }
    }

    /// What a path stands for.
    pub(super) fn path(&self, given: &str) -> PathBuf {
        plain(&self.folder.join(given))
    }

    /// A folder that has to be there.
    pub(super) fn folder(&self, sheet: &mut Sheet, given: &Text, what: &str) -> Option<PathBuf> {
        let path = self.path(given.get_ref());
        if path.is_dir() && !given.get_ref().is_empty() {
            return Some(path);
        }
        let word = given.get_ref();
        match path.is_file() {
            true => sheet.fault(
                given.span(),
                format!("\"{word}\" is a file; {what} is a folder"),
                "name the folder",
            ),
            false => absent(sheet, given, "folder"),
        }
        None
    }

    /// A file that has to be there.
    pub(super) fn file(&self, sheet: &mut Sheet, given: &Text, what: &str) -> Option<PathBuf> {
        let path = self.path(given.get_ref());
        if path.is_file() {
            return Some(path);
        }
        let word = given.get_ref();
        match path.exists() && !word.is_empty() {
            true => sheet.fault(
                given.span(),
                format!("\"{word}\" is no regular file, as {what} has to be"),
                "name a file",
            ),
            false => absent(sheet, given, "file"),
        }
        None
    }
}

/// Says that nothing is there, and how paths are read.
pub(super) fn absent(sheet: &mut Sheet, given: &Text, noun: &str) {
    let word = given.get_ref();
    if word.is_empty() {
        let help = "name one; \".\" is the folder of this file";
        return sheet.fault(given.span(), format!("an empty path names no {noun}"), help);
    }
    let help = match word.starts_with('~') || word.contains('$') {
        true => "write the path in full: `~` and `$` are a shell's",
        false => "paths are relative to the folder of this file",
    };
    sheet.fault(given.span(), format!("there is no {noun} \"{word}\""), help);
}

/// Words that a process may be given.
pub(crate) fn words(sheet: &mut Sheet, given: &[Text]) -> Vec<String> {
    for word in given.iter().filter(|word| word.get_ref().contains('\0')) {
        let help = "remove \\u0000; bytes like it can be fed through stdin";
        sheet.fault(word.span(), "an argument cannot contain a zero byte", help);
    }
    given.iter().map(|word| word.get_ref().clone()).collect()
}

/// A command: a program and its arguments.
pub(crate) fn command(sheet: &mut Sheet, given: &Command, example: &str) -> Vec<String> {
    let first = given.get_ref().first();
    if first.is_none_or(|program| program.get_ref().is_empty()) {
        let span = first.map_or(given.span(), |word| word.span());
        sheet.fault(span, "the command names no program", format!("write {example}"));
    }
    words(sheet, given.get_ref())
}
