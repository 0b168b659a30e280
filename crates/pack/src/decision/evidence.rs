//! `[evidence.CRITERION.OPTION]`: what is known, and how well.

use jiff::civil::Date;
use model::decision::{Basis, Criterion, Evidence, EvidenceKind, Likeness, Range, RunRef};
use model::{Metric, PartId, SideName};
use toml::value::Datetime;

use super::part::{component_named, criterion_named};
use super::{Ground, HALF_A_YEAR, option_named};
use crate::document::Sheet;
use crate::shape::{DecisionFile, KnownEntry, Text};
use crate::spanned::Spanned;

type Numbers = Spanned<Vec<f64>>;
type Entry = Spanned<KnownEntry>;

/// Reads all evidence, in the order of the file.
pub(super) fn evidence(sheet: &mut Sheet, file: &DecisionFile, ground: &Ground) -> Vec<Evidence> {
    let mut entries: Vec<(&Text, &Text, &Entry)> = Vec::new();
    for (criterion, of) in &file.evidence {
        entries.extend(of.iter().map(|(option, entry)| (criterion, option, entry)));
    }
    entries.sort_by_key(|(_, option, _)| option.span().start);
    let mut all = Vec::new();
    for (criterion, option, entry) in entries {
        all.extend(one(sheet, (criterion, option), entry, ground));
    }
    no_circles(sheet, file, &all);
    all
}

fn one(
    sheet: &mut Sheet,
    (criterion, option): (&Text, &Text),
    entry: &Entry,
    ground: &Ground,
) -> Option<Evidence> {
    let criterion = criterion_named(sheet, criterion, ground.criteria)?;
    if criterion.counts_parts() {
        let help = "remove it: parts counts languages and boundaries";
        sheet.fault(option.span(), "parts needs no evidence", help);
        return None;
    }
    let (name, component) = place(sheet, option, ground)?;
    let basis = basis(sheet, criterion, &name, entry, ground);
    let entry = entry.get_ref();
    let as_of = entry.as_of.as_ref().and_then(|given| day(sheet, given));
    let source = entry.source.clone();
    Some(Evidence {
        criterion: criterion.id.clone(),
        option: name,
        component,
        basis: basis?,
        source,
        as_of,
    })
}

/// `go`, or `go@agent`.
fn place(sheet: &mut Sheet, given: &Text, ground: &Ground) -> Option<(SideName, Option<PartId>)> {
    let Some((option, component)) = given.get_ref().split_once('@') else {
        return Some((option_named(sheet, Some(given), ground.options)?, None));
    };
    let at = |word: &str| Spanned::new(given.span(), word.to_owned());
    let option = option_named(sheet, Some(&at(option)), ground.options);
    let component = component_named(sheet, &at(component), ground.components);
    Some((option?, Some(component?)))
}

fn basis(
    sheet: &mut Sheet,
    criterion: &Criterion,
    option: &SideName,
    entry: &Entry,
    ground: &Ground,
) -> Option<Basis> {
    let known = entry.get_ref();
    let kind: EvidenceKind = sheet.word(&known.kind)?;
    let likeness = match kind {
        EvidenceKind::Fact => return fact(sheet, criterion, known),
        EvidenceKind::Estimate if known.against.is_none() => {
            return estimate(sheet, criterion, known);
        }
        EvidenceKind::Estimate => Likeness::Estimate,
        EvidenceKind::Own if known.against.is_none() => {
            return value(sheet, criterion, option, known);
        }
        EvidenceKind::Own => Likeness::Own,
        EvidenceKind::PackSameKind => Likeness::PackSameKind,
        EvidenceKind::PackOther => Likeness::PackOther,
        EvidenceKind::Documented => Likeness::Documented,
    };
    ratio(sheet, criterion, option, likeness, known, ground)
}

