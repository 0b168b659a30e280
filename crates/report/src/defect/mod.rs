//! Classes of mistakes: where each language catches them. A table of class by
//! gate by language for `verify --defects` and for the page, and one class with
//! its programs and what every tool said for `show`.
//!
//! No total, no share and no rank: the corpus is chosen, not sampled.

mod diff;
mod document;
pub(crate) mod html;
mod input;
mod json;
mod markdown;
mod show;
mod text;
mod words;

pub use document::{
    CellRow, DefectRow, DefectsDocument, EndingRow, GateRow, SkippedRow, TestRow, VariantRow,
};
pub use input::{DefectTexts, DefectsInput, texts};
pub use show::DefectDocument;

pub(crate) use input::rows;
