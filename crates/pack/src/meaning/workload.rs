//! workloads/ID/workload.toml.

use std::collections::BTreeSet;
use std::path::Path;

use model::{
    Alike, AnswerRule, Case, Drive, Generate, Metric, Profile, Service, Workload, WorkloadId,
};

use super::fact::probe;
use super::input::inputs;
use super::program::programs;
use super::serve::{given, runs_on, serves, variants};
use super::{Ground, classes, is_of_a_run, metric, profiles};
use crate::document::Sheet;
use crate::service::{drive, unread};
use crate::shape::{AlikeEntry, CaseEntry, GenerateEntry, WorkloadFile};
use crate::spanned::Spanned;

const DEADLINE_SECONDS: f64 = 60.0;
const BUILD_PAIRS: u32 = 6;

/// Reads a workload for its meaning; `folder` is its own.
pub(crate) fn workload(
    sheet: &mut Sheet,
    ground: &Ground,
    id: WorkloadId,
    file: &WorkloadFile,
    folder: &Path,
) -> Workload {
    sheet.no_duplicates("case", file.case.iter().map(|case| &case.id));
    sheet.no_duplicates("fact", file.fact.iter().map(|fact| &fact.id));
    if !folder.join("README.md").is_file() {
        sheet.fault_of_file(
            format!("workload \"{id}\" has no README.md"),
            "say in it what is equal in the programs, what is not, and why",
        );
    }
    if file.case.is_empty() {
        sheet.fault(
            file.title.span(),
            format!("workload \"{id}\" has no case"),
            "add a `[[case]]` with an id: answers are compared on cases, and runs are measured on them",
        );
    }
    let metrics = metrics_of_artefact(sheet, &file.metrics);
    let expected_seconds = positive(sheet, &file.expected_seconds, "expected_seconds");
    let inputs = inputs(sheet, &file.input, folder);
    let built = profiles(sheet, file.profiles.as_ref());
    let service = serves(sheet, ground, file, folder);
    let cases = file.case.iter();
    let workload = Workload {
        title: file.title.get_ref().clone(),
        about: file.about.clone(),
        suits: ground.suits(sheet, file.suits.as_ref()),
        classes: classes(sheet, ground, &file.classes),
        folder: folder.to_owned(),
        programs: programs(sheet, ground, &id, file, &metrics, folder),
        cases: cases.filter_map(|entry| case(sheet, entry, file, service.as_ref())).collect(),
        variants: variants(sheet, ground, file, service.as_ref()),
        facts: file.fact.iter().filter_map(|entry| probe(sheet, entry, file, &built)).collect(),
        profiles: built,
        inputs,
        answers: file
            .answers
            .as_ref()
            .and_then(|word| sheet.word(word))
            .unwrap_or(AnswerRule::Bytes),
        metrics,
        build_pairs: build_pairs(sheet, file.build_pairs.as_ref()),
        expected_seconds,
        quick: file.quick,
        service,
        generate: file.generate.as_ref().map(|entry| generate(sheet, entry)),
        id,
    };
    recipes_exist(sheet, ground, file, &workload);
    source_is_known(sheet, ground, file, &workload);
    workload
}

fn metrics_of_artefact(sheet: &mut Sheet, given: &[Spanned<String>]) -> Vec<Metric> {
    sheet.no_duplicates("metric", given);
    let mut metrics = Vec::new();
    for word in given {
        let Some(metric) = metric(sheet, word) else { continue };
        if is_of_a_run(metric) {
            sheet.fault(
                word.span(),
                format!("{} is measured on a case, not on a workload", metric.full_name()),
                "list it under `metrics` of a `[[case]]`",
            );
        } else {
            metrics.push(metric);
        }
    }
    metrics
}

fn case(
    sheet: &mut Sheet,
    entry: &CaseEntry,
    file: &WorkloadFile,
    service: Option<&Service>,
) -> Option<Case> {
    for word in &entry.args {
        inputs_exist(sheet, word, file);
    }
    if let Some(name) = &entry.stdin
        && !file.input.contains_key(name)
    {
        sheet.unknown(name, "input", "inputs", file.input.keys().map(|key| key.get_ref().as_str()));
    }
    runs_on(sheet, entry);
    let read = entry.drive.as_ref().and_then(|given| drive(sheet, service, given));
    Some(Case {
        metrics: metrics_of_case(sheet, entry, read.as_ref()),
        deadline_seconds: entry
            .deadline_seconds
            .as_ref()
            .map_or(DEADLINE_SECONDS, |given| positive(sheet, given, "deadline_seconds")),
        id: sheet.id(&entry.id)?,
        args: entry.args.iter().map(|word| word.get_ref().clone()).collect(),
        stdin: entry.stdin.as_ref().map(|name| name.get_ref().clone()),
        exit: entry.exit,
        alike: entry.alike.as_ref().map(|given| alike(sheet, given)),
        drive: entry.drive.as_ref().map(|_| read.unwrap_or_else(unread)),
    })
}

