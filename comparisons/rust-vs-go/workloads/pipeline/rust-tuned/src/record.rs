//! One request as the access log tells it, and which rows are well formed.

use std::str::{self, FromStr};

use csv::ByteRecord;

/// The names of the columns, in order.
pub const COLUMNS: [&str; 8] = [
    "ts",
    "level",
    "service",
    "route",
    "status",
    "latency_us",
    "bytes",
    "user",
];

pub struct Record {
    /// The number of the record among those that are well formed, from 1.
    pub number: u64,
    pub service: String,
    pub status: u16,
    pub latency_us: u32,
    pub bytes: u64,
    pub user: String,
}

impl Record {
    /// The record of a row, or `None` if the row is malformed.
    pub fn from_row(number: u64, row: &ByteRecord) -> Option<Self> {
        if row.len() != COLUMNS.len() {
            return None;
        }
        Some(Self {
            number,
            service: text(&row[2])?,
            status: decimal(&row[4]).filter(|status| (100..=599).contains(status))?,
            latency_us: decimal(&row[5])?,
            bytes: decimal(&row[6])?,
            user: text(&row[7])?,
        })
    }
}

fn text(field: &[u8]) -> Option<String> {
    let text = str::from_utf8(field).ok()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// A number of digits alone: `parse` would take a plus sign too.
fn decimal<T: FromStr>(field: &[u8]) -> Option<T> {
    if field.starts_with(b"+") {
        return None;
    }
    str::from_utf8(field).ok()?.parse().ok()
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

    #[test]
    fn a_row_is_read_field_by_field() {
        let record = Record::from_row(7, &ByteRecord::from(ROW.to_vec())).unwrap();
        assert_eq!((record.number, record.status), (7, 200));
        assert_eq!((record.latency_us, record.bytes), (1500, 0));
        assert_eq!(record.user, "Zoë, \"Z\"");
    }

    #[test]
    fn a_bad_field_makes_a_row_malformed() {
        let bad: [(usize, &[u8]); 10] = [
            (2, b""),
            (4, b"99"),
            (4, b"600"),
            (4, b"0xC8"),
            (5, b"+1"),
            (5, b"1.5"),
            (5, b"4294967296"),
            (6, b"-1"),
            (7, b""),
            (7, b"\xff"),
        ];
        for (column, value) in bad {
            let mut row = ROW.map(str::as_bytes);
            row[column] = value;
            assert!(
                Record::from_row(1, &ByteRecord::from(row.to_vec())).is_none(),
                "{} {value:?}",
                COLUMNS[column]
            );
        }
    }

    #[test]
    fn a_row_needs_all_fields_and_no_more() {
        let mut row = ByteRecord::from(ROW[..7].to_vec());
        assert!(Record::from_row(1, &row).is_none());
        row.push_field(ROW[7].as_bytes());
        assert!(Record::from_row(1, &row).is_some());
        row.push_field(b"more");
        assert!(Record::from_row(1, &row).is_none());
    }
}
