//! `[criteria.NAME]`: what matters, from floor to goal.

use model::decision::{Component, Criterion, Must, Spacing};
use model::{CriterionId, Metric, Unit};

use crate::document::Sheet;
use crate::quantity::Quantity;
use crate::shape::{CriterionEntry, DecisionFile, Number, Text};

/// Reads every criterion, in the order of the file.
pub(super) fn criteria(
    sheet: &mut Sheet,
    file: &DecisionFile,
    components: &[Component],
) -> Vec<Criterion> {
    let mut entries: Vec<(&Text, &CriterionEntry)> = file.criteria.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    let criteria = entries.iter().filter_map(|(name, entry)| criterion(sheet, name, entry));
    let criteria: Vec<Criterion> = criteria.collect();
    if file.criteria.is_empty() {
        sheet.fault_of_file(
            "there is no criterion",
            "add [criteria.NAME] with floor, goal and points for each thing that matters",
        );
    }
    let parts = criteria.iter().any(Criterion::counts_parts);
    if components.len() > 1 && !parts {
        sheet.fault(
            file.component[1].id.span(),
            "with a second component a split is possible, and nothing says what it costs",
            "add [criteria.parts] with floor, goal and points: it counts languages and boundaries",
        );
    }
    criteria
}

/// Faults criteria that nothing can come of, once musts are known.
pub(super) fn that_matter(
    sheet: &mut Sheet,
    file: &DecisionFile,
    criteria: &[Criterion],
    musts: &[Must],
) {
    if !criteria.is_empty() && criteria.iter().all(|criterion| criterion.points <= 0.0) {
        if let Some(first) = file.criteria.values().min_by_key(|entry| entry.points.span().start) {
            sheet.fault(
                first.points.span(),
                "every criterion has 0 points: nothing matters",
                "give the one that matters most 100, and the others what they are beside it",
            );
        }
        return;
    }
    for criterion in criteria.iter().filter(|criterion| criterion.points == 0.0) {
        let used = musts.iter().any(|must| must.requires.criterion() == Some(&criterion.id));
        let entry =
            file.criteria.iter().find(|(name, _)| **name.get_ref() == *criterion.id.as_str());
        if let Some((_, entry)) = entry.filter(|_| !used) {
            sheet.fault(
                entry.points.span(),
                format!("criterion \"{}\" has 0 points, and no must is about it", criterion.id),
                "give it points, or remove it: it cannot matter",
            );
        }
    }
}

fn criterion(sheet: &mut Sheet, name: &Text, entry: &CriterionEntry) -> Option<Criterion> {
    let id: Option<CriterionId> = sheet.id(name);
    let metric: Option<Metric> = entry.metric.as_ref().and_then(|word| sheet.word(word));
    let spacing = entry.scale.as_ref().and_then(|word| sheet.word(word));
    let spacing = spacing.unwrap_or(Spacing::Linear);
    ends(sheet, entry, spacing);
    let unit = entry.unit.as_ref().map_or("", |unit| unit.get_ref().as_str());
    let id = id?;
    let is_parts = id.as_str() == Criterion::PARTS;
    if is_parts && *entry.goal.get_ref() >= *entry.floor.get_ref() {
        let help = "write goal = 1 and a floor above it: one language and no boundary is best";
        sheet.fault(entry.goal.span(), "more parts are no goal", help);
    }
    let factor = metric.and_then(|metric| factor(metric, unit));
    Some(Criterion {
        id,
        unit: unit.to_owned(),
        floor: *entry.floor.get_ref(),
        goal: *entry.goal.get_ref(),
        spacing,
        points: points(sheet, &entry.points),
        metric,
        factor,
        why: entry.why.clone(),
        claim: entry.claim.as_ref().and_then(|claim| sheet.id(claim)),
    })
}

fn ends(sheet: &mut Sheet, entry: &CriterionEntry, spacing: Spacing) {
    let (floor, goal) = (*entry.floor.get_ref(), *entry.goal.get_ref());
    for end in [&entry.floor, &entry.goal] {
        if !end.get_ref().is_finite() {
            sheet.fault(end.span(), "that is no number to reach", "write a finite number");
        } else if spacing == Spacing::Log && *end.get_ref() <= 0.0 {
            let help = "write a number above 0, or scale = \"linear\"";
            sheet.fault(end.span(), "a logarithmic scale has no place for this", help);
        }
    }
    if floor == goal {
        sheet.fault(
            entry.goal.span(),
            format!("floor and goal are both {goal}: there is nothing between them to gain"),
            "the floor is the worst that is still acceptable, the goal where more brings nothing; \
             what simply has to hold is a [[must]]",
        );
    }
}

fn points(sheet: &mut Sheet, given: &Number) -> f64 {
    let points = *given.get_ref();
    if !(0.0..=100.0).contains(&points) {
        let help = "write 0 to 100: the way from floor to goal that matters most has 100";
        sheet.fault(given.span(), format!("{points} is no swing points"), help);
    }
    points
}

/// How many of the metric's own unit are one of the criterion's, if it is one of its units.
fn factor(metric: Metric, unit: &str) -> Option<f64> {
    match metric.unit() {
        Unit::Count | Unit::PerSecond => Some(1.0),
        of_metric => Quantity::Written(format!("1 {unit}")).in_unit(of_metric).ok(),
    }
}
