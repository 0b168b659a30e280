//! Has the generator, a process of its own, carry out an order, and listens to
//! it while it does.

use std::io::Write as _;
use std::thread;
use std::time::Duration;

use launch::{Bytes, Input, LaunchError, Launcher, Running, Trial};
use load::{Line, Order, Report, Slice};

use super::live::Live;
use super::over::{self, Over};
use crate::failure::{Failure, Kind};
use crate::interrupt::Interrupt;

/// How often the generator's lines are read: rarely enough not to be in its way.
const LISTEN: Duration = Duration::from_millis(150);
/// Beyond what the order takes: to start, to end, to be slow.
const PATIENCE: Duration = Duration::from_secs(30);
/// After being asked to end.
const GRACE: Duration = Duration::from_secs(2);
/// More than any drive writes.
const MOST_OUTPUT: Bytes = Bytes::mib(256);

/// What became of an order.
#[derive(Debug)]
pub(super) enum Driven {
    /// It was carried out.
    Whole(Report),
    /// The user stopped it: what was known by then.
    Stopped(Report),
}

impl Driven {
    pub(super) fn report(self) -> (Report, bool) {
        match self {
            Self::Whole(report) => (report, false),
            Self::Stopped(report) => (report, true),
        }
    }
}

/// Starts generators, one after the other.
pub(super) struct Generator<'a> {
    pub(super) launcher: &'a Launcher,
    pub(super) interrupt: &'a Interrupt,
    /// `None`: bare.
    pub(super) over: Option<&'a Over>,
}

impl Generator<'_> {
    /// Carries out an order.
    pub(super) fn drive(&self, order: &Order, live: &mut Live) -> Result<Driven, Failure> {
        let mut file = tempfile::NamedTempFile::new()?;
        let told = over::told(order, self.over)?;
        file.write_all(&told.stdin)?;
        let Order { window, timeout, settle, .. } = order;
        let trial = Trial {
            stdin: Input::File(file.path().to_owned()),
            deadline: window.warm_up + window.measured + *timeout + *settle + PATIENCE,
            output_cap: MOST_OUTPUT,
            grace: GRACE,
            ..Trial::of(self.launcher.path()).with_args([told.role])
        };
        let running = self.launcher.start(&trial).map_err(not_started)?;
        let mut seconds = Seconds::default();
        while !seconds.over && running.snapshot().is_some() {
            if self.interrupt.asked() {
                return stopped(running, seconds, order);
            }
            thread::sleep(LISTEN);
            seconds.hear(&running, live);
        }
        let outcome = running.finish().map_err(not_started)?;
        let stdout = outcome.stdout.read(MOST_OUTPUT)?;
        if self.interrupt.asked() && !outcome.ended.is_success() {
            return Ok(Driven::Stopped(partial(order, seconds.seen)));
        }
        load::report_of(&String::from_utf8_lossy(&stdout)).map(Driven::Whole).map_err(|error| {
            let told = outcome.stderr_tail();
            let refused = matches!(error, load::ReportError::Refused(_));
            let kind = if refused { Kind::Usage } else { Kind::Bug };
            let failure = Failure::new(kind, &error);
            if told.trim().is_empty() { failure } else { failure.hint(told.trim().to_owned()) }
        })
    }
}

/// Seconds that were told.
#[derive(Default)]
struct Seconds {
    seen: Vec<Slice>,
    /// Whether something else was told since, which is the end.
    over: bool,
}

impl Seconds {
    fn hear(&mut self, running: &Running, live: &mut Live) {
        for line in running.stdout_so_far().lines() {
            match serde_json::from_str(line) {
                Ok(Line::Progress(slice)) => {
                    let known = self.seen.last().is_some_and(|last| last.second >= slice.second);
                    if !known {
                        live.second(&slice);
                        self.seen.push(slice);
                    }
                }
                Ok(Line::Report(_) | Line::Refused(_)) => self.over = true,
                // The first line may have lost its beginning, the last is maybe half written.
                Err(_) => {}
            }
        }
    }
}

/// Ends the generator; it may still tell what it knows.
fn stopped(running: Running, seconds: Seconds, order: &Order) -> Result<Driven, Failure> {
    let outcome = running.stop().map_err(not_started)?;
    let stdout = outcome.stdout.read(MOST_OUTPUT)?;
    let report = load::report_of(&String::from_utf8_lossy(&stdout));
    Ok(Driven::Stopped(report.unwrap_or_else(|_| partial(order, seconds.seen))))
}

fn not_started(error: LaunchError) -> Failure {
    Failure::new(Kind::NothingMeasured, &error)
}

/// What whole seconds told, where the generator had no time for an account of itself.
fn partial(order: &Order, slices: Vec<Slice>) -> Report {
    let sum = |of: fn(&Slice) -> u64| slices.iter().map(of).sum::<u64>();
    let (intended, right) = (sum(|slice| slice.intended), sum(|slice| slice.right));
    let seconds = slices.len().max(1) as f64;
    Report {
        schema: 1,
        asked_rate: intended as f64 / seconds,
        achieved_rate: (right + sum(|slice| slice.errors)) as f64 / seconds,
        response: load::Quantiles::default(),
        service: load::Quantiles::default(),
        lag: load::Quantiles::default(),
        connect: load::Quantiles::default(),
        errors: load::Errors::default(),
        counts: load::Counts { intended, right, sent: right, ..load::Counts::default() },
        goodput: right as f64 / seconds,
        little: load::Little::default(),
        slices,
        response_histogram: String::new(),
        service_histogram: String::new(),
        server: None,
        interference: load::Interference::default(),
        generator: load::Generator::default(),
        valid: false,
        invalid_because: vec![format!(
            "it was stopped before {} s were over, and the generator gave no account of itself",
            order.window.measured.as_secs_f64()
        )],
        capacity: None,
    }
}
