//! What is known of all records so far, and how it is printed.

use std::cmp::Reverse;
use std::io::{self, Write};

use foldhash::{HashMap, HashSet};

use crate::record::{Level, Record};

#[derive(Default)]
pub struct Totals {
    pub records: u64,
    pub malformed: u64,
    levels: [u64; Level::NAMES.len()],
    users: HashSet<String>,
    services: HashMap<String, Service>,
    routes: HashMap<String, u64>,
    hours: HashMap<String, u64>,
    /// Records of the hour that the last one was in; not among `hours` yet.
    this_hour: (String, u64),
}

#[derive(Default)]
struct Service {
    errors: u64,
    bytes: u64,
    latencies_us: Vec<u32>,
}

impl Totals {
    /// Counts a record, or one that was malformed.
    pub fn add(&mut self, record: Option<Record>) {
        let Some(record) = record else {
            self.malformed += 1;
            return;
        };
        self.records += 1;
        self.levels[record.level as usize] += 1;
        if !self.users.contains(&*record.user) {
            self.users.insert(record.user.to_string());
        }
        update(&mut self.services, &record.service, |service| {
            service.errors += u64::from(record.is_server_error());
            service.bytes += record.bytes;
            service.latencies_us.push(record.latency_us);
        });
        update(&mut self.routes, &record.route, |count| *count += 1);
        if self.this_hour.0 != record.hour() {
            self.end_hour(record.hour());
        }
        self.this_hour.1 += 1;
    }

    /// A log is nearly in order of time: the map is asked once an hour, not once a record.
    fn end_hour(&mut self, next: &str) {
        let (hour, count) = &mut self.this_hour;
        if *count > 0 {
            update(&mut self.hours, hour, |sum| *sum += *count);
        }
        next.clone_into(hour);
        *count = 0;
    }

    /// Prints everything, of the routes the `top` with most records.
    pub fn print(mut self, out: &mut impl Write, top: usize) -> io::Result<()> {
        writeln!(out, "records\t{}", self.records)?;
        writeln!(out, "malformed\t{}", self.malformed)?;
        writeln!(out, "users\t{}", self.users.len())?;
        for (name, count) in Level::NAMES.iter().zip(self.levels) {
            writeln!(out, "level\t{name}\t{count}")?;
        }

        let mut services: Vec<_> = self.services.iter_mut().collect();
        services.sort_unstable_by_key(|(name, _)| *name);
        for (name, service) in services {
            service.print(out, name)?;
        }

        let mut routes: Vec<_> = self.routes.iter().collect();
        routes.sort_unstable_by_key(|&(name, count)| (Reverse(count), name));
        for (name, count) in routes.into_iter().take(top) {
            writeln!(out, "route\t{name}\t{count}")?;
        }

        self.end_hour("");
        let mut hours: Vec<_> = self.hours.iter().collect();
        hours.sort_unstable();
        for (hour, count) in hours {
            writeln!(out, "hour\t{hour}\t{count}")?;
        }
        Ok(())
    }
}

impl Service {
    fn print(&mut self, out: &mut impl Write, name: &str) -> io::Result<()> {
        self.latencies_us.sort_unstable();
        let sorted = &self.latencies_us;
        let records = sorted.len() as u64;
        let sum: u64 = sorted.iter().map(|&latency| u64::from(latency)).sum();
        writeln!(
            out,
            "service\t{name}\trecords={records}\terrors={}\tbytes={}\t\
             mean_us={}\tmax_us={}\tp50_us={}\tp95_us={}\tp99_us={}",
            self.errors,
            self.bytes,
            sum / records,
            percentile(sorted, 100),
            percentile(sorted, 50),
            percentile(sorted, 95),
            percentile(sorted, 99),
        )
    }
}

/// The smallest value which at least `percent` per cent of the values do not exceed.
fn percentile(sorted: &[u32], percent: usize) -> u32 {
    sorted[(sorted.len() * percent).div_ceil(100) - 1]
}

/// Changes the value of `key`. The key is copied only when it is new.
fn update<V: Default>(map: &mut HashMap<String, V>, key: &str, change: impl FnOnce(&mut V)) {
    match map.get_mut(key) {
        Some(value) => change(value),
        None => change(map.entry(key.to_owned()).or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_that_comes_back_is_added_to() {
        let mut totals = Totals::default();
        for hour in ["03", "04", "03"] {
            let line = format!(
                r#"{{"ts":"2026-01-02T{hour}:04:05Z","level":"INFO","service":"s","route":"/","status":200,"latency_us":3,"bytes":4,"user":"u"}}"#
            );
            totals.add(Record::from_json(line.as_bytes()));
        }
        let mut out = Vec::new();
        totals.print(&mut out, 1).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.ends_with("hour\t2026-01-02T03\t2\nhour\t2026-01-02T04\t1\n"));
    }

    #[test]
    fn a_percentile_is_a_value_that_was_seen() {
        let sorted: Vec<u32> = (1..=10).collect();
        assert_eq!(percentile(&sorted, 50), 5);
        assert_eq!(percentile(&sorted, 95), 10);
        assert_eq!(percentile(&sorted, 100), 10);
        assert_eq!(percentile(&[7], 50), 7);
    }

    #[test]
    fn routes_are_ordered_by_count_and_then_by_name() {
        let mut totals = Totals::default();
        for route in ["/b", "/c", "/a", "/c"] {
            let line = format!(
                r#"{{"ts":"2026-01-02T03:04:05Z","level":"INFO","service":"s","route":"{route}","status":200,"latency_us":3,"bytes":4,"user":"u"}}"#
            );
            totals.add(Record::from_json(line.as_bytes()));
        }
        totals.add(None);

        let mut out = Vec::new();
        totals.print(&mut out, 2).unwrap();

        assert_eq!(
            String::from_utf8(out).unwrap(),
            "records\t4\nmalformed\t1\nusers\t1\n\
             level\tDEBUG\t0\nlevel\tINFO\t4\nlevel\tWARN\t0\nlevel\tERROR\t0\n\
             service\ts\trecords=4\terrors=0\tbytes=16\tmean_us=3\tmax_us=3\tp50_us=3\tp95_us=3\tp99_us=3\n\
             route\t/c\t2\nroute\t/a\t1\nhour\t2026-01-02T03\t4\n"
        );
    }
}
