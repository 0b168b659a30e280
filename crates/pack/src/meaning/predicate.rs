//! What decides a claim: `[claim.predicate]`.

use std::collections::BTreeMap;
use std::ops::Range;

use model::{
    CellSelector, FactExpectation, FactSelector, Lint, Predicate, Relation, SideName, Workload,
    WorkloadId,
};

use super::cell::cell;
use super::claim::Claims;
use super::classes::classes;
use super::experiment::{experiments, tried_on_both};
use super::names;
use super::slope::slope;
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{CellEntry, FactEntry, PredicateEntry, Text};
use crate::spanned::Spanned;

pub(crate) const KINDS: &[(&str, &[&str])] = &[
    ("ratio", &["numerator", "denominator", "expect", "cells"]),
    ("exists", &["numerator", "denominator", "witness", "cells"]),
    ("fact", &["facts"]),
    ("all", &["experiments"]),
    ("count", &["numerator", "denominator", "expect", "by", "experiments"]),
    ("slope", &["numerator", "denominator", "expect", "slope"]),
    ("classes", &["classes", "families", "experiments"]),
    ("lint", &["lint"]),
];
/// Keys of a kind that have a default.
const MAY_BE_LEFT_OUT: &[(&str, &str)] = &[("classes", "families"), ("classes", "experiments")];
pub(crate) const RELATIONS: &[(&str, Relation)] =
    &[("below", Relation::Below), ("above", Relation::Above), ("inside", Relation::Inside)];

/// Reads a predicate; `None` when so much is wrong that none can be made.
pub(super) fn read(
    claims: &mut Claims,
    sheet: &mut Sheet,
    entry: &PredicateEntry,
) -> Option<Predicate> {
    let word = entry.kind.get_ref().as_str();
    let Some((_, wanted)) = KINDS.iter().find(|(kind, _)| *kind == word) else {
        let known = KINDS.iter().map(|(kind, _)| *kind);
        sheet.unknown(&entry.kind, "kind of predicate", "kinds", known);
        return None;
    };
    if !keys_fit(sheet, entry, wanted) {
        return None;
    }
    match word {
        "fact" => {
            let facts = entry.facts.as_ref()?;
            not_empty(sheet, facts, "facts");
            let facts = facts.get_ref().iter().filter_map(|given| fact(claims, sheet, given));
            Some(Predicate::Fact { facts: facts.collect() })
        }
        "all" => Some(Predicate::All {
            experiments: experiments(claims.ground, sheet, entry.experiments.as_ref()?),
        }),
        "classes" => classes(claims.ground, sheet, entry),
        "lint" => lint(claims, sheet, entry.lint.as_ref()?),
        _ => comparing(claims, sheet, entry),
    }
}

/// The kinds that set one side against another.
fn comparing(claims: &mut Claims, sheet: &mut Sheet, entry: &PredicateEntry) -> Option<Predicate> {
    let sides = sides(claims, sheet, entry.numerator.as_ref()?, entry.denominator.as_ref()?);
    let expect = entry.expect.as_ref().map(|given| relation(sheet, given));
    if let Some(given) = &entry.slope {
        let slope = slope(claims, sheet, given.get_ref(), sides.as_ref());
        let (numerator, denominator) = sides?;
        return Some(Predicate::Slope { numerator, denominator, expect: expect??, slope: slope? });
    }
    if let Some(given) = &entry.experiments {
        let experiments = experiments(claims.ground, sheet, given);
        let (numerator, denominator) = sides?;
        tried_on_both(claims.ground, sheet, given, &experiments, [&numerator, &denominator]);
        let by = difference(sheet, entry.by.as_ref()?);
        let expect = expect??;
        return Some(Predicate::Count { numerator, denominator, expect, by, experiments });
    }
    let cells = cells(claims, sheet, entry.cells.as_ref()?, sides.as_ref());
    if entry.witness.is_some() {
        cells_expect_nothing(sheet, entry.cells.as_ref()?);
    }
    let (numerator, denominator) = sides?;
    if let Some(expect) = expect {
        return Some(Predicate::Ratio { numerator, denominator, expect: expect?, cells });
    }
    let witness = sheet.word(entry.witness.as_ref()?)?;
    Some(Predicate::Exists { numerator, denominator, witness, cells })
}

