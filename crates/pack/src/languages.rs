//! Languages alone, for whoever has projects and no pack.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use model::{Language, LanguageId};

use crate::document::{Document, Sheet};
use crate::fault::Faults;
use crate::meaning;
use crate::shape::LanguageFile;

/// Reads every `ID.toml` of a folder of languages, such as the one that
/// [`crate::Pack::languages`] hands over.
///
/// # Errors
/// The first fault of every file that does not fit its form, every fault of
/// those that do, or that the folder cannot be read.
pub fn languages(folder: &Path) -> Result<BTreeMap<LanguageId, Language>, Faults> {
    let mut languages = BTreeMap::new();
    let mut faults = Vec::new();
    for name in names_in(folder).map_err(|error| unreadable(folder, &error))? {
        let Some(Ok(id)) = name.strip_suffix(".toml").map(str::parse::<LanguageId>) else {
            continue;
        };
        let shown = format!("languages/{name}");
        let parsed = Document::open(&folder.join(&name), shown).and_then(|document| {
            let file: LanguageFile = document.decode()?;
            Ok((document, file))
        });
        match parsed {
            Ok((document, file)) => {
                let mut sheet = Sheet::new(&document);
                let language = meaning::language(&mut sheet, id.clone(), &file, folder);
                faults.extend(sheet.finish());
                languages.insert(id, language);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(languages) } else { Err(Faults(faults)) }
}

fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn unreadable(folder: &Path, error: &io::Error) -> Faults {
    Faults(vec![crate::Fault {
        file: folder.to_string_lossy().into_owned(),
        span: None,
        source: "".into(),
        message: format!("cannot read the folder of languages: {error}"),
        help: "name a folder that can be read".to_owned(),
    }])
}
