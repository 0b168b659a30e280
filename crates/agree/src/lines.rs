//! Outputs as lines: without an order, as a multiset or as a set.

use std::cmp::Ordering;

use crate::difference::Difference;
use crate::excerpt::Excerpt;

/// The first line, by its bytes, that is not there equally often.
pub(crate) fn first_in_multiset(reference: &[u8], other: &[u8]) -> Option<Difference> {
    if reference == other {
        return None;
    }
    first_unequal(&sorted(reference), &sorted(other))
}

/// The first line, by its bytes, that only one of them has.
pub(crate) fn first_in_set(reference: &[u8], other: &[u8]) -> Option<Difference> {
    if reference == other {
        return None;
    }
    first_unequal(&distinct(reference), &distinct(other))
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

/// Lines without a counterpart.
#[derive(Default)]
pub(crate) struct Apart<'a> {
    pub(crate) reference: Vec<&'a [u8]>,
    pub(crate) other: Vec<&'a [u8]>,
}

/// Of two sorted lists of lines, what only one has.
pub(crate) fn apart<'a>(reference: &[&'a [u8]], other: &[&'a [u8]]) -> Apart<'a> {
    let mut apart = Apart::default();
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (reference.get(i), other.get(j)) {
        let order = a.cmp(b);
        if order == Ordering::Less {
            apart.reference.push(a);
        }
        if order == Ordering::Greater {
            apart.other.push(b);
        }
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    apart.reference.extend(&reference[i..]);
    apart.other.extend(&other[j..]);
    apart
}

/// The lines without their newlines, in their order.
pub(crate) fn all(output: &[u8]) -> impl Iterator<Item = &[u8]> {
    let body = output.strip_suffix(b"\n").unwrap_or(output);
    let lines = (!output.is_empty()).then(|| body.split(|&byte| byte == b'\n'));
    lines.into_iter().flatten()
}

/// The same lines, sorted by their bytes.
pub(crate) fn sorted(output: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = all(output).collect();
    lines.sort_unstable();
    lines
}

/// Each of them once.
pub(crate) fn distinct(output: &[u8]) -> Vec<&[u8]> {
    let mut lines = sorted(output);
    lines.dedup();
    lines
}

/// How often a line is among sorted ones.
pub(crate) fn occurrences(sorted: &[&[u8]], line: &[u8]) -> u64 {
    let before = sorted.partition_point(|&other| other < line);
    let through = sorted.partition_point(|&other| other <= line);
    (through - before) as u64
}
