//! The document of `evenhand check`: whether what a contract says has to hold
//! does hold.
//!
//! [`CheckDocument`] is the one view; [`CheckDocument::text`] fits a log,
//! [`CheckDocument::markdown`] is the comment under a pull request that a bot
//! finds again by [`MARKER`], [`CheckDocument::json`] is for programs and
//! [`CheckDocument::junit`] for what shows tests. Answers and side effects are
//! told as `compare` tells them.

mod document;
mod input;
mod json;
mod junit;
mod markdown;
mod text;
mod words;

pub use document::{CheckDocument, ContractRow, Evidence, GuardRow, OverallAnswers, SCHEMA};
pub use input::{CheckInput, CheckPart, EvidenceFrom};
pub use markdown::MARKER;
