//! Where something was measured, in words: the machine and its toolchains.

use jiff::civil::Date;
use model::{Environment, Toolchain, ToolchainState, Unit};
use serde::Serialize;

use crate::quantity::{count, quantity};

/// A side's toolchain: `Go 1.27.3 (3 months old)`.
pub(crate) fn toolchain(toolchain: &Toolchain, as_of: Date) -> String {
    let language = &toolchain.language;
    match &toolchain.state {
        ToolchainState::Ready { version, released } => {
            let age = released.and_then(|date| age(date, as_of));
            let age = age.map(|age| format!(" ({age} old)")).unwrap_or_default();
            format!("{language} {version}{age}")
        }
        ToolchainState::Missing { .. } => format!("{language} missing"),
        ToolchainState::TooOld { version, .. } => format!("{language} {version}, too old"),
    }
}

/// `3 months`, `12 days`; `None` for a date that is still to come.
fn age(since: Date, as_of: Date) -> Option<String> {
    let days = since.until(as_of).ok()?.get_days();
    let plural = |number: i32, noun: &str| match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    };
    match days {
        ..0 => None,
        0..=60 => Some(plural(days, "day")),
        61..=730 => Some(plural((f64::from(days) / 30.44).round() as i32, "month")),
        _ => Some(plural(days / 365, "year")),
    }
}

/// The machine in a few words: `2 cores, load 11.0`.
pub(crate) fn machine(environment: &Environment) -> Vec<String> {
    let machine = &environment.machine;
    let cores = if machine.cores == 1 { "core" } else { "cores" };
    let mut words = vec![format!("{} {cores}", machine.cores)];
    if let Some(limit) = machine.cpu_limit.0 {
        words.push(format!("limited to {} of CPU", count(limit)));
    }
    if let Some(limit) = machine.memory_limit.0 {
        words.push(format!("limited to {}", quantity(limit as f64, Unit::Bytes)));
    }
    let shared = if machine.load > f64::from(machine.cores) { "busy: " } else { "" };
    words.push(format!("{shared}load {}", count((machine.load * 10.0).round() / 10.0)));
    words
}

/// A line of a list of terms.
#[derive(Serialize)]
pub(crate) struct Term {
    name: String,
    value: String,
}

/// One of them.
pub(crate) fn term(name: impl Into<String>, value: impl Into<String>) -> Term {
    Term { name: name.into(), value: value.into() }
}

/// Everything about the machine that bears on measurements.
pub(crate) fn terms(environment: &Environment) -> Vec<Term> {
    let machine = &environment.machine;
    let mut terms = vec![
        term("Processor", format!("{}, {} cores used", machine.cpu, machine.cores)),
        term("Memory", quantity(machine.memory_bytes as f64, Unit::Bytes)),
        term(
            "System",
            format!("{}, {} ({})", machine.system, machine.kernel, machine.architecture),
        ),
        term("Load at the start", format!("{:.1}", machine.load)),
    ];
    let optional = [
        ("CPU limit", machine.cpu_limit.0.map(|cores| format!("{} cores", count(cores)))),
        ("Memory limit", machine.memory_limit.0.map(|b| quantity(b as f64, Unit::Bytes))),
        ("Virtualisation", machine.virtualisation.clone()),
        ("Frequency governor", machine.governor.clone()),
        ("Control groups", machine.cgroup.map(|version| format!("version {version}"))),
    ];
    terms.extend(optional.into_iter().filter_map(|(name, value)| Some(term(name, value?))));
    terms.push(term("Output of timed runs", environment.output_on.clone()));
    if !environment.variables.is_empty() {
        terms.push(term("Variables of timed runs", environment.variables.join(", ")));
    }
    terms
}
