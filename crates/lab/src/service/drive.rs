//! One turn: a program is stood up, something is done to it, values are read,
//! and it is ended.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use load::Report;
use model::service::{Drive, DriveKind, Load, Teller, Told};
use model::{Metric, TrialStatus};

use super::ask::Asker;
use super::exchange::Goldens;
use super::stand::{Grounds, Standing, Subject};
use super::utilisation::Utilisation;
use super::wait::{self, Look};
use super::{ServiceError, external, generator, hold, order, search};
use crate::number;

pub(super) type Values = BTreeMap<Metric, f64>;

/// How long a program may take for an answer beside its load.
const PATIENCE: Duration = Duration::from_secs(10);

/// From one look at a companion's drive to the next.
const PAUSE: Duration = Duration::from_millis(10);

/// A generator that is later than this, 1 in 100 times, tells no latency: half of the least difference
/// of a p99 that counts.
const LATEST_MS: f64 = 1.0;

/// More failures than this, and what a request costs is not told.
const MOST_ERRORS: f64 = 0.01;

/// One turn, beside the program.
#[derive(Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub(crate) drive: &'a Drive,
    /// Whether failing requests are what the case is about.
    pub(crate) may_fail: bool,
    pub(crate) goldens: &'a Goldens,
    /// The same for all sides of a block.
    pub(crate) seed: u64,
}

/// What a turn came to.
#[derive(Debug)]
pub(crate) struct Driven {
    pub(crate) status: TrialStatus,
    pub(crate) values: Values,
    pub(crate) detail: Option<String>,
    pub(crate) started: Timestamp,
    pub(crate) left_behind: Option<String>,
}

/// Takes one turn.
pub(crate) fn drive(grounds: &Grounds<'_>, subject: &Subject, turn: Turn<'_>) -> Driven {
    let started = Timestamp::now();
    let (status, values, detail, left_behind) = match take(grounds, subject, turn) {
        Ok((values, left_behind)) => (TrialStatus::Done, values, None, left_behind),
        Err(error) => (status_of(&error), Values::new(), Some(error.to_string()), None),
    };
    Driven { status, values, detail, started, left_behind }
}

fn status_of(error: &ServiceError) -> TrialStatus {
    match error {
        ServiceError::Wrong(_) => TrialStatus::WrongAnswer,
        // A time-out counts as more than any value: only the program's own is one.
        error if error.is_of_program() => TrialStatus::Crashed,
        _ => TrialStatus::Unmeasured,
    }
}

type Taken = Result<(Values, Option<String>), ServiceError>;

fn take(grounds: &Grounds<'_>, subject: &Subject, turn: Turn<'_>) -> Taken {
    let standing = grounds.stand(subject, turn.drive)?;
    let before = told(&standing, &turn.drive.told)?;
    let (mut values, requests) = match &turn.drive.kind {
        DriveKind::Stop { load, stuck } => return stop(standing, load, *stuck, turn),
        DriveKind::Load(load) => loaded(&standing, load, turn)?,
        DriveKind::Capacity { load, quantile, bound_seconds } => {
            let bound = load::Bound { quantile: *quantile, milliseconds: bound_seconds * 1e3 };
            (search::capacity(&standing, load, bound, turn)?, 0.0)
        }
        DriveKind::Hold { connections, asked_once, seconds } => {
            (hold::hold(&standing, *connections, *asked_once, *seconds)?, 0.0)
        }
        DriveKind::ColdStart => {
            (Values::from([(Metric::FirstAnswer, standing.first_answer.as_secs_f64())]), 0.0)
        }
        DriveKind::Companion { deadline_seconds, idle_seconds } => {
            companion(&standing, *deadline_seconds, *idle_seconds, turn)?
        }
        DriveKind::External { .. } => external::drive(&standing, &turn.drive.kind)?,
    };
    let after = told(&standing, &turn.drive.told)?;
    for ((told, before), after) in turn.drive.told.iter().zip(before).zip(after) {
        let change = after - before;
        let each = if told.per_request { change / requests.max(1.0) } else { change };
        values.insert(told.metric, each);
    }
    let (outcome, _) = standing.stop()?;
    Ok((values, crate::trial::contained(&outcome)))
}

