//! Files as streams of records: nothing but the row or line at hand is kept.

use std::io::{BufRead, BufReader, Read};

use anyhow::{Result, bail};
use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::record::{FIELDS, Record};
use crate::totals::Totals;

const BUFFER_LEN: usize = 64 * 1024;

/// Adds up the rows below the header. A row that is not UTF-8 is malformed.
pub fn read_csv(input: impl Read) -> Result<Totals> {
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .buffer_capacity(BUFFER_LEN)
        .from_reader(input);
    let header = reader.headers()?;
    if !header.is_empty() && *header != FIELDS[..] {
        bail!("the first row is not the header {}", FIELDS.join(","));
    }

    let mut totals = Totals::default();
    let mut row = StringRecord::new();
    loop {
        match reader.read_record(&mut row) {
            Ok(true) => totals.add(Record::from_csv(&row)),
            Ok(false) => return Ok(totals),
            Err(error) if matches!(error.kind(), ErrorKind::Utf8 { .. }) => totals.add(None),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Adds up the lines which are not empty.
pub fn read_jsonl(input: impl Read) -> Result<Totals> {
    let mut reader = BufReader::with_capacity(BUFFER_LEN, input);
    let mut totals = Totals::default();
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if !text.is_empty() {
            totals.add(Record::from_json(text));
        }
        line.clear();
    }
    Ok(totals)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "ts,level,service,route,status,latency_us,bytes,user\n";
    const ROW: &str = "2026-01-02T03:04:05Z,INFO,cart,/,200,1,2,\"a, \"\"b\"\"\"\n";

    fn counts(csv: &[u8]) -> (u64, u64) {
        let totals = read_csv(csv).unwrap();
        (totals.records, totals.malformed)
    }

    #[test]
    fn blank_rows_are_passed_over_and_line_ends_may_be_of_either_kind() {
        let text = format!("{HEADER}{ROW}\n{ROW}");
        assert_eq!(counts(text.as_bytes()), (2, 0));
        assert_eq!(counts(text.replace('\n', "\r\n").as_bytes()), (2, 0));
        assert_eq!(counts(text.trim_end().as_bytes()), (2, 0));
    }

    #[test]
    fn a_malformed_row_does_not_end_the_reading() {
        let text = [HEADER.as_bytes(), b"a,b\n", b"\xff\n", ROW.as_bytes()].concat();
        assert_eq!(counts(&text), (1, 2));
    }

    #[test]
    fn an_open_quote_swallows_what_follows_as_one_malformed_row() {
        let text = format!("{HEADER}{}\"open\n{ROW}", &ROW[..41]);
        assert_eq!(counts(text.as_bytes()), (0, 1));
    }

    #[test]
    fn a_csv_file_begins_with_its_header_unless_it_is_empty() {
        assert_eq!(counts(b""), (0, 0));
        assert!(read_csv(ROW.as_bytes()).is_err());
    }

    #[test]
    fn empty_lines_are_no_records_and_blank_ones_are_malformed() {
        let totals = read_jsonl(&b"\n\r\n \nnull\n{"[..]).unwrap();
        assert_eq!((totals.records, totals.malformed), (0, 3));
    }
}