fn difference(sheet: &mut Sheet, given: &Spanned<u32>) -> u32 {
    if *given.get_ref() == 0 {
        let help = "write the least difference that counts as one: 1 or more";
        sheet.fault(given.span(), "no difference would be too small", help);
    }
    *given.get_ref()
}

fn lint(claims: &Claims, sheet: &mut Sheet, given: &Text) -> Option<Predicate> {
    let lint: Lint = sheet.word(given)?;
    if lint == Lint::EveryClassHasAWorkload && claims.ground.classes.is_empty() {
        let help = "list them in comparison.toml: classes = [\"services\"]";
        sheet.fault(given.span(), "there are no classes that could have a workload", help);
    }
    Some(Predicate::Lint(lint))
}

/// One cell with the witness is enough, whatever the others show.
fn cells_expect_nothing(sheet: &mut Sheet, cells: &Spanned<Vec<CellEntry>>) {
    for expect in cells.get_ref().iter().filter_map(|cell| cell.expect.as_ref()) {
        sheet.fault(
            expect.span(),
            "expect means nothing in a cell of a predicate of kind exists",
            "remove it: what a cell has to show is the witness",
        );
    }
}

/// Whether exactly the wanted keys are there.
fn keys_fit(sheet: &mut Sheet, entry: &PredicateEntry, wanted: &[&str]) -> bool {
    let at = |text: &Option<Text>| text.as_ref().map(Spanned::span);
    let given: [(&str, Option<Range<usize>>); 12] = [
        ("numerator", at(&entry.numerator)),
        ("denominator", at(&entry.denominator)),
        ("expect", at(&entry.expect)),
        ("witness", at(&entry.witness)),
        ("cells", entry.cells.as_ref().map(Spanned::span)),
        ("facts", entry.facts.as_ref().map(Spanned::span)),
        ("experiments", entry.experiments.as_ref().map(Spanned::span)),
        ("by", entry.by.as_ref().map(Spanned::span)),
        ("lint", at(&entry.lint)),
        ("classes", entry.classes.as_ref().map(Spanned::span)),
        ("families", entry.families.as_ref().map(Spanned::span)),
        ("slope", entry.slope.as_ref().map(Spanned::span)),
    ];
    let kind = entry.kind.get_ref();
    let word = kind.as_str();
    let needs = format!("the kind {kind} needs: {}", wanted.join(", "));
    let mut fit = true;
    for (key, span) in given {
        match span {
            None if wanted.contains(&key) && !MAY_BE_LEFT_OUT.contains(&(word, key)) => {
                fit = false;
                let message = format!("a predicate of kind {kind} has no {key}");
                sheet.fault(entry.kind.span(), message, needs.clone());
            }
            Some(span) if !wanted.contains(&key) => {
                fit = false;
                let message = format!("{key} means nothing in a predicate of kind {kind}");
                sheet.fault(span, message, needs.clone());
            }
            _ => {}
        }
    }
    fit
}

pub(super) fn not_empty<T>(sheet: &mut Sheet, list: &Spanned<Vec<T>>, key: &str) {
    if list.get_ref().is_empty() {
        sheet.fault(
            list.span(),
            format!("{key} is empty"),
            "say at least one place to look at; with none, say why: not_yet = \"…\"",
        );
    }
}

fn sides(
    claims: &Claims,
    sheet: &mut Sheet,
    numerator: &Text,
    denominator: &Text,
) -> Option<(SideName, SideName)> {
    let above = claims.ground.side_name(sheet, numerator);
    let below = claims.ground.side_name(sheet, denominator);
    if above.is_some() && above == below {
        sheet.fault(
            denominator.span(),
            format!("\"{}\" is compared with itself", denominator.get_ref()),
            "name another side here",
        );
    }
    Some((above?, below?))
}

