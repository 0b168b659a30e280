//! Counts words.

/// The number of words in `text`, however many blanks stand between them.
pub fn count(text: &str) -> usize {
    text.split_whitespace().count()
}
