//! What became of a drive. Times are in milliseconds, as people and other tools say them.

use serde::{Deserialize, Serialize};

/// What the generator hands over. An invalid report has figures that must not be believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// 1.
    pub schema: u32,
    /// Requests a second that were meant, over the measured window.
    pub asked_rate: f64,
    /// Requests a second that were sent by the end of the window.
    pub achieved_rate: f64,
    /// Right answers, from the intended instant. Errors are not in it; a request that had no answer
    /// when the drive ended is, at its age.
    pub response: Quantiles,
    /// Right answers, from the send.
    pub service: Quantiles,
    /// From the intended instant to the send, where a socket was free: the generator's own fault.
    pub lag: Quantiles,
    /// From connect to connected.
    pub connect: Quantiles,
    /// Requests of the window that failed, by kind.
    pub errors: Errors,
    /// Requests of the window, counted.
    pub counts: Counts,
    /// Right answers in time, a second.
    pub goodput: f64,
    /// Little's law: requests under way against rate times time.
    pub little: Little,
    /// A second each.
    pub slices: Vec<Slice>,
    /// The response histogram, HdrHistogram V2 compressed, base64, in microseconds.
    pub response_histogram: String,
    /// The service histogram, likewise.
    pub service_histogram: String,
    /// What the server's process tree used in the window.
    pub server: Option<ServerUse>,
    /// What else the machine did in the window.
    pub interference: Interference,
    /// What the generator itself used.
    pub generator: Generator,
    /// Whether the figures may be believed.
    pub valid: bool,
    /// Why not, one sentence each.
    pub invalid_because: Vec<String>,
    /// What a search for the highest rate found.
    pub capacity: Option<Capacity>,
}

/// Quantiles of one histogram; all zero when it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Quantiles {
    /// Half are at most this.
    pub p50_ms: f64,
    /// 90 %.
    pub p90_ms: f64,
    /// 95 %.
    pub p95_ms: f64,
    /// 99 %.
    pub p99_ms: f64,
    /// 99.9 %.
    pub p999_ms: f64,
    /// The largest.
    pub max_ms: f64,
    /// The mean.
    pub mean_ms: f64,
}

/// Failed requests by kind; each request is in one of them at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Errors {
    /// The server did not take the connection.
    pub refused: u64,
    /// No answer in time.
    pub timeout: u64,
    /// The connection was reset.
    pub reset: u64,
    /// The connection ended before the answer did.
    pub eof: u64,
    /// What came is no answer of this protocol.
    pub parse: u64,
    /// Another status than expected.
    pub status: u64,
    /// Another body than expected.
    pub body_mismatch: u64,
    /// No socket became free in time: more than half of the timeout was over before one did.
    pub starved: u64,
    /// Not sent when the drive ended.
    pub unsent: u64,
}

/// Requests of the measured window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Meant to be sent.
    pub intended: u64,
    /// Sent.
    pub sent: u64,
    /// Answered rightly.
    pub right: u64,
    /// Answered rightly and in time.
    pub in_time: u64,
    /// Given up by the client as ordered.
    pub left: u64,
    /// Without an answer when the drive ended, kept at their age.
    pub censored: u64,
    /// That found every socket taken and no room for another.
    pub waited_for_socket: u64,
    /// Sent in the warm-up, in no other figure.
    pub warm_up: u64,
}

/// Little's law (Little, "A proof for the queuing formula L = λW", 1961): for any server the mean
/// number under way is rate times mean time, so that two ways of counting have to agree.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Little {
    /// Requests under way, the mean over time, counted as they come and go.
    pub under_way: f64,
    /// Requests a second times their mean time.
    pub rate_times_time: f64,
}

/// One second of the window.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Slice {
    /// Seconds from the window's beginning.
    pub second: u32,
    /// Requests meant in it.
    pub intended: u64,
    /// Of these, answered rightly.
    pub right: u64,
    /// Of these, failed.
    pub errors: u64,
    /// Of the right ones, from the intended instant.
    pub p50_ms: f64,
    /// Likewise.
    pub p99_ms: f64,
    /// Likewise.
    pub max_ms: f64,
    /// Resident memory of the server at its end, bytes; 0 if it is not metered.
    pub server_memory: u64,
}

