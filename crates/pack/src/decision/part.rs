//! `[[component]]` and `[[edge]]`: what could be written in languages of its
//! own, and how the parts meet.

use model::decision::{Boundary, BoundaryCost, Component, Criterion, Edge};
use model::{CriterionId, PartId, SideName};

use super::evidence::{self, range_of};
use super::{Ground, HALF_A_YEAR, MOST_COMPONENTS};
use crate::document::Sheet;
use crate::shape::{ComponentEntry, CostEntry, DecisionFile, EdgeEntry, Number, Text};

/// How far shares may be from one together, as people round them.
const ROUNDING: f64 = 0.005;

/// The only component of a decision that names none.
const WHOLE: &str = "whole";

/// Reads every component; one that is the whole if there is none.
pub(super) fn components(
    sheet: &mut Sheet,
    file: &DecisionFile,
    options: &[SideName],
) -> Vec<Component> {
    sheet.no_duplicates("component", file.component.iter().map(|entry| &entry.id));
    let all: Vec<Component> =
        file.component.iter().filter_map(|entry| component(sheet, entry)).collect();
    if all.len() == file.component.len() {
        shares_are_one(sheet, file);
    }
    let splits = options.len().checked_pow(u32::try_from(all.len()).unwrap_or(u32::MAX));
    let too_many = splits.is_none_or(|splits| splits > 2_usize.pow(MOST_COMPONENTS as u32));
    if let Some(last) = file.component.last().filter(|_| too_many) {
        sheet.fault(
            last.id.span(),
            format!("{} components in {} languages are too many splits", all.len(), options.len()),
            "put together what will be written in one language in any case",
        );
    }
    match all.is_empty() {
        true => WHOLE.parse().ok().map(whole).into_iter().collect(),
        false => all,
    }
}

fn whole(id: PartId) -> Component {
    Component { id, kind: String::new(), workload: None, share: 1.0, relevance: Default::default() }
}

fn component(sheet: &mut Sheet, entry: &ComponentEntry) -> Option<Component> {
    let share = *entry.share.get_ref();
    if !(share > 0.0 && share <= 1.0) {
        let help = "write how much of the whole it is, above 0 and at most 1";
        sheet.fault(
            entry.share.span(),
            format!("a component cannot be {share} of the whole"),
            help,
        );
    }
    let relevance = entry.relevance.iter().filter_map(|(criterion, given)| {
        let id: CriterionId = criterion.get_ref().parse().ok()?;
        Some((id, part_of_one(sheet, given, "relevance")))
    });
    let relevance = relevance.collect();
    let kind = entry.kind.clone().unwrap_or_default();
    let workload = entry.workload.as_ref().and_then(|workload| sheet.id(workload));
    Some(Component { id: sheet.id(&entry.id)?, kind, workload, share, relevance })
}

fn part_of_one(sheet: &mut Sheet, given: &Number, noun: &str) -> f64 {
    let value = *given.get_ref();
    if !(0.0..=1.0).contains(&value) {
        sheet.fault(given.span(), format!("{value} is no {noun}"), "write a number from 0 to 1");
    }
    value
}

fn shares_are_one(sheet: &mut Sheet, file: &DecisionFile) {
    let sum: f64 = file.component.iter().map(|entry| entry.share.get_ref()).sum();
    if let Some(last) = file.component.last().filter(|_| (sum - 1.0).abs() > ROUNDING) {
        let told: Vec<String> = file
            .component
            .iter()
            .map(|entry| format!("{} {}", entry.id.get_ref(), entry.share.get_ref()))
            .collect();
        sheet.fault(
            last.share.span(),
            format!("the shares are {} together, not 1", (sum * 1000.0).round() / 1000.0),
            format!("say how much of the whole each is; now {}", told.join(", ")),
        );
    }
}

/// Faults relevance of what is no criterion, and a criterion that has to do with no component.
pub(super) fn relevance(sheet: &mut Sheet, file: &DecisionFile, criteria: &[Criterion]) {
    for given in file.component.iter().flat_map(|entry| entry.relevance.keys()) {
        criterion_named(sheet, given, criteria);
    }
    for criterion in criteria.iter().filter(|criterion| criterion.points > 0.0) {
        let given = file.component.iter().flat_map(|entry| &entry.relevance);
        let of_it = given.filter(|(name, _)| name.get_ref() == criterion.id.as_str());
        let nothing: Vec<_> = of_it.filter(|(_, part)| *part.get_ref() == 0.0).collect();
        if let Some((_, last)) = nothing.last().filter(|_| nothing.len() == file.component.len()) {
            sheet.fault(
                last.span(),
                format!("{} has points, but nothing to do with any component", criterion.id),
                "give a component more than 0 of it, or leave the criterion out",
            );
        }
    }
}

