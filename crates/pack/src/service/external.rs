//! A driver that is not ours: a command, and where in its JSON the numbers are.

use model::Metric;
use model::contract::Pick;
use model::service::DriveKind;

use super::drive::deadline;
use crate::contract::{command, path_of};
use crate::document::Sheet;
use crate::shape::{DriveEntry, QuantileEntry, Text};

/// Units of a latency, and what turns each into seconds.
pub(crate) const UNITS: [(&str, f64); 4] = [("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9)];

/// Latencies that another driver may tell.
const LATENCIES: [Metric; 4] =
    [Metric::ResponseP50, Metric::ResponseP99, Metric::ResponseP999, Metric::ServiceP99];

/// Reads a drive of kind external.
pub(super) fn external(sheet: &mut Sheet, entry: &DriveEntry) -> Option<DriveKind> {
    let words = words(sheet, entry);
    let count = match &entry.count {
        Some(given) => path_of(sheet, given),
        None => {
            let help = "add count = \"summary.requests\": a path in the JSON that it writes";
            sheet.fault(entry.kind.span(), "it is not said how many requests were answered", help);
            None
        }
    };
    let errors = match &entry.errors {
        Some(given) => Some(path_of(sheet, given)?),
        None => None,
    };
    let entries = entry.quantiles.iter().flat_map(|list| list.get_ref());
    sheet.no_duplicates("metric", entries.clone().map(|entry| &entry.metric));
    let quantiles = entries.filter_map(|entry| quantile(sheet, entry)).collect();
    let deadline_seconds = deadline(sheet, entry);
    Some(DriveKind::External {
        command: words?,
        count: count?,
        errors,
        quantiles,
        deadline_seconds,
    })
}

fn words(sheet: &mut Sheet, entry: &DriveEntry) -> Option<Vec<String>> {
    let Some(given) = &entry.command else {
        let help = "add command = [\"DRIVER\", \"127.0.0.1:{port}\"]";
        sheet.fault(entry.kind.span(), "no command is given that would drive", help);
        return None;
    };
    let words = command(sheet, given, "[\"DRIVER\", \"127.0.0.1:{port}\"]");
    if !words.iter().any(|word| word.contains("{port}")) {
        let help = "write {port} in one of its words: it stands for the program's port";
        sheet.fault(given.span(), "the command is not told where the program listens", help);
    }
    Some(words)
}

fn quantile(sheet: &mut Sheet, entry: &QuantileEntry) -> Option<(Metric, Pick, f64)> {
    let pick = path_of(sheet, &entry.json);
    let unit = UNITS.iter().find(|(word, _)| word == entry.unit.get_ref());
    if unit.is_none() {
        sheet.unknown(&entry.unit, "unit of time", "units", UNITS.map(|(word, _)| word));
    }
    let metric = latency(sheet, &entry.metric);
    Some((metric?, pick?, unit?.1))
}

fn latency(sheet: &mut Sheet, given: &Text) -> Option<Metric> {
    let metric: Metric = sheet.word(given)?;
    if !LATENCIES.contains(&metric) {
        let known = LATENCIES.map(|metric| metric.to_string()).join(", ");
        sheet.fault(
            given.span(),
            format!("a driver does not tell {metric}"),
            format!("it tells latencies: {known}; the rest is measured from outside"),
        );
        return None;
    }
    Some(metric)
}