/// The numbers of a case's own, as they are now.
fn told(standing: &Standing<'_>, wanted: &[Told]) -> Result<Vec<f64>, ServiceError> {
    let read = |told: &Told| {
        let server = || Some(Asker::new("the program", standing.port, PATIENCE));
        let (who, asker) = match told.by {
            Teller::Server => ("the program", server()),
            Teller::Companion => ("the companion", standing.companions.asker()),
        };
        let at = number::shown(&told.pick);
        let untold = |answer: String| ServiceError::Untold {
            who,
            path: told.path.clone(),
            at: at.clone(),
            answer,
        };
        let asker = asker.ok_or_else(|| untold("there is no companion".to_owned()))?;
        let answer = asker.get(&told.path)?;
        number::find(&told.pick, &answer.body)
            .ok_or_else(|| untold(String::from_utf8_lossy(&answer.body).into_owned()))
    };
    wanted.iter().map(read).collect()
}

/// The values of a load, and how many requests were sent.
fn loaded(
    standing: &Standing<'_>,
    load: &Load,
    turn: Turn<'_>,
) -> Result<(Values, f64), ServiceError> {
    let mut order = order::order(standing, load, turn.goldens, turn.seed);
    let utilisation = Utilisation::of(standing, load, turn);
    let (mut rate, mut asked_before) = (load.rate, 0.0);
    if let Some(utilisation) = utilisation {
        let found = utilisation.look(standing, load, turn)?;
        (rate, asked_before) = (found.rate, found.asked);
        order.schedule = order::schedule(load, rate);
    }
    let report = generator::generate(standing.grounds.launcher, &order)?;
    believable(&report, turn.may_fail)?;
    if let Some(utilisation) = utilisation {
        utilisation.kept(&report, rate)?;
    }
    // The program counts from its start on, the warm-up too.
    let asked = report.counts.sent + report.counts.warm_up;
    Ok((values(&report), asked_before + asked as f64))
}

fn believable(report: &Report, may_fail: bool) -> Result<(), ServiceError> {
    if !report.counts_are_valid() {
        return Err(ServiceError::Invalid(report.invalid_because.join("; ")));
    }
    let intended = report.counts.intended.max(1) as f64;
    if report.errors.body_mismatch > 0 {
        let many = report.errors.body_mismatch;
        return Err(ServiceError::Wrong(format!("{many} answers are not the ones agreed on")));
    }
    if !may_fail && report.errors.total() as f64 > intended * MOST_ERRORS {
        return Err(ServiceError::Failing(format!(
            "of {intended} requests failed: {}",
            kinds(report)
        )));
    }
    Ok(())
}

/// Whether a quantile of the right answers is one of all that were asked: requests that had no answer
/// at all, in time or ever, are in no histogram, and dropping them must not make a tail shorter. A
/// refusal is an answer.
fn tells(errors: &load::Errors, intended: u64, quantile: f64) -> bool {
    const MOST: f64 = 0.1;
    let gone = errors.timeout + errors.starved + errors.reset + errors.eof + errors.refused;
    gone as f64 / intended.max(1) as f64 <= (1.0 - quantile) * MOST
}

fn kinds(report: &Report) -> String {
    let named = serde_json::to_value(report.errors).unwrap_or_default();
    let each = named.as_object().into_iter().flatten();
    let some = each.filter(|(_, many)| many.as_u64() != Some(0));
    let words: Vec<String> = some.map(|(kind, many)| format!("{kind} {many}")).collect();
    words.join(", ")
}

fn values(report: &Report) -> Values {
    const MS: f64 = 1e-3;
    let mut values = Values::from([
        (Metric::Goodput, report.goodput),
        (Metric::Interference, report.interference.other_processors + report.interference.steal),
    ]);
    // Of a generator that was late, what was counted and metered stands. How late it may be is the
    // same for all: were it more beside a slow answer, of a quick program only slow turns would count.
    if report.counts.right > 0 && report.lag.p99_ms <= LATEST_MS {
        let quantiles = [
            (Metric::ResponseP50, 0.5, report.response.p50_ms),
            (Metric::ResponseP99, 0.99, report.response.p99_ms),
            (Metric::ResponseP999, 0.999, report.response.p999_ms),
            (Metric::ServiceP99, 0.99, report.service.p99_ms),
        ];
        let told = quantiles
            .iter()
            .filter(|(_, quantile, _)| tells(&report.errors, report.counts.intended, *quantile));
        values.extend(told.map(|(metric, _, milliseconds)| (*metric, milliseconds * MS)));
    }
    if let Some(server) = &report.server {
        values.insert(Metric::MemoryUnderLoad, server.peak_memory as f64);
        values.insert(Metric::MemorySettled, server.settled_memory as f64);
        if report.counts.right > 0 {
            values.insert(Metric::CpuPerRequest, server.cpu_us_per_request * 1e-6);
        }
    }
    values
}

