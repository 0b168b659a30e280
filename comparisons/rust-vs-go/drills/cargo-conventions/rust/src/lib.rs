//! Counts words.

/// The number of words in `text`, however many blanks stand between them.
///
/// ```
/// assert_eq!(words::count("two  words"), 2);
/// ```
pub fn count(text: &str) -> usize {
    text.split_whitespace().count()
}
