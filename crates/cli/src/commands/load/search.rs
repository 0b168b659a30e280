//! The search for the highest rate within a bound: `load` says which rate is
//! next, the generator drives it.

use load::capacity::{Reason, Search, Step, StepResult, judge};
use load::{Bound, Capacity, Order, Report, Schedule};

use super::generator::{Driven, Generator};
use super::live::Live;
use crate::failure::Failure;

/// What a search came to.
pub(super) struct Found {
    /// Of the highest rate that passed, or of the last one tried if none did.
    pub(super) report: Report,
    /// As that report was made.
    pub(super) order: Order,
    pub(super) partial: bool,
    pub(super) steps: Vec<report::load::Step>,
}

/// Searches from the order's own rate on; `ceiling` is the highest that the generator may be asked
/// for.
pub(super) fn run(
    generator: &Generator<'_>,
    order: &Order,
    bound: Bound,
    ceiling: Option<f64>,
    live: &mut Live,
) -> Result<Found, Failure> {
    let start = order.schedule.asked_rate(order.window);
    let mut search = Search::new(bound, start, ceiling).with_seconds(order.window.measured);
    let mut driven: Vec<(Order, Report, bool)> = Vec::new();
    let mut partial = false;
    while let Some(step) = search.next() {
        let order = at(order, step);
        live.about(format!("at {:.0}/s", step.rate));
        let report = match generator.drive(&order, live)? {
            Driven::Whole(report) => report,
            Driven::Stopped(report) => {
                partial = true;
                if driven.is_empty() {
                    driven.push((order, report, false));
                }
                break;
            }
        };
        let result = judge(bound, &report);
        live.say(&format!("{:.0}/s: {}", step.rate, words(result)));
        let silent = report.counts.right == 0 && driven.is_empty();
        search.tell(&report);
        driven.push((order, report, result == StepResult::Pass));
        if silent {
            break;
        }
    }
    let steps = driven.iter().map(|(_, report, _)| told(bound, report)).collect();
    let capacity = search.found().unwrap_or_else(|| so_far(bound, &driven));
    let best = best(driven, &capacity);
    let Some((order, mut report, _)) = best else {
        return Err(Failure::usage("the search had nothing to try"));
    };
    report.capacity = Some(capacity);
    Ok(Found { report, order, partial, steps })
}

/// The order for one rate.
fn at(order: &Order, step: Step) -> Order {
    let mut order = order.clone();
    order.window.measured = step.seconds;
    let rate = step.rate;
    order.schedule = match order.schedule {
        Schedule::Constant { .. } => Schedule::Constant { rate },
        _ => Schedule::Poisson { rate },
    };
    order
}

/// What is known of a search that was stopped.
fn so_far(bound: Bound, driven: &[(Order, Report, bool)]) -> Capacity {
    let passed = driven.iter().filter(|step| step.2).map(|step| step.1.asked_rate);
    // What the generator failed at says nothing of the server.
    let by_server = |step: &&(Order, Report, bool)| matches!(judge(bound, &step.1), StepResult::Fail(why) if why != Reason::Generator);
    let failed = driven.iter().filter(by_server).map(|step| step.1.asked_rate);
    Capacity {
        highest_pass: passed.fold(0.0, f64::max),
        lowest_fail: failed.min_by(f64::total_cmp),
        slo: bound,
    }
}

/// The longest look at the highest rate that passed; the last one if none did.
fn best(
    mut driven: Vec<(Order, Report, bool)>,
    capacity: &Capacity,
) -> Option<(Order, Report, bool)> {
    let near = |step: &(Order, Report, bool)| {
        let rate = step.0.schedule.asked_rate(step.0.window);
        step.2 && (rate - capacity.highest_pass).abs() <= capacity.highest_pass * 1e-6
    };
    let longest = (0..driven.len())
        .filter(|at| near(&driven[*at]))
        .max_by_key(|at| driven[*at].0.window.measured);
    match longest {
        Some(at) => Some(driven.swap_remove(at)),
        None => driven.pop(),
    }
}

fn told(bound: Bound, report: &Report) -> report::load::Step {
    let result = judge(bound, report);
    let because = match result {
        StepResult::Pass => Vec::new(),
        StepResult::Fail(_) => vec![words(result).to_owned()],
    };
    report::load::Step {
        rate: report.asked_rate,
        report: report.clone(),
        passed: result == StepResult::Pass,
        because,
    }
}

fn words(result: StepResult) -> &'static str {
    match result {
        StepResult::Pass => "within",
        StepResult::Fail(Reason::Slow) => "over the bound",
        StepResult::Fail(Reason::Errors) => "too many failed",
        StepResult::Fail(Reason::NotSent) => "could not be sent in full",
        StepResult::Fail(Reason::Generator) => {
            "the generator was late: nothing is known of the server"
        }
    }
}
