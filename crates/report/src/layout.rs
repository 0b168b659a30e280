//! Words on a terminal: never wider than eighty columns, whatever they are.
//!
//! Widths are columns of the screen, not bytes or characters. Text that came
//! from tools may hold line breaks and escape sequences; they become spaces.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a line.
pub(crate) const WIDTH: usize = 80;

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// One line of printable characters, single spaces between words. Other kinds
/// of space, such as the one that does not break, stay as they are.
pub(crate) fn plain(text: &str) -> String {
    let breaks = |c: char| c == ' ' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A paragraph whose first line begins after `used` columns and whose other
/// lines are indented by `indent`. The first line comes without its indent; it
/// is empty if no word fits in what is left of it.
pub(crate) fn wrap(text: &str, used: usize, indent: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = WIDTH.saturating_sub(used);
    for word in plain(text).split(' ').filter(|word| !word.is_empty()) {
        for piece in pieces(word, WIDTH - indent) {
            let line = lines.last().map_or("", String::as_str);
            let needed = columns(piece) + usize::from(!line.is_empty());
            if needed > room {
                lines.push(String::new());
                room = WIDTH - indent;
            }
            let Some(line) = lines.last_mut() else { continue };
            if !line.is_empty() {
                line.push(' ');
                room -= 1;
            }
            line.push_str(piece);
            room = room.saturating_sub(columns(piece));
        }
    }
    lines
}

/// The word itself, or its parts if no line could hold it.
fn pieces(word: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while columns(rest) > most {
        let end = fitting(rest, most);
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.push(rest);
    parts
}

/// How many bytes of the text fit, at least one character.
fn fitting(text: &str, most: usize) -> usize {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.width().unwrap_or(0);
        if taken > most && at > 0 {
            return at;
        }
    }
    text.len()
}

/// The text, or its beginning and an ellipsis, in at most `most` columns.
pub(crate) fn elide(text: &str, most: usize) -> String {
    let text = plain(text);
    if columns(&text) <= most {
        return text;
    }
    let end = fitting(&text, most.saturating_sub(2));
    let kept = text[..end].trim_end();
    let whole_words = kept.rsplit_once(' ').map_or(kept, |(words, _)| words);
    let kept = if columns(whole_words) * 2 > columns(kept) { whole_words } else { kept };
    format!("{} …", kept.trim_end_matches([',', ';', ':', ' ']))
}

/// The line as it is, or what fits of it and an ellipsis. Only for what is
/// printable already.
pub(crate) fn cut(line: &str, most: usize) -> String {
    if columns(line) <= most {
        return line.to_owned();
    }
    format!("{}…", &line[..fitting(line, most.saturating_sub(1))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hang_under_the_first() {
        let text = "word ".repeat(30);
        let lines = wrap(&text, 70, 10);
        assert_eq!(lines[0], "word word");
        assert!(lines[1..].iter().all(|line| columns(line) <= 70));
    }

    #[test]
    fn a_word_that_does_not_fit_the_first_line_starts_the_next() {
        assert_eq!(wrap("longword", 78, 4), ["", "longword"]);
    }

    #[test]
    fn a_word_wider_than_the_screen_is_cut() {
        let lines = wrap(&"語".repeat(100), 0, 4);
        assert!(lines.iter().all(|line| columns(line) <= WIDTH), "{lines:?}");
    }

    #[test]
    fn escape_sequences_of_tools_do_not_reach_the_screen() {
        assert_eq!(plain("a\u{1b}[31m\n\tb"), "a [31m b");
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_after_a_whole_word() {
        assert_eq!(elide("one two three four", 12), "one two …");
        assert_eq!(elide("one two", 12), "one two");
    }
}
