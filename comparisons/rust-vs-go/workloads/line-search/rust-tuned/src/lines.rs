//! The matching lines of a text: where the pattern allows, found in the whole text at once.

use anyhow::Result;
use bstr::ByteSlice;
use grep_matcher::Matcher;
use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Look;

#[derive(Clone)]
pub enum Lines {
    /// A pattern made so that no match goes beyond its line.
    InText(RegexMatcher),
    /// One that has to see each line by itself.
    OneByOne(Regex),
}

impl Lines {
    pub fn new(pattern: &str, ignore_case: bool) -> Result<Self> {
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(ignore_case)
            .build()?;
        // The matcher refuses a pattern with a line break in it, which no line matches.
        let matcher = RegexMatcherBuilder::new()
            .case_insensitive(ignore_case)
            .multi_line(true)
            .line_terminator(Some(b'\n'))
            .build(pattern);
        Ok(match matcher {
            Ok(matcher) if !looks_for_ends_of_text(pattern) => Self::InText(matcher),
            _ => Self::OneByOne(regex),
        })
    }

    /// The numbers, from 1, and the texts of the lines that match.
    pub fn matching<'a>(
        &'a self,
        content: &'a [u8],
    ) -> Box<dyn Iterator<Item = (usize, &'a [u8])> + 'a> {
        match self {
            Self::InText(matcher) => Box::new(in_text(matcher, content)),
            Self::OneByOne(regex) => Box::new(
                content
                    .lines_with_terminator()
                    .map(|line| line.strip_suffix(b"\n").unwrap_or(line))
                    .zip(1..)
                    .filter(|(line, _)| regex.is_match(line))
                    .map(|(line, number)| (number, line)),
            ),
        }
    }
}

/// Whether `\A` or `\z` is in the pattern: in a line they mean other places than in a text.
fn looks_for_ends_of_text(pattern: &str) -> bool {
    let parsed = ParserBuilder::new()
        .multi_line(true)
        .utf8(false)
        .build()
        .parse(pattern);
    parsed.map_or(true, |hir| {
        let looks = hir.properties().look_set();
        looks.contains(Look::Start) || looks.contains(Look::End)
    })
}

fn in_text<'a>(
    matcher: &'a RegexMatcher,
    content: &'a [u8],
) -> impl Iterator<Item = (usize, &'a [u8])> + 'a {
    let (mut start, mut number) = (0, 1);
    std::iter::from_fn(move || {
        // What follows the last line break is no line if it is empty.
        if start >= content.len() {
            return None;
        }
        // `find_at` of this matcher has no error that could come.
        let found = matcher.find_at(content, start).ok()??.start();
        if found == content.len() && content.ends_with(b"\n") {
            return None;
        }
        let line_start = content[..found].rfind_byte(b'\n').map_or(0, |at| at + 1);
        number += memchr::memchr_iter(b'\n', &content[start..line_start]).count();
        let rest = &content[line_start..];
        let line = &rest[..rest.find_byte(b'\n').unwrap_or(rest.len())];
        let row = (number, line);
        start = line_start + line.len() + 1;
        number += 1;
        Some(row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(lines: &Lines, content: &[u8]) -> Vec<usize> {
        lines.matching(content).map(|(number, _)| number).collect()
    }

    #[test]
    fn both_ways_find_the_same_lines() {
        let contents: [&[u8]; 8] = [
            b"",
            b"\n",
            b"a",
            b"a\n\n",
            b"\n\na b\nb",
            b"b\nab\nxay\r\na",
            b"a\xff\nb\n",
            b"ab ab\n\nA\n",
        ];
        for pattern in [
            "a", "", "^", "$", "^$", "a$", "^b", "[^x]", r"\s", r"a\s*b", r"\bb", "a|b", ".",
            "(?s)a.b",
        ] {
            let in_text = Lines::new(pattern, false).unwrap();
            assert!(matches!(in_text, Lines::InText(_)), "{pattern}");
            let one_by_one = Lines::OneByOne(Regex::new(pattern).unwrap());
            for content in contents {
                assert_eq!(
                    numbers(&in_text, content),
                    numbers(&one_by_one, content),
                    "{pattern} in {:?}",
                    content.as_bstr()
                );
            }
        }
    }

    #[test]
    fn what_means_another_place_in_a_line_is_looked_for_line_by_line() {
        for (pattern, expected) in [(r"\Ab", vec![2]), (r"a\z", vec![1]), (r"a\nb", vec![])] {
            let lines = Lines::new(pattern, false).unwrap();
            assert!(matches!(lines, Lines::OneByOne(_)), "{pattern}");
            assert_eq!(numbers(&lines, b"a\nb"), expected, "{pattern}");
        }
    }

    #[test]
    fn case_is_ignored_if_asked() {
        assert_eq!(numbers(&Lines::new("A", true).unwrap(), b"b\na\n"), [2]);
        assert!(numbers(&Lines::new("A", false).unwrap(), b"b\na\n").is_empty());
    }
}
