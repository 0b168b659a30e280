//! comparison.toml and sources.toml.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::{Dimension, Side, Source};
use toml::value::Datetime;

use crate::document::Sheet;
use crate::shape::{ComparisonFile, SourcesFile};
use crate::spanned::Spanned;

/// What the head of a pack declares.
pub(crate) struct Head {
    pub(crate) text_date: Date,
    pub(crate) sides: Vec<Side>,
    pub(crate) classes: Vec<String>,
    pub(crate) licences: Vec<String>,
    pub(crate) dimensions: Vec<Dimension>,
}

/// Reads comparison.toml for its meaning.
pub(crate) fn comparison(sheet: &mut Sheet, file: &ComparisonFile) -> Head {
    sheet.no_duplicates("side", file.side.iter().map(|side| &side.name));
    sheet.no_duplicates("class", &file.classes);
    sheet.no_duplicates("dimension", file.dimension.iter().map(|dimension| &dimension.id));
    match file.side.as_slice() {
        [] => sheet.fault_of_file(
            "there are no sides",
            "add a `[[side]]` with name, title and language for each thing compared",
        ),
        [only] => sheet.fault(
            only.name.span(),
            format!("\"{}\" is the only side", only.name.get_ref()),
            "a comparison needs two sides or more: add another `[[side]]`",
        ),
        _ => {}
    }
    if let Some(name) = &file.name {
        sheet.name(name, "the name of a pack");
    }
    let mut sides = Vec::new();
    for entry in &file.side {
        if let (Some(name), Some(language)) = (sheet.id(&entry.name), sheet.id(&entry.language)) {
            sides.push(Side { name, title: entry.title.clone(), language });
        }
    }
    let mut dimensions = Vec::new();
    for entry in &file.dimension {
        dimensions
            .extend(sheet.id(&entry.id).map(|id| Dimension { id, title: entry.title.clone() }));
    }
    Head {
        text_date: date(sheet, &file.text_date).unwrap_or_default(),
        sides,
        classes: file.classes.iter().map(|class| class.get_ref().clone()).collect(),
        licences: licences(sheet, &file.licences),
        dimensions,
    }
}

/// Licences that are accepted: words that SPDX knows.
fn licences(sheet: &mut Sheet, given: &[Spanned<String>]) -> Vec<String> {
    sheet.no_duplicates("licence", given);
    for word in given {
        if spdx::Licensee::parse(word.get_ref()).is_err() {
            let known = spdx::identifiers::LICENSES.iter().map(|licence| licence.name);
            sheet.unknown(word, "licence", "licences", known);
        }
    }
    given.iter().map(|word| word.get_ref().clone()).collect()
}

/// Reads sources.toml for its meaning.
pub(crate) fn sources(sheet: &mut Sheet, file: &SourcesFile) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for (key, entry) in file {
        let source = Source {
            key: key.get_ref().clone(),
            title: entry.title.clone(),
            publisher: entry.publisher.clone(),
            url: entry.url.clone(),
            checked: entry.checked.as_ref().and_then(|day| date(sheet, day)),
            max_age_days: entry.max_age_days,
        };
        sources.insert(source.key.clone(), source);
    }
    sources
}

fn date(sheet: &mut Sheet, given: &Spanned<Datetime>) -> Option<Date> {
    let day: Option<Date> = given.get_ref().to_string().parse().ok();
    if day.is_none() || given.get_ref().time.is_some() {
        sheet.fault(given.span(), "this is not a day", "write a date without a time: 2026-11-22");
    }
    day
}
