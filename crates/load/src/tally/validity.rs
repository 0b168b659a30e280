//! What speaks against believing a report.

use crate::report::{Quantiles, Report};

/// A generator that is busier than this is no longer there in time.
const MOST_OF_ITS_CORE: f64 = 0.7;
/// Answers that lie there unread count as the server's time.
const MOST_KEPT_WAITING: f64 = 0.1;
const LEAST_ACHIEVED: f64 = 0.98;
const LITTLE_TOLERANCE: f64 = 0.05;

/// What only the drive itself knows of its report.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inside {
    pub(crate) measured_seconds: f64,
    pub(crate) spins: bool,
    pub(crate) leaves: bool,
    /// Seconds that others had the generator's processor while it was ready.
    pub(crate) kept_waiting: f64,
    /// Requests that the generator itself was too late for.
    pub(crate) behind: u64,
    pub(crate) little_noise: f64,
    /// Whether a server was to be metered.
    pub(crate) meters: bool,
    /// Connections without a request that could not be opened.
    pub(crate) idle_missing: u32,
}

/// One sentence for each reason not to believe a report.
pub(crate) fn faults(report: &Report, inside: &Inside) -> Vec<String> {
    let mut faults = Vec::new();
    let answered = report.counts.right > 0 || (inside.leaves && report.counts.left > 0);
    if report.counts.intended == 0 {
        faults.push("no request was meant to be sent in the window".to_owned());
    } else if !answered {
        faults.push("no request was answered rightly".to_owned());
    }
    faults.extend(lagged(report));
    faults.extend(fell_behind(report, inside));
    faults.extend(out_of_order("response", &report.response));
    faults.extend(out_of_order("service", &report.service));
    faults.extend(little_broken(report, inside));
    faults.extend(too_busy(report, inside));
    faults.extend(crowded_out(inside));
    if inside.meters && report.server.is_none() {
        faults.push("the server's process was not there to be metered".to_owned());
    }
    if inside.idle_missing > 0 {
        let missing = inside.idle_missing;
        faults.push(format!("{missing} connections without a request could not be opened"));
    }
    faults
}

fn lagged(report: &Report) -> Option<String> {
    let (lag, response) = (report.lag.p99_ms, report.response.p99_ms);
    report.sent_late().then(|| {
        format!(
            "the generator sent too late: p99 of its lag is {lag:.2} ms where that of the \
             response time is {response:.2} ms"
        )
    })
}

fn fell_behind(report: &Report, inside: &Inside) -> Option<String> {
    let intended = report.counts.intended as f64;
    let behind = inside.behind as f64;
    (behind > intended * (1.0 - LEAST_ACHIEVED)).then(|| {
        format!(
            "the generator itself could not send {:.1} % of what was asked; ask less, or give it \
             a processor or more ports of its own",
            100.0 * behind / intended
        )
    })
}

fn out_of_order(what: &str, quantiles: &Quantiles) -> Option<String> {
    let Quantiles { p50_ms, p90_ms, p95_ms, p99_ms, p999_ms, max_ms, .. } = *quantiles;
    let ordered = [p50_ms, p90_ms, p95_ms, p99_ms, p999_ms, max_ms].is_sorted();
    (!ordered).then(|| format!("the quantiles of the {what} time are out of order"))
}

fn little_broken(report: &Report, inside: &Inside) -> Option<String> {
    let (counted, timed) = (report.little.under_way, report.little.rate_times_time);
    // A hundredth of a request under way is a clock read here rather than there.
    let allowed = LITTLE_TOLERANCE * counted.max(timed) + inside.little_noise + 0.01;
    ((counted - timed).abs() > allowed).then(|| {
        format!(
            "Little's law does not hold: {counted:.2} requests were under way, rate times time \
             is {timed:.2}"
        )
    })
}

fn too_busy(report: &Report, inside: &Inside) -> Option<String> {
    let share = report.generator.cpu_seconds / inside.measured_seconds;
    (!inside.spins && share > MOST_OF_ITS_CORE).then(|| {
        format!(
            "the generator used {:.0} % of its processor, past {:.0} % it measures itself",
            100.0 * share,
            100.0 * MOST_OF_ITS_CORE
        )
    })
}

fn crowded_out(inside: &Inside) -> Option<String> {
    let share = inside.kept_waiting / inside.measured_seconds;
    (share > MOST_KEPT_WAITING).then(|| {
        format!(
            "other processes had the generator's processor for {:.0} % of the time that it was \
             measuring; give it one of its own",
            100.0 * share
        )
    })
}
