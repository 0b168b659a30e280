//! A slope: how a metric grows along the cases of a workload.

use model::{Metric, Profile, Rung, SideName, SlopeSelector, Tier, Workload};

use super::cell::margin;
use super::claim::Claims;
use super::predicate::workload;
use super::{is_of_a_run, names};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{RungEntry, SlopeEntry};
use crate::spanned::Spanned;

/// Blocks of a slope that does not say how many.
const PAIRS: u32 = 8;

/// A slope that compares these sides.
pub(super) fn slope(
    claims: &Claims,
    sheet: &mut Sheet,
    entry: &SlopeEntry,
    compared: Option<&(SideName, SideName)>,
) -> Option<SlopeSelector> {
    let metric = metric(sheet, entry);
    let profile = match &entry.profile {
        Some(word) => sheet.word(word),
        None => Some(Profile::ReleasePractice),
    };
    let tier = match &entry.tier {
        Some(word) => sheet.word(word),
        None => Some(Tier::Idiomatic),
    };
    let factor = entry.margin.as_ref().map(|given| margin(sheet, given));
    let pairs = pairs(sheet, entry);
    let workload = workload(claims, sheet, &entry.workload)?;
    let (metric, profile, tier) = (metric?, profile?, tier?);
    let floor = floor(sheet, entry, metric);
    profile_is_built(sheet, entry, workload, profile);
    let (numerator, denominator) = compared?;
    if [numerator, denominator].iter().any(|side| workload.program(side, tier).is_none()) {
        let message = format!("workload \"{}\" has no {tier} programs of both sides", workload.id);
        let help = "name a tier in which both sides have a program";
        let at = entry.tier.as_ref().unwrap_or(&entry.workload);
        sheet.fault(at.span(), message, help);
    }
    Some(SlopeSelector {
        workload: workload.id.clone(),
        metric,
        rungs: rungs(sheet, entry, workload, metric),
        per: entry.per.get_ref().clone(),
        profile,
        tier,
        pairs,
        margin: factor,
        floor: floor?,
    })
}

fn metric(sheet: &mut Sheet, entry: &SlopeEntry) -> Option<Metric> {
    let metric: Metric = sheet.word(&entry.metric)?;
    if !is_of_a_run(metric) {
        let message = format!("{metric} does not grow from case to case");
        sheet.fault(entry.metric.span(), message, "name a metric of runs: cpu, wall, memory");
        return None;
    }
    Some(metric)
}

fn floor(sheet: &mut Sheet, entry: &SlopeEntry, metric: Metric) -> Option<f64> {
    let per = entry.per.get_ref();
    if per.trim().is_empty() {
        let help = "say in a word what one unit of size is: per = \"task\"";
        sheet.fault(entry.per.span(), "nothing is counted", help);
    }
    match entry.floor.get_ref().in_unit(metric.unit()) {
        Ok(value) if value >= 0.0 => Some(value),
        Ok(_) => {
            let help = format!("a floor is the least difference that matters, for one {per}");
            sheet.fault(entry.floor.span(), "a floor below zero", help);
            None
        }
        Err(help) => {
            sheet.fault(entry.floor.span(), format!("this is no floor for {metric}"), help);
            None
        }
    }
}

fn pairs(sheet: &mut Sheet, entry: &SlopeEntry) -> u32 {
    let Some(given) = &entry.pairs else { return PAIRS };
    if *given.get_ref() == 0 {
        sheet.fault(given.span(), "no block is asked for", "write 1 or more; 8 if left out");
    }
    *given.get_ref()
}

fn profile_is_built(sheet: &mut Sheet, entry: &SlopeEntry, workload: &Workload, profile: Profile) {
    if workload.profiles.contains(&profile) {
        return;
    }
    let built: Vec<&str> = workload.profiles.iter().map(|profile| profile.name()).collect();
    sheet.fault(
        entry.profile.as_ref().unwrap_or(&entry.workload).span(),
        format!("workload \"{}\" does not build the profile {profile}", workload.id),
        format!("add it to `profiles` of the workload, or choose from: {}", built.join(", ")),
    );
}

fn rungs(sheet: &mut Sheet, entry: &SlopeEntry, workload: &Workload, metric: Metric) -> Vec<Rung> {
    let given = entry.rungs.get_ref();
    sheet.no_duplicates("rung", given.iter().map(|rung| &rung.case));
    let sizes: Vec<f64> = given.iter().map(|rung| *rung.size.get_ref()).collect();
    if sizes.len() < 2 || !sizes.is_sorted_by(|a, b| a < b) {
        sheet.fault(
            entry.rungs.span(),
            "a slope needs two rungs or more, smallest first",
            "give each case with its size: { case = \"tasks-1k\", size = 1000 }",
        );
    }
    given.iter().filter_map(|entry| rung(sheet, entry, workload, metric)).collect()
}

fn rung(sheet: &mut Sheet, entry: &RungEntry, workload: &Workload, metric: Metric) -> Option<Rung> {
    size_is_a_number(sheet, &entry.size);
    let word = entry.case.get_ref();
    let Some(case) = workload.cases.iter().find(|case| case.id.as_str() == word) else {
        let known = names(workload.cases.iter().map(|case| &case.id));
        sheet.fault(
            entry.case.span(),
            format!("workload \"{}\" has no case \"{word}\"", workload.id),
            choices(word, "cases", known.iter().map(String::as_str)),
        );
        return None;
    };
    if !case.metrics.contains(&metric) {
        sheet.fault(
            entry.case.span(),
            format!("case \"{word}\" of workload \"{}\" does not measure {metric}", workload.id),
            format!("add \"{metric}\" to its `metrics` in workloads/{}/workload.toml", workload.id),
        );
    }
    Some(Rung { case: case.id.clone(), size: *entry.size.get_ref() })
}

fn size_is_a_number(sheet: &mut Sheet, given: &Spanned<f64>) {
    let size = *given.get_ref();
    if !(size.is_finite() && size >= 0.0) {
        sheet.fault(given.span(), format!("a size of {size}"), "write how many: zero or more");
    }
}
