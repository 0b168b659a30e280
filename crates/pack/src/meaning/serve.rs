//! Workloads whose programs serve: where companions stand, what a drive can
//! give, and programs under other settings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::service::{Drive, Service, Variant};
use model::{Language, LanguageId, Metric, SideName};

use super::{Ground, is_of_a_drive, stays_inside};
use crate::document::Sheet;
use crate::files::belongs;
use crate::service::{Home, ours, service, variables};
use crate::shape::{CaseEntry, Text, VariantEntry, WorkloadFile};

/// A workload's own folder.
struct Folder<'a> {
    path: &'a Path,
    languages: &'a BTreeMap<LanguageId, Language>,
}

impl Home for Folder<'_> {
    fn folder(&self, sheet: &mut Sheet, given: &Text) -> Option<PathBuf> {
        let word = given.get_ref();
        if !stays_inside(sheet, given) {
            return None;
        }
        let path = self.path.join(word);
        if word.is_empty() || !path.is_dir() {
            let message = format!("there is no folder \"{word}\" in the workload");
            sheet.fault(given.span(), message, "name one, relative to the workload's folder");
            return None;
        }
        Some(path)
    }

    fn file(&self, sheet: &mut Sheet, given: &Text) -> Option<PathBuf> {
        let word = given.get_ref();
        if !stays_inside(sheet, given) {
            return None;
        }
        let path = self.path.join(word);
        if !path.is_file() {
            let message = format!("there is no file \"{word}\" in the workload");
            sheet.fault(given.span(), message, "name one, relative to the workload's folder");
            return None;
        }
        if !belongs(word) {
            let message = format!("\"{word}\" is no part of the pack");
            let help =
                "give its name an extension: without one it looks like a program built by hand";
            sheet.fault(given.span(), message, help);
        }
        Some(path)
    }

    fn languages(&self) -> &BTreeMap<LanguageId, Language> {
        self.languages
    }
}

/// Reads `[service]`, if the programs serve.
pub(super) fn serves(
    sheet: &mut Sheet,
    ground: &Ground,
    file: &WorkloadFile,
    folder: &Path,
) -> Option<Service> {
    let entry = file.service.as_ref()?;
    let driven = file.case.iter().any(|case| case.drive.is_some());
    if !driven && !file.case.is_empty() {
        let help = "add [case.drive] with a kind to a `[[case]]`";
        sheet.fault(entry.span(), "the programs serve, and no case drives them", help);
    }
    let home = Folder { path: folder, languages: &ground.languages };
    Some(service(sheet, &home, entry.get_ref()))
}

/// Faults what only a program that runs to its end has.
pub(super) fn runs_on(sheet: &mut Sheet, entry: &CaseEntry) {
    if entry.drive.is_none() {
        return;
    }
    let help = "remove it, or remove [case.drive]: only a program that runs to its end has it";
    if let Some(given) = &entry.stdin {
        sheet.fault(given.span(), "a program that serves is fed nothing", help);
    }
    if let Some(given) = &entry.alike {
        sheet.fault(given.pattern.span(), "a program that serves tells no such number", help);
    }
}

/// Whether a case with such a drive can measure a metric, or a fault.
pub(super) fn given(
    sheet: &mut Sheet,
    word: &Text,
    metric: Metric,
    entry: &CaseEntry,
    drive: Option<&Drive>,
) {
    match (&entry.drive, drive) {
        (Some(_), Some(drive)) if !drive.gives(metric) => {
            let known: Vec<String> = drive.kind.metrics().iter().map(Metric::full_name).collect();
            let told = drive.told.iter().map(|told| told.metric.full_name());
            let known: Vec<String> = known.into_iter().chain(told).collect();
            let kind = entry.drive.as_ref().map_or("", |drive| drive.kind.get_ref());
            let help = match metric {
                Metric::Own(name) => format!(
                    "have somebody tell it: told = [{{ metric = \"{name}\", path = \"/stats\", json = \"…\" }}]"
                ),
                _ => format!("a drive of kind {kind} gives: {}", known.join(", ")),
            };
            let metric = metric.full_name();
            sheet.fault(word.span(), format!("this drive does not give {metric}"), help);
        }
        (None, _) if matches!(metric, Metric::Own(_)) => sheet.fault(
            word.span(),
            format!("nobody tells {}", metric.full_name()),
            "only a drive asks for such a number: [case.drive] with told = [{ … }]",
        ),
        (None, _) if is_of_a_drive(metric) => sheet.fault(
            word.span(),
            format!("{metric} is measured while a program serves, and this case runs to its end"),
            "add [case.drive] with a kind to the case",
        ),
        _ => {}
    }
}

/// Reads every `[[variant]]`.
pub(super) fn variants(
    sheet: &mut Sheet,
    ground: &Ground,
    file: &WorkloadFile,
    service: Option<&Service>,
) -> Vec<Variant> {
    sheet.no_duplicates("variant", file.variant.iter().map(|entry| &entry.id));
    let read = |entry| variant(&mut *sheet, ground, file, service, entry);
    file.variant.iter().filter_map(read).collect()
}

fn variant(
    sheet: &mut Sheet,
    ground: &Ground,
    file: &WorkloadFile,
    service: Option<&Service>,
    entry: &VariantEntry,
) -> Option<Variant> {
    let id: Option<SideName> = sheet.id(&entry.id);
    let side = ground.side_name(sheet, &entry.side);
    let env = variables(sheet, &entry.env);
    if let Some(service) = service {
        ours(sheet, service, &entry.env);
    }
    if !file.case.iter().any(|case| case.drive.is_some()) {
        let help = "add [service] and a `[[case]]` with [case.drive], or remove the variant";
        sheet.fault(entry.id.span(), "no case of the workload drives a program", help);
    }
    if entry.args.is_empty() && entry.env.is_empty() {
        let help = "add args = [\"…\"] or env = { NAME = \"…\" }";
        sheet.fault(entry.id.span(), "a variant that is what its side is", help);
    }
    let (id, side) = (id?, side?);
    let word = entry.id.get_ref();
    if ground.sides.iter().any(|known| known.name == id) {
        let help = format!("write what is other behind the side's name, such as \"{side}-small\"");
        sheet.fault(entry.id.span(), format!("\"{word}\" is the name of a side"), help);
    } else if !word.strip_prefix(side.as_str()).is_some_and(|rest| rest.starts_with('-')) {
        let help = format!("begin with the side's name and a hyphen: \"{side}-{word}\"");
        sheet.fault(entry.id.span(), format!("it is not seen that \"{word}\" is of {side}"), help);
    }
    let args = entry.args.iter().map(|word| word.get_ref().clone()).collect();
    Some(Variant { id, side, args, env })
}
