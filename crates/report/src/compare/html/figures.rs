//! Metrics in figures: what each side came to by itself.

use serde::Serialize;

use crate::compare::document::{CompareDocument, MetricRow};

/// One metric of two sides.
#[derive(Serialize)]
pub(super) struct FigureView {
    metric: String,
    basis: Vec<String>,
    sides: Vec<SideView>,
}

#[derive(Serialize)]
struct SideView {
    side: String,
    median: String,
    mostly: Option<String>,
    by_place: Vec<String>,
    failed: Option<String>,
}

pub(super) fn of(document: &CompareDocument) -> Vec<FigureView> {
    let figure = |row: &MetricRow| FigureView {
        metric: document.full_label(row),
        basis: row.basis().into_iter().chain([row.margin_words()]).collect(),
        sides: [&row.numerator, &row.denominator]
            .into_iter()
            .filter_map(|side| side_view(row, side))
            .collect(),
    };
    document.metrics.iter().map(figure).collect()
}

fn side_view(row: &MetricRow, side: &model::SideName) -> Option<SideView> {
    let median = row.values.of(side)?;
    let places = row.by_position.of(side).into_iter().flatten();
    let failed = row.voids.of(side).filter(|voids| **voids > 0);
    Some(SideView {
        side: side.to_string(),
        median: row.quantity(*median),
        mostly: row
            .spread
            .of(side)
            .map(|[low, high]| format!("{} to {}", row.quantity(*low), row.quantity(*high))),
        by_place: places.map(|(_, median)| row.quantity(*median)).collect(),
        failed: failed.map(|voids| format!("{voids} failed")),
    })
}
