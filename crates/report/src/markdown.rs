//! GitHub's Markdown: tables, folds, and text that cannot break out of them.

use crate::layout::plain;

/// A row of a table.
pub(crate) fn table_row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// A table with its heads; nothing without rows.
pub(crate) fn table(heads: &[&str], rows: impl Iterator<Item = String>) -> String {
    let rows: String = rows.collect();
    if rows.is_empty() {
        return rows;
    }
    format!("| {} |\n|{}\n{rows}", heads.join(" | "), "---|".repeat(heads.len()))
}

/// What is shown when its title is opened; nothing without content.
pub(crate) fn folded(title: &str, content: &str) -> String {
    match content.trim() {
        "" => String::new(),
        content => format!("<details><summary>{title}</summary>\n\n{content}\n\n</details>"),
    }
}

/// Text that Markdown shows as it is, on one line; words between backticks
/// stay code.
pub(crate) fn escaped(text: &str) -> String {
    let text = plain(text);
    let code_is_closed = text.matches('`').count().is_multiple_of(2);
    let mut escaped = String::with_capacity(text.len());
    let mut in_code = false;
    for c in text.chars() {
        let special = match c {
            '`' if code_is_closed => {
                in_code = !in_code;
                false
            }
            '|' => true,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' => !in_code,
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// An address that cannot end its link early.
pub(crate) fn address(url: &str) -> String {
    plain(url).replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace('|', "%7C")
}

/// Lines as they are, in a fence that nothing in them can close.
pub(crate) fn code_block(text: &str) -> String {
    let fence = "`".repeat(longest_ticks(text).max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", text.trim_end())
}

/// Words as they are on one line, between ticks that nothing in them can close.
pub(crate) fn code_span(text: &str) -> String {
    let text = plain(text);
    let ticks = "`".repeat(longest_ticks(&text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{gap}{text}{gap}{ticks}")
}

fn longest_ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_tools_say_cannot_change_the_table() {
        assert_eq!(escaped("a | b\n<details> *x*"), "a \\| b \\<details\\> \\*x\\*");
    }

    #[test]
    fn code_stays_code_unless_it_is_left_open() {
        assert_eq!(escaped("run `a_b | c` now"), "run `a_b \\| c` now");
        assert_eq!(escaped("an open ` tick_"), "an open \\` tick\\_");
    }
}
