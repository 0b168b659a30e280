//! Documents for people and programs. One folder a document, one view struct a
//! document, and its formats beside it: text for a terminal, Markdown, JSON, and
//! a page that is one file.
//!
//! Everything shown was judged before: this crate chooses words, units, order
//! and layout, and computes no estimate and no verdict. It prints nothing and
//! writes no file; the command line does, and decides about colour.

mod chart;
pub mod check;
pub mod compare;
mod comparison;
mod conceal;
pub mod decision;
pub mod defect;
pub mod history;
mod layout;
pub mod load;
mod markdown;
mod markup;
mod page;
mod place;
mod prose;
mod quantity;
mod screen;
pub mod show;
mod style;
pub mod verify;

pub use page::PageError;
pub use style::Style;
