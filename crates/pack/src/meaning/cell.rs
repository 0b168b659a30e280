//! Where a claim looks: one workload and metric, under some profiles, and
//! whether the workload measures that at all.

use std::collections::BTreeSet;

use model::{Case, CaseId, CellSelector, Metric, Profile, Scale, SideName, Tier, Workload};

use super::between::between;
use super::claim::Claims;
use super::predicate::{relation, workload};
use super::{is_of_a_run, names, profiles};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::CellEntry;
use crate::spanned::Spanned;

/// Metrics of runs are looked at again and again until they are settled; with
/// more of them the chance of a wrong answer in one grows too large.
const MOST_PRIMARY: usize = 3;

/// Reads one cell of a claim that compares these sides.
pub(super) fn cell(
    claims: &mut Claims,
    sheet: &mut Sheet,
    entry: &CellEntry,
    compared: Option<&[&SideName; 2]>,
) -> Option<CellSelector> {
    let margin = entry.margin.as_ref().map(|given| margin(sheet, given));
    let tier = match &entry.tier {
        Some(word) => sheet.word(word),
        None => Some(Tier::Idiomatic),
    };
    let metric: Option<Metric> = sheet.word(&entry.metric);
    let floor = metric.and_then(|metric| floor(sheet, entry, metric));
    if let (Some(given), Some(Scale::Difference)) = (&entry.margin, metric.map(Metric::scale)) {
        sheet.fault(
            given.span(),
            format!("a margin means nothing for {}", entry.metric.get_ref()),
            "it is compared by difference: give a floor instead",
        );
    }
    let chosen = profiles(sheet, entry.profiles.as_ref());
    let workload = workload(claims, sheet, &entry.workload)?;
    profiles_are_built(sheet, entry, workload, &chosen);
    let (metric, tier) = (metric?, tier?);
    let between = between(claims, sheet, entry, workload, metric);
    let chosen_sides = between.as_ref().map(|(above, below)| [above, below]);
    has_programs(sheet, entry, workload, tier, chosen_sides.as_ref().or(compared));
    let case = measured_case(sheet, entry, workload, metric)?;
    count_primary(claims, sheet, entry, workload, metric);
    if entry.between.is_some() && between.is_none() {
        return None;
    }
    Some(CellSelector {
        workload: workload.id.clone(),
        case: case.map(|case| case.id.clone()),
        metric,
        profiles: chosen,
        tier,
        margin,
        floor,
        quick: entry.quick.unwrap_or(true),
        between,
        expect: entry.expect.as_ref().and_then(|given| relation(sheet, given)),
    })
}

pub(super) fn margin(sheet: &mut Sheet, given: &Spanned<f64>) -> f64 {
    let value = *given.get_ref();
    if !(value.is_finite() && value >= 1.0) {
        sheet.fault(
            given.span(),
            format!("a margin of {value}"),
            "a margin is a factor of 1 or more: 1.25 also covers its reciprocal, 0.8",
        );
    }
    value
}

fn floor(sheet: &mut Sheet, entry: &CellEntry, metric: Metric) -> Option<f64> {
    let given = entry.floor.as_ref()?;
    match given.get_ref().in_unit(metric.unit()) {
        Ok(value) if value >= 0.0 => Some(value),
        Ok(_) => {
            let help = "a floor is the least difference that matters: zero or more";
            sheet.fault(given.span(), "a floor below zero", help);
            None
        }
        Err(help) => {
            sheet.fault(given.span(), format!("this is no floor for {metric}"), help);
            None
        }
    }
}

fn profiles_are_built(
    sheet: &mut Sheet,
    entry: &CellEntry,
    workload: &Workload,
    chosen: &[Profile],
) {
    let built: Vec<&str> = workload.profiles.iter().map(|profile| profile.name()).collect();
    for profile in chosen.iter().filter(|profile| !workload.profiles.contains(profile)) {
        let words = entry.profiles.iter().flat_map(|list| list.get_ref());
        let word = words.into_iter().find(|word| word.get_ref().parse() == Ok(*profile));
        sheet.fault(
            word.map_or(entry.workload.span(), Spanned::span),
            format!("workload \"{}\" does not build the profile {profile}", workload.id),
            format!("add it to `profiles` of the workload, or choose from: {}", built.join(", ")),
        );
    }
}

