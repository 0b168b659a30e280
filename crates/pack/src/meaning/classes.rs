//! A predicate on classes of mistakes.

use std::collections::BTreeSet;

use model::{ClassList, DefectId, Experiment, Predicate};

use super::experiment::experiments;
use super::predicate::not_empty;
use super::{Ground, names};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{ClassListEntry, PredicateEntry, Text};

/// Reads a predicate of kind classes.
pub(super) fn classes(
    ground: &Ground,
    sheet: &mut Sheet,
    entry: &PredicateEntry,
) -> Option<Predicate> {
    let given = entry.classes.as_ref()?;
    not_empty(sheet, given, "classes");
    let lists: Vec<ClassList> =
        given.get_ref().iter().filter_map(|given| list(ground, sheet, given)).collect();
    let besides: Vec<Experiment> = match &entry.experiments {
        Some(given) => experiments(ground, sheet, given),
        None => Vec::new(),
    };
    // Where every list names its classes, the others say nothing.
    let named = || lists.iter().flat_map(|list| list.of.iter().cloned());
    let defects = match lists.iter().all(|list| !list.of.is_empty()) {
        true => named().collect::<BTreeSet<_>>().into_iter().collect(),
        false => defects(ground, sheet, entry),
    };
    Some(Predicate::Classes { lists, defects, experiments: besides })
}

fn list(ground: &Ground, sheet: &mut Sheet, given: &ClassListEntry) -> Option<ClassList> {
    let test = sheet.word(&given.test);
    let side = ground.side_name(sheet, &given.side)?;
    let others: Vec<_> = ground.sides.iter().filter(|other| other.name != side).collect();
    let [other] = others.as_slice() else {
        let message = "classes are told apart between two sides, and there are others";
        let help = "use a predicate of another kind in a comparison of more than two sides";
        sheet.fault(given.side.span(), message, help);
        return None;
    };
    let other = other.name.clone();
    let of = given.of.iter().filter_map(|word| named(ground, sheet, word)).collect();
    Some(ClassList { test: test?, side, other, of })
}

fn named(ground: &Ground, sheet: &mut Sheet, word: &Text) -> Option<DefectId> {
    let id: DefectId = sheet.id(word)?;
    if !ground.defects.contains_key(&id) {
        let known = ground.defects.keys().map(DefectId::as_str);
        sheet.unknown(word, "defect", "defects", known);
        return None;
    }
    Some(id)
}

fn defects(ground: &Ground, sheet: &mut Sheet, entry: &PredicateEntry) -> Vec<DefectId> {
    let Some(families) = &entry.families else { return ground.defects.keys().cloned().collect() };
    let known = names(ground.defects.values().map(|defect| &defect.family));
    for family in families.get_ref().iter().filter(|family| !known.contains(family.get_ref())) {
        let help = choices(family.get_ref(), "families", known.iter().map(String::as_str));
        sheet.fault(
            family.span(),
            format!("no defect is of the family \"{}\"", family.get_ref()),
            help,
        );
    }
    let wanted = |family: &str| families.get_ref().iter().any(|word| word.get_ref() == family);
    let of_families = ground.defects.values().filter(|defect| wanted(&defect.family));
    of_families.map(|defect| defect.id.clone()).collect()
}
