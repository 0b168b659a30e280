//! What criterion leaves: a folder a benchmark with `new/sample.json` and
//! `new/benchmark.json`, or under the name of a saved baseline instead of
//! `new`; and the lines of cargo-criterion.
//!
//! A sample is a number of iterations and the time they took together; a value
//! here is the time of one. Folders do not say the unit: it is nanoseconds
//! unless the benchmark brings a meter of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::contract::Better;
use serde::Deserialize;
use walkdir::WalkDir;

use super::{ResultsError, TheirResult, Tool, metric_of, text};

const SAMPLE: &str = "sample.json";
const BENCHMARK: &str = "benchmark.json";
const NEW: &str = "new";
/// Group, function, parameter, `new`, and some folders above them.
const DEEPEST: usize = 8;

#[derive(Deserialize)]
struct Sample {
    iters: Vec<f64>,
    times: Vec<f64>,
}

#[derive(Deserialize)]
struct Benchmark {
    full_id: String,
}

/// A line of cargo-criterion.
#[derive(Deserialize)]
struct Message {
    reason: String,
    id: Option<String>,
    iteration_count: Option<Vec<f64>>,
    measured_values: Option<Vec<f64>>,
    unit: Option<String>,
}

/// One benchmark's folder, or all below.
pub(super) fn folder(path: &Path) -> Result<Vec<TheirResult>, ResultsError> {
    let here = path.join(SAMPLE);
    if here.is_file() {
        return sample(&here, &text(&here)?);
    }
    let mut results = Vec::new();
    for file in samples(path)? {
        results.extend(sample(&file, &text(&file)?)?);
    }
    match results.is_empty() {
        true => Err(ResultsError::Unknown { path: path.to_owned() }),
        false => Ok(results),
    }
}

fn samples(path: &Path) -> Result<Vec<PathBuf>, ResultsError> {
    let mut files = Vec::new();
    for entry in WalkDir::new(path).max_depth(DEEPEST).sort_by_file_name() {
        let entry = entry.map_err(|error| ResultsError::Unreadable {
            path: error.path().unwrap_or(path).to_owned(),
            source: error.into(),
        })?;
        let of_new = entry.path().parent().and_then(Path::file_name) == Some(NEW.as_ref());
        if of_new && entry.file_name() == SAMPLE {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// A `sample.json`; its name stands beside it.
pub(super) fn sample(path: &Path, content: &str) -> Result<Vec<TheirResult>, ResultsError> {
    let sample: Sample =
        serde_json::from_str(content).map_err(|error| ResultsError::json(path, &error))?;
    let values = each(path, &sample.iters, &sample.times)?;
    Ok(vec![result(name(path)?, values, "ns")])
}

fn name(sample: &Path) -> Result<String, ResultsError> {
    let beside = sample.with_file_name(BENCHMARK);
    if beside.is_file() {
        let content = text(&beside)?;
        let benchmark: Benchmark =
            serde_json::from_str(&content).map_err(|error| ResultsError::json(&beside, &error))?;
        return Ok(benchmark.full_id);
    }
    let folder = sample.parent().and_then(Path::parent).and_then(Path::file_name);
    Ok(folder.unwrap_or(sample.as_os_str()).to_string_lossy().into_owned())
}

/// The lines of `cargo criterion --message-format json`.
pub(super) fn messages(path: &Path, content: &str) -> Result<Vec<TheirResult>, ResultsError> {
    let mut results = Vec::new();
    for (at, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let message: Message = serde_json::from_str(line)
            .map_err(|error| ResultsError::json_from(path, at, &error))?;
        if message.reason != "benchmark-complete" {
            continue;
        }
        let lacks =
            |key| ResultsError::malformed(path, format!("line {}", at + 1), format!("no `{key}`"));
        let id = message.id.ok_or_else(|| lacks("id"))?;
        let iterations = message.iteration_count.ok_or_else(|| lacks("iteration_count"))?;
        let measured = message.measured_values.ok_or_else(|| lacks("measured_values"))?;
        let unit = message.unit.ok_or_else(|| lacks("unit"))?;
        results.push(result(id, each(path, &iterations, &measured)?, &unit));
    }
    Ok(results)
}

fn result(name: String, values: Vec<f64>, unit: &str) -> TheirResult {
    let unit = format!("{unit}/iter");
    TheirResult {
        tool: Tool::Criterion,
        name,
        metric: metric_of(&unit),
        unit,
        better: Better::Less,
        values,
        settings: BTreeMap::new(),
        notes: Vec::new(),
    }
}

/// Values of one iteration each.
fn each(path: &Path, iterations: &[f64], times: &[f64]) -> Result<Vec<f64>, ResultsError> {
    if iterations.len() != times.len() {
        let what = format!("{} numbers of iterations, {} values", iterations.len(), times.len());
        return Err(ResultsError::malformed(path, "its samples", what));
    }
    let one = |(n, time): (&f64, &f64)| match *n > 0.0 {
        true => Ok(time / n),
        false => Err(ResultsError::malformed(path, "its samples", format!("{n} iterations"))),
    };
    iterations.iter().zip(times).map(one).collect()
}