/// The program is asked to end in the middle of its load. Requests that find nobody
/// listening any more are not lost: whoever shares out the load sends no more.
fn stop(standing: Standing<'_>, load: &Load, stuck: u32, turn: Turn<'_>) -> Taken {
    let launcher = standing.grounds.launcher;
    let mut order = order::order(&standing, load, turn.goldens, turn.seed);
    order.connections.slow += stuck;
    // The process is gone when the window ends.
    order.server = None;
    let half = order.window.warm_up + order.window.measured / 2;
    let generating = generator::start(launcher, &order)?;
    std::thread::sleep(half);
    let (outcome, took) = standing.stop()?;
    let report = generating.finish()?;
    let errors = &report.errors;
    if report.counts.right == 0 || errors.unsent > 0 {
        return Err(ServiceError::Invalid("the generator sent nothing, or not in time".to_owned()));
    }
    // Whoever still waits when the drive has ended waits for a program that is gone.
    let lost = errors.reset + errors.eof + errors.timeout + errors.parse + errors.status;
    let lost = lost + errors.body_mismatch + report.counts.censored;
    let values =
        Values::from([(Metric::LostRequests, lost as f64), (Metric::StopTime, took.as_secs_f64())]);
    Ok((values, crate::trial::contained(&outcome)))
}

/// What a companion says when its drive is done.
pub(super) struct CompanionTold {
    pub(super) units: f64,
    pub(super) digest: String,
}

/// Has the companion drive.
pub(super) fn conduct(
    standing: &Standing<'_>,
    deadline: Duration,
) -> Result<CompanionTold, ServiceError> {
    const WHO: &str = "the companion";
    let untold = |at: &str, answer: String| ServiceError::Untold {
        who: WHO,
        path: "/stats".to_owned(),
        at: at.to_owned(),
        answer,
    };
    let asker = standing.companions.asker();
    let asker = asker.ok_or_else(|| untold("done", "there is no companion".to_owned()))?;
    asker.post("/start")?;
    let look = || match asker.json("/stats") {
        Ok(stats) if stats["done"].as_bool() == Some(true) => Look::There(stats),
        Ok(_) if standing.server.snapshot().is_none() => Look::Never(ServiceError::Ended {
            who: "the program".to_owned(),
            said: crate::trial::words(&standing.server.stderr_so_far()),
        }),
        Ok(_) => Look::NotYet,
        Err(error) => Look::Never(error),
    };
    let stats = wait::until(deadline, PAUSE, look)?.ok_or(ServiceError::TimedOut(deadline))?;
    let units = stats["units"].as_f64().ok_or_else(|| untold("units", stats.to_string()))?;
    let digest = stats["digest"].as_str().unwrap_or_default().to_owned();
    Ok(CompanionTold { units, digest })
}

fn companion(
    standing: &Standing<'_>,
    deadline_seconds: f64,
    idle_seconds: f64,
    turn: Turn<'_>,
) -> Result<(Values, f64), ServiceError> {
    let cpu = || standing.server.snapshot().map_or(0.0, |seen| seen.cpu.as_secs_f64());
    let mut values = Values::new();
    let mut before = cpu();
    if idle_seconds > 0.0 {
        std::thread::sleep(Duration::from_secs_f64(idle_seconds));
        let after = cpu();
        values.insert(Metric::IdleCpu, (after - before) / idle_seconds);
        before = after;
    }
    let told = conduct(standing, Duration::from_secs_f64(deadline_seconds))?;
    if turn.goldens.digest.as_ref().is_some_and(|agreed| agreed != &told.digest) {
        return Err(ServiceError::Wrong("the companion's digest is not the one agreed on".into()));
    }
    let Some(seen) = standing.server.snapshot() else {
        let said = crate::trial::words(&standing.server.stderr_so_far());
        return Err(ServiceError::Ended { who: "the program".to_owned(), said });
    };
    values.insert(Metric::CpuPerRequest, (seen.cpu.as_secs_f64() - before) / told.units.max(1e-9));
    values.insert(Metric::MemoryUnderLoad, seen.peak_resident.0 as f64);
    Ok((values, told.units))
}

#[cfg(test)]
mod tests {
    use load::Errors;

    use super::tells;

    /// A program that lets one request in 200 wait for ever has no p99 of those that came back.
    #[test]
    fn dropping_requests_makes_no_tail_shorter() {
        let dropped = Errors { timeout: 5, ..Errors::default() };
        assert!(tells(&dropped, 1000, 0.5) && !tells(&dropped, 1000, 0.99));
        let refused = Errors { status: 500, ..Errors::default() };
        assert!(tells(&refused, 1000, 0.999), "a refusal is an answer");
    }
}
