//! `[[guard]]`: what has to hold whenever it is checked.

use model::contract::{Case, CaseUse, Guard, GuardLimit, Measure, Side};
use model::{Activity, CaseId, Metric, SideName, Unit};

use super::limit::{margin, quantity};
use super::name::named;
use super::serve::giving;
use super::{MAX_AGE_DAYS, written};
use crate::document::Sheet;
use crate::nearest::choices;
use crate::quantity::Quantity;
use crate::shape::{GuardEntry, Text};
use crate::spanned::Spanned;

/// What a guard may refer to.
pub(super) struct Ground<'a> {
    pub(super) sides: &'a [Side],
    pub(super) cases: &'a [Case],
    pub(super) measures: &'a [Measure],
    pub(super) each_case: bool,
}

/// Reads every `[[guard]]`.
pub(super) fn guards(sheet: &mut Sheet, ground: &Ground, entries: &[GuardEntry]) -> Vec<Guard> {
    sheet.no_duplicates("guard", entries.iter().map(|entry| &entry.name));
    entries.iter().filter_map(|entry| guard(sheet, ground, entry)).collect()
}

fn guard(sheet: &mut Sheet, ground: &Ground, entry: &GuardEntry) -> Option<Guard> {
    let name: Option<CaseId> = named(sheet, &entry.name, "guard");
    let side = side(sheet, ground, &entry.side);
    let against = entry.against.as_ref().and_then(|given| side_of(sheet, ground, given, &side));
    let max_age = entry.max_age.as_ref();
    let max_age = max_age.and_then(|given| quantity(sheet, given, "longest age", written::days_of));
    let measure = measured(sheet, ground, &entry.metric)?;
    let metric = measure.metric;
    bounded_above(sheet, entry, metric);
    let case = case(sheet, ground, entry, metric);
    let limit = limit(sheet, entry, metric, against);
    let margin = margin(sheet, metric, entry.margin.as_ref(), entry.floor.as_ref(), measure.margin);
    Some(Guard {
        name: name?.into(),
        metric,
        case: case?,
        side: side?,
        limit: limit?,
        margin,
        max_age_days: max_age.unwrap_or(MAX_AGE_DAYS),
    })
}

fn side(sheet: &mut Sheet, ground: &Ground, given: &Text) -> Option<SideName> {
    let found = ground.sides.iter().find(|side| side.name.as_str() == given.get_ref());
    // That there are none at all is told once.
    if found.is_none() && !ground.sides.is_empty() {
        let known = ground.sides.iter().map(|side| side.name.as_str());
        sheet.unknown(given, "side", "sides", known);
    }
    found.map(|side| side.name.clone())
}

/// The side that another one is held against: one of the two has to be the first.
fn side_of(
    sheet: &mut Sheet,
    ground: &Ground,
    given: &Text,
    side_: &Option<SideName>,
) -> Option<SideName> {
    let against = side(sheet, ground, given)?;
    let (Some(side), Some(first)) = (side_, ground.sides.first()) else { return None };
    if *side == against {
        let help = "name another side, or leave out against for a bound on the value itself";
        sheet.fault(given.span(), format!("\"{side}\" is held against itself"), help);
    } else if *side != first.name && against != first.name {
        sheet.fault(
            given.span(),
            format!("\"{side}\" and \"{against}\" are not compared with each other"),
            format!("every side is compared with the first: write against = \"{}\"", first.name),
        );
    }
    Some(against)
}

fn measured<'a>(sheet: &mut Sheet, ground: &Ground<'a>, given: &Text) -> Option<&'a Measure> {
    let word = given.get_ref();
    let wanted = word.replace('_', "-");
    let found = ground.measures.iter().find(|measure| measure.metric.name() == wanted);
    if found.is_none() {
        let known = ground.measures.iter().map(|measure| measure.metric.name());
        let help = choices(word, "metrics of this contract", known);
        let help = match word.parse::<Metric>() {
            Ok(metric) => format!("add a `[[metric]]` with name = \"{metric}\"; {help}"),
            Err(_) => help,
        };
        sheet.fault(given.span(), format!("\"{word}\" is not measured"), help);
    }
    found
}

/// A guard says what is too much.
fn bounded_above(sheet: &mut Sheet, entry: &GuardEntry, metric: Metric) {
    if metric.more_is_better() {
        sheet.fault(
            entry.metric.span(),
            format!("of {metric} more is better, and a guard says what is too much"),
            "guard cpu-per-request or response-p99, which say the same the other way round",
        );
    }
}

