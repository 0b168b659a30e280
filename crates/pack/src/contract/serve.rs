//! `[service]` of a contract, and what its cases may be.

use std::collections::BTreeMap;
use std::path::PathBuf;

use model::contract::{Case, CaseUse};
use model::{Language, LanguageId, Metric, Service};

use super::place::Place;
use crate::document::Sheet;
use crate::service::{self, Home};
use crate::shape::{ContractCaseEntry as CaseEntry, ContractFile, Text};

impl Home for Place<'_> {
    fn folder(&self, sheet: &mut Sheet, given: &Text) -> Option<PathBuf> {
        Place::folder(self, sheet, given, "program")
    }

    fn file(&self, sheet: &mut Sheet, given: &Text) -> Option<PathBuf> {
        Place::file(self, sheet, given, "postgresql")
    }

    fn languages(&self) -> &BTreeMap<LanguageId, Language> {
        self.languages
    }
}

/// Reads `[service]`, if the programs serve.
pub(super) fn service(sheet: &mut Sheet, place: &Place, file: &ContractFile) -> Option<Service> {
    let entry = file.service.as_ref()?;
    if !file.case.iter().any(|case| case.drive.is_some()) {
        let help = "add a `[[case]]` with [case.drive] and a kind";
        sheet.fault(entry.span(), "the programs serve, and no case drives them", help);
    }
    let service = service::service(sheet, place, entry.get_ref());
    for side in &file.side {
        service::ours(sheet, &service, &side.env);
    }
    if let Some(running) = &file.running {
        service::ours(sheet, &service, &running.env);
    }
    Some(service)
}

/// Faults what only a program that runs to its end has.
pub(super) fn runs_on(sheet: &mut Sheet, entry: &CaseEntry) {
    if entry.drive.is_none() {
        return;
    }
    if let Some(given) = &entry.stdin {
        let help = "remove it, or remove [case.drive]";
        sheet.fault(given.span(), "a program that serves is fed nothing", help);
    }
    if let Some(given) = &entry.used
        && given.get_ref() != CaseUse::Measured.name()
    {
        let help = "remove use; what is only compared is a `[[service.exchange]]`";
        sheet.fault(given.span(), "a case that drives a program is measured", help);
    }
}

/// Faults measured cases of which some are driven and some are run: no metric
/// would be of both.
pub(super) fn of_one_kind(sheet: &mut Sheet, file: &ContractFile, cases: &[Case]) {
    if cases.iter().all(|case| case.drive.is_none()) {
        return;
    }
    let mut measured = cases.iter().filter(|case| case.used == CaseUse::Measured);
    let Some(case) = measured.find(|case| case.drive.is_none()) else { return };
    let named = file.case.iter().find(|entry| entry.name.get_ref() == case.id.as_str());
    let Some(at) = named.map(|entry| &entry.name).or(file.cases.as_ref()) else { return };
    let message = format!("case \"{}\" runs to its end, and others are driven", case.id);
    let help = "write use = \"compared\", or add [case.drive]: measured cases are of one kind";
    sheet.fault(at.span(), message, help);
}

/// The measured cases with a drive that gives a metric.
pub(super) fn giving(cases: &[Case], metric: Metric) -> impl Iterator<Item = &Case> {
    let gives = move |case: &&Case| {
        case.used == CaseUse::Measured && case.drive.as_ref().is_some_and(|it| it.gives(metric))
    };
    cases.iter().filter(gives)
}
