//! A program beside its corrected twin: line by line, as people read changes.

use similar::{ChangeTag, TextDiff};

/// What a line of a diff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Same,
    Gone,
    Come,
}

/// The lines of `bad` and `fixed` in the order of a diff.
pub(super) fn lines(bad: &str, fixed: &str) -> Vec<(Mark, String)> {
    let diff = TextDiff::from_lines(bad, fixed);
    let changes = diff.iter_all_changes().map(|change| {
        let mark = match change.tag() {
            ChangeTag::Equal => Mark::Same,
            ChangeTag::Delete => Mark::Gone,
            ChangeTag::Insert => Mark::Come,
        };
        (mark, change.value().trim_end_matches('\n').to_owned())
    });
    changes.collect()
}
