//! Results that other tools measured: hyperfine's JSON, the text of
//! `go test -bench`, what criterion leaves.
//!
//! [`read`] tells the form of a file or folder by what is in it and hands over
//! [`TheirResult`]s, one a benchmark and metric; [`matched`] finds out which of
//! them are to be compared, and says what was left over. None of these tools
//! interleaves the runs of two sides, so nothing here is a pair: what may be
//! concluded is for `stats::unpaired` to say.

mod criterion;
mod error;
mod go_bench;
mod hyperfine;
mod matched;
mod sides;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use model::Metric;
use model::contract::Better;
use serde_json::Value;

pub use error::ResultsError;
pub use matched::{Matched, MatchedRow, MatchedSide, matched};

/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Who measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tool {
    /// `hyperfine --export-json`.
    Hyperfine,
    /// `go test -bench`.
    GoBench,
    /// criterion, by itself or through cargo-criterion.
    Criterion,
}

/// All values of one metric of one benchmark.
#[derive(Debug, Clone, PartialEq)]
pub struct TheirResult {
    /// Who measured.
    pub tool: Tool,
    /// The command, or the benchmark's name.
    pub name: String,
    /// What was measured.
    pub metric: Metric,
    /// What `values` are in, as the tool says it; `s` for times of commands.
    pub unit: String,
    /// Which end is the better one.
    pub better: Better,
    /// A value a run, in the order of the file. One alone may be a mean.
    pub values: Vec<f64>,
    /// What the tool says of the place: processor, system, threads.
    pub settings: BTreeMap<String, String>,
    /// What a reader should know, such as runs that failed.
    pub notes: Vec<String>,
}

/// Reads a file, or a folder that criterion has left.
///
/// # Errors
/// If it cannot be read, is of none of the three forms, or is damaged.
pub fn read(path: &Path) -> Result<Vec<TheirResult>, ResultsError> {
    if path.is_dir() {
        return criterion::folder(path);
    }
    let text = text(path)?;
    let results = match form(path, &text)? {
        Form::Hyperfine => hyperfine::read(path, &text)?,
        Form::Sample => criterion::sample(path, &text)?,
        Form::CriterionMessages => criterion::messages(path, &text)?,
        Form::BenchText => go_bench::text(path, &text)?,
        Form::BenchEvents => go_bench::events(path, &text)?,
    };
    match results.iter().any(|result| !result.values.is_empty()) {
        true => Ok(results),
        false => Err(ResultsError::Empty { path: path.to_owned() }),
    }
}

fn text(path: &Path) -> Result<String, ResultsError> {
    let unreadable = |source| ResultsError::Unreadable { path: path.to_owned(), source };
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ResultsError::TooLarge { path: path.to_owned(), most: MOST_BYTES >> 20 });
    }
    let text =
        String::from_utf8(bytes).map_err(|_| ResultsError::Unknown { path: path.to_owned() })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The forms that are told apart.
enum Form {
    Hyperfine,
    Sample,
    CriterionMessages,
    BenchText,
    BenchEvents,
}

fn form(path: &Path, text: &str) -> Result<Form, ResultsError> {
    let unknown = || ResultsError::Unknown { path: path.to_owned() };
    let object = |text: &str| serde_json::from_str::<BTreeMap<String, Value>>(text);
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if !first.trim_start().starts_with('{') {
        return go_bench::is_text(text).then_some(Form::BenchText).ok_or_else(unknown);
    }
    if let Ok(line) = object(first) {
        if line.contains_key("reason") {
            return Ok(Form::CriterionMessages);
        }
        if line.contains_key("Action") {
            return Ok(Form::BenchEvents);
        }
    }
    let whole = object(text).map_err(|error| ResultsError::json(path, &error))?;
    let has = |key: &str| whole.contains_key(key);
    match () {
        () if has("results") => Ok(Form::Hyperfine),
        () if has("iters") && has("times") => Ok(Form::Sample),
        () => Err(unknown()),
    }
}

/// A metric of the tool's own, named after its unit: `allocs/op` is `allocs-op`.
fn metric_of(unit: &str) -> Metric {
    let slug = crate::contract::slug(unit).unwrap_or_else(|| "value".to_owned());
    let short: String = slug.chars().take(model::MetricName::MOST).collect();
    // A slug always is a name.
    short.trim_end_matches('-').parse().map_or(Metric::Wall, Metric::Own)
}
