//! The stages and the channels between them: read, parse, a pool of workers, and the consumer.
//!
//! Every channel is bounded, so that a slow stage holds up those before it and not the memory.
//! A stage ends when its channel is empty and closed, or when nobody wants what it sends: dropping
//! the last receiver is how a stage, and at last the consumer, cancels everything upstream.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::panic;
use std::thread::{self, ScopedJoinHandle};

use anyhow::{Result, bail};
use crossbeam_channel::{Receiver, Sender, bounded};
use csv::{ByteRecord, ReaderBuilder};

use crate::record::{COLUMNS, Record};
use crate::work::{Outcome, work};

/// Messages that may wait in a channel.
const CAPACITY: usize = 64;
const BUFFER_LEN: usize = 64 * 1024;

pub struct Plan {
    pub workers: u16,
    /// The work of a record; at least 1.
    pub rounds: u32,
}

/// What is known when every stage has ended.
pub struct Ended {
    readers: usize,
    parsers: usize,
    workers: usize,
    /// Rows that were no records, as far as was read.
    pub malformed: u64,
}

impl Ended {
    pub fn print(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "ended\tread={}\tparse={}\twork={}",
            self.readers, self.parsers, self.workers
        )
    }
}

/// Works on all records of `input` until `consume`, who gets them in any order, breaks; returns
/// when all stages have ended.
pub fn run(
    plan: &Plan,
    input: impl Read + Send,
    mut consume: impl FnMut(Outcome) -> ControlFlow<()>,
) -> Result<Ended> {
    thread::scope(|scope| {
        let (row_sender, rows) = bounded(CAPACITY);
        let (record_sender, records) = bounded(CAPACITY);
        let (outcome_sender, outcomes) = bounded(CAPACITY);

        let reader = scope.spawn(move || read(input, &row_sender));
        let parser = scope.spawn(move || parse(&rows, &record_sender));
        let pool: Vec<_> = (0..plan.workers)
            .map(|_| {
                let (records, outcomes) = (records.clone(), outcome_sender.clone());
                scope.spawn(move || work_on(&records, &outcomes, plan.rounds))
            })
            .collect();
        // Only the workers hold these now: the channels close when the last worker ends.
        drop((records, outcome_sender));

        for outcome in outcomes {
            if consume(outcome).is_break() {
                break;
            }
        }

        let workers = pool.into_iter().map(join).count();
        let malformed = join(parser);
        join(reader)?;
        Ok(Ended {
            readers: 1,
            parsers: 1,
            workers,
            malformed,
        })
    })
}

/// Waits for a stage; a stage that panicked takes the program with it.
fn join<T>(stage: ScopedJoinHandle<'_, T>) -> T {
    stage
        .join()
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

fn read(input: impl Read, rows: &Sender<ByteRecord>) -> Result<()> {
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .buffer_capacity(BUFFER_LEN)
        .from_reader(input);
    let header = reader.byte_headers()?;
    if !header.is_empty() && *header != COLUMNS[..] {
        bail!("the first row is not the header {}", COLUMNS.join(","));
    }
    for row in reader.into_byte_records() {
        if rows.send(row?).is_err() {
            break;
        }
    }
    Ok(())
}

/// Numbers the records and returns how many rows were none.
fn parse(rows: &Receiver<ByteRecord>, records: &Sender<Record>) -> u64 {
    let (mut number, mut malformed) = (1, 0);
    for row in rows {
        let Some(record) = Record::from_row(number, &row) else {
            malformed += 1;
            continue;
        };
        number += 1;
        if records.send(record).is_err() {
            break;
        }
    }
    malformed
}

fn work_on(records: &Receiver<Record>, outcomes: &Sender<Outcome>, rounds: u32) {
    for record in records {
        if outcomes.send(work(record, rounds)).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    const HEADER: &str = "ts,level,service,route,status,latency_us,bytes,user\n";
    const ROW: &str = "2026-01-02T03:04:05Z,INFO,cart,/,200,1,2,\"a, \"\"b\"\"\"\n";

    fn plan(workers: u16) -> Plan {
        Plan { workers, rounds: 1 }
    }

    #[test]
    fn every_record_comes_out_once_whatever_the_number_of_workers() {
        let text = format!("{HEADER}{}", ROW.repeat(1000));
        for workers in [1, 2, 7] {
            let mut numbers = Vec::new();
            let ended = run(&plan(workers), text.as_bytes(), |outcome| {
                numbers.push(outcome.number);
                ControlFlow::Continue(())
            })
            .unwrap();
            numbers.sort_unstable();
            assert!(numbers.into_iter().eq(1..=1000));
            assert_eq!(ended.workers, usize::from(workers));
        }
    }

    #[test]
    fn malformed_rows_are_counted_and_take_no_number() {
        let text = format!("{HEADER}{ROW}a,b\n\n{ROW}");
        let mut last = 0;
        let ended = run(&plan(2), text.as_bytes(), |outcome| {
            last = last.max(outcome.number);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!((last, ended.malformed), (2, 1));
    }

    /// Rows without end, that knows how many bytes were taken.
    struct Endless<'a>(&'a AtomicU64);

    impl Read for Endless<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let at = self.0.load(Ordering::Relaxed) as usize;
            let text = match at.checked_sub(HEADER.len()) {
                None => &HEADER[at..],
                Some(at) => &ROW[at % ROW.len()..],
            };
            let n = text.as_bytes().read(buffer)?;
            self.0.fetch_add(n as u64, Ordering::Relaxed);
            Ok(n)
        }
    }

    #[test]
    fn all_stages_end_when_the_consumer_has_enough() {
        let taken = AtomicU64::new(0);
        let mut left = 10;
        let ended = run(&plan(4), Endless(&taken), |_| {
            left -= 1;
            match left {
                0 => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        })
        .unwrap();
        assert_eq!((ended.readers, ended.parsers, ended.workers), (1, 1, 4));
        assert!(taken.into_inner() < 1_000_000);
    }

    #[test]
    fn what_cannot_be_read_ends_all_stages() {
        let fault = run(&plan(4), ROW.as_bytes(), |_| ControlFlow::Continue(())).err();
        assert!(fault.unwrap().to_string().starts_with("the first row"));
        assert!(run(&plan(4), &b""[..], |_| ControlFlow::Continue(())).is_ok());
    }
}
