//! `[[metric]]`: what is measured, and how numbers of the programs' own are read.

use std::collections::{BTreeMap, BTreeSet};

use model::contract::{Better, Case, CaseUse, Measure, OwnMetric, Pick, Side, Stream};
use model::{Activity, Drive, Language, LanguageId, Metric, MetricName, Scale};

use super::limit::margin;
use super::name::way_out;
use super::serve::giving;
use super::terms::expression;
use crate::document::Sheet;
use crate::nearest::choices;
use crate::service::is_unread;
use crate::shape::{ContractFile, MeasureEntry, Text};

/// More could not share one budget of errors.
const MOST_PRIMARY: usize = 3;

/// Words for how two numbers are compared.
pub(crate) const SCALES: [(&str, Scale); 2] =
    [("ratio", Scale::Ratio), ("difference", Scale::Difference)];

/// What decides whether a metric can be measured.
pub(super) struct Ground<'a> {
    pub(super) sides: &'a [Side],
    pub(super) cases: &'a [Case],
    pub(super) languages: &'a BTreeMap<LanguageId, Language>,
}

/// What is measured where nothing is named: CPU time first, and of the rest
/// what these sides and cases have.
pub fn default_measures(sides: &[Side], cases: &[Case]) -> Vec<Measure> {
    let runs = cases.iter().any(|case| case.used == CaseUse::Measured);
    let of_cases = |metric: &Metric| match Activity::giving(*metric) {
        Activity::Run | Activity::Memory | Activity::Instructions => *metric != Metric::StartUp,
        // Asked for only where a drive gives them.
        Activity::Serve => false,
        Activity::Artefact | Activity::BuildClean | Activity::BuildIncremental => false,
    };
    let wanted = Metric::of_comparison(sides, cases).into_iter();
    let had = wanted.filter(|metric| runs || !of_cases(metric));
    let mut measures: Vec<Measure> = had.map(Measure::of).collect();
    one_is_primary(&mut measures);
    measures
}

/// CPU time decides when measuring ends, or the first that is repeated at all.
fn one_is_primary(measures: &mut [Measure]) {
    if measures.iter().any(|measure| measure.primary) {
        return;
    }
    let place = |wanted: &dyn Fn(Metric) -> bool| {
        measures.iter().position(|measure| wanted(measure.metric))
    };
    let chosen = place(&|metric| metric == Metric::Cpu)
        .or_else(|| place(&|metric| !metric.is_exact()))
        .unwrap_or(0);
    if let Some(measure) = measures.get_mut(chosen) {
        measure.primary = true;
    }
}

/// Reads every `[[metric]]`, primary ones first.
pub(super) fn measures(
    sheet: &mut Sheet,
    ground: &Ground,
    file: &ContractFile,
) -> (Vec<Measure>, Vec<OwnMetric>) {
    if file.metric.is_empty() {
        return (default_measures(ground.sides, ground.cases), Vec::new());
    }
    let mut measures: Vec<Measure> = Vec::new();
    let mut own = Vec::new();
    for entry in &file.metric {
        let Some(metric) = metric(sheet, ground, entry, &mut own) else { continue };
        possible(sheet, ground, metric, &entry.name);
        if measures.iter().any(|known| known.metric == metric) {
            let message = format!("metric \"{metric}\" is declared twice");
            sheet.fault(entry.name.span(), message, "remove one of the two");
        }
        let usual = Measure::of(metric).margin;
        let margin = margin(sheet, metric, entry.margin.as_ref(), entry.floor.as_ref(), usual);
        measures.push(Measure { metric, margin, primary: entry.primary });
    }
    if let Some(fourth) = file.metric.iter().filter(|entry| entry.primary).nth(MOST_PRIMARY) {
        sheet.fault(
            fourth.name.span(),
            format!("more than {MOST_PRIMARY} metrics are primary"),
            "choose those that decide when measuring ends; the others are measured all the same",
        );
    }
    one_is_primary(&mut measures);
    measures.sort_by_key(|measure| !measure.primary);
    own.sort_by_key(|own: &OwnMetric| {
        measures.iter().position(|measure| measure.metric == Metric::Own(own.name))
    });
    (measures, own)
}

