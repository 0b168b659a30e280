//! A difference in at most a screenful, for people: [`unified`] for lines in
//! their order, [`apart`] for unordered ones, [`values`] for JSON. No diff crate:
//! only the first place is shown, found by one pass over outputs of any size, and
//! lines are alike within a tolerance, which an equality with a hash cannot say.

mod apart;
mod line;
mod unified;
mod values;

use crate::{Rule, Tolerance};

/// A side by its name, with what it wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side<'a> {
    /// The name that is shown.
    pub name: &'a str,
    /// Its output.
    pub output: &'a [u8],
}

impl Side<'_> {
    /// The name, and that there is no output.
    fn title(&self) -> String {
        format!("{}{}", self.name, if self.output.is_empty() { " (empty)" } else { "" })
    }
}

/// Differences that are shown of many.
const SHOWN: usize = 5;

/// The last line where there is more than is shown.
const MORE: &str = "… more differences follow";

pub(crate) fn shown(
    rule: Rule,
    tolerance: Option<Tolerance>,
    reference: Side<'_>,
    other: Side<'_>,
) -> Option<String> {
    let body = match rule {
        Rule::Bytes => unified::body(reference.output, other.output, tolerance)?,
        Rule::SortedLines | Rule::Set => apart::body(rule, tolerance, reference, other)?,
        Rule::Json => values::body(reference.output, other.output, tolerance)?,
    };
    Some(format!("--- {}\n+++ {}\n{}", reference.title(), other.title(), body.join("\n")))
}

/// Tells that lines are left out, if there are more than `shown`.
fn left_out(lines: usize, shown: usize) -> Option<String> {
    let more = lines.saturating_sub(shown);
    let plural = if more == 1 { "" } else { "s" };
    (more > 0).then(|| format!("… {more} more line{plural}"))
}
