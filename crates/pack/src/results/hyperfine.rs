//! What `hyperfine --export-json` writes: every run's wall time, and of CPU
//! time the mean only.

use std::collections::BTreeMap;
use std::path::Path;

use model::Metric;
use model::contract::Better;
use serde::Deserialize;

use super::{ResultsError, TheirResult, Tool};

#[derive(Deserialize)]
struct Export {
    results: Vec<Measured>,
}

#[derive(Deserialize)]
struct Measured {
    command: String,
    /// Seconds a run.
    times: Option<Vec<f64>>,
    /// Mean of CPU seconds in user mode.
    user: Option<f64>,
    /// Mean of CPU seconds in the kernel.
    system: Option<f64>,
    /// One a run; null after a signal.
    exit_codes: Option<Vec<Option<i32>>>,
}

pub(super) fn read(path: &Path, text: &str) -> Result<Vec<TheirResult>, ResultsError> {
    let export: Export =
        serde_json::from_str(text).map_err(|error| ResultsError::json(path, &error))?;
    let mut results = Vec::new();
    for measured in &export.results {
        let times = measured.times.as_ref().filter(|times| !times.is_empty()).ok_or_else(|| {
            let what = "its single times are missing, a mean alone cannot be compared";
            ResultsError::malformed(path, format!("command `{}`", measured.command), what)
        })?;
        let result = |metric, values| TheirResult {
            tool: Tool::Hyperfine,
            name: measured.command.clone(),
            metric,
            unit: "s".to_owned(),
            better: Better::Less,
            values,
            settings: BTreeMap::new(),
            notes: Vec::new(),
        };
        let notes = failures(measured).into_iter().collect();
        results.push(TheirResult { notes, ..result(Metric::Wall, times.clone()) });
        if let (Some(user), Some(system)) = (measured.user, measured.system) {
            let note = "a mean over all runs, as only that is in the file".to_owned();
            let mean = result(Metric::Cpu, vec![user + system]);
            results.push(TheirResult { notes: vec![note], ..mean });
        }
    }
    Ok(results)
}

fn failures(measured: &Measured) -> Option<String> {
    let codes = measured.exit_codes.as_ref()?;
    let failed = codes.iter().filter(|code| **code != Some(0)).count();
    (failed > 0)
        .then(|| format!("{failed} of {} runs ended with another exit code than 0", codes.len()))
}