fn fact(sheet: &mut Sheet, criterion: &Criterion, known: &KnownEntry) -> Option<Basis> {
    only(sheet, known, &["value"]);
    let Some(value) = &known.value else {
        sheet.fault(known.kind.span(), "a fact has a value", "add value = …");
        return None;
    };
    if !value.get_ref().is_finite() {
        sheet.fault(value.span(), "that is no value", "write a finite number");
    }
    on_scale(sheet, criterion, value.span(), *value.get_ref());
    Some(Basis::Exact(*value.get_ref()))
}

fn estimate(sheet: &mut Sheet, criterion: &Criterion, known: &KnownEntry) -> Option<Basis> {
    only(sheet, known, &["range"]);
    let Some(range) = &known.range else {
        let help = "add range = [least, likely, most]";
        sheet.fault(known.kind.span(), "an estimate has a range", help);
        return None;
    };
    let found = range_of(sheet, range)?;
    on_scale(sheet, criterion, range.span(), found.least);
    Some(Basis::Estimate(found))
}

/// What stands on a logarithmic scale is above zero.
fn on_scale(sheet: &mut Sheet, criterion: &Criterion, span: std::ops::Range<usize>, least: f64) {
    if criterion.spacing == model::decision::Spacing::Log && least <= 0.0 {
        let help = "write numbers above 0, or scale = \"linear\" for the criterion";
        sheet.fault(span, "a logarithmic scale has no place for this", help);
    }
}

fn value(
    sheet: &mut Sheet,
    criterion: &Criterion,
    option: &SideName,
    known: &KnownEntry,
) -> Option<Basis> {
    only(sheet, known, &["run", "case", "sides", "range"]);
    let until = known.range.as_ref().and_then(|given| range_of(sheet, given));
    let run = run_ref(sheet, criterion, option, None, known)?;
    if let Some(given) = &known.run {
        convertible(sheet, criterion, given);
    }
    Some(Basis::Value { run, until })
}

fn ratio(
    sheet: &mut Sheet,
    criterion: &Criterion,
    option: &SideName,
    likeness: Likeness,
    known: &KnownEntry,
    ground: &Ground,
) -> Option<Basis> {
    const KEYS: &[&str] = &["against", "ratio", "controlled", "run", "workload", "case", "sides"];
    only(sheet, known, if likeness == Likeness::Estimate { &KEYS[..3] } else { KEYS });
    let against = match &known.against {
        Some(given) => option_named(sheet, Some(given), ground.options)?,
        None => {
            let help = "add against = \"OPTION\": other programs' numbers are not yours, a ratio may carry over";
            sheet.fault(
                known.kind.span(),
                format!("{likeness} is a ratio, and to what is not said"),
                help,
            );
            return None;
        }
    };
    if &against == option {
        let given = known.against.as_ref().map_or(known.kind.span(), |given| given.span());
        sheet.fault(given, "an option is not held against itself", "name another option");
        return None;
    }
    let factor = known.ratio.as_ref().and_then(|given| {
        let range = range_of(sheet, given)?;
        if range.least <= 0.0 {
            sheet.fault(given.span(), "a ratio is above 0", "write how many times as much it is");
        }
        Some(range)
    });
    let run = match &known.run {
        Some(_) => Some(run_ref(sheet, criterion, option, Some(&against), known)?),
        None => None,
    };
    let of_pack = matches!(likeness, Likeness::PackSameKind | Likeness::PackOther);
    if let Some(given) = known.run.as_ref().filter(|_| of_pack && known.workload.is_none()) {
        let help = "add workload = \"NAME\", one of the pack's";
        sheet.fault(given.span(), "which of the pack's workloads is not said", help);
    }
    if run.is_none() && known.ratio.is_none() {
        let help = match likeness {
            Likeness::Documented | Likeness::Estimate => {
                "add ratio = [least, likely, most], and source"
            }
            _ => {
                "add run = \"…\", the contract or pack that measures it; ratio is taken until then"
            }
        };
        sheet.fault(known.kind.span(), "the ratio is not said", help);
    }
    let controlled = match (likeness, &known.controlled) {
        // What who decides thinks of the whole is of the whole.
        (Likeness::Estimate, None) => Range::exactly(1.0),
        _ => controlled(sheet, known),
    };
    Some(Basis::Ratio { likeness, against, run, ratio: factor, controlled })
}