fn cells(
    claims: &mut Claims,
    sheet: &mut Sheet,
    entries: &Spanned<Vec<CellEntry>>,
    sides: Option<&(SideName, SideName)>,
) -> Vec<CellSelector> {
    not_empty(sheet, entries, "cells");
    let compared = sides.map(|(numerator, denominator)| [numerator, denominator]);
    let mut cells: Vec<CellSelector> = Vec::new();
    for entry in entries.get_ref() {
        let Some(cell) = cell(claims, sheet, entry, compared.as_ref()) else { continue };
        if cells.iter().any(|earlier| overlap(earlier, &cell)) {
            sheet.fault(
                entry.workload.span(),
                "an earlier cell of this claim covers the same",
                "remove one of the two: what is seen there would count twice",
            );
        }
        cells.push(cell);
    }
    cells
}

fn overlap(one: &CellSelector, other: &CellSelector) -> bool {
    let same_case = one.case.is_none() || other.case.is_none() || one.case == other.case;
    let same_profile = one.profiles.iter().any(|profile| other.profiles.contains(profile));
    (&one.workload, one.metric, one.tier) == (&other.workload, other.metric, other.tier)
        && same_case
        && same_profile
        && one.between == other.between
}

pub(super) fn relation(sheet: &mut Sheet, given: &Text) -> Option<Relation> {
    let found = RELATIONS.iter().find(|(name, _)| name == given.get_ref());
    if found.is_none() {
        sheet.unknown(given, "relation", "relations", RELATIONS.iter().map(|(name, _)| *name));
    }
    found.map(|(_, relation)| *relation)
}

fn fact(claims: &Claims, sheet: &mut Sheet, entry: &FactEntry) -> Option<FactSelector> {
    let expect = expectations(claims, sheet, &entry.expect);
    let workload = workload(claims, sheet, &entry.workload)?;
    let probe = workload.facts.iter().find(|fact| fact.id.as_str() == entry.fact.get_ref());
    if probe.is_none() {
        let known = names(workload.facts.iter().map(|fact| &fact.id));
        let word = entry.fact.get_ref();
        sheet.fault(
            entry.fact.span(),
            format!("workload \"{}\" has no fact \"{word}\"", workload.id),
            choices(word, "facts", known.iter().map(String::as_str)),
        );
    }
    Some(FactSelector { workload: workload.id.clone(), fact: probe?.id.clone(), expect })
}

fn expectations(
    claims: &Claims,
    sheet: &mut Sheet,
    given: &Spanned<BTreeMap<Text, Text>>,
) -> BTreeMap<SideName, FactExpectation> {
    if given.get_ref().is_empty() {
        let each = claims.ground.sides.iter().map(|side| format!("{} = \"present\"", side.name));
        let each: Vec<String> = each.collect();
        let help = format!("say what the sentence says of each side: {{ {} }}", each.join(", "));
        sheet.fault(given.span(), "nothing is expected", help);
    }
    let mut expected = BTreeMap::new();
    for (side, word) in given.get_ref() {
        let side = claims.ground.side_name(sheet, side);
        if let (Some(side), Some(word)) = (side, sheet.word(word)) {
            expected.insert(side, word);
        }
    }
    expected
}

/// The workload of that id, or a fault.
pub(super) fn workload<'a>(
    claims: &Claims<'a>,
    sheet: &mut Sheet,
    given: &Text,
) -> Option<&'a Workload> {
    let ground = claims.ground;
    let id: Option<WorkloadId> = given.get_ref().parse().ok();
    let found = id.and_then(|id| ground.workloads.get(&id));
    if found.is_none() {
        let known = ground.workloads.keys().map(WorkloadId::as_str);
        sheet.unknown(given, "workload", "workloads", known);
    }
    found
}
