//! The search for the highest rate within a bound. Pure: it says what to drive and is told what came.
//!
//! From a starting rate it goes up or down by ×1.6 until one rate passes and one fails, halves the
//! distance between them (as ratios) until it is 5 %, and then has the last pass and the last fail
//! confirmed by longer steps, best of three. What confirming contradicts becomes the other end, and
//! the search goes on from there, first in small strides. The answer is an interval: the true limit
//! of a server that answers a little differently each time is not one number. Two searches take
//! turns by their caller alternating between them.

mod step;

use std::time::Duration;

use crate::report::{Bound, Capacity, Report};

pub use step::{Reason, Step, StepResult, judge};

const FACTOR: f64 = 1.6;
/// The interval's ends are no further apart.
const CLOSE: f64 = 1.05;
/// Longer steps for each end, of which most decide.
const CONFIRMING: u32 = 3;
/// How much longer.
const LONGER: u32 = 3;
/// Ends that confirming may overturn; after that a single step is believed.
const CONTRADICTIONS: u32 = 4;
/// Steps that something else disturbed and that are driven again.
const REPEATS: u32 = 8;
/// Of these, one after the other: what fails a third time fails.
const REPEATS_OF_ONE: u32 = 2;
/// No search takes more steps. A plain one takes 12 to 20.
const MOST_STEPS: usize = 64;
/// Below this share of the starting rate a rate is none.
const LEAST_SHARE: f64 = 0.01;
const LEAST_RATE: f64 = 0.1;
/// How much longer than usual a step may get for the sake of its quantile.
const MOST_LONGER: u32 = 5;

/// A search under way.
#[derive(Debug, Clone)]
pub struct Search {
    bound: Bound,
    ceiling: Option<f64>,
    seconds: Duration,
    start: f64,
    low: Option<End>,
    high: Option<End>,
    /// From one rate to the next while one end is missing.
    stride: f64,
    confirming: Confirming,
    contradictions: u32,
    repeats: u32,
    repeats_of_one: u32,
    tried: Vec<(Step, StepResult)>,
    over: bool,
}

/// One end of the interval.
#[derive(Debug, Clone, Copy)]
struct End {
    rate: f64,
    confirmed: bool,
    /// Whether the generator, not the server, set it.
    by_generator: bool,
}

/// Votes of the longer steps at one end.
#[derive(Debug, Clone, Copy, Default)]
struct Confirming {
    passed: u32,
    failed: u32,
}

impl Search {
    /// A search that begins at a rate, requests a second. `ceiling` is the highest rate that the
    /// generator may be asked for ([`crate::ceiling::Ceiling::highest_rate`]).
    #[must_use]
    pub fn new(bound: Bound, start_rate: f64, ceiling: Option<f64>) -> Self {
        let start = start_rate.max(LEAST_RATE).min(ceiling.unwrap_or(f64::INFINITY));
        Self {
            bound,
            ceiling,
            seconds: Duration::from_secs(2),
            start,
            low: None,
            high: None,
            stride: FACTOR,
            confirming: Confirming::default(),
            contradictions: 0,
            repeats: REPEATS,
            repeats_of_one: REPEATS_OF_ONE,
            tried: Vec::new(),
            over: false,
        }
    }

    /// Measured time of a step where the default of two seconds does not fit; confirming ones are
    /// three times as long.
    #[must_use]
    pub fn with_seconds(self, seconds: Duration) -> Self {
        Self { seconds, ..self }
    }

    /// What to drive next; `None`: the search is over.
    #[must_use]
    pub fn next(&self) -> Option<Step> {
        if self.over {
            return None;
        }
        let (rate, confirms) = match (self.low, self.high) {
            (None, None) => (self.start, false),
            (None, Some(high)) => (high.rate / self.stride, false),
            (Some(low), None) if self.is_ceiling(low.rate) => (low.rate, true),
            (Some(low), None) => (self.capped(low.rate * self.stride), false),
            (Some(low), Some(high)) if high.rate > low.rate * CLOSE * (1.0 + 1e-9) => {
                ((low.rate * high.rate).sqrt(), false)
            }
            (Some(low), Some(_)) if !low.confirmed => (low.rate, true),
            (Some(_), Some(high)) => (high.rate, true),
        };
        Some(Step { rate, seconds: self.lasting(rate, confirms), confirms })
    }

