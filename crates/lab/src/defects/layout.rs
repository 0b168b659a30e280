//! Single files laid out as one project: the scaffold's `whole` once, its
//! `program` for each program, files that end in `.jinja` rendered.

use std::fs;
use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use model::{Defect, Exchange};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::Corpus;
use crate::input::hex;

const TEMPLATE: &str = ".jinja";

/// Writes the whole project to `project`.
///
/// # Errors
/// What cannot be read, rendered or written, in words.
pub(super) fn lay_out(corpus: &Corpus<'_>, project: &Path) -> Result<(), String> {
    let names: Vec<String> = corpus.entries.iter().map(|entry| quoted(&entry.name())).collect();
    let whole = context! { names => names.join(", ") };
    copy(&corpus.form.scaffold.join("whole"), project, &whole)?;
    for (entry, source) in corpus.entries.iter().zip(&corpus.sources) {
        let folder = project.join(entry.name());
        let values = values(entry.defect, &entry.name());
        copy(&corpus.form.scaffold.join("program"), &folder, &values)?;
        put(&folder.join(&corpus.form.source), source.as_bytes())?;
    }
    Ok(())
}

fn values(defect: &Defect, name: &str) -> Value {
    let exchange = |given: &Exchange| {
        context! { input => quoted(&given.input), answer => quoted(&given.answer) }
    };
    let needs: Vec<String> =
        defect.needs.iter().map(|package| format!("{package}.workspace = true")).collect();
    context! {
        name,
        needs => needs.join("\n"),
        quiet => exchange(&defect.quiet),
        trigger => exchange(&defect.trigger),
    }
}

/// As a literal of most languages: what JSON escapes, they escape alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn copy(from: &Path, to: &Path, values: &Value) -> Result<(), String> {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap_or(&path));
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let shown = target.to_string_lossy();
        match shown.strip_suffix(TEMPLATE) {
            None => put(&target, &bytes)?,
            Some(stem) => {
                let text = rendered(&String::from_utf8_lossy(&bytes), values)
                    .map_err(|error| format!("template {}: {error:#}", path.display()))?;
                put(Path::new(stem), text.as_bytes())?;
            }
        }
    }
    Ok(())
}

fn rendered(template: &str, values: &Value) -> Result<String, minijinja::Error> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_syntax(SyntaxConfig::builder().keep_trailing_newline(true).build()?);
    engine.render_str(template, values)
}

fn put(target: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = target.parent().unwrap_or(target);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(target, bytes));
    written.map_err(|error| format!("{}: {error}", target.display()))
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    walk.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

/// SHA-256 over every file of a scaffold, hex.
pub(super) fn scaffold_hash(folder: &Path) -> String {
    let mut hash = Sha256::new();
    for path in files(folder) {
        hash.update(path.strip_prefix(folder).unwrap_or(&path).as_os_str().as_encoded_bytes());
        // What cannot be read is told when the project is laid out.
        hash.update(fs::read(&path).unwrap_or_default());
    }
    hex(&hash.finalize())
}
