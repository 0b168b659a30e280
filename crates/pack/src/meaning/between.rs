//! Cells between other sides than the claim's, and between variants.

use model::{Case, Metric, SideName, Workload};

use super::claim::Claims;
use super::is_of_a_run;
use crate::document::Sheet;
use crate::nearest::choices;
use crate::shape::{CellEntry, Text};

/// Numerator and denominator of a cell that says which; both of the workload.
pub(super) fn between(
    claims: &Claims,
    sheet: &mut Sheet,
    entry: &CellEntry,
    workload: &Workload,
    metric: Metric,
) -> Option<(SideName, SideName)> {
    let given = entry.between.as_ref()?;
    let [above, below] = given.get_ref().as_slice() else {
        let help = "write two names, the numerator first: sides, or variants of the workload";
        sheet.fault(given.span(), "a cell lies between two", help);
        return None;
    };
    let names = [above, below].map(|word| name(claims, sheet, workload, word));
    let [numerator, denominator] = names;
    let (numerator, denominator) = (numerator?, denominator?);
    if numerator == denominator {
        let message = format!("\"{numerator}\" is compared with itself");
        sheet.fault(below.span(), message, "name another side or variant here");
    }
    for word in [above, below] {
        if workload.variants.iter().any(|variant| variant.id.as_str() == word.get_ref()) {
            is_driven(sheet, entry, workload, metric, word);
        }
    }
    Some((numerator, denominator))
}

fn name(claims: &Claims, sheet: &mut Sheet, workload: &Workload, given: &Text) -> Option<SideName> {
    let sides = claims.ground.sides.iter().map(|side| &side.name);
    let names = || sides.clone().chain(workload.variants.iter().map(|variant| &variant.id));
    let word = given.get_ref();
    let found = names().find(|name| name.as_str() == word);
    if found.is_none() && !claims.ground.sides.is_empty() {
        sheet.fault(
            given.span(),
            format!("\"{word}\" is neither a side nor a variant of workload \"{}\"", workload.id),
            choices(word, "names", names().map(SideName::as_str)),
        );
    }
    found.cloned()
}

/// Variants are started for drives alone.
fn is_driven(
    sheet: &mut Sheet,
    entry: &CellEntry,
    workload: &Workload,
    metric: Metric,
    variant: &Text,
) {
    let wanted = |case: &&Case| match &entry.case {
        Some(id) => case.id.as_str() == id.get_ref(),
        None => case.metrics.contains(&metric),
    };
    let idle = workload.cases.iter().filter(wanted).find(|case| case.drive.is_none());
    let message = match idle {
        _ if !is_of_a_run(metric) => format!("{metric} is not measured of variants"),
        Some(case) => format!("case \"{}\" runs to its end, so it has no variants", case.id),
        None => return,
    };
    sheet.fault(variant.span(), message, "name a side, or a case with [case.drive]");
}
