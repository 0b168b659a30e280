//! One request as the access log tells it, and what makes a record well formed.

use std::borrow::Cow;
use std::str::FromStr;

use csv::StringRecord;
use serde::Deserialize;

use crate::scan;

/// The names of the fields, in the order of a CSV row.
pub const FIELDS: [&str; 8] = [
    "ts",
    "level",
    "service",
    "route",
    "status",
    "latency_us",
    "bytes",
    "user",
];

/// Text is borrowed from the row or line it was read from, unless an escape had to be undone.
#[derive(Debug, Deserialize, PartialEq)]
pub struct Record<'a> {
    #[serde(borrow)]
    pub ts: Cow<'a, str>,
    pub level: Level,
    #[serde(borrow)]
    pub service: Cow<'a, str>,
    #[serde(borrow)]
    pub route: Cow<'a, str>,
    pub status: u16,
    pub latency_us: u32,
    pub bytes: u64,
    #[serde(borrow)]
    pub user: Cow<'a, str>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
}

impl Level {
    pub const NAMES: [&str; 4] = ["DEBUG", "INFO", "WARN", "ERROR"];

    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "DEBUG" => Some(Self::Debug),
            "INFO" => Some(Self::Info),
            "WARN" => Some(Self::Warn),
            "ERROR" => Some(Self::Error),
            _ => None,
        }
    }
}

impl<'a> Record<'a> {
    /// The record of a row, or `None` if the row is malformed.
    pub fn from_csv(row: &'a StringRecord) -> Option<Self> {
        if row.len() != FIELDS.len() {
            return None;
        }
        let record = Self {
            ts: Cow::Borrowed(&row[0]),
            level: Level::from_name(&row[1])?,
            service: Cow::Borrowed(&row[2]),
            route: Cow::Borrowed(&row[3]),
            status: decimal(&row[4])?,
            latency_us: decimal(&row[5])?,
            bytes: decimal(&row[6])?,
            user: Cow::Borrowed(&row[7]),
        };
        record.is_well_formed().then_some(record)
    }

    /// The record of a line, or `None` if the line is malformed.
    pub fn from_json(line: &'a [u8]) -> Option<Self> {
        let text = str::from_utf8(line).ok()?;
        let record = scan::record(text).or_else(|| serde_json::from_str(text).ok())?;
        record.is_well_formed().then_some(record)
    }

    /// The time up to the hour: `2026-01-02T03`.
    pub fn hour(&self) -> &str {
        &self.ts[..13]
    }

    pub fn is_server_error(&self) -> bool {
        self.status >= 500
    }

    fn is_well_formed(&self) -> bool {
        is_timestamp(&self.ts)
            && is_label(&self.service)
            && is_label(&self.route)
            && (100..=599).contains(&self.status)
            && is_label(&self.user)
    }
}

/// A number of digits alone: `parse` would take a plus sign too.
fn decimal<T: FromStr>(field: &str) -> Option<T> {
    if field.starts_with('+') {
        return None;
    }
    field.parse().ok()
}

/// Whether `ts` has the shape `2026-01-02T03:04:05Z`; the calendar is not consulted.
fn is_timestamp(ts: &str) -> bool {
    const SHAPE: &[u8; 20] = b"0000-00-00T00:00:00Z";
    ts.len() == SHAPE.len()
        && ts.bytes().zip(SHAPE).all(|(byte, &shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

/// A name has no line break: with one, a quote was left open and the next rows were swallowed.
fn is_label(text: &str) -> bool {
    !text.is_empty() && !text.contains(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: [&str; 8] = [
        "2026-01-02T03:04:05Z",
        "INFO",
        "cart",
        "/cart/add",
        "200",
        "1500",
        "0",
        "Zoë, \"Z\"",
    ];

    fn with_field(index: usize, value: &str) -> StringRecord {
        let mut row = ROW;
        row[index] = value;
        StringRecord::from(row.to_vec())
    }

    #[test]
    fn a_row_is_read_field_by_field() {
        let row = StringRecord::from(ROW.to_vec());
        let record = Record::from_csv(&row).unwrap();
        assert_eq!(record.hour(), "2026-01-02T03");
        assert_eq!(record.level, Level::Info);
        assert_eq!(
            (record.status, record.latency_us, record.bytes),
            (200, 1500, 0)
        );
        assert_eq!(record.user, "Zoë, \"Z\"");
    }

    #[test]
    fn a_bad_field_makes_a_row_malformed() {
        let bad = [
            (0, "2026-01-02 03:04:05Z"),
            (0, "2026-01-02T03:04:05+00:00"),
            (1, "info"),
            (2, ""),
            (3, "/a\n/b"),
            (4, "99"),
            (4, "600"),
            (4, "0xC8"),
            (5, "+1"),
            (5, "1.5"),
            (5, "4294967296"),
            (6, "-1"),
            (6, ""),
            (7, ""),
        ];
        for (index, value) in bad {
            assert!(
                Record::from_csv(&with_field(index, value)).is_none(),
                "{} {value:?}",
                FIELDS[index]
            );
        }
    }

    #[test]
    fn a_row_needs_all_fields_and_no_more() {
        let mut row = StringRecord::from(ROW[..7].to_vec());
        assert!(Record::from_csv(&row).is_none());
        row.push_field(ROW[7]);
        assert!(Record::from_csv(&row).is_some());
        row.push_field("more");
        assert!(Record::from_csv(&row).is_none());
    }

    const LINE: &str = r#"{"ts":"2026-01-02T03:04:05Z","level":"WARN","service":"cart","route":"/","status":503,"latency_us":7,"bytes":0,"user":"Zo\u00eb \"Z\"","extra":[1,{}]}"#;

    #[test]
    fn escapes_are_undone_and_unknown_fields_ignored() {
        let record = Record::from_json(LINE.as_bytes()).unwrap();
        assert_eq!(record.user, "Zoë \"Z\"");
        assert!(record.is_server_error());
    }

    #[test]
    fn a_fault_makes_a_line_malformed() {
        let faults = [
            (r#""bytes":0,"#, ""),
            (r#""bytes":0"#, r#""bytes":null"#),
            (r#""bytes":0"#, r#""bytes":"0""#),
            (r#""bytes":0"#, r#""bytes":0.0"#),
            (r#""bytes":0"#, r#""bytes":-1"#),
            (r#""cart""#, r#""""#),
            (r#""cart""#, "7"),
            ("WARN", "FATAL"),
            ("]}", "]"),
            ("]}", "]}}"),
        ];
        for (from, to) in faults {
            let line = LINE.replacen(from, to, 1);
            assert!(Record::from_json(line.as_bytes()).is_none(), "{line}");
        }
        assert!(Record::from_json(b"{\"\xff\":0}").is_none());
        assert!(Record::from_json(b"null").is_none());
    }
}
