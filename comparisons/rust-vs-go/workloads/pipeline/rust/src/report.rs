//! What is made of the outcomes: sums of all, or the first few in the order of the log.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::work::{Class, Outcome};

/// Sums by service and class, the same whatever the order of the outcomes.
#[derive(Default)]
pub struct Totals {
    services: HashMap<String, [Group; Class::ALL.len()]>,
}

#[derive(Default)]
struct Group {
    records: u64,
    bytes: u64,
    max_us: u32,
    /// The sum of all pseudonyms, modulo 2^64.
    check: u64,
}

impl Totals {
    pub fn add(&mut self, outcome: Outcome) {
        let classes = self.services.entry(outcome.service).or_default();
        let group = &mut classes[outcome.class as usize];
        group.records += 1;
        group.bytes = group.bytes.wrapping_add(outcome.bytes);
        group.max_us = group.max_us.max(outcome.latency_us);
        group.check = group.check.wrapping_add(outcome.pseudonym);
    }

    pub fn print(&self, out: &mut impl Write, malformed: u64) -> io::Result<()> {
        let records: u64 = self.services.values().flatten().map(|g| g.records).sum();
        writeln!(out, "records\t{records}")?;
        writeln!(out, "malformed\t{malformed}")?;
        let mut services: Vec<_> = self.services.iter().collect();
        services.sort_unstable_by_key(|(name, _)| *name);
        for (service, classes) in services {
            for (class, group) in Class::ALL.iter().zip(classes) {
                group.print(out, service, *class)?;
            }
        }
        Ok(())
    }
}

impl Group {
    fn print(&self, out: &mut impl Write, service: &str, class: Class) -> io::Result<()> {
        if self.records == 0 {
            return Ok(());
        }
        writeln!(
            out,
            "{service}\t{}\trecords={}\tbytes={}\tmax_us={}\tcheck={:016x}",
            class.name(),
            self.records,
            self.bytes,
            self.max_us,
            self.check,
        )
    }
}

/// The first records of the log, which may come in any order among others.
pub struct First {
    count: usize,
    outcomes: Vec<Outcome>,
}

impl First {
    pub fn new(count: usize) -> Self {
        let outcomes = Vec::new();
        Self { count, outcomes }
    }

    /// Breaks when the last of the first has come.
    pub fn add(&mut self, outcome: Outcome) -> ControlFlow<()> {
        if outcome.number <= self.count as u64 {
            self.outcomes.push(outcome);
        }
        if self.outcomes.len() == self.count {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    pub fn print(mut self, out: &mut impl Write) -> io::Result<()> {
        self.outcomes.sort_unstable_by_key(|outcome| outcome.number);
        for outcome in &self.outcomes {
            writeln!(
                out,
                "{}\t{}\t{}\t{:016x}",
                outcome.number,
                outcome.service,
                outcome.class.name(),
                outcome.pseudonym,
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(number: u64, service: &str) -> Outcome {
        Outcome {
            number,
            service: service.to_owned(),
            class: if number.is_multiple_of(2) {
                Class::Slow
            } else {
                Class::Failed
            },
            latency_us: 10 * number as u32,
            bytes: 5,
            pseudonym: u64::MAX,
        }
    }

    #[test]
    fn sums_are_in_order_of_service_and_class() {
        let mut totals = Totals::default();
        for (number, service) in [(2, "b"), (3, "a"), (1, "b"), (4, "b")] {
            totals.add(outcome(number, service));
        }
        let mut out = Vec::new();
        totals.print(&mut out, 9).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "records\t4\nmalformed\t9\n\
             a\tfailed\trecords=1\tbytes=5\tmax_us=30\tcheck=ffffffffffffffff\n\
             b\tfailed\trecords=1\tbytes=5\tmax_us=10\tcheck=ffffffffffffffff\n\
             b\tslow\trecords=2\tbytes=10\tmax_us=40\tcheck=fffffffffffffffe\n"
        );
    }

    #[test]
    fn the_first_are_complete_when_each_has_come() {
        let mut first = First::new(2);
        for number in [3, 2, 5] {
            assert!(first.add(outcome(number, "s")).is_continue());
        }
        assert!(first.add(outcome(1, "s")).is_break());
        let mut out = Vec::new();
        first.print(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "1\ts\tfailed\tffffffffffffffff\n2\ts\tslow\tffffffffffffffff\n"
        );
    }
}
