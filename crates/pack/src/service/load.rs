//! Requests at a rate: which, when, how long and over what.

use model::Service;
use model::service::{Arrival, Load, MOST_UTILISATION};

use crate::document::Sheet;
use crate::shape::{BurstEntry, DriveEntry};
use crate::spanned::Spanned;

/// The keys of load.
pub(super) const LOAD: [&str; 14] = [
    "rate",
    "schedule",
    "stages",
    "burst",
    "seconds",
    "warm_up_seconds",
    "connections",
    "idle",
    "slow",
    "fresh_connections",
    "timeout_seconds",
    "leave_after_seconds",
    "in_time_seconds",
    "requests",
];

pub(crate) const SECONDS: f64 = 2.0;
pub(crate) const WARM_UP_SECONDS: f64 = 0.5;
pub(crate) const CONNECTIONS: u32 = 64;
pub(crate) const TIMEOUT_SECONDS: f64 = 5.0;

/// Reads what is asked, when and how.
pub(super) fn load(sheet: &mut Sheet, service: &Service, entry: &DriveEntry) -> Option<Load> {
    let schedule = match &entry.schedule {
        Some(word) => sheet.word(word),
        None => Some(Arrival::Poisson),
    };
    let requests = requests(sheet, service, entry);
    let seconds = above_zero(sheet, entry.seconds.as_ref(), SECONDS);
    let warm_up_seconds = zero_or_more(sheet, entry.warm_up_seconds.as_ref(), WARM_UP_SECONDS);
    let timeout_seconds = above_zero(sheet, entry.timeout_seconds.as_ref(), TIMEOUT_SECONDS);
    let leave_after_seconds = within(sheet, entry.leave_after_seconds.as_ref(), timeout_seconds);
    let in_time_seconds = within(sheet, entry.in_time_seconds.as_ref(), timeout_seconds);
    let number = |given: &Option<Spanned<u32>>| given.as_ref().map(|given| *given.get_ref());
    if let Some(given) = &entry.connections
        && *given.get_ref() == 0
    {
        sheet.fault(given.span(), "nothing can be asked over no connection", "write 1 or more");
    }
    let schedule = schedule?;
    let rates = rates(sheet, entry, schedule);
    let burst = burst(sheet, entry, schedule);
    let utilisation = utilisation(sheet, entry, schedule);
    let (rate, stages) = rates?;
    Some(Load {
        requests,
        schedule,
        rate,
        stages,
        burst,
        seconds,
        warm_up_seconds,
        connections: number(&entry.connections).unwrap_or(CONNECTIONS),
        idle: number(&entry.idle).unwrap_or(0),
        slow: number(&entry.slow).unwrap_or(0),
        fresh_connections: entry.fresh_connections.as_ref().is_some_and(|given| *given.get_ref()),
        timeout_seconds,
        leave_after_seconds,
        in_time_seconds,
        utilisation,
    })
}

fn utilisation(sheet: &mut Sheet, entry: &DriveEntry, schedule: Arrival) -> Option<f64> {
    let given = entry.utilisation.as_ref()?;
    let value = *given.get_ref();
    if !(value > 0.0 && value <= MOST_UTILISATION) {
        let help = format!("write a share above 0 and at most {MOST_UTILISATION}, such as 0.5");
        sheet.fault(given.span(), format!("processors that are {value} busy"), help);
    }
    if matches!(schedule, Arrival::Ramp | Arrival::Step | Arrival::Burst) {
        let help = "write schedule = \"poisson\" or \"constant\"";
        sheet.fault(given.span(), "for a utilisation the rate is chosen side by side", help);
    }
    Some(value)
}

fn requests(sheet: &mut Sheet, service: &Service, entry: &DriveEntry) -> Vec<String> {
    let Some(list) = &entry.requests else { return Vec::new() };
    if list.get_ref().is_empty() {
        let help = "name the ids of requests, or leave the key out: all";
        sheet.fault(list.span(), "nothing is asked", help);
    }
    sheet.no_duplicates("request", list.get_ref());
    for word in list.get_ref() {
        if !service.requests.contains_key(word.get_ref()) {
            let known = service.requests.keys().map(String::as_str);
            sheet.unknown(word, "request", "requests", known);
        }
    }
    list.get_ref().iter().map(|word| word.get_ref().clone()).collect()
}

