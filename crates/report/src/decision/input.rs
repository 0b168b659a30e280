//! What a decision's document is made of.

use std::collections::BTreeMap;

use decide::{Recommendation, Terms};
use jiff::civil::Date;
use model::decision::Found;
use model::{ClaimId, Decision, SideName, Verdict};

/// Everything that the document shows.
#[derive(Debug, Clone, Copy)]
pub struct DecisionInput<'a> {
    /// What is decided.
    pub decision: &'a Decision,
    /// What the store has of it.
    pub found: &'a Found,
    /// What came of both.
    pub recommendation: &'a Recommendation,
    /// By what.
    pub terms: &'a Terms,
    /// Names of options for people, such as `Rust` for `rust`.
    pub titles: &'a BTreeMap<SideName, String>,
    /// What the comparison says of the claims that are cited.
    pub claims: &'a BTreeMap<ClaimId, ClaimSaid>,
    /// One place for each evidence: the command that would measure it.
    pub commands: &'a [Option<String>],
    /// The day on which it is decided.
    pub as_of: Date,
    /// SHA-256 of the decision's values, in hex.
    pub hash: &'a str,
    /// The decision's file, as it was given.
    pub file: &'a str,
    /// Evenhand's version.
    pub version: &'a str,
}

/// What was seen of a claim, here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimSaid {
    /// What was concluded; none where it was not run here.
    pub verdict: Option<Verdict>,
    /// The day of the run.
    pub day: Option<Date>,
}
