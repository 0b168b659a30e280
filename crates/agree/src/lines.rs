//! Outputs as lines: in their order, or as a multiset.

use std::cmp::Ordering;

use crate::difference::{Difference, Has};
use crate::excerpt::{Excerpt, common_prefix};

/// The first line, in order, that is not the same.
pub(crate) fn first_in_order(reference: &[u8], other: &[u8]) -> Option<Difference> {
    if reference == other {
        return None;
    }
    let at = common_prefix(reference, other);
    let common = &reference[..at];
    let start = common.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let newlines = common.iter().filter(|&&byte| byte == b'\n').count();
    let has = |output: &[u8]| {
        if start == output.len() {
            return Has::Nothing;
        }
        let end = output[start..].iter().position(|&byte| byte == b'\n');
        let line = &output[start..end.map_or(output.len(), |end| start + end + 1)];
        Has::Text(Excerpt::around(line, at - start))
    };
    Some(Difference::Line {
        number: newlines as u64 + 1,
        column: (at - start) as u64 + 1,
        reference: has(reference),
        other: has(other),
    })
}

/// The first line, by its bytes, that is not there equally often.
pub(crate) fn first_in_multiset(reference: &[u8], other: &[u8]) -> Option<Difference> {
    if reference == other {
        return None;
    }
    first_unequal(&sorted(reference), &sorted(other))
}

/// The first line, by its bytes, that only one of them has.
pub(crate) fn first_in_set(reference: &[u8], other: &[u8]) -> Option<Difference> {
    let unique = |output| {
        let mut lines = sorted(output);
        lines.dedup();
        lines
    };
    first_unequal(&unique(reference), &unique(other))
}

fn first_unequal(reference: &[&[u8]], other: &[&[u8]]) -> Option<Difference> {
    let same = reference.iter().zip(other).take_while(|(a, b)| a == b).count();
    let line = match (reference.get(same), other.get(same)) {
        (None, None) => return None,
        (Some(a), Some(b)) if a.cmp(b) == Ordering::Less => *a,
        (Some(_), Some(b)) => *b,
        (Some(only), None) | (None, Some(only)) => *only,
    };
    Some(Difference::Occurrences {
        line: Excerpt::around(line, 0),
        reference: occurrences(reference, line),
        other: occurrences(other, line),
    })
}

/// The lines without their newlines, sorted by their bytes.
pub(crate) fn sorted(output: &[u8]) -> Vec<&[u8]> {
    if output.is_empty() {
        return Vec::new();
    }
    let body = output.strip_suffix(b"\n").unwrap_or(output);
    let mut lines: Vec<&[u8]> = body.split(|&byte| byte == b'\n').collect();
    lines.sort_unstable();
    lines
}

fn occurrences(sorted: &[&[u8]], line: &[u8]) -> u64 {
    let before = sorted.partition_point(|&other| other < line);
    let through = sorted.partition_point(|&other| other <= line);
    (through - before) as u64
}
