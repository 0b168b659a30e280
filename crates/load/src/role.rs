//! The generator as a process: an order in, lines out.

use std::io;

use rustix::io::{Errno, write};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::engine::{DriveError, drive};
use crate::order::Order;
use crate::report::{Report, Slice};

/// First argument of a process that is to be a generator.
pub const ROLE: &str = "--evenhand-load-role";

/// A line that a generator writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// A second of the window is over; what is known of it by then.
    Progress(Slice),
    /// The end.
    Report(Box<Report>),
    /// The order was not carried out, and why.
    Refused(String),
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The generator did not carry out the order.
    #[error("the generator refuses the order: {0}")]
    Refused(String),
    /// It ended before its report.
    #[error("the generator wrote no report; it ended before the drive did")]
    Missing,
    /// What it wrote is no line of a generator.
    #[error("the generator wrote what is no line of its own: {0}")]
    Malformed(String),
}

/// If this process has been started as a generator ([`ROLE`] is its first argument), carries out the
/// order on its standard input, writes lines to its standard output and exits; otherwise returns at
/// once. A process that has been started as a responder is one, too. Belongs in the first line of
/// `main`.
pub fn enter() {
    crate::responder::enter();
    #[cfg(feature = "hyper-driver")]
    crate::hyper_driver::enter();
    serve(ROLE, |order: Order, tell| drive(&order, tell));
}

/// Carries out the order on standard input and exits, if that is this process' role.
pub(crate) fn serve<O: DeserializeOwned>(
    role: &str,
    drive: impl FnOnce(O, &mut dyn FnMut(&Slice) -> bool) -> Result<Report, DriveError>,
) {
    if std::env::args_os().nth(1).is_none_or(|given| given != role) {
        return;
    }
    let last = match carry_out(drive) {
        Ok(report) => Line::Report(Box::new(report)),
        Err(reason) => Line::Refused(reason),
    };
    let refused = matches!(last, Line::Refused(_));
    let written = say(&last);
    std::process::exit(if refused || !written { 1 } else { 0 });
}

/// The report among the lines that a generator wrote.
///
/// # Errors
///
/// A refused order, or lines that end before the report or are none.
pub fn report_of(stdout: &str) -> Result<Report, ReportError> {
    let Some(last) = stdout.lines().rev().find(|line| !line.trim().is_empty()) else {
        return Err(ReportError::Missing);
    };
    match serde_json::from_str(last) {
        Ok(Line::Report(report)) => Ok(*report),
        Ok(Line::Refused(reason)) => Err(ReportError::Refused(reason)),
        Ok(Line::Progress(_)) => Err(ReportError::Missing),
        Err(error) => Err(ReportError::Malformed(error.to_string())),
    }
}

fn carry_out<O: DeserializeOwned>(
    drive: impl FnOnce(O, &mut dyn FnMut(&Slice) -> bool) -> Result<Report, DriveError>,
) -> Result<Report, String> {
    // Only as far as the order goes: whoever gives it may keep the pipe open.
    let mut input = serde_json::Deserializer::from_reader(io::stdin().lock());
    let order = O::deserialize(&mut input).map_err(|error| format!("no order: {error}"))?;
    let mut tell = |slice: &Slice| say(&Line::Progress(*slice));
    drive(order, &mut tell).map_err(|error| error.to_string())
}

/// Writes a line; `false` if nobody takes it.
fn say(line: &Line) -> bool {
    let Ok(mut bytes) = serde_json::to_vec(line) else { return false };
    bytes.push(b'\n');
    let mut rest = bytes.as_slice();
    while !rest.is_empty() {
        match write(rustix::stdio::stdout(), rest) {
            Ok(length) => rest = &rest[length..],
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
    true
}
