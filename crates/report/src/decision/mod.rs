//! A decision: the recommendation in plain words first, then what it stands on.
//!
//! [`DecisionDocument`] is the one view; [`DecisionDocument::text`] fits a
//! screen, [`DecisionDocument::adr`] is a record after MADR 4 whose
//! Confirmation `check` reads again, [`DecisionDocument::html`] is for a reader,
//! [`DecisionDocument::json`] for a program. [`DecisionDocument::why`] says more of one option, [`Changed`] holds two decisions
//! against each other, [`PresetsDocument`] lists what comes with a pack,
//! [`RecordDocument`] is what became of a record's reasons.

mod adr;
mod changed;
mod document;
mod html;
mod illustration;
mod input;
mod json;
mod presets;
mod prompt;
mod record;
mod rows;
mod text;
mod why;
mod words;

pub use changed::Changed;
pub use document::{DecisionDocument, SCHEMA};
pub use illustration::illustration;
pub use input::{ClaimSaid, DecisionInput};
pub use presets::{PresetOption, PresetRow, PresetsDocument};
pub use prompt::prompt;
pub use record::{RecordDocument, RecordInput, WatchRow};
pub use rows::{
    AtRow, BoundaryRow, CriterionRow, EvidenceRow, FlipRow, MetRow, MustRow, NextRow, OfCriterion,
    OptionRow, RelaxRow, ValueRow,
};
