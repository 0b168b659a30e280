//! Experiments that a predicate names: probes and drills.

use std::collections::BTreeSet;

use model::{Experiment, SideName};

use super::predicate::not_empty;
use super::{Ground, names};
use crate::document::Sheet;
use crate::shape::Text;
use crate::spanned::Spanned;

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
        Experiment::Defect(_) => {
            sheet.fault(
                given.span(),
                "a defect is a class of mistakes, and has no checks",
                "use a predicate of kind classes for it",
            );
            return None;
        }
        Experiment::Probe(_) => names(ground.probes.keys().map(|id| format!("probe/{id}"))),
        Experiment::Drill(_) => names(ground.drills.keys().map(|id| format!("drill/{id}"))),
    };
    let known = known.iter().map(String::as_str);
    sheet.unknown(given, "experiment", "experiments", known);
    None
}

/// A side on which nothing is tried has passed nothing: a count against it
/// would say as little as it looks like.
pub(super) fn tried_on_both(
    ground: &Ground,
    sheet: &mut Sheet,
    given: &Spanned<Vec<Text>>,
    experiments: &[Experiment],
    compared: [&SideName; 2],
) {
    let tried: Vec<BTreeSet<&SideName>> =
        experiments.iter().map(|experiment| sides_of(ground, experiment)).collect();
    // One without any is told at home.
    if tried.is_empty() || tried.iter().any(BTreeSet::is_empty) {
        return;
    }
    for side in compared.into_iter().filter(|side| !tried.iter().any(|of| of.contains(side))) {
        sheet.fault(
            given.span(),
            format!("nothing in these experiments is tried on side \"{side}\""),
            "add its checks or steps, or use a predicate of kind all",
        );
    }
}

fn sides_of<'g>(ground: &'g Ground, experiment: &Experiment) -> BTreeSet<&'g SideName> {
    match experiment {
        Experiment::Workload(_) | Experiment::Defect(_) => BTreeSet::new(),
        Experiment::Probe(id) => ground.probes[id].checks.iter().map(|check| &check.side).collect(),
        Experiment::Drill(id) => ground.drills[id].steps.iter().map(|step| &step.side).collect(),
    }
}