fn alike(sheet: &mut Sheet, entry: &AlikeEntry) -> Alike {
    let factor = *entry.factor.get_ref();
    if !(factor.is_finite() && factor >= 1.0) {
        let help = "a factor of 1 or more: with 1.02 the largest may be 2 % above the smallest";
        sheet.fault(entry.factor.span(), format!("a factor of {factor}"), help);
    }
    Alike { env: entry.env.clone(), pattern: sheet.expression(&entry.pattern, 1), factor }
}

fn generate(sheet: &mut Sheet, entry: &GenerateEntry) -> Generate {
    if *entry.units.get_ref() == 0 {
        sheet.fault(entry.units.span(), "no unit is asked for", "write 1 or more");
    }
    Generate { units: *entry.units.get_ref() }
}

fn metrics_of_case(sheet: &mut Sheet, entry: &CaseEntry, drive: Option<&Drive>) -> Vec<Metric> {
    sheet.no_duplicates("metric", &entry.metrics);
    let mut metrics = Vec::new();
    for word in &entry.metrics {
        let Some(metric) = metric(sheet, word) else { continue };
        if is_of_a_run(metric) {
            given(sheet, word, metric, entry, drive);
            metrics.push(metric);
        } else {
            sheet.fault(
                word.span(),
                format!("{metric} is measured on the program as a whole, not on a case"),
                "list it under `metrics` at the top of the workload",
            );
        }
    }
    metrics
}

fn inputs_exist(sheet: &mut Sheet, word: &Spanned<String>, file: &WorkloadFile) {
    let mut rest = word.get_ref().as_str();
    while let Some((_, after)) = rest.split_once("{input:") {
        let Some((name, tail)) = after.split_once('}') else { return };
        rest = tail;
        if !file.input.contains_key(name) {
            let span = sheet.within(word.span(), name);
            let given = Spanned::new(span, name.to_owned());
            let known = file.input.keys().map(|key| key.get_ref().as_str());
            sheet.unknown(&given, "input", "inputs", known);
        }
    }
}

fn positive(sheet: &mut Sheet, given: &Spanned<f64>, key: &str) -> f64 {
    let value = *given.get_ref();
    if !(value.is_finite() && value > 0.0) {
        sheet.fault(given.span(), format!("{key} is not above zero"), "write seconds, such as 60");
    }
    value
}

fn build_pairs(sheet: &mut Sheet, given: Option<&Spanned<u32>>) -> u32 {
    let Some(given) = given else { return BUILD_PAIRS };
    if *given.get_ref() == 0 {
        sheet.fault(
            given.span(),
            "no pair of builds is asked for",
            "write 1 or more; 6 if left out",
        );
    }
    *given.get_ref()
}

/// Lines can only be counted where a language says what its sources are.
fn source_is_known(sheet: &mut Sheet, ground: &Ground, file: &WorkloadFile, workload: &Workload) {
    let name = Metric::SourceLines.name();
    let Some(word) = file.metrics.iter().find(|word| word.get_ref() == name) else { return };
    let languages = workload.programs.iter().map(|program| &program.language);
    for id in languages.collect::<BTreeSet<_>>() {
        let Some(language) = ground.languages.get(id) else { continue };
        if language.source.is_none() {
            sheet.fault(
                word.span(),
                format!("{} does not say what counts as source", language.name),
                format!("add [source] to languages/{id}.toml: extensions and comment"),
            );
        }
    }
}

/// Every profile of the workload can be built by every language of it.
fn recipes_exist(sheet: &mut Sheet, ground: &Ground, file: &WorkloadFile, workload: &Workload) {
    for word in file.profiles.iter().flat_map(|list| list.get_ref()) {
        let Ok(profile) = word.get_ref().parse::<Profile>() else { continue };
        let mut told = Vec::new();
        for program in &workload.programs {
            let Some(language) = ground.languages.get(&program.language) else { continue };
            if !language.profiles.contains_key(&profile) && !told.contains(&&language.id) {
                told.push(&language.id);
                let known: Vec<&str> = language.profiles.keys().map(|known| known.name()).collect();
                sheet.fault(
                    word.span(),
                    format!("{} has no recipe for the profile {profile}", language.name),
                    format!(
                        "add [profile.{profile}] to languages/{}.toml, or build one of: {}",
                        language.id,
                        known.join(", ")
                    ),
                );
            }
        }
    }
}
