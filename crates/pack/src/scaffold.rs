//! A pack, or a part of one, to begin with: small, complete, without fault.
//!
//! The templates are files of `scaffold/`; what they say of a language stands
//! in `scaffold/languages/ID/`, so that another language is another folder.
//! What is written is the author's from then on: nothing refers back to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use model::{Comparison, SideName};
use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};

use crate::nearest::choices;

#[derive(RustEmbed)]
#[folder = "scaffold"]
struct Templates;

const TEMPLATE: &str = ".jinja";

/// A side of a pack to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSide {
    /// In tables, claims and JSON.
    pub name: SideName,
    /// The language that builds it.
    pub language: String,
}

/// A part that can be added to a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A job that each side's program does.
    Workload,
    /// Programs that a tool takes or stops.
    Probe,
    /// Steps of a tool.
    Drill,
    /// A class of mistakes.
    Defect,
}

impl Part {
    fn noun(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Probe => "probe",
            Self::Drill => "drill",
            Self::Defect => "defect",
        }
    }
}

/// Why nothing was written, or not all.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// There is something already.
    #[error("{0} is not empty; name a new folder, or empty this one")]
    Occupied(PathBuf),
    /// No templates for a language.
    #[error("there is nothing to begin with in the language \"{language}\"; {known}")]
    UnknownLanguage {
        /// As given.
        language: String,
        /// What could have been meant.
        known: String,
    },
    /// A comparison of fewer than two, or of one with itself.
    #[error("a comparison needs two sides with names of their own, such as --sides old,new")]
    Sides,
    /// A word that cannot be an id.
    #[error("\"{0}\" is not a name: write lower-case words joined by hyphens")]
    Name(String),
    /// The disk.
    #[error("cannot write {path}; make the folder writable, or name another one")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A template of ours that does not render.
    #[error("template {0} does not render; this is a bug in Evenhand")]
    Template(String, #[source] minijinja::Error),
}

/// What templates may say of a side.
#[derive(Debug, Clone, Serialize)]
struct Words {
    name: String,
    language: String,
    #[serde(flatten)]
    of_language: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct OfLanguage(BTreeMap<String, String>);

/// Writes a small complete pack into `folder`, which is empty or not there:
/// a claim of each kind, and a workload, a probe and a drill for them.
///
/// # Errors
/// When the folder is not empty, a name or language is none, or the disk refuses.
pub fn new(folder: &Path, name: &str, sides: &[NewSide], today: Date) -> Result<(), ScaffoldError> {
    is_name(name)?;
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        return Err(ScaffoldError::Occupied(folder.to_owned()));
    }
    let sides = sides.iter().map(words).collect::<Result<Vec<_>, _>>()?;
    let [first, second, ..] = sides.as_slice() else { return Err(ScaffoldError::Sides) };
    if sides.iter().enumerate().any(|(at, side)| sides[..at].iter().any(|s| s.name == side.name)) {
        return Err(ScaffoldError::Sides);
    }
    let today = today.to_string();
    let (first, second, every) = (Serde(first), Serde(second), Serde(&sides));
    render("pack/", folder, &context! { name, today, sides => every, first, second })?;
    let classes = ["command-line tools"].map(str::to_owned);
    part(folder, Part::Workload, "hello", &sides, &classes)?;
    part(folder, Part::Probe, "text-for-number", &sides, &[])?;
    part(folder, Part::Drill, "failing-test", &sides, &[])
}

/// Writes a part called `id` into the pack in `folder`, which is `comparison`.
///
/// # Errors
/// When there is one of that id, a language has no templates, or the disk refuses.
pub fn add(
    folder: &Path,
    comparison: &Comparison,
    what: Part,
    id: &str,
) -> Result<PathBuf, ScaffoldError> {
    is_name(id)?;
    let place = folder.join(format!("{}s", what.noun())).join(id);
    if place.exists() {
        return Err(ScaffoldError::Occupied(place));
    }
    let sides = comparison.sides.iter().map(|side| {
        words(&NewSide { name: side.name.clone(), language: side.language.to_string() })
    });
    let sides = sides.collect::<Result<Vec<_>, _>>()?;
    part(folder, what, id, &sides, &comparison.classes)?;
    Ok(place)
}

fn part(
    folder: &Path,
    what: Part,
    id: &str,
    sides: &[Words],
    classes: &[String],
) -> Result<(), ScaffoldError> {
    let noun = what.noun();
    let place = folder.join(format!("{noun}s")).join(id);
    let title = &*id.replace('-', " ");
    let (every, classes) = (Serde(sides), Serde(classes));
    render(&format!("{noun}/"), &place, &context! { id, title, sides => every, classes })?;
    for side in sides {
        let templates = format!("languages/{}/{noun}/", side.language);
        // Programs of probes and defects stand side by side, others in folders of their own.
        let within = match what {
            Part::Probe => place.join(format!("{}_", side.name)),
            Part::Defect => place.join(""),
            Part::Workload | Part::Drill => place.join(&side.name).join(""),
        };
        render_as(&templates, &within.to_string_lossy(), &context! { id, title })?;
    }
    Ok(())
}

fn is_name(word: &str) -> Result<(), ScaffoldError> {
    word.parse::<model::WorkloadId>().map(drop).map_err(|_| ScaffoldError::Name(word.to_owned()))
}

fn words(side: &NewSide) -> Result<Words, ScaffoldError> {
    let language = &side.language;
    let text = Templates::get(&format!("languages/{language}/words.toml")).map(|file| file.data);
    let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let Some(OfLanguage(of_language)) = text.and_then(|text| toml::from_str(&text).ok()) else {
        let known: Vec<String> = languages();
        let known = choices(language, "languages", known.iter().map(String::as_str));
        return Err(ScaffoldError::UnknownLanguage { language: language.clone(), known });
    };
    Ok(Words { name: side.name.to_string(), language: language.clone(), of_language })
}

fn languages() -> Vec<String> {
    let files = Templates::iter();
    let names = files.filter_map(|file| {
        Some(file.strip_prefix("languages/")?.strip_suffix("/words.toml")?.to_owned())
    });
    names.collect()
}

fn render(templates: &str, folder: &Path, values: &Value) -> Result<(), ScaffoldError> {
    render_as(templates, &folder.join("").to_string_lossy(), values)
}

/// Renders every template below `templates`; what follows in its name is put
/// behind `prefix`.
fn render_as(templates: &str, prefix: &str, values: &Value) -> Result<(), ScaffoldError> {
    for file in Templates::iter() {
        let rest = file.strip_prefix(templates).and_then(|rest| rest.strip_suffix(TEMPLATE));
        let (Some(rest), Some(content)) = (rest, Templates::get(&file)) else { continue };
        let text = rendered(&content.data, values);
        let text = text.map_err(|error| ScaffoldError::Template(file.to_string(), error))?;
        let path = PathBuf::from(format!("{prefix}{rest}"));
        write(&path, &text).map_err(|source| ScaffoldError::Io { path: path.clone(), source })?;
    }
    Ok(())
}

fn rendered(template: &[u8], values: &Value) -> Result<String, minijinja::Error> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_syntax(SyntaxConfig::builder().keep_trailing_newline(true).build()?);
    engine.template_from_str(&String::from_utf8_lossy(template))?.render(values)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text)
}