/// The rate, and the stages of a schedule that has them.
fn rates(sheet: &mut Sheet, entry: &DriveEntry, schedule: Arrival) -> Option<(f64, Vec<f64>)> {
    let at = entry.schedule.as_ref().unwrap_or(&entry.kind).span();
    let form = match schedule {
        Arrival::Step => Some("stages = [500, 2000, 500]: two rates or more, one after the other"),
        Arrival::Ramp => Some("stages = [500, 2000]: the rates that it goes from and to"),
        Arrival::Poisson | Arrival::Constant | Arrival::Burst => None,
    };
    let Some(form) = form else {
        if let Some(given) = &entry.stages {
            let help = "remove stages, or write schedule = \"step\" or \"ramp\"";
            sheet.fault(given.span(), format!("the schedule {schedule} has no stages"), help);
        }
        let Some(given) = &entry.rate else {
            let help = "add rate = 1000: requests a second";
            sheet.fault(entry.kind.span(), "no rate is given", help);
            return None;
        };
        return Some((rate(sheet, given), Vec::new()));
    };
    if let Some(given) = &entry.rate {
        let help = "remove rate: it begins with the first of stages";
        sheet.fault(given.span(), format!("the schedule {schedule} has its rates in stages"), help);
    }
    let Some(given) = &entry.stages else {
        sheet.fault(at, format!("the schedule {schedule} has no stages"), format!("add {form}"));
        return None;
    };
    let stages: Vec<f64> = given.get_ref().iter().map(|given| rate(sheet, given)).collect();
    let fits = match schedule {
        Arrival::Ramp => stages.len() == 2,
        _ => stages.len() >= 2,
    };
    if !fits {
        let message = format!("these stages are not those of the schedule {schedule}");
        sheet.fault(given.span(), message, format!("write {form}"));
    }
    Some((*stages.first()?, stages))
}

fn rate(sheet: &mut Sheet, given: &Spanned<f64>) -> f64 {
    let value = *given.get_ref();
    if !(value.is_finite() && value > 0.0) {
        let help = "write requests a second, such as 1000";
        sheet.fault(given.span(), format!("a rate of {value}"), help);
    }
    value
}

fn burst(sheet: &mut Sheet, entry: &DriveEntry, schedule: Arrival) -> Option<(u32, f64)> {
    let Some(BurstEntry { size, every_seconds }) = &entry.burst else {
        if schedule == Arrival::Burst {
            let at = entry.schedule.as_ref().unwrap_or(&entry.kind).span();
            let key = sheet.key("every_seconds");
            let help = format!("add burst = {{ size = 100, {key} = 0.5 }}");
            sheet.fault(at, "it is not said how large the bursts are", help);
        }
        return None;
    };
    if schedule != Arrival::Burst {
        let help = "remove burst, or write schedule = \"burst\"";
        sheet.fault(size.span(), format!("the schedule {schedule} has no bursts"), help);
    }
    if *size.get_ref() == 0 {
        sheet.fault(size.span(), "a burst of nothing", "write 1 or more");
    }
    Some((*size.get_ref(), above_zero(sheet, Some(every_seconds), 0.0)))
}

/// Seconds, or what is usual.
pub(super) fn above_zero(sheet: &mut Sheet, given: Option<&Spanned<f64>>, usual: f64) -> f64 {
    let Some(given) = given else { return usual };
    let value = *given.get_ref();
    if !(value.is_finite() && value > 0.0) {
        sheet.fault(given.span(), format!("{value} seconds"), "write more than 0, such as 1.5");
    }
    value
}

pub(super) fn zero_or_more(sheet: &mut Sheet, given: Option<&Spanned<f64>>, usual: f64) -> f64 {
    let Some(given) = given else { return usual };
    let value = *given.get_ref();
    if !(value.is_finite() && value >= 0.0) {
        sheet.fault(given.span(), format!("{value} seconds"), "write 0 or more, such as 0.5");
    }
    value
}

/// A time that is over before the timeout.
fn within(sheet: &mut Sheet, given: Option<&Spanned<f64>>, timeout: f64) -> Option<f64> {
    let given = given?;
    let value = above_zero(sheet, Some(given), 0.0);
    if value.is_finite() && value > timeout {
        let key = sheet.key("timeout_seconds");
        let message = format!("after {timeout} seconds a request has timed out");
        sheet.fault(given.span(), message, format!("write less, or a longer {key}"));
    }
    Some(value)
}
