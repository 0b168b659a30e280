//! `[running]` and `[effort]`: how every run is set up, and when measuring ends.

use model::Unit;
use model::contract::{Effort, Running};

use super::limit::quantity;
use super::place::{Place, command};
use super::written;
use crate::document::Sheet;
use crate::quantity::Quantity;
use crate::service::variables;
use crate::shape::{Command, EffortEntry, RunningEntry};
use crate::spanned::Spanned;

/// Reads `[running]`.
pub(super) fn running(sheet: &mut Sheet, place: &Place, entry: Option<&RunningEntry>) -> Running {
    let usual = Running::default();
    let Some(entry) = entry else { return usual };
    let directory = entry.directory.as_ref();
    let directory = directory.and_then(|given| place.folder(sheet, given, "directory"));
    let mut hook = |given: &Option<Command>| match given {
        // An empty list is the default, spelled out.
        Some(given) if !given.get_ref().is_empty() => command(sheet, given, "[\"./reset\"]"),
        _ => Vec::new(),
    };
    let (prepare, conclude) = (hook(&entry.prepare), hook(&entry.conclude));
    let cpu = entry.cpu.as_ref();
    let memory = entry.memory.as_ref();
    let processors =
        cpu.and_then(|given| quantity(sheet, given, "share of processors", written::processors_of));
    let memory = memory.and_then(|given| quantity(sheet, given, "limit of memory", some_bytes));
    let deadline = entry.deadline.as_ref().and_then(|given| seconds(sheet, given, "deadline"));
    Running {
        directory: directory.filter(|path| *path != place.folder),
        env: variables(sheet, &entry.env),
        prepare,
        conclude,
        processors,
        memory,
        deadline_seconds: deadline.unwrap_or(usual.deadline_seconds),
        realtime: entry.realtime,
        server_processors: server_processors(sheet, entry),
        generator_processor: entry.generator_processor.as_ref().map(|given| *given.get_ref()),
    }
}

pub(crate) fn some_bytes(given: &Quantity) -> Result<u64, &'static str> {
    let bytes = written::whole_bytes(given)?;
    if bytes > 0 { Ok(bytes) } else { Err("write a size above zero, such as \"256 MiB\"") }
}

fn seconds(sheet: &mut Sheet, given: &Spanned<Quantity>, key: &str) -> Option<f64> {
    let above_zero = |given: &Quantity| match given.in_unit(Unit::Seconds)? {
        value if value.is_finite() && value > 0.0 => Ok(value),
        _ => Err("write a time above zero, such as \"60 s\""),
    };
    quantity(sheet, given, key, above_zero)
}

/// Processors that the program alone has.
fn server_processors(sheet: &mut Sheet, entry: &RunningEntry) -> Vec<usize> {
    let Some(list) = &entry.server_processors else { return Vec::new() };
    let mut seen: Vec<usize> = Vec::new();
    for given in list.get_ref() {
        let number = *given.get_ref();
        if seen.contains(&number) {
            let message = format!("processor {number} stands here twice");
            sheet.fault(given.span(), message, "remove one of the two");
        }
        if entry.generator_processor.as_ref().is_some_and(|other| *other.get_ref() == number) {
            let help = "give the generator another: what it takes would be taken from the program";
            let message = format!("processor {number} is the generator's");
            sheet.fault(given.span(), message, help);
        }
        seen.push(number);
    }
    seen
}

/// Reads `[effort]`.
pub(super) fn effort(sheet: &mut Sheet, entry: Option<&EffortEntry>) -> Effort {
    let usual = Effort::default();
    let Some(entry) = entry else { return usual };
    let budget = entry.budget.as_ref().and_then(|given| seconds(sheet, given, "budget"));
    let mut count = |given: &Option<Spanned<u32>>, what: &str, usual: u32| {
        let Some(given) = given else { return usual };
        if *given.get_ref() == 0 {
            let help = format!("write 1 or more; {usual} if left out");
            sheet.fault(given.span(), format!("no pair of {what} is asked for"), help);
        }
        *given.get_ref()
    };
    let most_pairs = count(&entry.pairs, "runs", usual.most_pairs);
    let build_pairs = count(&entry.builds, "builds", usual.build_pairs);
    Effort { budget_seconds: budget.unwrap_or(usual.budget_seconds), most_pairs, build_pairs }
}
