//! Outputs as lines in their order: the first place where two part.

use crate::Tolerance;
use crate::difference::{Difference, Has};
use crate::excerpt::{Excerpt, common_prefix};
use crate::reading::parting;

/// A line and a byte within it, in each of two outputs.
pub(crate) struct Place<'a> {
    /// Lines before it; as many in one as in the other.
    pub(crate) lines: usize,
    /// Bytes of the reference before that line, and of that line before the place.
    pub(crate) reference: (usize, usize),
    /// The same of the other.
    pub(crate) other: (usize, usize),
    outputs: (&'a [u8], &'a [u8]),
}

impl<'a> Place<'a> {
    /// The first line that is not like the other's; without a tolerance, that is
    /// not the same.
    pub(crate) fn first(
        reference: &'a [u8],
        other: &'a [u8],
        tolerance: Option<Tolerance>,
    ) -> Option<Self> {
        if reference == other {
            return None;
        }
        let common = &reference[..common_prefix(reference, other)];
        let start = common.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let mut lines = newlines(&common[..start]);
        let (mut i, mut j) = (start, start);
        loop {
            let (a, b) = (first_line(&reference[i..]), first_line(&other[j..]));
            if a.is_empty() && b.is_empty() {
                return None;
            }
            if let Some(at) = part(a, b, tolerance) {
                let outputs = (reference, other);
                return Some(Self { lines, reference: (i, at.0), other: (j, at.1), outputs });
            }
            lines += 1;
            (i, j) = (i + a.len(), j + b.len());
        }
    }

    pub(crate) fn difference(&self) -> Difference {
        let has = |output: &[u8], (start, at): (usize, usize)| match first_line(&output[start..]) {
            b"" => Has::Nothing,
            line => Has::Text(Excerpt::around(line, at)),
        };
        Difference::Line {
            number: self.lines as u64 + 1,
            column: self.reference.1 as u64 + 1,
            reference: has(self.outputs.0, self.reference),
            other: has(self.outputs.1, self.other),
        }
    }
}

/// Where two lines part, newlines included, of which at most one is empty: an
/// output that has come to its end is not like any line.
pub(crate) fn part(a: &[u8], b: &[u8], tolerance: Option<Tolerance>) -> Option<(usize, usize)> {
    match tolerance {
        _ if a == b => None,
        Some(tolerance) => parting(a, b, tolerance),
        None => {
            let at = common_prefix(a, b);
            Some((at, at))
        }
    }
}

/// The first line with its newline, empty if there is none.
pub(crate) fn first_line(output: &[u8]) -> &[u8] {
    let newline = output.iter().position(|&byte| byte == b'\n');
    newline.map_or(output, |newline| &output[..=newline])
}

pub(crate) fn newlines(output: &[u8]) -> usize {
    output.iter().filter(|&&byte| byte == b'\n').count()
}
