//! A file of the pack as text, and what is found while reading it.

use std::ops::Range;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::{fs, io};

use model::{IdError, UnknownName};
use regex::Regex;
use serde::de::DeserializeOwned;

use crate::fault::Fault;
use crate::nearest::choices;
use crate::spanned::Spanned;

/// A file's text and the name it goes by in faults.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) file: String,
    pub(crate) text: Arc<str>,
    guide: &'static Guide,
}

/// Where the form of a file is written down.
#[derive(Debug)]
pub(crate) struct Guide {
    /// The page that shows every key.
    pub(crate) page: &'static str,
    /// What to do if the file is missing.
    pub(crate) missing: &'static str,
    /// Whether keys of several words have hyphens in them.
    pub(crate) hyphens: bool,
}

/// Of the files of a pack.
const PACK: Guide = Guide {
    page: "docs/pack-format.md",
    missing: "docs/pack-format.md shows which files a pack consists of",
    hyphens: false,
};

impl Document {
    /// Reads `path`, a file of a pack, which faults call `file`.
    pub(crate) fn open(path: &Path, file: String) -> Result<Self, Fault> {
        Self::open_by(&PACK, path, file)
    }

    /// Reads `path`, whose form a guide describes.
    pub(crate) fn open_by(guide: &'static Guide, path: &Path, file: String) -> Result<Self, Fault> {
        let (message, help) = match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => return Ok(Self { file, text: text.into(), guide }),
            Ok(Err(_)) => ("the file is not UTF-8".to_owned(), "save it as UTF-8"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                (format!("{file} is missing"), guide.missing)
            }
            Err(error) => (format!("cannot read {file}: {error}"), "make the file readable"),
        };
        let nothing = Self { file, text: Arc::from(""), guide };
        Err(nothing.fault(None, message, help))
    }

    /// A text that stands in no file, or whose file was read already.
    pub(crate) fn new(guide: &'static Guide, file: String, text: Arc<str>) -> Self {
        Self { file, text, guide }
    }

    pub(crate) fn fault(
        &self,
        span: Option<Range<usize>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Fault {
        Fault {
            file: self.file.clone(),
            span,
            source: Arc::clone(&self.text),
            message: message.into(),
            help: help.into(),
        }
    }

    /// The file in its form, or the first thing that does not fit.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(&self.text).map_err(|error| {
            let (message, help) = in_our_words(error.message(), self.guide.page);
            self.fault(error.span(), message, help)
        })
    }
}

/// serde's sentences about keys, turned into Evenhand's form.
fn in_our_words(message: &str, page: &str) -> (String, String) {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let more = format!("{page} shows every key");
    match quoted.split_first() {
        Some((key, known)) if message.starts_with("unknown field") => {
            (format!("unknown key \"{key}\""), choices(key, "keys", known.iter().copied()))
        }
        Some((key, _)) if message.starts_with("missing field") => {
            (format!("missing key \"{key}\""), format!("add `{key} = …` here; {more}"))
        }
        _ => (without_types(message.lines().next().unwrap_or_default()), more),
    }
}

/// A type of serde's or the language's, as an author of a pack would say it.
fn without_types(message: &str) -> String {
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    let expected = match expected {
        "u16" | "u32" | "u64" | "usize" => "a whole number",
        "i32" => "a whole number, which may be negative",
        "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table",
        other => other,
    };
    format!(
        "{}, expected {expected}",
        found.replace("sequence", "a list").replace("map", "a table")
    )
}