fn has_programs(
    sheet: &mut Sheet,
    entry: &CellEntry,
    workload: &Workload,
    tier: Tier,
    compared: Option<&[&SideName; 2]>,
) {
    for side in compared.into_iter().flatten() {
        let tiers: Vec<Tier> = workload
            .programs
            .iter()
            .filter(|program| &program.side == workload.base(side))
            .map(|program| program.tier)
            .collect();
        // A side without any program is told once, at the workload.
        if !tiers.is_empty() && !tiers.contains(&tier) {
            sheet.fault(
                entry.tier.as_ref().map_or(entry.workload.span(), Spanned::span),
                format!("workload \"{}\" has no {tier} program of side \"{side}\"", workload.id),
                format!(
                    "add a `[[program]]` with side = \"{side}\" and tier = \"{tier}\" to the workload"
                ),
            );
        }
    }
}

/// The case named; `None` inside for all of them, or for metrics that belong
/// to no case. A fault where nothing would be measured.
fn measured_case<'w>(
    sheet: &mut Sheet,
    entry: &CellEntry,
    workload: &'w Workload,
    metric: Metric,
) -> Option<Option<&'w Case>> {
    let id = &workload.id;
    if !is_of_a_run(metric) {
        if let Some(case) = &entry.case {
            let help = "leave out `case` in this cell";
            sheet.fault(case.span(), format!("{metric} belongs to no case"), help);
        }
        return measured(
            sheet,
            entry,
            workload.metrics.contains(&metric),
            format!("workload \"{id}\" does not measure {metric}"),
            format!("add \"{metric}\" to `metrics` at the top of workloads/{id}/workload.toml"),
        )
        .then_some(None);
    }
    let Some(given) = &entry.case else {
        return measured(
            sheet,
            entry,
            workload.cases.iter().any(|case| case.metrics.contains(&metric)),
            format!("no case of workload \"{id}\" measures {metric}"),
            format!("add \"{metric}\" to `metrics` of a case in workloads/{id}/workload.toml"),
        )
        .then_some(None);
    };
    let word = given.get_ref();
    let Some(case) = workload.cases.iter().find(|case| case.id.as_str() == word) else {
        let known = names(workload.cases.iter().map(|case| &case.id));
        sheet.fault(
            given.span(),
            format!("workload \"{id}\" has no case \"{word}\""),
            choices(word, "cases", known.iter().map(String::as_str)),
        );
        return None;
    };
    measured(
        sheet,
        entry,
        case.metrics.contains(&metric),
        format!("case \"{word}\" of workload \"{id}\" does not measure {metric}"),
        format!("add \"{metric}\" to its `metrics` in workloads/{id}/workload.toml"),
    )
    .then_some(Some(case))
}

fn measured(sheet: &mut Sheet, entry: &CellEntry, is: bool, message: String, help: String) -> bool {
    if !is {
        sheet.fault(entry.metric.span(), message, help);
    }
    is
}

fn count_primary(
    claims: &mut Claims,
    sheet: &mut Sheet,
    entry: &CellEntry,
    workload: &Workload,
    metric: Metric,
) {
    if !is_of_a_run(metric) {
        return;
    }
    let id = &workload.id;
    let looked_at = |case: &&Case| match &entry.case {
        Some(wanted) => case.id.as_str() == wanted.get_ref(),
        None => case.metrics.contains(&metric),
    };
    let cases = workload.cases.iter().filter(looked_at);
    // Runs of all cases count together, each drive is an experiment of its own.
    let apart: BTreeSet<Option<&CaseId>> =
        cases.map(|case| case.drive.as_ref().map(|_| &case.id)).collect();
    for case in apart {
        let primary = claims.primary.entry((id.clone(), case.cloned())).or_default();
        if primary.contains(&metric) {
            continue;
        }
        primary.push(metric);
        if primary.len() > MOST_PRIMARY {
            let words: Vec<String> = primary.iter().map(Metric::full_name).collect();
            let (what, of) = match case {
                Some(case) => (format!("case \"{case}\" of workload \"{id}\""), "case"),
                None => (format!("runs of workload \"{id}\""), "workload"),
            };
            let message = format!("claims look at {} metrics of {what}", words.len());
            let words = words.join(", ");
            let help = format!(
                "at most {MOST_PRIMARY} of a {of} may decide claims; here they are {words}"
            );
            sheet.fault(entry.metric.span(), message, help);
        }
    }
}
