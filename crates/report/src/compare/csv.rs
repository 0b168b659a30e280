//! `compare` for a spreadsheet: a row a metric, by RFC 4180.

use super::document::{CompareDocument, MeasuredIn, MetricRow};
use crate::layout::plain;

const HEADS: [&str; 23] = [
    "metric",
    "case",
    "unit",
    "numerator",
    "denominator",
    "scale",
    "ratio",
    "difference",
    "low",
    "high",
    "level",
    "pairs",
    "margin",
    "floor",
    "verdict",
    "primary",
    "numerator_value",
    "denominator_value",
    "better",
    "more_pairs",
    "marked",
    "unpaired",
    "notes",
];

impl CompareDocument {
    /// The metrics as comma-separated values with a head; no rows if they are
    /// withheld. Numbers are in SI base units and not rounded.
    pub fn csv(&self) -> String {
        let mut text = HEADS.join(",") + "\r\n";
        for row in &self.metrics {
            text.push_str(&fields(row).join(","));
            text.push_str("\r\n");
        }
        text
    }
}

fn fields(row: &MetricRow) -> [String; HEADS.len()] {
    [
        field(&String::from(row.metric)),
        field(row.case.as_ref().map_or("", |case| case.as_str())),
        field(&match &row.unit {
            MeasuredIn::Unit(_) => word(&row.unit),
            MeasuredIn::Label(label) => label.clone(),
        }),
        field(row.numerator.as_str()),
        field(row.denominator.as_str()),
        field(&word(&row.scale)),
        number(row.ratio),
        number(row.difference),
        number(row.low),
        number(row.high),
        number(row.level),
        row.pairs.to_string(),
        number(Some(row.margin)),
        number(Some(row.floor)),
        field(&word(&row.verdict)),
        row.primary.to_string(),
        number(row.values.of(&row.numerator).copied()),
        number(row.values.of(&row.denominator).copied()),
        field(&word(&row.better)),
        row.more_pairs.map(|pairs| pairs.to_string()).unwrap_or_default(),
        field(row.marked.as_deref().unwrap_or_default()),
        row.unpaired.to_string(),
        field(&row.notes().join("; ")),
    ]
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A name as JSON has it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// On one line, quoted where it must be. A text that a spreadsheet would take for a formula
/// begins with an apostrophe.
fn field(text: &str) -> String {
    let text = plain(text);
    let formula = text.starts_with(['=', '+', '-', '@']);
    let text = if formula { format!("'{text}") } else { text };
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
