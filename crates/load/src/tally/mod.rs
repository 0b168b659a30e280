//! What became of every request of the window: histograms, counts, seconds, Little's law.
//!
//! Is told of each request when it comes, is sent and goes, with times on the drive's clock; a
//! request of the warm-up is told of too and is in no figure. Hands over the figures of a report
//! and what [`validity`] says against them. Memory is fixed, however long the drive.

mod slices;
#[cfg(test)]
mod tests;
mod under_way;
pub(crate) mod validity;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::serialization::{Serializer, V2DeflateSerializer};
use hdrhistogram::{Counter, Histogram};

use crate::order::{Order, Window};
use crate::report::{Counts, Errors, Little, Quantiles, Slice};

use slices::Slices;
use under_way::UnderWay;

/// Histograms reach this far; a timeout may not be longer.
pub(crate) const LONGEST: Duration = Duration::from_secs(60);

/// Why a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Refused,
    Timeout,
    Reset,
    Eof,
    Parse,
    Status,
    BodyMismatch,
    Starved,
    Unsent,
}

/// Keeps count of a drive.
#[derive(Debug)]
pub(crate) struct Tally {
    window: Window,
    in_time: Duration,
    response: Histogram<u64>,
    service: Histogram<u64>,
    lag: Histogram<u64>,
    connect: Histogram<u64>,
    errors: Errors,
    counts: Counts,
    under_way: UnderWay,
    slices: Slices,
    behind: u64,
    /// Answered while the window lasted, whenever meant.
    answered_within: u64,
    sent_within: u64,
}

/// What a drive comes to, but for what was metered.
#[derive(Debug)]
pub(crate) struct Figures {
    pub(crate) response: Quantiles,
    pub(crate) service: Quantiles,
    pub(crate) lag: Quantiles,
    pub(crate) connect: Quantiles,
    pub(crate) errors: Errors,
    pub(crate) counts: Counts,
    pub(crate) little: Little,
    /// How far apart the two of Little's law may be because the window has ends.
    pub(crate) little_noise: f64,
    pub(crate) slices: Vec<Slice>,
    pub(crate) response_histogram: String,
    pub(crate) service_histogram: String,
    /// Requests that the generator itself was too late for.
    pub(crate) behind: u64,
    pub(crate) answered_within: u64,
    /// Sent by the window's end or hardly later.
    pub(crate) sent_within: u64,
}

impl Tally {
    pub(crate) fn new(order: &Order) -> Self {
        let window = order.window;
        let end = window.warm_up + window.measured;
        Self {
            window,
            in_time: order.in_time.unwrap_or(order.timeout),
            response: histogram(),
            service: histogram(),
            lag: histogram(),
            connect: histogram(),
            errors: Errors::default(),
            counts: Counts::default(),
            under_way: UnderWay::new(window.warm_up, end),
            slices: Slices::new(order.timeout),
            behind: 0,
            answered_within: 0,
            sent_within: 0,
        }
    }

    /// When in the window a request was meant, from its beginning; `None`: in the warm-up.
    fn since_begin(&self, intended: Duration) -> Option<Duration> {
        intended.checked_sub(self.window.warm_up)
    }

    fn end(&self) -> Duration {
        self.window.warm_up + self.window.measured
    }

    /// A request's instant has come.
    pub(crate) fn came(&mut self, intended: Duration, now: Duration) {
        self.under_way.come(intended, now);
        if let Some(since) = self.since_begin(intended) {
            self.counts.intended += 1;
            self.slices.intended(since);
        }
    }

    /// It found every connection taken.
    pub(crate) fn waits(&mut self, intended: Duration) {
        if self.since_begin(intended).is_some() {
            self.counts.waited_for_socket += 1;
        }
    }

    /// It is being sent; `at_once`: a connection was free for it all the time.
    pub(crate) fn sent(&mut self, intended: Duration, now: Duration, at_once: bool) {
        if self.since_begin(intended).is_none() {
            self.counts.warm_up += 1;
            return;
        }
        self.counts.sent += 1;
        // The last are meant at the very end; a flood goes on being sent for long after it.
        let hardly_later = self.window.measured / 100;
        self.sent_within += u64::from(now < self.end() + hardly_later);
        if at_once {
            self.behind += u64::from(now >= self.end());
            record(&mut self.lag, now.saturating_sub(intended));
        }
    }

    /// It has its right answer.
    pub(crate) fn right(&mut self, intended: Duration, sent: Duration, now: Duration) {
        self.under_way.leave(intended, now);
        if now >= self.window.warm_up && now < self.end() {
            self.answered_within += 1;
        }
        let Some(since) = self.since_begin(intended) else { return };
        let took = now.saturating_sub(intended);
        self.counts.right += 1;
        self.counts.in_time += u64::from(took <= self.in_time);
        record(&mut self.response, took);
        record(&mut self.service, now.saturating_sub(sent));
        self.slices.right(since, took);
    }

