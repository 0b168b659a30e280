//! Metrics as pictures: every interval on one axis, and the pairs of each
//! metric over time.

use model::Scale;
use serde::Serialize;

use crate::chart::forest::{Axis, Mark};
use crate::chart::pairs::PairsPlot;
use crate::compare::document::{CompareDocument, MetricRow};
use crate::quantity::ratio;

pub(super) struct Plots<'a> {
    document: &'a CompareDocument,
    axis: Axis,
    any: bool,
}

/// Rows of the forest plot under one heading.
#[derive(Serialize)]
pub(super) struct GroupView {
    heading: Option<String>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    primary: bool,
    marked: bool,
    tone: &'static str,
    svg: Option<String>,
    words: Option<String>,
    absolute: Option<String>,
    verdict: String,
    notes: Vec<String>,
}

/// The pairs of one metric.
#[derive(Serialize)]
pub(super) struct PairsView {
    title: String,
    words: Option<String>,
    basis: Option<String>,
    svg: String,
}

impl<'a> Plots<'a> {
    pub(super) fn of(document: &'a CompareDocument) -> Self {
        let marks: Vec<Mark> = document.metrics.iter().filter_map(mark).collect();
        Self { document, axis: Axis::over(marks.iter()), any: !marks.is_empty() }
    }

    pub(super) fn axis(&self) -> Option<String> {
        self.any.then(|| self.axis.svg())
    }

    /// Whether something cannot stand on an axis of ratios.
    pub(super) fn any_counted(&self) -> bool {
        self.document.metrics.iter().any(|row| row.scale == Scale::Difference)
    }

    pub(super) fn groups(&self) -> Vec<GroupView> {
        let groups = self.document.groups().into_iter();
        let view = |group: crate::compare::words::Group<'_>| GroupView {
            rows: group.rows.iter().map(|row| self.row(row)).collect(),
            heading: group.heading,
        };
        groups.map(view).collect()
    }

    fn row(&self, row: &MetricRow) -> RowView {
        RowView {
            label: self.document.label(row),
            primary: row.primary,
            marked: row.marked.is_some(),
            tone: row.tone(),
            svg: mark(row).map(|mark| self.axis.row(&mark)),
            words: row.headline(),
            absolute: row.absolute(),
            verdict: row.verdict_words(),
            notes: row.notes(),
        }
    }

    /// A plot a metric that was measured in pairs.
    pub(super) fn pairs(&self) -> Vec<PairsView> {
        let rows = self.document.metrics.iter().filter(|row| !row.unpaired);
        rows.filter_map(|row| self.pairs_of(row)).collect()
    }

    fn pairs_of(&self, row: &MetricRow) -> Option<PairsView> {
        let ratios = row.scale == Scale::Ratio;
        let pairs = row.pairs_seen.iter();
        let value =
            |(below, above): &(f64, f64)| if ratios { above / below } else { above - below };
        let margin = match row.scale {
            Scale::Ratio => (row.margin.max(1.0).recip(), row.margin.max(1.0)),
            Scale::Difference => (-row.floor, row.floor),
        };
        let words = row.headline();
        let plot = PairsPlot {
            pairs: pairs.map(value).collect(),
            ratios,
            middle: if ratios { row.ratio? } else { row.difference? },
            low: row.low,
            high: row.high,
            margin,
            class: class(row),
            words: format!("pairs in the order of their blocks; {}", words.as_deref()?),
        };
        let svg = plot
            .svg(|value| if ratios { format!("{}x", ratio(value)) } else { row.quantity(value) });
        Some(PairsView {
            title: self.document.full_label(row),
            words,
            basis: row.basis(),
            svg: svg?,
        })
    }
}

fn class(row: &MetricRow) -> &'static str {
    match row.favours() {
        Some(side) if *side == row.numerator => "favours-first",
        Some(_) => "favours-second",
        None => "favours-none",
    }
}

fn mark(row: &MetricRow) -> Option<Mark> {
    let ratio = row.ratio.filter(|ratio| row.scale == Scale::Ratio && *ratio > 0.0)?;
    let pair = |(below, above): &(f64, f64)| (*below > 0.0 && *above > 0.0).then(|| above / below);
    let pairs = row.pairs_seen.iter().filter(|_| !row.unpaired);
    Some(Mark {
        ratio,
        low: row.low,
        high: row.high,
        exact: row.level.is_none() && row.is_decided(),
        margin: row.margin,
        class: class(row),
        pairs: pairs.filter_map(pair).collect(),
        words: row.headline()?,
    })
}
