//! Experiments that a predicate names: probes, drills, and the rungs of a slope.

use model::{Experiment, Metric, Profile, Rung, SideName, SlopeSelector, Tier};
use toml::Spanned;

use super::cell::margin;
use super::claim::Claims;
use super::predicate::{not_empty, workload};
use super::{Ground, names};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{RungEntry, SlopeEntry, Text};

const SLOPE_PAIRS: u32 = 8;

/// Probes and drills, as `probe/ID` and `drill/ID`.
pub(super) fn experiments(
    ground: &Ground,
    sheet: &mut Sheet,
    given: &Spanned<Vec<Text>>,
) -> Vec<Experiment> {
    not_empty(sheet, given, "experiments");
    sheet.no_duplicates("experiment", given.get_ref());
    given.get_ref().iter().filter_map(|word| experiment(ground, sheet, word)).collect()
}

fn experiment(ground: &Ground, sheet: &mut Sheet, given: &Text) -> Option<Experiment> {
    let parsed: Experiment = sheet.id(given)?;
    let known = match &parsed {
        Experiment::Workload(_) => {
            sheet.fault(
                given.span(),
                "a workload gives numbers and facts, not checks",
                "use a predicate of kind ratio, exists, slope or fact for it",
            );
            return None;
        }
        Experiment::Probe(id) if ground.probes.contains_key(id) => return Some(parsed),
        Experiment::Drill(id) if ground.drills.contains_key(id) => return Some(parsed),
        Experiment::Probe(_) => names(ground.probes.keys().map(|id| format!("probe/{id}"))),
        Experiment::Drill(_) => names(ground.drills.keys().map(|id| format!("drill/{id}"))),
    };
    let known = known.iter().map(String::as_str);
    sheet.unknown(given, "experiment", "experiments", known);
    None
}

/// A slope that compares these sides.
pub(super) fn slope(
    claims: &Claims,
    sheet: &mut Sheet,
    entry: &SlopeEntry,
    compared: Option<&(SideName, SideName)>,
) -> Option<SlopeSelector> {
    let metric: Option<Metric> = sheet.word(&entry.metric);
    let profile = match &entry.profile {
        Some(word) => sheet.word(word)?,
        None => Profile::ReleasePractice,
    };
    let tier = match &entry.tier {
        Some(word) => sheet.word(word)?,
        None => Tier::Idiomatic,
    };
    let factor = entry.margin.as_ref().map(|given| margin(sheet, given));
    let (metric, workload) = (metric?, workload(claims, sheet, &entry.workload)?);
    let floor = entry.floor.get_ref().in_unit(metric.unit());
    let floor = floor.map_err(|help| {
        sheet.fault(entry.floor.span(), format!("this is no floor for {metric}"), help);
    });
    let programs = [compared?.0.clone(), compared?.1.clone()];
    if programs.iter().any(|side| workload.program(side, tier).is_none()) {
        let message = format!("workload \"{}\" has no {tier} programs of both sides", workload.id);
        let help = "name a tier in which both sides have a program";
        sheet.fault(entry.workload.span(), message, help);
    }
    let rungs: Vec<Rung> = entry
        .rungs
        .get_ref()
        .iter()
        .filter_map(|given| rung(sheet, given, workload, metric))
        .collect();
    if entry.rungs.get_ref().len() < 2 || !rungs.is_sorted_by(|a, b| a.size < b.size) {
        sheet.fault(
            entry.rungs.span(),
            "a slope needs two rungs or more, smallest first",
            "give each case with its size: { case = \"tasks-1k\", size = 1000 }",
        );
    }
    Some(SlopeSelector {
        workload: workload.id.clone(),
        metric,
        rungs,
        per: entry.per.clone(),
        profile,
        tier,
        pairs: entry.pairs.as_ref().map_or(SLOPE_PAIRS, |given| (*given.get_ref()).max(1)),
        margin: factor,
        floor: floor.ok()?,
    })
}

fn rung(
    sheet: &mut Sheet,
    entry: &RungEntry,
    workload: &model::Workload,
    metric: Metric,
) -> Option<Rung> {
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
            format!("case \"{word}\" does not measure {metric}"),
            format!("add \"{metric}\" to its `metrics` in workloads/{}/workload.toml", workload.id),
        );
    }
    Some(Rung { case: case.id.clone(), size: *entry.size.get_ref() })
}