    pub(crate) fn failed(&mut self, intended: Duration, failure: Failure, now: Duration) {
        self.under_way.leave(intended, now);
        let Some(since) = self.since_begin(intended) else { return };
        *self.counter(failure) += 1;
        self.slices.failed(since);
    }

    /// It could not be sent for want of a port or descriptor here.
    pub(crate) fn hindered(&mut self, intended: Duration, now: Duration) {
        if self.since_begin(intended).is_some() {
            self.behind += 1;
        }
        self.failed(intended, Failure::Unsent, now);
    }

    /// Its client gave up as ordered.
    pub(crate) fn left(&mut self, intended: Duration, now: Duration) {
        self.under_way.leave(intended, now);
        if self.since_begin(intended).is_some() {
            self.counts.left += 1;
        }
    }

    /// The drive ends before its answer.
    pub(crate) fn censored(&mut self, intended: Duration, sent: Duration, now: Duration) {
        self.under_way.leave(intended, now);
        if self.since_begin(intended).is_some() {
            self.counts.censored += 1;
            record(&mut self.response, now.saturating_sub(intended));
            record(&mut self.service, now.saturating_sub(sent));
        }
    }

    /// The drive ends before it was sent.
    pub(crate) fn unsent(&mut self, intended: Duration, now: Duration) {
        self.failed(intended, Failure::Unsent, now);
        if self.since_begin(intended).is_some() {
            record(&mut self.response, now.saturating_sub(intended));
        }
    }

    /// A connection is there.
    pub(crate) fn connected(&mut self, since: Duration, now: Duration) {
        if now >= self.window.warm_up {
            record(&mut self.connect, now.saturating_sub(since));
        }
    }

    /// A second of the window is over: what is known of it.
    pub(crate) fn second(&mut self, second: u32, server_memory: u64) -> Slice {
        let slice = self.slices.so_far(second);
        self.slices.memory(second, server_memory);
        Slice { server_memory, ..slice }
    }

    pub(crate) fn finish(self) -> Figures {
        let (little, little_noise) = self.under_way.little();
        Figures {
            response: quantiles(&self.response),
            service: quantiles(&self.service),
            lag: quantiles(&self.lag),
            connect: quantiles(&self.connect),
            errors: self.errors,
            counts: self.counts,
            little,
            little_noise,
            slices: self.slices.finish(),
            response_histogram: encoded(&self.response),
            service_histogram: encoded(&self.service),
            behind: self.behind,
            answered_within: self.answered_within,
            sent_within: self.sent_within,
        }
    }

    fn counter(&mut self, failure: Failure) -> &mut u64 {
        let errors = &mut self.errors;
        match failure {
            Failure::Refused => &mut errors.refused,
            Failure::Timeout => &mut errors.timeout,
            Failure::Reset => &mut errors.reset,
            Failure::Eof => &mut errors.eof,
            Failure::Parse => &mut errors.parse,
            Failure::Status => &mut errors.status,
            Failure::BodyMismatch => &mut errors.body_mismatch,
            Failure::Starved => &mut errors.starved,
            Failure::Unsent => &mut errors.unsent,
        }
    }
}

/// From 1 µs to 60 s with three digits.
fn histogram<C: Counter>() -> Histogram<C> {
    let longest = LONGEST.as_micros() as u64;
    Histogram::new_with_bounds(1, longest, 3).expect("three digits from 1 µs to 60 s are possible")
}

fn record<C: Counter>(histogram: &mut Histogram<C>, took: Duration) {
    let micros = took.as_secs() * 1_000_000 + u64::from(took.subsec_nanos().div_ceil(1000));
    histogram.saturating_record(micros);
}

fn quantiles<C: Counter>(histogram: &Histogram<C>) -> Quantiles {
    Quantiles {
        p50_ms: millis_at(histogram, 0.5),
        p90_ms: millis_at(histogram, 0.9),
        p95_ms: millis_at(histogram, 0.95),
        p99_ms: millis_at(histogram, 0.99),
        p999_ms: millis_at(histogram, 0.999),
        max_ms: milliseconds(histogram.max()),
        mean_ms: histogram.mean() / 1000.0,
    }
}

fn millis_at<C: Counter>(histogram: &Histogram<C>, quantile: f64) -> f64 {
    milliseconds(histogram.value_at_quantile(quantile))
}

fn milliseconds(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

/// As other tools read it: HdrHistogram V2, compressed, in base64.
fn encoded(histogram: &Histogram<u64>) -> String {
    let mut bytes = Vec::new();
    match V2DeflateSerializer::new().serialize(histogram, &mut bytes) {
        Ok(_) => STANDARD.encode(bytes),
        // A vector takes everything; only counts past 2^63 are refused.
        Err(_) => String::new(),
    }
}
