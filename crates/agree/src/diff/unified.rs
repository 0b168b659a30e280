//! Lines in their order: the first place where they part, with what is around.

use std::ops::Range;

use super::MORE;
use super::line::{cut, marked};
use crate::Tolerance;
use crate::place::{Place, first_line, part};

/// Lines shown before and after what differs.
const CONTEXT: usize = 3;
/// Lines shown of a run that only one side has.
const RUN: usize = 4;
/// From here on no further change is shown.
const MOST: usize = 12;
/// Lines of each side that are matched up, and their bytes: matching takes time
/// by the product of the lines, and a longer run is not shown anyway.
const LINES: usize = 64;
const BYTES: usize = 256 * 1024;

/// The diff without its head, if there is a difference.
pub(super) fn body(
    reference: &[u8],
    other: &[u8],
    tolerance: Option<Tolerance>,
) -> Option<Vec<String>> {
    let place = Place::first(reference, other, tolerance)?;
    let ((before, byte), (before_other, _)) = (place.reference, place.other);
    let (rest, rest_other) = (&reference[before..], &other[before_other..]);
    let mut shown = vec![format!("@@ line {}, byte {} @@", place.lines + 1, byte + 1)];
    shown.extend(last_lines(&reference[..before]).iter().map(|line| context(line)));
    let ends = [reference, other].map(|output| output.last() == Some(&b'\n'));
    let mut hunk = Hunk {
        tolerance,
        a: Window::of(rest),
        b: Window::of(rest_other),
        tells_ends: ends[0] != ends[1] && !reference.is_empty() && !other.is_empty(),
        shown,
    };
    let (i, j) = hunk.show();
    let (done, done_other) = (hunk.a.bytes(i), hunk.b.bytes(j));
    if Place::first(&rest[done..], &rest_other[done_other..], tolerance).is_some() {
        hunk.shown.push(MORE.to_owned());
    }
    Some(hunk.shown)
}

/// The lines from the first difference on.
struct Window<'a> {
    lines: Vec<&'a [u8]>,
    /// Whether that is all.
    is_whole: bool,
}

impl<'a> Window<'a> {
    fn of(mut rest: &'a [u8]) -> Self {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while !rest.is_empty() && lines.len() < LINES && bytes < BYTES {
            let line = first_line(rest);
            lines.push(line);
            bytes += line.len();
            rest = &rest[line.len()..];
        }
        Self { lines, is_whole: rest.is_empty() }
    }

    fn bytes(&self, lines: usize) -> usize {
        self.lines[..lines].iter().map(|line| line.len()).sum()
    }
}

/// A hunk in the making.
struct Hunk<'a> {
    tolerance: Option<Tolerance>,
    a: Window<'a>,
    b: Window<'a>,
    /// Whether only one output ends with a newline.
    tells_ends: bool,
    shown: Vec<String>,
}

impl Hunk<'_> {
    /// Shows changes until unchanged lines follow or there are enough, and hands
    /// over how many lines of each side are done with.
    fn show(&mut self) -> (usize, usize) {
        let alike = self.most_alike();
        let (mut i, mut j) = (0, 0);
        while self.shown.len() < MOST && (i < self.a.lines.len() || j < self.b.lines.len()) {
            let (next_i, next_j) = self.run_end(&alike, i, j);
            let is_cut = (next_i == self.a.lines.len() && !self.a.is_whole)
                || (next_j == self.b.lines.len() && !self.b.is_whole);
            // What would be matched with lines beyond the window is no change.
            if is_cut && i > 0 && j > 0 {
                break;
            }
            self.show_run(i..next_i, j..next_j);
            (i, j) = (next_i, next_j);
            let after = (0..CONTEXT).take_while(|&after| self.are_alike(i + after, j + after));
            let after = after.count();
            self.shown.extend(self.a.lines[i..i + after].iter().map(|line| context(line)));
            (i, j) = (i + after, j + after);
            if after == CONTEXT {
                break;
            }
        }
        (i, j)
    }

    fn are_alike(&self, i: usize, j: usize) -> bool {
        let lines = self.a.lines.get(i).zip(self.b.lines.get(j));
        lines.is_some_and(|(a, b)| part(a, b, self.tolerance).is_none())
    }

    /// How many lines can be matched in order, from each pair of lines on.
    fn most_alike(&self) -> Vec<Vec<usize>> {
        let (a, b) = (self.a.lines.len(), self.b.lines.len());
        let mut most = vec![vec![0; b + 1]; a + 1];
        for i in (0..a).rev() {
            for j in (0..b).rev() {
                most[i][j] = if self.are_alike(i, j) {
                    most[i + 1][j + 1] + 1
                } else {
                    most[i + 1][j].max(most[i][j + 1])
                };
            }
        }
        most
    }

    /// The next lines that are matched with each other.
    fn run_end(&self, alike: &[Vec<usize>], mut i: usize, mut j: usize) -> (usize, usize) {
        let (a, b) = (self.a.lines.len(), self.b.lines.len());
        while (i < a || j < b) && !self.are_alike(i, j) {
            if j == b || (i < a && alike[i + 1][j] >= alike[i][j + 1]) {
                i += 1;
            } else {
                j += 1;
            }
        }
        (i, j)
    }

    /// Lines of the reference instead of which the other has its own, each cut
    /// around where it parts from its opposite.
    fn show_run(&mut self, i: Range<usize>, j: Range<usize>) {
        let (a, b) = (&self.a.lines[i], &self.b.lines[j]);
        let pairs = a.iter().zip(b).take(RUN);
        let at: Vec<(usize, usize)> =
            pairs.map(|(a, b)| part(a, b, self.tolerance).unwrap_or_default()).collect();
        for (sign, lines, is_reference) in [('-', a, true), ('+', b, false)] {
            for (index, line) in lines.iter().take(RUN).enumerate() {
                let (at, at_other) = at.get(index).copied().unwrap_or_default();
                let at = if is_reference { at } else { at_other };
                self.shown.push(format!("{sign}{}", marked(bare(line), at)));
                if self.tells_ends && line.last() != Some(&b'\n') {
                    self.shown.push("\\ no newline at the end".to_owned());
                }
            }
            self.shown.extend(super::left_out(lines.len(), RUN));
        }
    }
}

fn context(line: &[u8]) -> String {
    format!(" {}", cut(bare(line), 0))
}

fn bare(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").unwrap_or(line)
}

/// The lines before the place, of an output that ends with a newline there.
fn last_lines(mut before: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    while !before.is_empty() && lines.len() < CONTEXT {
        let body = bare(before);
        let start = body.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        lines.push(&before[start..]);
        before = &before[..start];
    }
    lines.reverse();
    lines
}