/// A document being read for its meaning, with the faults found so far.
pub(crate) struct Sheet<'a> {
    pub(crate) document: &'a Document,
    faults: Vec<Fault>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { document, faults: Vec::new() }
    }

    pub(crate) fn fault(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults.push(self.document.fault(Some(span), message, help));
    }

    /// A key as it is spelled in this kind of file.
    pub(crate) fn key(&self, key: &str) -> String {
        match self.document.guide.hyphens {
            true => key.replace('_', "-"),
            false => key.to_owned(),
        }
    }

    /// The faults in the order in which they stand in the file.
    pub(crate) fn finish(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.span.as_ref().map(|span| span.start));
        self.faults
    }

    /// About the file as a whole.
    pub(crate) fn fault_of_file(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(self.document.fault(None, message, help));
    }

    /// Where `needle` stands within the span; the span itself if it does not.
    pub(crate) fn within(&self, span: Range<usize>, needle: &str) -> Range<usize> {
        match self.document.text.get(span.clone()).and_then(|text| text.find(needle)) {
            Some(at) => span.start + at..span.start + at + needle.len(),
            None => span,
        }
    }

    /// A word out of a list, such as a metric.
    pub(crate) fn word<T>(&mut self, given: &Spanned<String>) -> Option<T>
    where
        T: FromStr<Err = UnknownName>,
    {
        let parsed = given.get_ref().parse::<T>();
        parsed
            .map_err(|error| {
                let known = error.known.split(", ");
                let (word, of) =
                    error.noun.split_at(error.noun.find(" of ").unwrap_or(error.noun.len()));
                let ending = if word.ends_with('s') { "es" } else { "s" };
                let plural = format!("{word}{ending}{of}");
                self.unknown(given, error.noun, &plural, known);
            })
            .ok()
    }

    /// Says that `given` names nothing, and what could have been meant.
    pub(crate) fn unknown<'k>(
        &mut self,
        given: &Spanned<String>,
        noun: &str,
        plural: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let word = given.get_ref();
        let help = choices(word, plural, known);
        self.fault(given.span(), format!("unknown {noun} \"{word}\""), help);
    }

    /// A name given by the pack's author.
    pub(crate) fn id<T: FromStr<Err = IdError>>(&mut self, given: &Spanned<String>) -> Option<T> {
        let parsed = given.get_ref().parse::<T>();
        parsed
            .map_err(|error| {
                let (noun, shape) = error.shape.split_once(": ").unwrap_or(("an id", error.shape));
                self.fault(
                    given.span(),
                    format!("\"{}\" is not {noun}", given.get_ref()),
                    format!("write {shape}"),
                );
            })
            .ok()
    }

    /// A name that has no type of its own in the model, held to the same form;
    /// whether it is one.
    pub(crate) fn name(&mut self, given: &Spanned<String>, noun: &str) -> bool {
        let is_name = given.get_ref().parse::<model::FactId>().is_ok();
        if !is_name {
            self.fault(
                given.span(),
                format!("\"{}\" is not {noun}", given.get_ref()),
                "write lower-case words joined by hyphens",
            );
        }
        is_name
    }

    /// An expression that compiles and has at least that many groups.
    pub(crate) fn expression(&mut self, given: &Spanned<String>, groups: usize) -> String {
        match Regex::new(given.get_ref()) {
            Err(error) => {
                let text = error.to_string();
                let reason = text.lines().last().unwrap_or_default().trim();
                let reason = reason.strip_prefix("error: ").unwrap_or(reason).to_owned();
                self.fault(
                    given.span(),
                    format!("the regular expression does not compile: {reason}"),
                    "single quotes keep backslashes as they are; docs.rs/regex has the syntax",
                );
            }
            Ok(regex) if regex.captures_len() <= groups => self.fault(
                given.span(),
                "the regular expression has no group to read the answer from",
                "put parentheses around the part that is wanted, such as `release: (\\S+)`",
            ),
            Ok(_) => {}
        }
        given.get_ref().clone()
    }

    /// An expression that some text does not match: one that matches everything
    /// would bear out whatever is seen.
    pub(crate) fn telling(&mut self, given: &Spanned<String>) -> String {
        let anything = ["", "x", "\n"];
        let vacuous = |regex: Regex| anything.iter().all(|text| regex.is_match(text));
        if Regex::new(given.get_ref()).is_ok_and(vacuous) {
            self.fault(
                given.span(),
                "this expression matches whatever is said",
                "write words that stand in the answer only if it is the expected one",
            );
        }
        self.expression(given, 0)
    }

    /// Faults every name that stood before.
    pub(crate) fn no_duplicates<'g>(
        &mut self,
        noun: &str,
        given: impl IntoIterator<Item = &'g Spanned<String>>,
    ) {
        let mut seen: Vec<&str> = Vec::new();
        for name in given {
            let word = name.get_ref().as_str();
            if seen.contains(&word) {
                self.fault(
                    name.span(),
                    format!("{noun} \"{word}\" is declared twice"),
                    "give one of the two another name, or remove it",
                );
            }
            seen.push(word);
        }
    }
}
