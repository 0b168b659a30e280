//! What two outputs have to fulfil to be the same answer.

use std::borrow::Cow;

use regex::bytes::{Regex, RegexBuilder};

use crate::ending::{Ending, endings};
use crate::place::Place;
use crate::{
    Agreement, Answer, Difference, Rule, Side, Tolerance, diff, fingerprint, json, lines, near,
};

/// What makes outputs the same.
///
/// With a tolerance, "the same" is no longer transitive, and:
///
/// - under [`Rule::Bytes`] each line has to be like the line at its place: the
///   text between numbers equal, the numbers near enough;
/// - under [`Rule::SortedLines`] the lines are sorted by their text with the
///   numbers left blank, then by the numbers (those that are whole in every
///   such line first), and each has to be like the line at its place;
/// - under [`Rule::Set`] each line, in that order, has to be like one of the
///   two lines of the other output that it would stand between;
/// - under [`Rule::Json`] numbers anywhere in the value have to be near enough.
///
/// In a line, a number is a decimal one with or without sign, fraction and
/// exponent, a unit such as `ms` after it or not. Its spelling is free: `1` is
/// `1.0` is `+1e0`. Digits within a word or between dots (`x86`, `0x1f`,
/// `1h30m`, `1.2.3`) are text, and so are `NaN`, `inf`, and numbers that
/// neither an integer of 128 bits nor a double holds: they have to be equal.
#[derive(Debug, Clone)]
pub struct Terms {
    /// How outputs are compared.
    pub rule: Rule,
    /// How far numbers may lie apart; `None`: not at all, spelling included
    /// (except under [`Rule::Json`]).
    pub tolerance: Option<Tolerance>,
    /// Replacements made in every output before anything else, in order.
    pub normalise: Vec<Normalise>,
}

/// A replacement of what differs from run to run.
#[derive(Debug, Clone)]
pub struct Normalise {
    pattern: Regex,
    replacement: Vec<u8>,
}

/// A pattern that cannot be searched for.
#[derive(Debug, Clone, thiserror::Error)]
#[error("`{pattern}` is not a regular expression: {reason}")]
pub struct PatternError {
    /// As it was given.
    pub pattern: String,
    /// What is wrong with it.
    pub reason: regex::Error,
}

impl Normalise {
    /// All matches of `pattern` become `replacement`, in which `$1` or `${1}` is
    /// the first group and `$$` a dollar sign. `^` and `$` match at every line.
    pub fn new(pattern: &str, replacement: &str) -> Result<Self, PatternError> {
        let compiled = RegexBuilder::new(pattern).multi_line(true).build();
        let pattern =
            compiled.map_err(|reason| PatternError { pattern: pattern.to_owned(), reason })?;
        Ok(Self { pattern, replacement: replacement.as_bytes().to_vec() })
    }

    fn apply<'a>(&self, output: &'a [u8]) -> Cow<'a, [u8]> {
        self.pattern.replace_all(output, self.replacement.as_slice())
    }
}

impl From<Rule> for Terms {
    /// Exactly the rule.
    fn from(rule: Rule) -> Self {
        Self { rule, tolerance: None, normalise: Vec::new() }
    }
}

impl Terms {
    /// Compares two answers, exit codes first.
    pub fn agree(&self, reference: &Answer<'_>, other: &Answer<'_>) -> Agreement {
        endings(Ending::Exited(reference.exit), Ending::Exited(other.exit))
            .or_else(|| self.difference(reference.stdout, other.stdout))
            .map_or(Agreement::Same, Agreement::Differ)
    }

    /// Where two outputs part first, if they do.
    pub fn difference(&self, reference: &[u8], other: &[u8]) -> Option<Difference> {
        let (reference, other) = (&*self.normalised(reference), &*self.normalised(other));
        match (self.rule, self.tolerance) {
            (Rule::Bytes, tolerance) => {
                Place::first(reference, other, tolerance).map(|place| place.difference())
            }
            (Rule::SortedLines, None) => lines::first_in_multiset(reference, other),
            (Rule::Set, None) => lines::first_in_set(reference, other),
            (Rule::SortedLines | Rule::Set, Some(tolerance)) => {
                near::first(self.rule, reference, other, tolerance)
            }
            (Rule::Json, tolerance) => json::first(reference, other, tolerance),
        }
    }

    /// What every output that agrees with this one has in common with it; see
    /// [`fingerprint`](crate::fingerprint). `None` with a tolerance, under which
    /// nothing is common to all.
    pub fn fingerprint(&self, output: &[u8]) -> Option<[u8; 32]> {
        let exact = self.tolerance.is_none();
        exact.then(|| fingerprint(self.rule, &self.normalised(output)))
    }

    /// The difference of two outputs in at most a screenful, `None` if there is
    /// none. The outputs are shown as they were compared, after replacements,
    /// with everything escaped that a terminal would not print.
    ///
    /// Under [`Rule::Bytes`] the first place where they part, in the manner of a
    /// unified diff (lines that are near enough as the reference has them); under the rules for unordered lines the first lines that
    /// only one has; under [`Rule::Json`] the first paths with both values.
    pub fn diff(&self, reference: Side<'_>, other: Side<'_>) -> Option<String> {
        let (a, b) = (self.normalised(reference.output), self.normalised(other.output));
        let reference = Side { output: &a, ..reference };
        let other = Side { output: &b, ..other };
        diff::shown(self.rule, self.tolerance, reference, other)
    }

    /// The output after all replacements.
    fn normalised<'a>(&self, output: &'a [u8]) -> Cow<'a, [u8]> {
        self.normalise.iter().fold(Cow::Borrowed(output), |output, normalise| match output {
            Cow::Borrowed(bytes) => normalise.apply(bytes),
            Cow::Owned(bytes) => match normalise.apply(&bytes) {
                Cow::Borrowed(_) => Cow::Owned(bytes),
                Cow::Owned(replaced) => Cow::Owned(replaced),
            },
        })
    }
}
