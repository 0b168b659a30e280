//! Bytes in, agreement out: do two programs give the same answer, and if not,
//! where do they part first?
//!
//! [`Terms`] say what makes outputs the same: a [`Rule`], how far numbers may
//! lie apart, and what is replaced before. [`agree`] and [`Terms::agree`] hand
//! over [`Agreement`], whose [`Difference`] reads well with the names of the
//! sides put in; [`Terms::diff`] shows the place in a few lines.
//! [`fingerprint`] condenses an output so that each later run can be held
//! against the one agreed on: under one rule, outputs that agree have equal
//! fingerprints. [`sizes`] and [`endings`] compare what is beside an output.
//! Running programs, and what follows from a disagreement, is left to the
//! caller.

mod diff;
mod difference;
mod ending;
mod excerpt;
mod json;
mod lines;
mod near;
mod number;
mod place;
mod reading;
mod sizes;
mod terms;

pub use diff::Side;
pub use difference::{Difference, Has};
pub use ending::{Ending, endings};
pub use excerpt::Excerpt;
pub use number::Tolerance;
pub use sizes::{SideSize, SizesDiffer, sizes};
pub use terms::{Normalise, PatternError, Terms};

use sha2::{Digest, Sha256};

/// What makes two outputs the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Byte for byte.
    Bytes,
    /// As a multiset of lines; a newline at the very end does not count.
    SortedLines,
    /// As a set of lines: how often each stands there does not count.
    Set,
    /// As one JSON value: the order of an object's members and the spelling of
    /// a number are free, the order of an array is not. Numbers are the same
    /// if they are the same integer of 64 bits or the same double. A member
    /// named twice is not accepted as JSON.
    Json,
}

/// What a program answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// All of its standard output.
    pub stdout: &'a [u8],
    /// The exit code it ended with.
    pub exit: i32,
}

/// Whether two answers are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    /// They are.
    Same,
    /// They are not, and this is where they part first.
    Differ(Difference),
}

/// Compares two answers, exit codes first. Memory beyond the answers
/// themselves: none under [`Rule::Bytes`], a slice a line under
/// [`Rule::SortedLines`] and [`Rule::Set`], both values under [`Rule::Json`].
pub fn agree(rule: Rule, reference: &Answer<'_>, other: &Answer<'_>) -> Agreement {
    Terms::from(rule).agree(reference, other)
}

/// SHA-256 of the bytes, of the sorted lines each ended by a newline (under
/// [`Rule::Set`] each once), or of the JSON value written without spaces,
/// members sorted by name, integers plain and other numbers with an exponent
/// (`5e-1`). Output that should be JSON and is not has a fingerprint no JSON
/// value has.
pub fn fingerprint(rule: Rule, stdout: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    match rule {
        Rule::Bytes => hash.update(stdout),
        Rule::SortedLines => feed(&mut hash, &lines::sorted(stdout)),
        Rule::Set => feed(&mut hash, &lines::distinct(stdout)),
        Rule::Json => match json::Json::parse(stdout) {
            Ok(value) => value.feed(&mut |bytes| hash.update(bytes)),
            Err(_) => {
                // No JSON text begins so, hence the two kinds cannot meet.
                hash.update(b"not JSON\n");
                hash.update(stdout);
            }
        },
    }
    hash.finalize().into()
}

fn feed(hash: &mut Sha256, lines: &[&[u8]]) {
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
}