/// The metric of an entry; one of the user's own is added to `own`.
fn metric(
    sheet: &mut Sheet,
    ground: &Ground,
    entry: &MeasureEntry,
    own: &mut Vec<OwnMetric>,
) -> Option<Metric> {
    let word = entry.name.get_ref();
    let known = word.parse::<Metric>().ok().filter(|known| !matches!(known, Metric::Own(_)));
    if let Some(known) = known {
        told_by_us(sheet, entry, known);
        return Some(known);
    }
    let name = word.parse::<MetricName>();
    let told = name.as_ref().ok().and_then(|name| told(ground, *name));
    if told.is_some() {
        told_in_a_drive(sheet, entry);
    }
    let pick = match (&entry.pattern, &entry.json) {
        _ if told.is_some() => told.cloned(),
        (Some(pattern), None) => pattern_of(sheet, pattern),
        (None, Some(json)) => path_of(sheet, json),
        (Some(_), Some(json)) => {
            let help = "remove one: a number is found by a pattern, or by a path in JSON";
            sheet.fault(json.span(), "the number would be looked for in two ways", help);
            None
        }
        (None, None) => {
            unknown(sheet, &entry.name);
            None
        }
    };
    let stream = entry.from.as_ref().and_then(|word| sheet.word(word)).unwrap_or(Stream::Stdout);
    let better = entry.better.as_ref().and_then(|word| sheet.word(word)).unwrap_or(Better::Less);
    let scale = entry.scale.as_ref().and_then(|word| scale(sheet, word)).unwrap_or(Scale::Ratio);
    if name.is_err() && (entry.pattern.is_some() || entry.json.is_some()) {
        let message = format!("\"{word}\" is not the name of a metric");
        let help = format!("{}, at most {} letters", way_out(word), MetricName::MOST);
        sheet.fault(entry.name.span(), message, help);
    }
    let (name, pick) = (name.ok()?, pick?);
    let unit = entry.unit.as_ref().map(|unit| unit.get_ref().clone()).unwrap_or_default();
    if !own.iter().any(|known| known.name == name) {
        own.push(OwnMetric { name, stream, pick, unit, better, scale });
    }
    Some(Metric::Own(name))
}

/// Faults keys of a metric of the user's own on one that Evenhand measures.
fn told_by_us(sheet: &mut Sheet, entry: &MeasureEntry, metric: Metric) {
    let keys = [
        ("from", &entry.from),
        ("pattern", &entry.pattern),
        ("json", &entry.json),
        ("unit", &entry.unit),
        ("better", &entry.better),
        ("scale", &entry.scale),
    ];
    for (key, given) in keys {
        let Some(given) = given else { continue };
        let message = format!("{metric} is measured from outside, so {key} says nothing");
        let help = "remove the key; a number that the programs tell needs a name of its own";
        sheet.fault(given.span(), message, help);
    }
}

fn unknown(sheet: &mut Sheet, given: &Text) {
    let known = choices(given.get_ref(), "metrics", Metric::ALL.iter().map(|it| it.name()));
    sheet.fault(
        given.span(),
        format!("unknown metric \"{}\"", given.get_ref()),
        format!("{known}; a number that the programs tell needs pattern = '…' or json = \"…\""),
    );
}

fn scale(sheet: &mut Sheet, given: &Text) -> Option<Scale> {
    let found = SCALES.iter().find(|(word, _)| word == given.get_ref());
    if found.is_none() {
        sheet.unknown(given, "scale", "scales", SCALES.map(|(word, _)| word));
    }
    found.map(|(_, scale)| *scale)
}

pub(crate) fn pattern_of(sheet: &mut Sheet, given: &Text) -> Option<Pick> {
    let regex = expression(sheet, given)?;
    if regex.captures_len() < 2 {
        let help = "put parentheses around the number, such as `rows/s: (\\d+)`";
        sheet.fault(given.span(), "the regular expression has no group for the number", help);
    }
    Some(Pick::Pattern(given.get_ref().clone()))
}

/// Members and indices: `stats.latency.p99`, `runs[0].seconds`, `[2]`.
pub(crate) fn path_of(sheet: &mut Sheet, given: &Text) -> Option<Pick> {
    let path = given.get_ref();
    let member = |(at, part): (usize, &str)| {
        let (name, rest) = part.split_at(part.find('[').unwrap_or(part.len()));
        let indices = rest.split_inclusive(']').all(|index| {
            let number = index.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            number.is_some_and(|number| number.parse::<usize>().is_ok())
        });
        // Only a list as a whole may be asked for an index by itself.
        indices && !name.contains(']') && (!name.is_empty() || (at == 0 && !rest.is_empty()))
    };
    if !path.split('.').enumerate().all(member) {
        let help = "write members and indices, such as stats.rows or runs[0].seconds";
        sheet.fault(given.span(), format!("\"{path}\" is not a path in JSON"), help);
    }
    Some(Pick::Json(path.clone()))
}

