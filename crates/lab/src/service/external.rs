//! A driver of somebody else's: its command, and the numbers in its JSON.

use std::path::Path;
use std::time::Duration;

use launch::tool::{self, Tool};
use model::Metric;
use model::contract::Pick;
use model::service::DriveKind;

use super::ServiceError;
use super::drive::Values;
use super::stand::Standing;
use crate::number;
use crate::toolchain::fill;
use crate::trial::words;

/// The values, and how many requests were answered.
pub(super) fn drive(
    standing: &Standing<'_>,
    kind: &DriveKind,
) -> Result<(Values, f64), ServiceError> {
    let DriveKind::External { command, count, errors, quantiles, deadline_seconds } = kind else {
        return Ok((Values::new(), 0.0));
    };
    let port = standing.port.to_string();
    let line: Vec<String> = command.iter().map(|word| fill(word, &[("port", &port)])).collect();
    let Some((program, args)) = line.split_first() else { return Ok((Values::new(), 0.0)) };
    let deadline = Duration::from_secs_f64(*deadline_seconds);
    let tool = Tool {
        deadline,
        // As the generator: not on the program's.
        affinity: Some(vec![standing.grounds.processors.generator]),
        ..Tool::of(program, Path::new("/")).with_args(args)
    };
    let cpu = || match standing.server.snapshot() {
        Some(seen) => Ok(seen.cpu.as_secs_f64()),
        None => Err(ServiceError::Ended {
            who: "the program".to_owned(),
            said: words(&standing.server.stderr_so_far()),
        }),
    };
    let before = cpu()?;
    let outcome = tool::run(standing.grounds.launcher, &tool)?;
    let used = cpu()? - before;
    if !outcome.ended.is_success() {
        return Err(ServiceError::Driver {
            command: line.join(" "),
            ended: outcome.ended.to_string(),
            said: outcome.last_lines(3),
        });
    }
    let read = |pick: &Pick| {
        number::find(pick, &outcome.stdout).ok_or_else(|| ServiceError::Untold {
            who: "the driver",
            path: program.clone(),
            at: number::shown(pick),
            answer: outcome.first_of_stdout().chars().take(300).collect(),
        })
    };
    let answered = read(count)?;
    let failed = errors.as_ref().map(read).transpose()?.unwrap_or(0.0);
    if answered <= 0.0 || failed > answered * 0.01 {
        return Err(ServiceError::Failing(format!(
            "the driver counts {answered} answers and {failed} failures"
        )));
    }
    let mut values = Values::from([(Metric::CpuPerRequest, used / answered)]);
    if let Some(seen) = standing.server.snapshot() {
        values.insert(Metric::MemoryUnderLoad, seen.peak_resident.0 as f64);
    }
    for (metric, pick, factor) in quantiles {
        values.insert(*metric, read(pick)? * factor);
    }
    Ok((values, answered))
}
