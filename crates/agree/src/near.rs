//! Unordered lines whose numbers may lie apart; what that means under each rule
//! is told at [`Terms`](crate::Terms). No pairing is tried out: the lines are
//! sorted, and each has one place (or two) to look at, so that large outputs are
//! compared in the time of sorting them.

use std::cmp::Ordering;

use crate::difference::{Difference, Has};
use crate::excerpt::Excerpt;
use crate::lines::{self, Apart};
use crate::number::Number;
use crate::reading::Reading;
use crate::{Rule, Tolerance};

/// The first lines without a counterpart.
pub(crate) fn first(
    rule: Rule,
    reference: &[u8],
    other: &[u8],
    tolerance: Tolerance,
) -> Option<Difference> {
    let apart = apart(rule, reference, other, tolerance);
    let has = |lines: &[&[u8]]| {
        lines.first().map_or(Has::Nothing, |line| Has::Text(Excerpt::around(line, 0)))
    };
    let differ = !apart.reference.is_empty() || !apart.other.is_empty();
    let (reference, other) = (has(&apart.reference), has(&apart.other));
    differ.then_some(Difference::Unmatched { reference, other })
}

/// The lines without a counterpart near enough, sorted as they were compared.
pub(crate) fn apart<'a>(
    rule: Rule,
    reference: &'a [u8],
    other: &'a [u8],
    tolerance: Tolerance,
) -> Apart<'a> {
    let mut apart = Apart::default();
    if reference == other {
        return apart;
    }
    let (mut all, mut all_other) = (readings(reference), readings(other));
    let (mut a, mut b) = (&mut all[..], &mut all_other[..]);
    while let Some(text) = smallest(a, b) {
        let (of_a, rest_a) = a.split_at_mut(a.partition_point(|reading| reading.text <= text));
        let (of_b, rest_b) = b.split_at_mut(b.partition_point(|reading| reading.text <= text));
        let columns = sort(of_a, of_b);
        match rule {
            Rule::Set => {
                apart.reference.extend(strangers(of_a, of_b, &columns, tolerance));
                apart.other.extend(strangers(of_b, of_a, &columns, tolerance));
            }
            _ => pair((of_a, of_b), &columns, tolerance, &mut apart),
        }
        (a, b) = (rest_a, rest_b);
    }
    apart
}

/// The lines sorted by their text.
fn readings(output: &[u8]) -> Vec<Reading<'_>> {
    let mut readings: Vec<Reading<'_>> = lines::all(output).map(Reading::of).collect();
    readings.sort_unstable_by(|a, b| a.text.cmp(&b.text));
    readings
}

/// The smallest text that is left.
fn smallest(a: &[Reading<'_>], b: &[Reading<'_>]) -> Option<Vec<u8>> {
    let texts = a.first().into_iter().chain(b.first()).map(|reading| &reading.text);
    texts.min().cloned()
}

/// Sorts lines of one text by their numbers. Those that are whole in all lines
/// go first: they name things, where the others are measured and computed.
/// Hands over the order in which the numbers count.
fn sort(a: &mut [Reading<'_>], b: &mut [Reading<'_>]) -> Vec<usize> {
    let numbers = a.iter().chain(b.iter()).map(|reading| &reading.numbers);
    let mut columns: Vec<(bool, usize)> = Vec::new();
    for numbers in numbers {
        columns.resize_with(numbers.len(), Default::default);
        for (column, number) in columns.iter_mut().zip(numbers) {
            column.0 |= !number.is_integer();
        }
    }
    for (index, column) in columns.iter_mut().enumerate() {
        column.1 = index;
    }
    columns.sort_unstable();
    let columns: Vec<usize> = columns.into_iter().map(|(_, index)| index).collect();
    let by_number = |a: &Reading<'_>, b: &Reading<'_>| rank(&columns, &a.numbers, &b.numbers);
    a.sort_unstable_by(by_number);
    b.sort_unstable_by(by_number);
    columns
}

fn rank(columns: &[usize], a: &[Number], b: &[Number]) -> Ordering {
    let mut orders = columns.iter().map(|&column| a[column].order(&b[column]));
    orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

fn are_near(a: &Reading<'_>, b: &Reading<'_>, tolerance: Tolerance) -> bool {
    a.numbers.iter().zip(&b.numbers).all(|(a, b)| tolerance.allows(*a, *b))
}

/// Takes both lists line by line. Of two lines that are not near, the smaller is
/// alone; hence none is just when the lists are near from place to place.
fn pair<'a>(
    (a, b): (&[Reading<'a>], &[Reading<'a>]),
    columns: &[usize],
    tolerance: Tolerance,
    apart: &mut Apart<'a>,
) {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if are_near(x, y, tolerance) {
            (i, j) = (i + 1, j + 1);
        } else if rank(columns, &x.numbers, &y.numbers).is_lt() {
            apart.reference.push(x.line);
            i += 1;
        } else {
            apart.other.push(y.line);
            j += 1;
        }
    }
    apart.reference.extend(a[i..].iter().map(|reading| reading.line));
    apart.other.extend(b[j..].iter().map(|reading| reading.line));
}

/// The lines that are near to neither of the two that they would stand between.
fn strangers<'a>(
    lines: &[Reading<'a>],
    among: &[Reading<'_>],
    columns: &[usize],
    tolerance: Tolerance,
) -> impl Iterator<Item = &'a [u8]> {
    let mut place = 0;
    let is_stranger = move |reading: &&Reading<'a>| {
        let smaller = |other: &Reading<'_>| rank(columns, &other.numbers, &reading.numbers).is_lt();
        // Both lists are sorted: the place only moves on.
        place += among[place..].iter().take_while(|other| smaller(other)).count();
        let neighbours = &among[place.saturating_sub(1)..among.len().min(place + 1)];
        !neighbours.iter().any(|other| are_near(reading, other, tolerance))
    };
    lines.iter().filter(is_stranger).map(|reading| reading.line)
}
