//! `[[service.companion]]`: what stands beside a program.

use std::path::{Path, PathBuf};

use model::service::{Companion, CompanionKind};

use super::Home;
use super::settings::is_variable;
use crate::contract::words;
use crate::document::Sheet;
use crate::shape::{CompanionEntry, Text};

/// Reads all companions of a program that is told its port by a variable.
pub(super) fn companions(
    sheet: &mut Sheet,
    home: &dyn Home,
    entries: &[CompanionEntry],
    port: &str,
) -> Vec<Companion> {
    sheet.no_duplicates("variable", entries.iter().map(|entry| &entry.variable));
    let mut companions = Vec::new();
    for entry in entries {
        is_variable(sheet, &entry.variable);
        if entry.variable.get_ref() == port {
            let message = format!("{port} tells the program its own port");
            sheet.fault(entry.variable.span(), message, "name another variable here");
        }
        companions.extend(companion(sheet, home, entry));
    }
    companions
}

fn companion(sheet: &mut Sheet, home: &dyn Home, entry: &CompanionEntry) -> Option<Companion> {
    let forms = "write program = \"FOLDER\" with a project, or postgresql = \"FILE.sql\"";
    let args = words(sheet, &entry.args);
    let kind = match (&entry.program, &entry.postgresql) {
        (Some(given), None) => {
            let read = program(sheet, home, given, args);
            // It is told once that there is something wrong with it.
            read.or_else(|| some_program(home))?
        }
        (None, Some(given)) => {
            if let Some(word) = entry.args.first() {
                let help = "remove args; what the database shall hold is said in its SQL";
                sheet.fault(word.span(), "PostgreSQL takes no arguments here", help);
            }
            CompanionKind::Postgresql { schema: home.file(sheet, given)? }
        }
        (None, None) => {
            let message = format!("it is not said what {} leads to", entry.variable.get_ref());
            sheet.fault(entry.variable.span(), message, forms);
            return None;
        }
        (Some(_), Some(second)) => {
            let message = format!("{} would lead to two companions", entry.variable.get_ref());
            sheet.fault(second.span(), message, "give each a `[[service.companion]]` of its own");
            some_program(home)?
        }
    };
    Some(Companion { variable: entry.variable.get_ref().clone(), kind })
}

fn some_program(home: &dyn Home) -> Option<CompanionKind> {
    let language = home.languages().keys().next()?.clone();
    Some(CompanionKind::Program { language, folder: PathBuf::new(), args: Vec::new() })
}

fn program(
    sheet: &mut Sheet,
    home: &dyn Home,
    given: &Text,
    args: Vec<String>,
) -> Option<CompanionKind> {
    let folder = home.folder(sheet, given)?;
    let has = |folder: &Path, manifest: &str| folder.join(manifest).is_file();
    let all = || home.languages().values();
    let found: Vec<_> = all().filter(|known| has(&folder, &known.manifest)).collect();
    let word = given.get_ref().trim_end_matches('/');
    match found.as_slice() {
        [language] => Some(CompanionKind::Program { language: language.id.clone(), folder, args }),
        [] => {
            let known: Vec<String> =
                all().map(|known| format!("{} ({})", known.manifest, known.name)).collect();
            let help = format!("put a project there, with one of: {}", known.join(", "));
            sheet.fault(given.span(), format!("there is no manifest in {word}/"), help);
            None
        }
        several => {
            let here: Vec<&str> = several.iter().map(|known| known.manifest.as_str()).collect();
            let message = format!("{word}/ holds {}", here.join(" and "));
            sheet.fault(given.span(), message, "a companion is a project of one language");
            None
        }
    }
}