/// The share of a value that the program's own code decides.
fn controlled(sheet: &mut Sheet, known: &KnownEntry) -> Range {
    let Some(given) = &known.controlled else {
        let help = "add controlled = [least, likely, most], of 1: from a profile, else about \
                    [0.02, 0.1, 0.3] for latency that waits for others, [0.6, 0.8, 1] for CPU";
        let what = "how much of that value the program's own code decides is not said";
        sheet.fault(known.kind.span(), what, help);
        return Range::exactly(1.0);
    };
    let range = range_of(sheet, given).unwrap_or(Range::exactly(1.0));
    if range.least < 0.0 || range.most > 1.0 {
        sheet.fault(given.span(), "a share is from 0 to 1", "write parts of one, such as 0.8");
    }
    range
}

fn run_ref(
    sheet: &mut Sheet,
    criterion: &Criterion,
    option: &SideName,
    against: Option<&SideName>,
    known: &KnownEntry,
) -> Option<RunRef> {
    let Some(run) = &known.run else {
        let help = "add run = \"NAME\" of the contract that `evenhand compare` measures";
        sheet.fault(known.kind.span(), "which run is not said", help);
        return None;
    };
    let metric = metric_of(sheet, criterion, run);
    let case = known.case.as_ref().and_then(|case| sheet.id(case));
    let workload = known.workload.as_ref().and_then(|workload| sheet.id(workload));
    let (side, against) = match (&known.sides, against) {
        (None, against) => (option.clone(), against.cloned()),
        (Some(given), None) if given.get_ref().len() == 1 => (sheet.id(&given.get_ref()[0])?, None),
        (Some(_), _) => {
            let (side, against) = two_sides(sheet, known.sides.as_ref(), run)?;
            (side, Some(against))
        }
    };
    let max_age_days = known.max_age_days.unwrap_or(HALF_A_YEAR);
    Some(RunRef {
        name: run.get_ref().clone(),
        workload,
        case,
        metric: metric?,
        side,
        against,
        max_age_days,
    })
}

/// What is measured of a criterion.
pub(super) fn metric_of(sheet: &mut Sheet, criterion: &Criterion, run: &Text) -> Option<Metric> {
    if criterion.metric.is_none() {
        let help = format!(
            "add metric = \"…\" to [criteria.{}], such as \"cpu\" or \"memory\"",
            criterion.id
        );
        sheet.fault(
            run.span(),
            format!("what a run measures of \"{}\" is not said", criterion.id),
            help,
        );
    }
    criterion.metric
}

/// Faults a criterion in whose unit no value of its metric can be told.
pub(super) fn convertible(sheet: &mut Sheet, criterion: &Criterion, run: &Text) {
    let Some(metric) = criterion.metric.filter(|_| criterion.factor.is_none()) else { return };
    let units = if metric.unit() == model::Unit::Bytes { "MiB or KB" } else { "ms or s" };
    let help =
        format!("count [criteria.{}] in {units}, or take a ratio with against = …", criterion.id);
    let what = format!("{metric} is not counted in \"{}\"", criterion.unit);
    sheet.fault(run.span(), what, help);
}

/// The side in question and the one it is held against.
pub(super) fn two_sides(
    sheet: &mut Sheet,
    given: Option<&Spanned<Vec<Text>>>,
    run: &Text,
) -> Option<(SideName, SideName)> {
    match given.map(|given| (given, given.get_ref().as_slice())) {
        Some((_, [side, against])) => Some((sheet.id(side)?, sheet.id(against)?)),
        other => {
            let span = other.map_or(run.span(), |(given, _)| given.span());
            let help = "write sides = [\"ITSELF\", \"THE OTHER\"], by their names in the run";
            sheet.fault(span, "two sides are needed", help);
            None
        }
    }
}

