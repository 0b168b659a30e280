//! The document of `evenhand compare`: whether two programs or more do the
//! same, and if so how they differ in what it costs.
//!
//! [`CompareDocument`] is the one view; [`CompareDocument::text`] fits a
//! screen, [`CompareDocument::markdown`] an issue, [`CompareDocument::json`]
//! and [`CompareDocument::csv`] a program, [`CompareDocument::html`] a reader.
//! The contract's first side is the denominator of every ratio.

mod answers;
mod csv;

mod document;
pub(crate) mod effects;
mod html;

mod input;
mod json;
mod markdown;

mod text;
mod words;

pub use document::{
    AllowedRow, AnswersRow, CaseRow, CompareDocument, EffectRow, MeasuredIn, MetricRow, ProgramRow,
    SCHEMA, SideRow, WithheldRow,
};
pub use input::CompareInput;
