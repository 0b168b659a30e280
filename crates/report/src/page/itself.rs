//! Each side against itself, as `itself.html` shows it.

use model::Metric;
use serde::Serialize;

use crate::quantity::ratio;
use crate::verify::SelfCheckRow;
use crate::verify::words::{checked, metric_title, told_apart};

#[derive(Serialize)]
pub(crate) struct CheckView {
    workload: String,
    metric: String,
    side: String,
    ratio: String,
    apart: String,
}

/// A row a check.
pub(crate) fn rows(checks: &[SelfCheckRow]) -> Vec<CheckView> {
    let rows = checks.iter().map(|check| CheckView {
        workload: checked(check),
        metric: match check.metric {
            Metric::Own(name) => name.to_string(),
            known => metric_title(known),
        },
        side: check.side.to_string(),
        ratio: match (check.low, check.high) {
            (Some(low), Some(high)) => {
                format!("{}x ({} to {})", ratio(check.ratio), ratio(low), ratio(high))
            }
            _ => format!("{}x", ratio(check.ratio)),
        },
        apart: told_apart(check).unwrap_or_else(|| "unknown".to_owned()),
    });
    rows.collect()
}