/// Least, likely, most; or one number that is all three.
pub(super) fn range_of(sheet: &mut Sheet, given: &Numbers) -> Option<Range> {
    let range = match given.get_ref().as_slice() {
        [value] => Range::exactly(*value),
        [least, likely, most] => Range { least: *least, likely: *likely, most: *most },
        _ => {
            let help = "write [least, likely, most], such as [8, 10, 16]";
            sheet.fault(given.span(), "a range has three numbers", help);
            return None;
        }
    };
    let finite = [range.least, range.likely, range.most].iter().all(|value| value.is_finite());
    if !finite || range.least > range.likely || range.likely > range.most {
        let help = "write least, likely, most in this order";
        sheet.fault(given.span(), "these are not in order", help);
        return None;
    }
    Some(range)
}

/// Faults keys that another kind of evidence has.
fn only(sheet: &mut Sheet, known: &KnownEntry, allowed: &[&str]) {
    let numbers = |given: &Option<Numbers>| given.as_ref().map(|given| given.span());
    let text = |given: &Option<Text>| given.as_ref().map(|given| given.span());
    let given = [
        ("value", known.value.as_ref().map(|given| given.span())),
        ("range", numbers(&known.range)),
        ("against", text(&known.against)),
        ("ratio", numbers(&known.ratio)),
        ("controlled", numbers(&known.controlled)),
        ("run", text(&known.run)),
        ("workload", text(&known.workload)),
        ("case", text(&known.case)),
        ("sides", known.sides.as_ref().map(|given| given.span())),
    ];
    for (key, span) in given {
        if let Some(span) = span.filter(|_| !allowed.contains(&key)) {
            let kind = known.kind.get_ref();
            let help = format!("remove it, or say another kind; {kind} has {}", allowed.join(", "));
            sheet.fault(span, format!("`{key}` does not belong to kind \"{kind}\""), help);
        }
    }
}

pub(super) fn day(sheet: &mut Sheet, given: &Spanned<Datetime>) -> Option<Date> {
    let date = given.get_ref().to_string().parse().ok();
    if date.is_none() {
        sheet.fault(given.span(), "that is no day", "write a day such as 2026-11-23");
    }
    date
}

/// Faults ratios that lead back to themselves, or to an option nothing is known of.
fn no_circles(sheet: &mut Sheet, file: &DecisionFile, all: &[Evidence]) {
    for (index, evidence) in all.iter().enumerate() {
        let Some(span) = against_span(file, evidence) else { continue };
        let mut at = index;
        for _ in 0..=all.len() {
            let Basis::Ratio { against, .. } = &all[at].basis else { break };
            let of = |other: &&Evidence| {
                other.criterion == evidence.criterion && &other.option == against
            };
            let here = |other: &Evidence| other.component == evidence.component;
            let mut bases = all.iter().enumerate().filter(|(_, other)| of(other));
            let base = bases.clone().find(|(_, other)| here(other)).or_else(|| bases.next());
            let Some((next, _)) = base else {
                let help =
                    format!("add [evidence.{}.{against}]: what is multiplied", evidence.criterion);
                sheet.fault(span.clone(), format!("nothing is known of {against}"), help);
                break;
            };
            if next == index {
                let help =
                    "one of the options needs a value: an estimate, a fact or a run of its own";
                sheet.fault(span.clone(), "these ratios lead back to themselves", help);
                break;
            }
            at = next;
        }
    }
}

fn against_span(file: &DecisionFile, evidence: &Evidence) -> Option<std::ops::Range<usize>> {
    let of = file.evidence.get(evidence.criterion.as_str())?;
    let name = match &evidence.component {
        Some(component) => format!("{}@{component}", evidence.option),
        None => evidence.option.to_string(),
    };
    Some(of.get(name.as_str())?.get_ref().against.as_ref()?.span())
}