    /// Takes the report of the step that [`Search::next`] said.
    pub fn tell(&mut self, report: &Report) {
        let Some(step) = self.next() else { return };
        let result = judge(self.bound, report);
        self.tried.push((step, result));
        if self.is_to_be_repeated(result, report) {
            self.repeats -= 1;
            self.repeats_of_one -= 1;
        } else {
            self.repeats_of_one = REPEATS_OF_ONE;
            self.take(step, result);
        }
        self.over |= self.is_settled() || self.tried.len() >= MOST_STEPS;
    }

    /// The interval, once the search is over.
    #[must_use]
    pub fn found(&self) -> Option<Capacity> {
        self.over.then(|| Capacity {
            highest_pass: self.low.map_or(0.0, |low| low.rate),
            lowest_fail: self.high.filter(|high| !high.by_generator).map(|high| high.rate),
            slo: self.bound,
        })
    }

    /// Every step so far and what it came to, repeated ones too.
    #[must_use]
    pub fn tried(&self) -> &[(Step, StepResult)] {
        &self.tried
    }

    /// Long enough for ten requests past the quantile, within reason.
    fn lasting(&self, rate: f64, confirms: bool) -> Duration {
        let enough = 10.0 / ((1.0 - self.bound.quantile) * rate);
        let enough = Duration::try_from_secs_f64(enough).unwrap_or(Duration::MAX);
        let seconds = enough.clamp(self.seconds, self.seconds * MOST_LONGER);
        if confirms { seconds * LONGER } else { seconds }
    }

    fn capped(&self, rate: f64) -> f64 {
        rate.min(self.ceiling.unwrap_or(f64::INFINITY))
    }

    fn is_ceiling(&self, rate: f64) -> bool {
        self.ceiling.is_some_and(|ceiling| rate >= ceiling)
    }

    /// A rule blind to which server it is: what would be held against a server is driven again where
    /// something else was in the way.
    fn is_to_be_repeated(&self, result: StepResult, report: &Report) -> bool {
        let failed = !matches!(result, StepResult::Pass);
        self.repeats.min(self.repeats_of_one) > 0
            && failed
            && (matches!(result, StepResult::Fail(Reason::Generator)) || step::is_disturbed(report))
    }

    fn take(&mut self, step: Step, result: StepResult) {
        let by_generator = matches!(result, StepResult::Fail(Reason::Generator));
        let passed = matches!(result, StepResult::Pass);
        let end = |confirmed| End { rate: step.rate, confirmed, by_generator };
        if !step.confirms {
            self.place(passed, end(false));
            return;
        }
        let votes = &mut self.confirming;
        *(if passed { &mut votes.passed } else { &mut votes.failed }) += 1;
        let most = CONFIRMING / 2 + 1;
        if votes.passed.max(votes.failed) < most {
            return;
        }
        let passed = votes.passed >= most;
        self.confirming = Confirming::default();
        let was_low = self.low.is_some_and(|low| low.rate == step.rate);
        if passed != was_low {
            self.contradicted(passed);
        }
        self.place(passed, end(true));
    }

    /// An end turns out to be the other one; what it had been is looked for close by.
    fn contradicted(&mut self, passed: bool) {
        self.contradictions += 1;
        self.stride = CLOSE;
        if passed {
            self.high = None;
        } else {
            self.low = None;
        }
    }

    fn place(&mut self, passed: bool, end: End) {
        let one_missing = self.low.is_none() != self.high.is_none();
        let believed = self.contradictions >= CONTRADICTIONS;
        let end = End { confirmed: end.confirmed || believed, ..end };
        let place = if passed { &mut self.low } else { &mut self.high };
        *place = Some(end);
        let still_missing = self.low.is_none() != self.high.is_none();
        if one_missing && still_missing && !end.confirmed {
            self.stride = (self.stride * self.stride).min(FACTOR);
        }
    }

    fn is_settled(&self) -> bool {
        match (self.low, self.high) {
            (None, None) => false,
            (None, Some(high)) => high.rate / self.stride < self.start * LEAST_SHARE,
            (Some(low), None) => low.confirmed && self.is_ceiling(low.rate),
            (Some(low), Some(high)) => {
                let close = high.rate <= low.rate * CLOSE * (1.0 + 1e-9);
                close && low.confirmed && high.confirmed
            }
        }
    }
}
