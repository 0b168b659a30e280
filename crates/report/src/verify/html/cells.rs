//! Every measured cell, once, on one axis: the forest plot and the rows under
//! the sentences. All rows have the pack's first side on top, whichever way
//! round a claim asked.

use model::{Metric, Scale};
use serde::Serialize;

use crate::chart::forest::{Axis, Mark};
use crate::verify::document::{EvidenceRow, Measured, Shown, VerifyDocument};

pub(super) struct Cells {
    axis: Axis,
    first: String,
}

/// The forest plot and what does not fit on a log axis.
#[derive(Serialize)]
pub(super) struct CellsView {
    axis: String,
    left: String,
    right: String,
    metrics: Vec<MetricView>,
    counted: Vec<CountView>,
    pairs: bool,
}

#[derive(Serialize)]
struct MetricView {
    title: String,
    rows: Vec<PlotRow>,
}

#[derive(Serialize)]
struct PlotRow {
    program: String,
    build: String,
    svg: String,
    words: String,
    absolute: Option<String>,
    finding: String,
}

#[derive(Serialize)]
struct CountView {
    subject: String,
    place: String,
    absolute: Option<String>,
    finding: String,
}

impl Cells {
    pub(super) fn of(document: &VerifyDocument) -> Self {
        let first = document.frame.sides.first().map_or("", |(name, _)| name.as_str()).to_owned();
        let rows = document.claims.iter().flat_map(|claim| &claim.evidence);
        let marks: Vec<Mark> = rows.filter_map(|row| mark(row, &first)).collect();
        Self { axis: Axis::over(marks.iter()), first }
    }

    /// The row on the page's axis; `None` for what is no ratio.
    pub(super) fn svg(&self, row: &EvidenceRow) -> Option<String> {
        mark(row, &self.first).map(|mark| self.axis.row(&mark))
    }

    pub(super) fn view(&self, document: &VerifyDocument) -> CellsView {
        let mut seen: Vec<&EvidenceRow> = Vec::new();
        for row in document.claims.iter().flat_map(|claim| &claim.evidence) {
            if !seen.iter().any(|known| same_cell(known, row)) {
                seen.push(row);
            }
        }
        let second = document.frame.sides.get(1).map_or("", |(_, title)| title.as_str());
        let first = document.frame.sides.first().map_or("", |(_, title)| title.as_str());
        CellsView {
            axis: self.axis.svg(),
            left: first.to_owned(),
            right: second.to_owned(),
            metrics: self.groups(&seen),
            counted: self.counted(&seen),
            pairs: seen.iter().any(|row| row.pair_ratios.len() > 1),
        }
    }

    /// The metrics in their usual order, then how they grow.
    fn groups(&self, rows: &[&EvidenceRow]) -> Vec<MetricView> {
        let mut measured: Vec<Measured> =
            Metric::ALL.iter().map(|metric| Measured::Metric(*metric)).collect();
        for row in rows {
            if matches!(row.metric, Measured::Slope { .. }) && !measured.contains(&row.metric) {
                measured.push(row.metric.clone());
            }
        }
        measured.iter().filter_map(|measured| self.group(measured, rows)).collect()
    }

    fn group(&self, measured: &Measured, rows: &[&EvidenceRow]) -> Option<MetricView> {
        let of_metric: Vec<&&EvidenceRow> =
            rows.iter().filter(|row| row.metric == *measured).collect();
        let row = |row: &&&EvidenceRow| {
            Some(PlotRow {
                program: row.program(),
                build: row.build(),
                svg: self.svg(row)?,
                words: row.with_on_top(&self.first).headline()?,
                absolute: row.absolute(),
                finding: row.finding_in_short(),
            })
        };
        let plotted: Vec<PlotRow> = of_metric.iter().filter_map(row).collect();
        let title = of_metric.first()?.subject();
        (!plotted.is_empty()).then_some(MetricView { title, rows: plotted })
    }

    /// What is no ratio, once however many claims look at it.
    fn counted(&self, rows: &[&EvidenceRow]) -> Vec<CountView> {
        let mut seen: Vec<&EvidenceRow> = Vec::new();
        for row in rows.iter().filter(|row| is_count(row)) {
            if !seen.iter().any(|known| same_thing(known, row)) {
                seen.push(row);
            }
        }
        seen.into_iter().map(|row| counted(&row.with_on_top(&self.first))).collect()
    }
}

fn mark(row: &EvidenceRow, first: &str) -> Option<Mark> {
    let ratio = row.ratio.filter(|ratio| row.scale == Scale::Ratio && *ratio > 0.0)?;
    let mark = Mark {
        ratio,
        low: row.low,
        high: row.high,
        exact: row.level.is_none() && row.is_decided(),
        margin: row.margin.unwrap_or(1.0),
        class: match &row.favours {
            Some(side) if side.as_str() == first => "favours-first",
            Some(_) => "favours-second",
            None => "favours-none",
        },
        pairs: row.pair_ratios.clone(),
        words: row.headline()?,
    };
    // Of variants neither may be the first: then the one on top stays there.
    Some(if row.denominator.as_str() == first { mark.mirrored() } else { mark })
}

fn is_count(row: &EvidenceRow) -> bool {
    row.scale == Scale::Difference
        && !row.values.0.is_empty()
        && !matches!(row.finding, Shown::NotRun | Shown::NotComparable)
}

fn counted(row: &EvidenceRow) -> CountView {
    CountView {
        subject: row.subject(),
        place: row.place(),
        absolute: row.absolute(),
        finding: row.comparison().unwrap_or_else(|| row.finding_words()),
    }
}

/// Whether two claims looked at the same thing with the same margin.
fn same_cell(one: &EvidenceRow, other: &EvidenceRow) -> bool {
    same_thing(one, other) && one.margin == other.margin && one.floor == other.floor
}

fn same_thing(one: &EvidenceRow, other: &EvidenceRow) -> bool {
    one.experiment == other.experiment
        && one.case == other.case
        && one.metric == other.metric
        && one.profile == other.profile
        && one.tier == other.tier
}
