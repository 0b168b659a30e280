//! The document of `evenhand load`: what was asked of a server, what became of
//! it, and whether the figures can be believed.
//!
//! [`LoadDocument`] is the one view; [`LoadDocument::text`] fits a screen,
//! [`LoadDocument::markdown`] an issue, [`LoadDocument::json`] a program,
//! [`LoadDocument::html`] a reader. What makes figures invalid is found before;
//! here it is said first.

mod curve;
mod document;
mod html;
mod input;
mod json;
mod markdown;
mod rows;
mod text;
mod words;

pub use document::{LoadDocument, SCHEMA};
pub use input::{LoadInput, SelfChecked, Step};
pub use rows::{
    AskedRow, CapacityRow, CountsRow, ErrorsRow, GeneratorRow, InterferenceRow, LittleRow,
    QuantilesRow, RatesRow, SelfCheckRow, ServerRow, SliceRow, StepRow,
};
pub use words::cell as milliseconds;
