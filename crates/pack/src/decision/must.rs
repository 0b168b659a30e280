//! `[facts.NAME]` and `[[must]]`: what is true of an option, and what has to
//! hold whatever else is gained.

use model::decision::{Criterion, Must, OptionFact, Requires};
use model::{FactId, SideName};

use super::Ground;
use super::part::{component_named, criterion_named};
use crate::document::Sheet;
use crate::shape::{DecisionFile, MustEntry, Number, OptionFactEntry, Text};

/// Reads every fact.
pub(super) fn facts(
    sheet: &mut Sheet,
    file: &DecisionFile,
    options: &[SideName],
) -> Vec<OptionFact> {
    file.facts.iter().filter_map(|(name, entry)| fact(sheet, name, entry, options)).collect()
}

fn fact(
    sheet: &mut Sheet,
    name: &Text,
    entry: &OptionFactEntry,
    options: &[SideName],
) -> Option<OptionFact> {
    let holds = entry.holds.iter().filter_map(|(option, holds)| {
        Some((super::option_named(sheet, Some(option), options)?, *holds))
    });
    let holds = holds.collect();
    let claim = entry.claim.as_ref().and_then(|claim| sheet.id(claim));
    Some(OptionFact { id: sheet.id::<FactId>(name)?, holds, source: entry.source.clone(), claim })
}

/// Reads every must, and faults those that no option could ever meet together.
pub(super) fn musts(
    sheet: &mut Sheet,
    file: &DecisionFile,
    ground: &Ground,
    facts: &[OptionFact],
) -> Vec<Must> {
    sheet.no_duplicates("must", file.must.iter().map(|entry| &entry.name));
    let mut musts: Vec<Must> = Vec::new();
    for entry in &file.must {
        let Some(must) = must(sheet, entry, ground, facts) else { continue };
        if let Some(other) = musts.iter().find(|other| contradict(other, &must)) {
            sheet.fault(
                entry.name.span(),
                format!(
                    "must \"{}\" contradicts must \"{}\": no value meets both",
                    must.id, other.id
                ),
                "keep the one that really has to hold; what is merely wanted is a criterion",
            );
        }
        musts.push(must);
    }
    musts
}

fn must(
    sheet: &mut Sheet,
    entry: &MustEntry,
    ground: &Ground,
    facts: &[OptionFact],
) -> Option<Must> {
    let component = match &entry.component {
        Some(given) => Some(component_named(sheet, given, ground.components)?),
        None => None,
    };
    let requires = requires(sheet, entry, ground.criteria, facts);
    Some(Must {
        id: sheet.id(&entry.name)?,
        component,
        requires: requires?,
        why: entry.why.clone(),
    })
}

fn requires(
    sheet: &mut Sheet,
    entry: &MustEntry,
    criteria: &[Criterion],
    facts: &[OptionFact],
) -> Option<Requires> {
    const FORMS: &str = "write fact = \"NAME\", or criterion = \"NAME\" with at-most or at-least";
    match (&entry.fact, &entry.criterion, &entry.at_most, &entry.at_least) {
        (Some(fact), None, None, None) => of_fact(sheet, fact, entry.is, facts),
        (None, Some(criterion), at_most, at_least) => {
            if entry.is.is_some() {
                sheet.fault(entry.name.span(), "`is` belongs to a fact", FORMS);
            }
            let found = criterion_named(sheet, criterion, criteria)?;
            if found.counts_parts() {
                let help = "give [criteria.parts] more points, or leave one component";
                sheet.fault(criterion.span(), "no must can be about parts", help);
            }
            let id = found.id.clone();
            match (at_most, at_least) {
                (Some(limit), None) => {
                    Some(Requires::AtMost { criterion: id, limit: finite(sheet, limit) })
                }
                (None, Some(limit)) => {
                    Some(Requires::AtLeast { criterion: id, limit: finite(sheet, limit) })
                }
                (Some(_), Some(least)) => {
                    let help = "write two musts, one for each end";
                    sheet.fault(least.span(), "a must has one bound", help);
                    None
                }
                (None, None) => {
                    sheet.fault(criterion.span(), "one of at-most and at-least is needed", FORMS);
                    None
                }
            }
        }
        _ => {
            sheet.fault(entry.name.span(), "a must is a fact or a bound on a criterion", FORMS);
            None
        }
    }
}

fn finite(sheet: &mut Sheet, limit: &Number) -> f64 {
    if !limit.get_ref().is_finite() {
        sheet.fault(limit.span(), "that is no limit", "write a finite number");
    }
    *limit.get_ref()
}

fn of_fact(
    sheet: &mut Sheet,
    fact: &Text,
    is: Option<bool>,
    facts: &[OptionFact],
) -> Option<Requires> {
    let found = facts.iter().find(|known| known.id.as_str() == fact.get_ref());
    if found.is_none() {
        let known = facts.iter().map(|known| known.id.as_str());
        sheet.unknown(fact, "fact", "facts", known);
    }
    Some(Requires::Fact { fact: found?.id.clone(), is: is.unwrap_or(true) })
}

/// Whether two musts of the same place can never both hold, whatever is chosen.
fn contradict(one: &Must, other: &Must) -> bool {
    let meet =
        one.component == other.component || one.component.is_none() || other.component.is_none();
    meet && match (&one.requires, &other.requires) {
        (Requires::Fact { fact, is }, Requires::Fact { fact: same, is: not }) => {
            fact == same && is != not
        }
        (
            Requires::AtMost { criterion, limit },
            Requires::AtLeast { criterion: same, limit: least },
        )
        | (
            Requires::AtLeast { criterion: same, limit: least },
            Requires::AtMost { criterion, limit },
        ) => criterion == same && limit < least,
        _ => false,
    }
}
