//! A line as text with numbers in it. What counts as a number is told at
//! [`Terms`](crate::Terms).

use crate::Tolerance;
use crate::excerpt::common_prefix;
use crate::number::Number;

/// A line taken apart.
pub(crate) struct Reading<'a> {
    pub(crate) line: &'a [u8],
    /// The line with a newline, which no line contains, for each number.
    pub(crate) text: Vec<u8>,
    pub(crate) numbers: Vec<Number>,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(line: &'a [u8]) -> Self {
        let mut reading = Self { line, text: Vec::new(), numbers: Vec::new() };
        let mut rest = 0;
        while let Some(found) = next(line, rest) {
            reading.text.extend(&line[rest..found.start]);
            reading.text.push(b'\n');
            reading.numbers.push(found.number);
            rest = found.end;
        }
        reading.text.extend(&line[rest..]);
        reading
    }
}

/// Where two lines are no longer alike: the byte in each.
pub(crate) fn parting(a: &[u8], b: &[u8], tolerance: Tolerance) -> Option<(usize, usize)> {
    if a == b {
        return None;
    }
    let (mut i, mut j) = (0, 0);
    loop {
        let (in_a, in_b) = (next(a, i), next(b, j));
        let text_a = &a[i..in_a.as_ref().map_or(a.len(), |found| found.start)];
        let text_b = &b[j..in_b.as_ref().map_or(b.len(), |found| found.start)];
        if text_a != text_b {
            let same = common_prefix(text_a, text_b);
            return Some((i + same, j + same));
        }
        match (in_a, in_b) {
            (None, None) => return None,
            (Some(x), Some(y)) if tolerance.allows(x.number, y.number) => (i, j) = (x.end, y.end),
            _ => return Some((i + text_a.len(), j + text_b.len())),
        }
    }
}

/// A number and where it stands.
struct Found {
    start: usize,
    end: usize,
    number: Number,
}

/// The next number from `from` on, a place where no word is cut.
fn next(line: &[u8], from: usize) -> Option<Found> {
    let mut start = from;
    while start < line.len() {
        if !may_start(line, start) {
            start += 1;
            continue;
        }
        let end = number_end(line, start);
        let number = str::from_utf8(&line[start..end]).ok().and_then(Number::parse);
        match number.filter(|_| may_end(line, end)) {
            Some(number) => return Some(Found { start, end, number }),
            None => start = end,
        }
    }
    None
}

fn at(line: &[u8], index: usize) -> u8 {
    line.get(index).copied().unwrap_or(b'\n')
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// At a digit, a sign or a dot that begins a number and is not part of a word
/// or of a number before.
fn may_start(line: &[u8], index: usize) -> bool {
    let digits = match line[index] {
        b'+' | b'-' if at(line, index + 1) == b'.' => index + 2,
        b'+' | b'-' | b'.' => index + 1,
        _ => index,
    };
    let before = if index == 0 { b'\n' } else { line[index - 1] };
    at(line, digits).is_ascii_digit() && !is_word(before) && before != b'.'
}

/// Where the number that begins at `start` ends, its unit not included.
fn number_end(line: &[u8], start: usize) -> usize {
    let digits = |mut index: usize| {
        while at(line, index).is_ascii_digit() {
            index += 1;
        }
        index
    };
    let signed = |index: usize| index + usize::from(matches!(at(line, index), b'+' | b'-'));
    let mut end = digits(signed(start));
    if at(line, end) == b'.' && at(line, end + 1).is_ascii_digit() {
        end = digits(end + 1);
    }
    let power = signed(end + 1);
    if matches!(at(line, end), b'e' | b'E') && at(line, power).is_ascii_digit() {
        end = digits(power);
    }
    end
}

/// Not before a further fraction, as in `1.2.3`, and not within a word that goes
/// on with digits, as in `0x1f`.
fn may_end(line: &[u8], end: usize) -> bool {
    let word = line[end..].iter().take_while(|&&byte| is_word(byte));
    let has_digits = word.copied().any(|byte| byte.is_ascii_digit() || byte == b'_');
    let goes_on = at(line, end) == b'.' && at(line, end + 1).is_ascii_digit();
    !has_digits && !goes_on
}
