//! What a program or tool wrote, matched and quoted.

use regex::Regex;

/// Characters of a line that are quoted.
const LONGEST: usize = 120;

/// The expression of an item, if it has one.
///
/// # Errors
///
/// In words, if it cannot be read.
pub(crate) fn expression(given: Option<&str>) -> Result<Option<Regex>, String> {
    let read = |pattern: &str| {
        Regex::new(pattern).map_err(|_| {
            format!("`{pattern}` is not an expression that can be read; correct its `says`")
        })
    };
    given.map(read).transpose()
}

/// The line on which a match begins.
pub(crate) fn matched_line(says: &Regex, text: &str) -> Option<String> {
    let start = says.find(text)?.start();
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    first_line(&text[line..])
}

/// The first line that is not blank.
pub(crate) fn first_line(text: &str) -> Option<String> {
    text.lines().map(str::trim).find(|line| !line.is_empty()).map(shortened)
}

/// The last line that is not blank.
pub(crate) fn last_line(text: &str) -> Option<String> {
    text.lines().rev().map(str::trim).find(|line| !line.is_empty()).map(shortened)
}

/// A line short enough to be quoted.
pub(crate) fn shortened(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        None => line.to_owned(),
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}

/// Something said, and what was quoted after it, if anything.
pub(crate) fn quoting(said: String, quoted: Option<String>) -> String {
    match quoted {
        Some(quoted) => format!("{said}: {quoted}"),
        None => said,
    }
}
