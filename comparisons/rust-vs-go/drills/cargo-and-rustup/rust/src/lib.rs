//! Counts words.

/// The number of words in `text`, however many blanks stand between them.
pub fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn blanks_are_not_words() {
        assert_eq!(count("two  words"), 2);
    }
}
