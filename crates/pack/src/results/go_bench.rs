//! What `go test -bench` prints: lines of a name, a number of iterations, and
//! values with their units, between lines about the place. Also with `-json`,
//! where the same text comes in pieces.
//!
//! The form is that of the Go project's "Go Benchmark Data Format" (design
//! document 14313), which many other tools write too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use model::contract::Better;
use serde::Deserialize;

use super::{ResultsError, TheirResult, Tool, metric_of};

/// What begins a line with a result.
const BENCHMARK: &str = "Benchmark";
/// Lines about the place that are kept.
const SETTINGS: [&str; 3] = ["goos", "goarch", "cpu"];
/// Threads that run code at once, told as a suffix of the name.
const THREADS: &str = "GOMAXPROCS";

/// A line of `go test -json`.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "Action")]
    action: String,
    #[serde(rename = "Output")]
    output: Option<String>,
    #[serde(rename = "Package")]
    package: Option<String>,
}

/// One line's numbers.
struct Line<'a> {
    name: &'a str,
    values: Vec<(f64, &'a str)>,
}

/// Where a value belongs: the line's name as written, package, unit.
type Key = (String, String, String);

/// What was collected so far.
#[derive(Default)]
struct Gathered {
    order: Vec<Key>,
    values: BTreeMap<Key, Vec<f64>>,
    package: String,
    settings: BTreeMap<String, String>,
    /// Units of which the file says which end is better.
    better: BTreeMap<String, Better>,
}

pub(super) fn is_text(text: &str) -> bool {
    text.lines().any(|line| is_result(line) || line.starts_with("pkg: "))
}

/// Whether a line means to be a result: a name and a count.
fn is_result(line: &str) -> bool {
    let mut fields = line.split_whitespace();
    let named = fields.next().is_some_and(is_benchmark);
    named && fields.next().is_some_and(|count| count.parse::<u64>().is_ok())
}

fn is_benchmark(word: &str) -> bool {
    let rest = word.strip_prefix(BENCHMARK).and_then(|rest| rest.chars().next());
    rest.is_some_and(|first| !first.is_lowercase())
}

pub(super) fn text(path: &Path, text: &str) -> Result<Vec<TheirResult>, ResultsError> {
    let mut gathered = Gathered::default();
    for (at, line) in text.lines().enumerate() {
        gathered.take(path, &format!("line {}", at + 1), line)?;
    }
    Ok(gathered.results())
}

/// Pieces of output, put together again package by package.
pub(super) fn events(path: &Path, text: &str) -> Result<Vec<TheirResult>, ResultsError> {
    let mut packages: Vec<(String, String)> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let event: Event = serde_json::from_str(line)
            .map_err(|error| ResultsError::json_from(path, at, &error))?;
        let Some(output) = event.output.filter(|_| event.action == "output") else { continue };
        let package = event.package.unwrap_or_default();
        match packages.iter_mut().find(|(name, _)| *name == package) {
            Some((_, whole)) => whole.push_str(&output),
            None => packages.push((package, output)),
        }
    }
    let mut gathered = Gathered::default();
    for (package, output) in &packages {
        for line in output.lines() {
            gathered.take(path, &format!("output of package {package}"), line)?;
        }
    }
    Ok(gathered.results())
}

impl Gathered {
    fn take(&mut self, path: &Path, place: &str, line: &str) -> Result<(), ResultsError> {
        if is_result(line) {
            let read = result(line).map_err(|what| ResultsError::malformed(path, place, what))?;
            self.add(&read);
        } else if let Some(unit) = line.strip_prefix("Unit ") {
            self.direction(unit);
        } else if let Some((key, value)) = line.split_once(": ") {
            match key {
                "pkg" => self.package = value.trim().to_owned(),
                key if SETTINGS.contains(&key) => {
                    self.settings.insert(key.to_owned(), value.trim().to_owned());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn add(&mut self, line: &Line<'_>) {
        for (value, unit) in &line.values {
            let key = (line.name.to_owned(), self.package.clone(), (*unit).to_owned());
            if !self.values.contains_key(&key) {
                self.order.push(key.clone());
            }
            self.values.entry(key).or_default().push(*value);
        }
    }

    /// `Unit ns/op better=lower assume=exact`.
    fn direction(&mut self, line: &str) {
        let mut fields = line.split_whitespace();
        let Some(unit) = fields.next() else { return };
        for field in fields {
            let better = match field {
                "better=higher" => Better::More,
                "better=lower" => Better::Less,
                _ => continue,
            };
            self.better.insert(unit.to_owned(), better);
        }
    }

    fn results(self) -> Vec<TheirResult> {
        let names: BTreeSet<(&str, &str)> =
            self.order.iter().map(|(name, package, _)| (name.as_str(), package.as_str())).collect();
        let packages: BTreeSet<&str> = names.iter().map(|(_, package)| *package).collect();
        let alone = |name: &str, package: &str| {
            let alike = |other: &&(&str, &str)| {
                other.1 == package && without_threads(other.0).0 == without_threads(name).0
            };
            names.iter().filter(alike).count() == 1
        };
        let result = |key: &Key| {
            let (name, package, unit) = key;
            let (short, threads) = without_threads(name);
            let mut settings = self.settings.clone();
            // With `-cpu 1,2,4` one benchmark has several suffixes: those are several benchmarks.
            let alone = alone(name, package);
            let short = if alone { short } else { name };
            if alone {
                settings.insert(THREADS.to_owned(), threads.unwrap_or("1").to_owned());
            }
            let short = short.strip_prefix(BENCHMARK).unwrap_or(short);
            let name = match packages.len() > 1 {
                true => format!("{package}.{short}"),
                false => short.to_owned(),
            };
            TheirResult {
                tool: Tool::GoBench,
                name,
                metric: metric_of(unit),
                unit: unit.clone(),
                better: self.better.get(unit).copied().unwrap_or_else(|| usual(unit)),
                values: self.values.get(key).cloned().unwrap_or_default(),
                settings,
                notes: Vec::new(),
            }
        };
        self.order.iter().map(result).collect()
    }
}

/// Of a rate more is better.
fn usual(unit: &str) -> Better {
    match unit.ends_with("/s") {
        true => Better::More,
        false => Better::Less,
    }
}

/// A name without the suffix that tells the threads, and the suffix.
fn without_threads(name: &str) -> (&str, Option<&str>) {
    match name.rsplit_once('-') {
        Some((short, threads))
            if !threads.is_empty() && threads.bytes().all(|b| b.is_ascii_digit()) =>
        {
            (short, Some(threads))
        }
        _ => (name, None),
    }
}

fn result(line: &str) -> Result<Line<'_>, String> {
    let mut fields = line.split_whitespace();
    let name = fields.next().unwrap_or_default();
    // How many iterations each value is a mean of.
    fields.next();
    let mut values = Vec::new();
    while let Some(value) = fields.next() {
        let number: f64 =
            value.parse().map_err(|_| format!("`{value}` stands where a number should"))?;
        let unit = fields.next().ok_or_else(|| format!("`{value}` has no unit"))?;
        values.push((number, unit));
    }
    match values.is_empty() {
        true => Err(format!("`{name}` has no value")),
        false => Ok(Line { name, values }),
    }
}
