//! The matching lines of one file.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::lines::Lines;

/// What is printed of a file with a match.
#[derive(Clone, Copy)]
pub enum Report {
    /// `path:line:text`, a row for each matching line.
    Lines,
    /// `path:count`
    Counts,
    /// `path`
    Names,
}

/// A file with a NUL this near to its start is taken for binary and not searched.
const BINARY_CHECK_LEN: usize = 1024;

/// What `report` asks to be printed of the file at `path`, which is read into `content`; empty if
/// nothing matches.
pub fn search(
    lines: &Lines,
    path: &Path,
    content: &mut Vec<u8>,
    report: Report,
) -> io::Result<Vec<u8>> {
    content.clear();
    File::open(path)?.read_to_end(content)?;
    if content[..content.len().min(BINARY_CHECK_LEN)].contains(&0) {
        return Ok(Vec::new());
    }
    rows(lines, path.as_os_str(), content, report)
}

fn rows(lines: &Lines, path: &OsStr, content: &[u8], report: Report) -> io::Result<Vec<u8>> {
    let path = path.as_bytes();
    let mut out = Vec::new();
    let mut matching = lines.matching(content);

    match report {
        Report::Lines => {
            for (number, line) in matching {
                out.extend_from_slice(path);
                write!(out, ":{number}:")?;
                out.extend_from_slice(line);
                out.push(b'\n');
            }
        }
        Report::Counts => {
            let count = matching.count();
            if count > 0 {
                out.extend_from_slice(path);
                writeln!(out, ":{count}")?;
            }
        }
        Report::Names => {
            if matching.next().is_some() {
                out.extend_from_slice(path);
                out.push(b'\n');
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, content: &[u8], report: Report) -> String {
        let lines = Lines::new(pattern, false).unwrap();
        let out = rows(&lines, OsStr::new("f"), content, report).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_matching_line_is_a_row_with_its_number() {
        let content = b"one\ntwo\n\none more";
        assert_eq!(
            found("^one", content, Report::Lines),
            "f:1:one\nf:4:one more\n"
        );
    }

    #[test]
    fn a_pattern_never_sees_beyond_its_line() {
        assert_eq!(found(r"a[^x]b", b"a\nb\n", Report::Lines), "");
        assert_eq!(found(r"^$", b"a\n\nb\n", Report::Lines), "f:2:\n");
    }

    #[test]
    fn only_the_newline_ends_a_line() {
        assert_eq!(found("a", b"a\r\n", Report::Lines), "f:1:a\r\n");
        assert_eq!(found("a$", b"a\r\n", Report::Lines), "");
    }

    #[test]
    fn a_file_without_a_match_is_not_reported() {
        assert_eq!(found("z", b"a\n", Report::Counts), "");
        assert_eq!(found("z", b"a\n", Report::Names), "");
    }

    #[test]
    fn counts_are_of_lines_not_of_matches() {
        assert_eq!(found("a", b"aa\na\n", Report::Counts), "f:2\n");
        assert_eq!(found("a", b"aa\na\n", Report::Names), "f\n");
    }

    #[test]
    fn an_empty_file_has_no_line() {
        assert_eq!(found("", b"", Report::Counts), "");
    }

    #[test]
    fn a_nul_near_the_start_makes_a_file_binary() {
        let dir = tempfile::tempdir().unwrap();
        let lines = Lines::new("a", false).unwrap();
        let mut buffer = b"of the file before".to_vec();
        for (nul_at, searched) in [(BINARY_CHECK_LEN - 1, false), (BINARY_CHECK_LEN, true)] {
            let mut content = vec![b'a'; nul_at];
            content.push(0);
            let path = dir.path().join("file");
            std::fs::write(&path, &content).unwrap();
            let out = search(&lines, &path, &mut buffer, Report::Names).unwrap();
            assert_eq!(!out.is_empty(), searched, "NUL at {nul_at}");
        }
    }
}
