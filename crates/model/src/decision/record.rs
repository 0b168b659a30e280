//! What a record of a decision promises to look at again.

use jiff::civil::Date;

use crate::{PartId, SideName};

/// The machine-readable part of a record: what was decided, and what would
/// have to be decided again.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The decision's file, relative to the record.
    pub decision: String,
    /// SHA-256 of its values, as they were.
    pub hash: String,
    /// When it was decided.
    pub decided: Date,
    /// From when on its reasons have to be looked at again.
    pub expires: Date,
    /// The outcome, such as `choose`.
    pub outcome: String,
    /// What was taken, if anything.
    pub choice: Option<String>,
    /// What would turn it.
    pub watches: Vec<Watch>,
}

impl Record {
    /// What begins the fence in which it stands; the number is the version of its form.
    pub const FENCE: &str = "```toml evenhand-decision-1";
}

/// Something that would turn a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// What it is.
    pub kind: WatchKind,
    /// The criterion, or the must.
    pub of: String,
    /// Of evidence: under which option.
    pub option: Option<SideName>,
    /// Of evidence: at which component.
    pub component: Option<PartId>,
    /// Points or the typical value when it was decided.
    pub was: Option<f64>,
    /// Where it turns.
    pub at: Option<f64>,
    /// Of points: those of all other criteria together, when it was decided.
    pub others: Option<f64>,
    /// To which options.
    pub to: Vec<String>,
}

named! {
    /// What may turn a decision.
    pub enum WatchKind ("kind of watch") {
        /// Swing points.
        Weight = "weight",
        /// A value.
        Evidence = "evidence",
        /// A must that keeps options out.
        Must = "must",
    }
}
