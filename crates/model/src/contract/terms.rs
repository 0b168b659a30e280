//! What makes two programs do the same.

use std::path::PathBuf;

use crate::{AnswerRule, Effect};

/// What makes answers the same.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerTerms {
    /// How standard output is compared.
    pub rule: AnswerRule,
    /// How far numbers may lie apart; `None`: not at all.
    pub tolerance: Option<Tolerance>,
    /// Replacements made in every output before it is compared, in order.
    pub normalise: Vec<Normalise>,
    /// Whether exit codes have to be the same.
    pub exit: bool,
    /// Whether the programs have to end alike when nobody reads on.
    pub closed_pipe: bool,
    /// The largest output may be this many times the smallest; `None`: not asked.
    pub size_within: Option<f64>,
    /// How outputs are read back by every side; `None`: they are not.
    pub cross_decode: Option<CrossDecode>,
    /// Files that the programs write, relative to the working directory,
    /// compared like standard output.
    pub files: Vec<PathBuf>,
}

/// How far two numbers may lie apart: either will do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Of the larger of the two.
    pub relative: f64,
    /// In itself.
    pub absolute: f64,
}

/// A replacement of what differs from run to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalise {
    /// A regular expression.
    pub pattern: String,
    /// What its matches become; `$1` is the first group.
    pub replacement: String,
}

/// Every side reads what every side has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossDecode {
    /// Arguments that make a program decode its standard input.
    pub args: Vec<String>,
    /// What has to come out.
    pub gives: Decoded,
}

named! {
    /// What a decoded output has to be.
    pub enum Decoded ("decoded output") {
        /// What the case fed to standard input.
        Input = "input",
        /// The same for every pair of sides.
        Same = "same",
    }
}

/// What makes side effects the same.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectTerms {
    /// Whether they are looked at.
    pub look: bool,
    /// By how much counts may lie apart, as a factor of at least 1.
    pub factor: f64,
    /// Bytes that may lie between two numbers of bytes.
    pub bytes: u64,
}

/// Something unlike that is let pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// An [`Effect`], or the name of a case whose answers differ.
    pub name: String,
    /// Why it may pass.
    pub reason: String,
}

impl Default for AnswerTerms {
    fn default() -> Self {
        Self {
            rule: AnswerRule::Bytes,
            tolerance: None,
            normalise: Vec::new(),
            exit: true,
            closed_pipe: false,
            size_within: None,
            cross_decode: None,
            files: Vec::new(),
        }
    }
}

impl Default for EffectTerms {
    fn default() -> Self {
        Self { look: true, factor: 1.10, bytes: 4096 }
    }
}

impl Allowance {
    /// The effect that is let pass, if it is one.
    pub fn effect(&self) -> Option<Effect> {
        self.name.parse().ok()
    }
}
