//! The document of `evenhand verify`: every sentence with its verdict and the
//! evidence it stands on.
//!
//! [`VerifyDocument`] is the one view; [`VerifyDocument::text`] fits a
//! terminal, [`VerifyDocument::markdown`] an issue or a pull request,
//! [`VerifyDocument::json`] a program, [`VerifyDocument::html`] a reader, and
//! [`VerifyDocument::edition`] a reader where no page can go.

mod attempts;
mod classes;
mod document;
mod edition;
mod html;
mod input;
mod json;
mod lineup;
mod markdown;
mod square;
mod text;
mod tone;
pub(crate) mod words;

pub use crate::page::PageError;
pub use classes::{ClassRow, ClassesRow};
pub use document::{
    AttemptRow, BySide, ClaimRow, CoverageCounts, EvidenceRow, Measured, RunHead, SCHEMA,
    SelfCheckRow, Shown, SourceRow, VerifyDocument,
};
pub use input::{RunView, VerifyInput};
pub use lineup::{ByMetric, LineupRow, ProgramRow};
