//! Programs made from templates, so that the same shape of code can be had in
//! any size: rendered once a size into the cache.
//!
//! A file ending in `.jinja` is rendered once a unit if `{unit}` stands in its
//! path, else once a group of units if `{group}` does, else once; the numbers
//! take the places of the words. Everything else is copied.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use launch::Scratch;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, context};
use model::{Comparison, Generate};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::input::hex;

const TEMPLATE: &str = ".jinja";
const UNIT: &str = "{unit}";
const GROUP: &str = "{group}";
/// Units that share a package, as files of a hundred lines or so do.
const UNITS_OF_A_GROUP: u32 = 20;

/// Why a program could not be made.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The template says something that cannot be rendered.
    #[error("template {path}: {reason:#}")]
    Template {
        /// The file.
        path: PathBuf,
        /// What the engine said.
        reason: minijinja::Error,
    },
    /// A file or folder.
    #[error("{path}: {reason}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// The place for it.
    #[error(transparent)]
    Launch(#[from] launch::LaunchError),
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> GenerateError {
    move |reason| GenerateError::Io { path: path.to_owned(), reason }
}

/// The comparison with every generated program's folder pointing at what was
/// made of its templates.
///
/// # Errors
/// A template that cannot be rendered, or a cache that cannot be written to.
pub fn generated(comparison: &Comparison, cache: &Path) -> Result<Comparison, GenerateError> {
    let mut comparison = comparison.clone();
    for (id, workload) in &mut comparison.workloads {
        let Some(generate) = &workload.generate else { continue };
        for program in &mut workload.programs {
            program.folder = rendered(&program.folder, id.as_str(), generate, cache)?;
        }
    }
    Ok(comparison)
}

fn rendered(
    template: &Path,
    name: &str,
    generate: &Generate,
    cache: &Path,
) -> Result<PathBuf, GenerateError> {
    let files = files(template)?;
    let mut key = Sha256::new();
    key.update(format!("{name}\0{}\0{UNITS_OF_A_GROUP}\0", generate.units));
    for (path, content) in &files {
        key.update(path.as_os_str().as_encoded_bytes());
        key.update(content);
    }
    let parent = cache.join("generated");
    let folder = parent.join(hex(&key.finalize()[..8]));
    if folder.exists() {
        return Ok(folder);
    }
    fs::create_dir_all(&parent).map_err(io_error(&parent))?;
    let scratch = Scratch::within(&parent)?;
    let fresh = scratch.path().join("program");
    for (path, content) in &files {
        write(&fresh, path, content, &Made { name, units: generate.units })?;
    }
    match fs::rename(&fresh, &folder) {
        // Another process was quicker with the same templates.
        Err(_) if folder.exists() => Ok(folder),
        renamed => renamed.map(|()| folder.clone()).map_err(io_error(&folder)),
    }
}

/// Every file of the template with its content, sorted.
fn files(template: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, GenerateError> {
    let mut files = Vec::new();
    for entry in WalkDir::new(template).sort_by_file_name() {
        let entry = entry.map_err(io::Error::from).map_err(io_error(template))?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(template).unwrap_or(entry.path()).to_owned();
            let content = fs::read(entry.path()).map_err(io_error(entry.path()))?;
            files.push((path, content));
        }
    }
    Ok(files)
}

/// What is made of the templates.
struct Made<'a> {
    name: &'a str,
    units: u32,
}

/// One rendering of a file that is rendered several times.
#[derive(Clone, Copy, Default)]
struct Turn {
    unit: Option<u32>,
    group: Option<u32>,
}

impl Made<'_> {
    fn groups(&self) -> u32 {
        self.units.div_ceil(UNITS_OF_A_GROUP)
    }

    /// Units of a group, in order.
    fn members(&self, group: u32) -> Vec<u32> {
        let first = group * UNITS_OF_A_GROUP;
        (first..self.units.min(first + UNITS_OF_A_GROUP)).collect()
    }

    /// How often, and with which numbers, a file of this path is rendered.
    fn turns(&self, path: &str) -> Vec<Turn> {
        if path.contains(UNIT) {
            let of_a_unit = |unit| Turn { unit: Some(unit), group: Some(unit / UNITS_OF_A_GROUP) };
            (0..self.units).map(of_a_unit).collect()
        } else if path.contains(GROUP) {
            (0..self.groups()).map(|group| Turn { unit: None, group: Some(group) }).collect()
        } else {
            vec![Turn::default()]
        }
    }

    /// What the template may name: `unit`, `group` and `members` (the units of
    /// the group) only where there are any.
    fn variables(&self, turn: Turn) -> minijinja::Value {
        let (name, units, groups) = (self.name, self.units, self.groups());
        match (turn.unit, turn.group) {
            (Some(unit), Some(group)) => {
                context! { name, units, groups, group, members => self.members(group), unit }
            }
            (None, Some(group)) => {
                context! { name, units, groups, group, members => self.members(group) }
            }
            _ => context! { name, units, groups },
        }
    }
}

impl Turn {
    fn path(self, template: &str) -> String {
        let number = |number: Option<u32>| number.unwrap_or_default().to_string();
        template.replace(UNIT, &number(self.unit)).replace(GROUP, &number(self.group))
    }
}

fn write(folder: &Path, path: &Path, content: &[u8], made: &Made<'_>) -> Result<(), GenerateError> {
    let shown = path.to_string_lossy();
    let put = |relative: &str, bytes: &[u8]| {
        let target = folder.join(relative);
        let parent = target.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(io_error(parent))?;
        fs::write(&target, bytes).map_err(io_error(&target))
    };
    let Some(stem) = shown.strip_suffix(TEMPLATE) else { return put(&shown, content) };
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    let text = String::from_utf8_lossy(content);
    let template_error = |reason| GenerateError::Template { path: path.to_owned(), reason };
    let lines_kept = SyntaxConfig::builder().keep_trailing_newline(true).build();
    engine.set_syntax(lines_kept.map_err(template_error)?);
    let template = engine.template_from_str(&text).map_err(template_error)?;
    made.turns(stem).into_iter().try_for_each(|turn| {
        let text = template.render(made.variables(turn)).map_err(template_error)?;
        put(&turn.path(stem), text.as_bytes())
    })
}

#[cfg(test)]
mod tests;
