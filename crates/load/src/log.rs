//! A report's histograms as an HdrHistogram interval log, which HistogramLogAnalyzer, hdr-plot and the
//! libraries of other languages read.
//!
//! The whole window is one interval, once for each of the tags `response` (from the intended
//! instant) and `service` (from the send). Values are microseconds; the log's `Interval_Max` column
//! is in milliseconds. Source of the format: HdrHistogram's `HistogramLogWriter`, version 1.3.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::interval_log::{IntervalLogWriterBuilder, Tag};
use hdrhistogram::serialization::{Deserializer, V2DeflateSerializer};

use crate::report::Report;

/// Why a report has no log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// A histogram is not what a generator writes.
    #[error("the {0} histogram of the report cannot be read; is it from another version?")]
    Unreadable(&'static str),
    /// It cannot be written.
    #[error("the interval log cannot be written: {0}")]
    Unwritable(String),
}

/// The log of a report whose window began at an instant.
///
/// # Errors
///
/// A histogram that cannot be read.
pub fn interval_log(report: &Report, begun: SystemTime) -> Result<Vec<u8>, LogError> {
    let unwritable = |error: &dyn std::fmt::Display| LogError::Unwritable(error.to_string());
    let response =
        histogram(&report.response_histogram).map_err(|()| LogError::Unreadable("response"))?;
    let service =
        histogram(&report.service_histogram).map_err(|()| LogError::Unreadable("service"))?;
    let mut log = Vec::new();
    let mut serializer = V2DeflateSerializer::new();
    let mut writer = IntervalLogWriterBuilder::new()
        .add_comment("[Logged by evenhand; values in microseconds, Interval_Max in milliseconds]")
        .with_start_time(begun)
        .with_base_time(begun)
        .with_max_value_divisor(1000.0)
        .begin_log_with(&mut log, &mut serializer)
        .map_err(|error| unwritable(&error))?;
    let measured = measured(report);
    for (tag, histogram) in [("response", response), ("service", service)] {
        writer
            .write_histogram(&histogram, Duration::ZERO, measured, Tag::new(tag))
            .map_err(|error| LogError::Unwritable(format!("{error:?}")))?;
    }
    Ok(log)
}

/// The window's measured time, from what was meant in it.
fn measured(report: &Report) -> Duration {
    let seconds = report.counts.intended as f64 / report.asked_rate;
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

/// A histogram as a report has it.
pub(crate) fn histogram(text: &str) -> Result<Histogram<u64>, ()> {
    let bytes = STANDARD.decode(text).map_err(drop)?;
    Deserializer::new().deserialize(&mut bytes.as_slice()).map_err(drop)
}
