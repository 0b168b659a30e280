//! `[[case]]` and `cases`: ways of running the programs.

use model::contract::{Case, CaseUse};
use model::{CaseId, Effect, Service};

use super::folder::{self, Found};
use super::name::named;
use super::place::{Place, words};
use super::serve;
use crate::document::Sheet;
use crate::service::{drive, unread};
use crate::shape::{ContractCaseEntry as CaseEntry, ContractFile, Text};

/// The name of the case of a contract that names none: no arguments, nothing
/// on standard input.
pub const ONLY_CASE: &str = "run";

/// Reads all cases: the declared ones first, then those of the folder.
pub(super) fn cases(
    sheet: &mut Sheet,
    place: &Place,
    file: &ContractFile,
    service: Option<&Service>,
) -> Found {
    sheet.no_duplicates("case", file.case.iter().map(|case| &case.name));
    let mut found = Found::default();
    let declared = file.case.iter();
    found.cases.extend(declared.filter_map(|entry| case(sheet, place, entry, service)));
    if let Some(given) = &file.cases {
        let folder = of_folder(sheet, place, given);
        clashes(sheet, given, &found.cases, &folder.cases);
        found.cases.extend(folder.cases);
        found.faults = folder.faults;
    } else if file.case.is_empty() {
        found.cases.extend(ONLY_CASE.parse().ok().map(plain));
    }
    serve::of_one_kind(sheet, file, &found.cases);
    found
}

fn plain(id: CaseId) -> Case {
    Case { id, args: Vec::new(), stdin: None, exit: None, used: CaseUse::Measured, drive: None }
}

fn of_folder(sheet: &mut Sheet, place: &Place, given: &Text) -> Found {
    match place.folder(sheet, given, "cases") {
        Some(path) => folder::cases(&path, given.get_ref().trim_end_matches('/')),
        None => Found::default(),
    }
}

fn clashes(sheet: &mut Sheet, given: &Text, declared: &[Case], found: &[Case]) {
    for case in found.iter().filter(|case| declared.iter().any(|other| other.id == case.id)) {
        sheet.fault(
            given.span(),
            format!("case \"{}\" is declared here and stands in the folder", case.id),
            "rename the file, or give the `[[case]]` another name",
        );
    }
}

fn case(
    sheet: &mut Sheet,
    place: &Place,
    entry: &CaseEntry,
    service: Option<&Service>,
) -> Option<Case> {
    let id = named::<CaseId>(sheet, &entry.name, "case");
    if let Some(effect) = id.as_ref().and_then(|id| id.as_str().parse::<Effect>().ok()) {
        sheet.fault(
            entry.name.span(),
            format!("\"{effect}\" is the name of a side effect"),
            "give the case another name: `[[allow]]` would not know which is meant",
        );
    }
    let exit = entry.exit.as_ref().map(|given| {
        let code = *given.get_ref();
        if !(0..=255).contains(&code) {
            let help = "write a number from 0 to 255, or leave it out: whichever they share";
            sheet.fault(given.span(), format!("no program ends with exit code {code}"), help);
        }
        code
    });
    let stdin = entry.stdin.as_ref().and_then(|path| place.file(sheet, path, "stdin"));
    let used = entry.used.as_ref().and_then(|word| sheet.word(word));
    let args = words(sheet, &entry.args);
    let used = used.unwrap_or(CaseUse::Measured);
    serve::runs_on(sheet, entry);
    let drive =
        entry.drive.as_ref().map(|given| drive(sheet, service, given).unwrap_or_else(unread));
    Some(Case { id: id?, args, stdin, exit, used, drive })
}
