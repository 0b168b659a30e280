//! `told`: numbers that a program or companion is asked for over HTTP.

use model::contract::Pick;
use model::service::{CompanionKind, Ready, Teller, Told, Wire};
use model::{Metric, MetricName, Service};

use super::asked::path_fits;
use crate::contract::{path_of, pattern_of, way_out};
use crate::document::Sheet;
use crate::shape::{Text, ToldEntry};

/// Reads all numbers that one drive is asked for.
pub(super) fn told(sheet: &mut Sheet, service: &Service, entries: &[ToldEntry]) -> Vec<Told> {
    sheet.no_duplicates("metric", entries.iter().map(|entry| &entry.metric));
    entries.iter().filter_map(|entry| one(sheet, service, entry)).collect()
}

fn one(sheet: &mut Sheet, service: &Service, entry: &ToldEntry) -> Option<Told> {
    let name = name(sheet, &entry.metric);
    path_fits(sheet, &entry.path);
    let by = match &entry.by {
        Some(word) => sheet.word(word),
        None => Some(Teller::Server),
    };
    if let Some(by) = by {
        answers(sheet, service, entry, by);
    }
    let pick = pick(sheet, entry);
    let per_request = entry.per_request.as_ref().is_some_and(|given| *given.get_ref());
    let metric = Metric::Own(name?);
    Some(Told { metric, by: by?, path: entry.path.get_ref().clone(), pick: pick?, per_request })
}

/// As written, with or without `own:`.
fn name(sheet: &mut Sheet, given: &Text) -> Option<MetricName> {
    let word = given.get_ref();
    let bare = word.strip_prefix("own:").unwrap_or(word);
    let known = bare.parse::<Metric>().is_ok();
    if known {
        let help = "choose another name: this one is measured from outside";
        sheet.fault(given.span(), format!("\"{bare}\" is a metric of Evenhand's"), help);
        return None;
    }
    let name = bare.parse::<MetricName>();
    if name.is_err() {
        let message = format!("\"{bare}\" is not the name of a metric");
        let help = format!("{}, at most {} letters", way_out(bare), MetricName::MOST);
        sheet.fault(given.span(), message, help);
    }
    name.ok()
}

fn answers(sheet: &mut Sheet, service: &Service, entry: &ToldEntry, by: Teller) {
    let at = entry.by.as_ref().unwrap_or(&entry.path).span();
    let first = service.companions.first().map(|companion| &companion.kind);
    match by {
        Teller::Companion if !matches!(first, Some(CompanionKind::Program { .. })) => {
            let help = "put a `[[service.companion]]` with program = \"FOLDER\" before all others";
            sheet.fault(at, "the first companion is no program that could tell", help);
        }
        Teller::Server if service.wire != Wire::Http || service.ready == Ready::Started => {
            let help = "have a companion tell it: by = \"companion\"";
            sheet.fault(at, "the programs answer no HTTP, so they cannot be asked", help);
        }
        Teller::Companion | Teller::Server => {}
    }
}

fn pick(sheet: &mut Sheet, entry: &ToldEntry) -> Option<Pick> {
    match (&entry.json, &entry.pattern) {
        (Some(path), None) => path_of(sheet, path),
        (None, Some(pattern)) => pattern_of(sheet, pattern),
        (Some(_), Some(second)) => {
            let help = "remove one: a number is found by a pattern, or by a path in JSON";
            sheet.fault(second.span(), "the number would be looked for in two ways", help);
            None
        }
        (None, None) => {
            let help = "add json = \"stats.completed\", or pattern = 'completed (\\d+)'";
            sheet.fault(entry.metric.span(), "it is not said where the number stands", help);
            None
        }
    }
}