/// The case that the metric's cell is of; `None` after a fault.
fn case(
    sheet: &mut Sheet,
    ground: &Ground,
    entry: &GuardEntry,
    metric: Metric,
) -> Option<Option<CaseId>> {
    let used = match (metric, Activity::giving(metric)) {
        (Metric::StartUp, _) => CaseUse::StartUp,
        (_, Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve) => {
            CaseUse::Measured
        }
        (_, Activity::Artefact | Activity::BuildClean | Activity::BuildIncremental) => {
            return without_case(sheet, entry, metric);
        }
    };
    let driven: Vec<&CaseId> = giving(ground.cases, metric).map(|case| &case.id).collect();
    let is_driven = !driven.is_empty();
    let cases: Vec<&CaseId> = match is_driven {
        true => driven,
        false => {
            let of_use = ground.cases.iter().filter(|case| case.used == used);
            of_use.map(|case| &case.id).collect()
        }
    };
    // That there is none is told at the metric.
    if cases.is_empty() {
        return None;
    }
    let one_by_one = ground.each_case || used == CaseUse::StartUp || is_driven;
    let given = entry.case.as_ref();
    let found = given.map(|given| cases.iter().find(|id| id.as_str() == given.get_ref()));
    match (given, found.flatten(), cases.as_slice()) {
        (Some(given), None, _) => {
            let kind = if is_driven { "driven" } else { used.name() };
            let plural = format!("{kind} cases");
            sheet.unknown(given, "case", &plural, cases.iter().map(|id| id.as_str()));
            None
        }
        // Of a single case nothing is together with it.
        (_, _, [_]) if !one_by_one => Some(None),
        (None, None, [only]) => Some(Some((*only).clone())),
        (Some(_), Some(id), _) if one_by_one => Some(Some((*id).clone())),
        (Some(given), Some(_), _) => {
            sheet.fault(
                given.span(),
                "cases are measured all together",
                "write each-case = true at the top, or remove case",
            );
            None
        }
        (None, _, _) if one_by_one => {
            let names: Vec<&str> = cases.iter().map(|id| id.as_str()).collect();
            sheet.fault(
                entry.name.span(),
                format!("{metric} is told case by case, and this guard names none"),
                format!("write case = …, one of: {}", names.join(", ")),
            );
            None
        }
        (None, _, _) => Some(None),
    }
}

fn without_case(sheet: &mut Sheet, entry: &GuardEntry, metric: Metric) -> Option<Option<CaseId>> {
    if let Some(given) = &entry.case {
        let message = format!("{metric} is of the program as a whole, not of a case");
        sheet.fault(given.span(), message, "remove case");
    }
    Some(None)
}

const FORMS: &str = "write against = \"SIDE\" with at-most = 0.8 or recorded = true, \
                     or at-most with a value of its own, such as \"20 MiB\"";

fn limit(
    sheet: &mut Sheet,
    entry: &GuardEntry,
    metric: Metric,
    against: Option<SideName>,
) -> Option<GuardLimit> {
    let recorded = entry.recorded.as_ref().filter(|given| *given.get_ref());
    match (recorded, &entry.at_most) {
        (Some(given), Some(_)) => {
            let help = "keep one: a limit that is written here, or the one that was recorded";
            sheet.fault(given.span(), "this guard has two limits", help);
            None
        }
        (Some(given), None) => {
            if entry.against.is_none() {
                let help = "add against = \"SIDE\"";
                sheet.fault(given.span(), "what is recorded is the ratio to another side", help);
            }
            Some(GuardLimit::Recorded { against: against? })
        }
        (None, Some(given)) if entry.against.is_some() => {
            let at_most = ratio(sheet, given)?;
            Some(GuardLimit::Of { against: against?, at_most })
        }
        (None, Some(given)) => value(sheet, given, metric).map(GuardLimit::Value),
        (None, None) => {
            sheet.fault(entry.name.span(), "this guard has no limit", FORMS);
            None
        }
    }
}

fn ratio(sheet: &mut Sheet, given: &Spanned<Quantity>) -> Option<f64> {
    let above_zero = |given: &Quantity| match given.plain() {
        Some(number) if number > 0.0 => Ok(number),
        _ => Err("write how many times the other side's value, above zero, such as 0.8"),
    };
    quantity(sheet, given, "limit of a ratio", above_zero)
}

/// A value holds on any machine only if the machine has no say in it.
fn value(sheet: &mut Sheet, given: &Spanned<Quantity>, metric: Metric) -> Option<f64> {
    let alike = matches!(
        metric,
        Metric::Memory | Metric::MemoryUnderLoad | Metric::MemorySettled | Metric::LostRequests
    );
    if !metric.is_exact() && !alike {
        sheet.fault(
            given.span(),
            format!("{metric} differs from machine to machine, so a value of its own cannot hold"),
            "hold it against another side: against = \"SIDE\" with at-most = 0.8 or recorded = true",
        );
        return None;
    }
    let help = match metric.unit() {
        Unit::Bytes => {
            "write a size above zero such as \"20 MiB\"; a ratio needs against = \"SIDE\""
        }
        _ => "write a number of zero or more; a ratio needs against = \"SIDE\"",
    };
    let bound = |given: &Quantity| match given.in_unit(metric.unit()) {
        Ok(value) if value > 0.0 || (value == 0.0 && metric.unit() == Unit::Count) => Ok(value),
        _ => Err(help),
    };
    quantity(sheet, given, "limit", bound).filter(|value| value.is_finite())
}
