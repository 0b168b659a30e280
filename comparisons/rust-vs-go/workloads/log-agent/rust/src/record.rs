//! What a line of the log says.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        ^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)
        \ (DEBUG|INFO|WARN|ERROR)
        \ ([a-z-]+)\[([0-9]+)\]
        \ ([0-9a-f]{8})
        \ ([A-Z]+)\ (/[^\ ]*)\ ([0-9]{3})
        \ ([0-9]+)us\ ([0-9]+)B
        \ (.*)$",
    )
    .expect("a form is a regular expression")
});

/// A line as it is sent.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry<'a> {
    Record(Record<'a>),
    /// A line that has not the form of a record.
    Raw {
        raw: Cow<'a, str>,
    },
}

#[derive(Debug, PartialEq, Serialize)]
pub struct Record<'a> {
    ts: &'a str,
    level: &'a str,
    service: &'a str,
    pid: u32,
    request: &'a str,
    method: &'a str,
    route: &'a str,
    status: u16,
    latency_us: u32,
    bytes: u64,
    message: &'a str,
}

impl<'a> Entry<'a> {
    pub fn of(line: &'a [u8]) -> Self {
        match Record::of(line) {
            Some(record) => Self::Record(record),
            None => Self::Raw {
                raw: String::from_utf8_lossy(line),
            },
        }
    }
}

impl<'a> Record<'a> {
    fn of(line: &'a [u8]) -> Option<Self> {
        let line = str::from_utf8(line).ok()?;
        let (_, fields) = LINE.captures(line)?.extract();
        let [
            ts,
            level,
            service,
            pid,
            request,
            method,
            route,
            status,
            latency,
            bytes,
            message,
        ] = fields;
        Some(Self {
            ts,
            level,
            service,
            pid: pid.parse().ok()?,
            request,
            method,
            route,
            status: status.parse().ok()?,
            latency_us: latency.parse().ok()?,
            bytes: bytes.parse().ok()?,
            message,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"2026-01-02T03:04:05.678Z WARN user-profile[812] 0001e240 GET /users/7?a=b 503 1532us 8412B user "zoë" is unknown"#;

    fn json(line: &[u8]) -> String {
        serde_json::to_string(&Entry::of(line)).unwrap()
    }

    #[test]
    fn a_line_is_read_field_by_field() {
        assert_eq!(
            json(LINE.as_bytes()),
            r#"{"ts":"2026-01-02T03:04:05.678Z","level":"WARN","service":"user-profile","pid":812,"request":"0001e240","method":"GET","route":"/users/7?a=b","status":503,"latency_us":1532,"bytes":8412,"message":"user \"zoë\" is unknown"}"#
        );
    }

    #[test]
    fn a_message_may_be_empty() {
        let (fields, _) = LINE.split_once("user ").unwrap();
        assert!(json(fields.as_bytes()).ends_with(r#","message":""}"#));
    }

    #[test]
    fn a_line_of_another_form_is_kept_as_it_is() {
        let number_too_long = LINE.replace("[812]", "[99999999999]");
        for line in [
            "",
            "\tat cart.add(Cart.java:8)",
            &LINE[11..],
            &number_too_long,
        ] {
            let raw = serde_json::to_string(line).unwrap();
            assert_eq!(json(line.as_bytes()), format!(r#"{{"raw":{raw}}}"#));
        }
    }

    #[test]
    fn what_is_not_utf_8_is_replaced() {
        assert_eq!(json(b"gr\xf6ber"), "{\"raw\":\"gr\u{fffd}ber\"}");
    }
}