/// Faults a metric that these sides and cases cannot have.
fn possible(sheet: &mut Sheet, ground: &Ground, metric: Metric, at: &Text) {
    let any = |used: CaseUse| ground.cases.iter().any(|case| case.used == used);
    match metric {
        Metric::StartUp if !any(CaseUse::StartUp) => sheet.fault(
            at.span(),
            "no case is for start-up",
            "add a `[[case]]` with use = \"start-up\" in which the programs do next to nothing",
        ),
        Metric::StartUp | Metric::Size => {}
        Metric::BuildIncremental | Metric::BuildIncrementalCpu => sheet.fault(
            at.span(),
            format!("{metric} needs a change between builds, which a contract does not describe"),
            "measure build-clean here; a pack (docs/pack-format.md) can describe the change",
        ),
        Metric::BuildClean | Metric::BuildCleanCpu => projects(sheet, ground, metric, at, |_| true),
        Metric::Dependencies => {
            projects(sheet, ground, metric, at, |language| !language.dependencies.is_empty());
        }
        Metric::SourceLines => {
            projects(sheet, ground, metric, at, |language| language.source.is_some());
        }
        Metric::Interference => sheet.fault(
            at.span(),
            "interference is a condition, and never compared",
            "remove it; a block with too much of it is made again",
        ),
        _ if giving(ground.cases, metric).next().is_some() => {}
        _ if Activity::giving(metric) == Activity::Serve => not_given(sheet, ground, metric, at),
        _ if drives(ground).next().is_some() => sheet.fault(
            at.span(),
            format!("{metric} is measured on runs, and the measured cases are driven"),
            "measure what a drive gives, such as cpu-per-request; a number that the programs tell \
             while they serve is asked for by told of a drive",
        ),
        _ if !any(CaseUse::Measured) && !ground.cases.is_empty() => sheet.fault(
            at.span(),
            format!("{metric} is measured on runs, and no case is measured"),
            "leave out `use` of a `[[case]]`, or write use = \"measured\"",
        ),
        Metric::Instructions => one_language(sheet, ground, at),
        _ => {}
    }
}

fn drives<'a>(ground: &Ground<'a>) -> impl Iterator<Item = &'a Drive> {
    ground.cases.iter().filter_map(|case| case.drive.as_ref())
}

fn not_given(sheet: &mut Sheet, ground: &Ground, metric: Metric, at: &Text) {
    let given = |one: &&Metric| drives(ground).any(|drive| drive.gives(**one));
    // Whose kind could not be read gives who knows what.
    if drives(ground).any(is_unread) {
        return;
    }
    let given: Vec<&str> = Metric::ALL.iter().filter(given).map(|one| one.name()).collect();
    let help = match given.as_slice() {
        [] => "add [service], and a `[[case]]` with [case.drive]".to_owned(),
        given => format!("the drives give: {}", given.join(", ")),
    };
    sheet.fault(at.span(), format!("no case drives the programs so that {metric} is seen"), help);
}

/// Where a drive finds a number that it is told.
fn told<'a>(ground: &Ground<'a>, name: MetricName) -> Option<&'a Pick> {
    let told = drives(ground).flat_map(|drive| &drive.told);
    told.into_iter().find(|told| told.metric == Metric::Own(name)).map(|told| &told.pick)
}

/// Faults keys that say once more where a number is told.
fn told_in_a_drive(sheet: &mut Sheet, entry: &MeasureEntry) {
    let keys = [("from", &entry.from), ("pattern", &entry.pattern), ("json", &entry.json)];
    for (key, given) in keys {
        let Some(given) = given else { continue };
        let message = format!("a drive says already where {} is told", entry.name.get_ref());
        sheet.fault(given.span(), message, format!("remove {key}"));
    }
}

/// Faults a metric of sources on a side that is no project of a language that
/// describes it.
fn projects(
    sheet: &mut Sheet,
    ground: &Ground,
    metric: Metric,
    at: &Text,
    describes: impl Fn(&Language) -> bool,
) {
    for side in ground.sides {
        let Some(id) = side.origin.language() else {
            let message = format!("{metric} cannot be known of side \"{}\"", side.name);
            let help = "it is known of sides with project = \"FOLDER\"; remove the metric";
            sheet.fault(at.span(), message, help);
            return;
        };
        let silent = ground.languages.get(id).filter(|language| !describes(language));
        if let Some(language) = silent {
            let message = format!("{} does not say how {metric} is found", language.name);
            sheet.fault(at.span(), message, format!("describe it in languages/{id}.toml"));
            return;
        }
    }
}

fn one_language(sheet: &mut Sheet, ground: &Ground, at: &Text) {
    let languages: BTreeSet<&LanguageId> =
        ground.sides.iter().filter_map(|side| side.origin.language()).collect();
    if languages.len() > 1 {
        sheet.fault(
            at.span(),
            "instruction counts never judge across languages",
            "measure cpu; instructions compare two versions of one program",
        );
    }
}
