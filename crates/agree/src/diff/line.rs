//! A line of an output as a line of a diff: escaped, and cut to a width.

use crate::excerpt::char_start;

/// Bytes of a line shown before the byte of interest, where it has to be cut.
const BEFORE: usize = 32;
/// Bytes shown in all.
const WIDTH: usize = 96;

/// What is shown of a line around `at`. A backslash is doubled, so that what is
/// escaped cannot be taken for what was written so.
pub(super) fn cut(line: &[u8], at: usize) -> String {
    around(line, at, &['"', '\''])
}

/// The same for a line that differs: a blank at its end is made visible.
pub(super) fn marked(line: &[u8], at: usize) -> String {
    let mut shown = cut(line, at);
    if shown.ends_with(' ') {
        shown.pop();
        shown.push_str("\\x20");
    }
    shown
}

/// The same for JSON, in which a backslash is doubled already.
pub(super) fn json(text: &str, at: usize) -> String {
    around(text.as_bytes(), at, &['"', '\'', '\\'])
}

/// `…` stands for what is cut off.
fn around(line: &[u8], at: usize, unescaped: &[char]) -> String {
    let start = if line.len() <= WIDTH { 0 } else { char_start(line, at.saturating_sub(BEFORE)) };
    let end = char_start(line, (start + WIDTH).min(line.len()));
    let mut shown = String::new();
    shown.push_str(if start > 0 { "…" } else { "" });
    for chunk in line[start..end].utf8_chunks() {
        for char in chunk.valid().chars() {
            if unescaped.contains(&char) {
                shown.push(char);
            } else {
                shown.extend(char.escape_debug());
            }
        }
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
    }
    shown.push_str(if end < line.len() { "…" } else { "" });
    shown
}