/// A criterion by its name.
pub(super) fn criterion_named<'c>(
    sheet: &mut Sheet,
    given: &Text,
    criteria: &'c [Criterion],
) -> Option<&'c Criterion> {
    let found = criteria.iter().find(|criterion| criterion.id.as_str() == given.get_ref());
    if found.is_none() {
        let known = criteria.iter().map(|criterion| criterion.id.as_str());
        sheet.unknown(given, "criterion", "criteria", known);
    }
    found
}

/// A component by its name.
pub(super) fn component_named(
    sheet: &mut Sheet,
    given: &Text,
    components: &[Component],
) -> Option<PartId> {
    let found = components.iter().find(|component| component.id.as_str() == given.get_ref());
    if found.is_none() {
        let known = components.iter().map(|component| component.id.as_str());
        sheet.unknown(given, "component", "components", known);
    }
    found.map(|component| component.id.clone())
}

/// Reads every edge.
pub(super) fn edges(sheet: &mut Sheet, file: &DecisionFile, ground: &Ground) -> Vec<Edge> {
    let mut edges: Vec<Edge> = Vec::new();
    for entry in &file.edge {
        let Some(edge) = edge(sheet, entry, ground) else { continue };
        let same = |other: &&Edge| {
            (&other.from, &other.to) == (&edge.from, &edge.to)
                || (&other.from, &other.to) == (&edge.to, &edge.from)
        };
        if edges.iter().any(|other| same(&other)) {
            let help = "keep one: they are one boundary, and parts counts it once";
            sheet.fault(
                entry.to.span(),
                format!("{} and {} have an edge already", edge.from, edge.to),
                help,
            );
        }
        edges.push(edge);
    }
    edges
}

fn edge(sheet: &mut Sheet, entry: &EdgeEntry, ground: &Ground) -> Option<Edge> {
    let over: Option<Boundary> = sheet.word(&entry.over);
    let from = component_named(sheet, &entry.from, ground.components);
    let to = component_named(sheet, &entry.to, ground.components);
    if from.is_some() && from == to {
        let help = "name another component, or remove the edge";
        sheet.fault(entry.to.span(), "a component has no boundary with itself", help);
    }
    let cost = entry.cost.as_ref().and_then(|cost| boundary_cost(sheet, cost, ground));
    Some(Edge { from: from?, to: to?, over: over?, cost })
}

fn boundary_cost(sheet: &mut Sheet, entry: &CostEntry, ground: &Ground) -> Option<BoundaryCost> {
    let criterion = criterion_named(sheet, &entry.criterion, ground.criteria)?;
    if criterion.counts_parts() {
        let help = "parts counts the boundary already; name a criterion such as latency";
        sheet.fault(entry.criterion.span(), "a boundary cannot cost parts", help);
    }
    let range = entry.range.as_ref().and_then(|given| range_of(sheet, given));
    let run = entry.run.as_ref().and_then(|run| {
        let sides = evidence::two_sides(sheet, entry.sides.as_ref(), run);
        let case = entry.case.as_ref().and_then(|case| sheet.id(case));
        let metric = evidence::metric_of(sheet, criterion, run);
        evidence::convertible(sheet, criterion, run);
        let (side, against) = sides?;
        let name = run.get_ref().clone();
        let max_age_days = HALF_A_YEAR;
        let against = Some(against);
        Some(model::decision::RunRef {
            name,
            workload: None,
            case,
            metric: metric?,
            side,
            against,
            max_age_days,
        })
    });
    if entry.range.is_none() {
        let help =
            "add range = [least, likely, most], for as long as there is no run that measures it";
        sheet.fault(entry.criterion.span(), "what the boundary costs is not said", help);
    }
    if !criterion.less_is_better() {
        let help = "name a criterion of which less is better: crossing a boundary adds to it";
        sheet.fault(entry.criterion.span(), "a boundary that adds to this would be a gain", help);
    }
    let times = entry.times.as_ref().map_or(1.0, |times| *times.get_ref());
    if !(times > 0.0 && times.is_finite()) {
        let span = entry.times.as_ref().map_or(entry.criterion.span(), |times| times.span());
        sheet.fault(span, "a boundary is crossed more than 0 times", "write a positive number");
    }
    Some(BoundaryCost { criterion: criterion.id.clone(), range, run, times })
}