/// What a process tree used.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ServerUse {
    /// Processor time in the window, seconds.
    pub cpu_seconds: f64,
    /// The same for each right answer that came in the window, microseconds; 0 if there was none.
    pub cpu_us_per_request: f64,
    /// Largest resident size seen, bytes: polled over the tree and `VmHWM` of each process.
    pub peak_memory: u64,
    /// Resident size after the end, connections closed, bytes.
    pub settled_memory: u64,
    /// Times its threads gave up a processor or were made to.
    pub switches: u64,
    /// Threads at the end of the window.
    pub threads: u64,
}

/// What else the machine did.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Interference {
    /// Processor time of everything but server, companions and generator, in processors (1.0: one was
    /// busy all the time).
    pub other_processors: f64,
    /// Processor time that the hypervisor gave to others, likewise.
    pub steal: f64,
}

/// The generator's own cost.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Generator {
    /// Processor time in the window, seconds.
    pub cpu_seconds: f64,
    /// Requests for each of these seconds.
    pub requests_per_core_second: f64,
}

/// The highest rate within a bound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    /// The highest rate that passed, requests a second; 0: none did.
    pub highest_pass: f64,
    /// The lowest rate that failed; `None`: none did up to the generator's own ceiling.
    pub lowest_fail: Option<f64>,
    /// The bound.
    pub slo: Bound,
}

/// A bound on one quantile of the response time, written `p99<20ms`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bound {
    /// 0.99.
    pub quantile: f64,
    /// Less than this.
    pub milliseconds: f64,
}

/// A bound that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no bound on a response time; one is `p99<20ms` or `p99.9<0.5s`")]
pub struct BoundError(String);

impl std::str::FromStr for Bound {
    type Err = BoundError;

    fn from_str(given: &str) -> Result<Self, BoundError> {
        let wrong = || BoundError(given.to_owned());
        let text = given.trim().strip_prefix('p').ok_or_else(wrong)?;
        let (percent, time) = text.split_once('<').ok_or_else(wrong)?;
        let percent: f64 = percent.trim().parse().map_err(|_| wrong())?;
        let time = time.trim();
        let (number, factor) = match (time.strip_suffix("ms"), time.strip_suffix("us")) {
            (Some(number), _) => (number, 1.0),
            (None, Some(number)) => (number, 0.001),
            (None, None) => (time.strip_suffix('s').ok_or_else(wrong)?, 1000.0),
        };
        let number: f64 = number.trim().parse().map_err(|_| wrong())?;
        let milliseconds = number * factor;
        let sound = (0.0..100.0).contains(&percent) && milliseconds.is_finite() && number > 0.0;
        if sound { Ok(Self { quantile: percent / 100.0, milliseconds }) } else { Err(wrong()) }
    }
}

impl TryFrom<String> for Bound {
    type Error = BoundError;

    fn try_from(given: String) -> Result<Self, BoundError> {
        given.parse()
    }
}

impl From<Bound> for String {
    fn from(bound: Bound) -> Self {
        bound.to_string()
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // 0.999 × 100 is not 99.9 in binary.
        let percent = (self.quantile * 100_000.0).round() / 1000.0;
        write!(f, "p{percent}<{}ms", self.milliseconds)
    }
}

/// Waking from sleep alone takes up to this long on a virtual machine; a lag below it is not held
/// against a report, however fast the server is.
const LAG_FLOOR_MS: f64 = 0.5;

impl Report {
    /// Whether the generator sent so late that latencies must not be believed. What was counted and
    /// metered may be, if nothing else speaks against it.
    pub fn sent_late(&self) -> bool {
        self.lag.p99_ms > LAG_FLOOR_MS.max(self.response.p99_ms / 4.0)
    }

    /// Whether everything but the latencies may be believed.
    pub fn counts_are_valid(&self) -> bool {
        self.valid || (self.sent_late() && self.invalid_because.len() == 1)
    }
}

impl Errors {
    /// All of them.
    pub fn total(&self) -> u64 {
        let Self { refused, timeout, reset, eof, parse, status, body_mismatch, starved, unsent } =
            *self;
        refused + timeout + reset + eof + parse + status + body_mismatch + starved + unsent
    }
}
