//! A reader of lines as most of them are: the known keys in the usual order, without blanks and `\u`.

use std::borrow::Cow;

use crate::record::{Level, Record};

struct Scanner<'a> {
    rest: &'a str,
}

/// The record of a line, or `None` if the line has to be looked at by a whole decoder. What is
/// found here is what that would find.
pub fn record(line: &str) -> Option<Record<'_>> {
    let mut scanner = Scanner { rest: line };
    let record = Record {
        ts: scanner.text(r#"{"ts":""#)?,
        level: Level::from_name(&scanner.text(r#","level":""#)?)?,
        service: scanner.text(r#","service":""#)?,
        route: scanner.text(r#","route":""#)?,
        status: scanner.number(r#","status":"#)?.try_into().ok()?,
        latency_us: scanner.number(r#","latency_us":"#)?.try_into().ok()?,
        bytes: scanner.number(r#","bytes":"#)?,
        user: scanner.text(r#","user":""#)?,
    };
    (scanner.rest == "}").then_some(record)
}

impl<'a> Scanner<'a> {
    /// The text after `start`, without its closing quote.
    fn text(&mut self, start: &str) -> Option<Cow<'a, str>> {
        let rest = self.rest.strip_prefix(start)?;
        let end = rest
            .bytes()
            .position(|byte| byte == b'"' || byte == b'\\' || byte < b' ')?;
        let (text, after) = rest.split_at(end);
        if let Some(after) = after.strip_prefix('"') {
            self.rest = after;
            return Some(Cow::Borrowed(text));
        }
        self.escaped(text, after).map(Cow::Owned)
    }

    /// The same of a text which goes on with an escape after `start`.
    fn escaped(&mut self, start: &str, mut rest: &'a str) -> Option<String> {
        let mut text = start.to_owned();
        loop {
            let end = rest
                .bytes()
                .position(|byte| byte == b'"' || byte == b'\\' || byte < b' ')?;
            text.push_str(&rest[..end]);
            rest = &rest[end..];
            if let Some(after) = rest.strip_prefix('"') {
                self.rest = after;
                return Some(text);
            }
            match rest.strip_prefix('\\')?.as_bytes().first()? {
                &escape @ (b'"' | b'\\' | b'/') => text.push(char::from(escape)),
                _ => return None,
            }
            rest = &rest[2..];
        }
    }

    fn number(&mut self, start: &str) -> Option<u64> {
        let rest = self.rest.strip_prefix(start)?;
        let end = rest.bytes().position(|byte| !byte.is_ascii_digit())?;
        let (digits, after) = rest.split_at(end);
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        self.rest = after;
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"ts":"2026-01-02T03:04:05Z","level":"WARN","service":"cart","route":"/","status":503,"latency_us":7,"bytes":0,"user":"Zoë \"Z\\\/\""}"#;

    #[test]
    fn an_ordinary_line_is_read_as_the_decoder_reads_it() {
        let found = record(LINE).unwrap();
        let expected: Record = serde_json::from_str(LINE).unwrap();
        assert_eq!(found, expected);
        assert_eq!(found.user, r#"Zoë "Z\/""#);
    }

    #[test]
    fn what_is_not_ordinary_is_left_to_the_decoder() {
        for (from, to) in [
            (r#":503"#, r#":0503"#),
            (r#":503"#, r#": 503"#),
            (r#":503"#, r#":5e2"#),
            (r#":503"#, r#":70000"#),
            (r#":503"#, r#":"#),
            (r#":7"#, r#":4294967296"#),
            (r#":0,"#, r#":18446744073709551616,"#),
            ("Zoë", r"Zo\u00eb"),
            ("Zoë", "Zo\t"),
            ("}", ""),
            ("}", "}}"),
            ("WARN", "warn"),
            (r#""route":"/","#, ""),
        ] {
            assert!(record(&LINE.replacen(from, to, 1)).is_none(), "{to}");
        }
        for end in 0..LINE.len() {
            if let Some(line) = LINE.get(..end) {
                assert!(record(line).is_none(), "{line}");
            }
        }
    }
}
