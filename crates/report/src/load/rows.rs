//! Parts of the document. The generator's own report is what two processes of
//! one version say to each other; these rows are what people's scripts read,
//! and stay as they are.

use load::{
    Bound, Capacity, Counts, Errors, Generator, Interference, Little, Order, Pick, Quantiles,
    Reuse, Schedule, ServerUse, Slice, Wire,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::input::{SelfChecked, Step};

/// A row whose fields are those of the generator's report.
macro_rules! row {
    ($(#[$about:meta])* $row:ident of $from:ty { $($(#[$doc:meta])* $field:ident: $kind:ty,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
        pub struct $row {
            $($(#[$doc])* pub $field: $kind,)+
        }

        impl From<$from> for $row {
            fn from(from: $from) -> Self {
                Self { $($field: from.$field,)+ }
            }
        }
    };
}

row! {
    /// Quantiles of one histogram, in milliseconds; all zero if nothing is in it.
    QuantilesRow of Quantiles {
        /// Half are at most this.
        p50_ms: f64,
        /// 90 %.
        p90_ms: f64,
        /// 95 %.
        p95_ms: f64,
        /// 99 %.
        p99_ms: f64,
        /// 99.9 %.
        p999_ms: f64,
        /// The largest.
        max_ms: f64,
        /// The mean.
        mean_ms: f64,
    }
}

row! {
    /// Failed requests by kind; a request is in one of them at most.
    ErrorsRow of Errors {
        /// The server did not take the connection.
        refused: u64,
        /// No answer in time.
        timeout: u64,
        /// The connection was reset.
        reset: u64,
        /// The connection ended before the answer did.
        eof: u64,
        /// What came is no answer of this protocol.
        parse: u64,
        /// Another status than expected.
        status: u64,
        /// Another body than expected.
        body_mismatch: u64,
        /// No connection became free in time.
        starved: u64,
        /// Not sent when the drive ended.
        unsent: u64,
    }
}

row! {
    /// Requests of the measured window.
    CountsRow of Counts {
        /// Meant to be sent.
        intended: u64,
        /// Sent.
        sent: u64,
        /// Answered rightly.
        right: u64,
        /// Answered rightly and in time.
        in_time: u64,
        /// Given up by the client, as asked.
        left: u64,
        /// Without an answer when the drive ended; in the response times at their age.
        censored: u64,
        /// That waited for a connection.
        waited_for_socket: u64,
        /// Sent in the warm-up; in no other figure.
        warm_up: u64,
    }
}

row! {
    /// Little's law: two ways of counting that have to agree.
    LittleRow of Little {
        /// Requests under way, the mean over time.
        under_way: f64,
        /// Requests a second times their mean time.
        rate_times_time: f64,
    }
}

row! {
    /// One second of the window.
    SliceRow of Slice {
        /// Seconds from the window's beginning.
        second: u32,
        /// Requests meant in it.
        intended: u64,
        /// Of these, answered rightly.
        right: u64,
        /// Of these, failed.
        errors: u64,
        /// Of the right ones, from the intended instant.
        p50_ms: f64,
        /// Likewise.
        p99_ms: f64,
        /// Likewise.
        max_ms: f64,
        /// Resident memory of the server at its end in bytes; 0 if it is not metered.
        server_memory: u64,
    }
}

row! {
    /// What the server's process tree used in the window.
    ServerRow of ServerUse {
        /// Processor time in seconds.
        cpu_seconds: f64,
        /// The same for each right answer, in microseconds.
        cpu_us_per_request: f64,
        /// Largest resident size in bytes.
        peak_memory: u64,
        /// Resident size after the end, connections closed, in bytes.
        settled_memory: u64,
        /// Times its threads gave up a processor or were made to.
        switches: u64,
        /// Threads at the end.
        threads: u64,
    }
}

row! {
    /// What else the machine did in the window, in processors (1: one was busy all the time).
    InterferenceRow of Interference {
        /// Everything but the server and the generator.
        other_processors: f64,
        /// Time that the hypervisor gave to others.
        steal: f64,
    }
}

row! {
    /// The generator's own cost.
    GeneratorRow of Generator {
        /// Processor time in the window, in seconds.
        cpu_seconds: f64,
        /// Requests for each of these seconds.
        requests_per_core_second: f64,
    }
}

/// The highest rate within a bound.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CapacityRow {
    /// The highest rate that passed, requests a second; 0: none did.
    pub highest_pass: f64,
    /// The lowest rate that failed; null: none did up to what the generator can do.
    pub lowest_fail: Option<f64>,
    /// The bound, such as `p99<20ms`.
    pub slo: String,
}

impl CapacityRow {
    pub(super) fn of(capacity: &Capacity) -> Self {
        Self {
            highest_pass: capacity.highest_pass,
            lowest_fail: capacity.lowest_fail,
            slo: capacity.slo.to_string(),
        }
    }
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AskedRow {
    /// `http` or `resp`.
    pub wire: &'static str,
    /// When requests are meant to be sent.
    pub schedule: RatesRow,
    /// Seconds that count.
    pub seconds: f64,
    /// Seconds before that do not.
    pub warm_up_seconds: f64,
    /// Connections at most.
    pub connections: u32,
    /// Whether each request has a connection of its own.
    pub fresh_connections: bool,
    /// Whether the connection used last is taken first.
    pub hot: bool,
    /// Connections beside that ask nothing.
    pub idle: u32,
    /// Clients beside that never end their request.
    pub slow: u32,
    /// From the intended instant.
    pub timeout_ms: f64,
    /// When the client gives up; null: never.
    pub leave_after_ms: Option<f64>,
    /// What counts as in time; null: the timeout.
    pub in_time_ms: Option<f64>,
    /// Every instant and draw starts from it.
    pub seed: u64,
    /// Whether the generator spins to the instant.
    pub spin: bool,
    /// The processor that the generator is held to; null: any.
    pub processor: Option<u64>,
}

/// Intended instants.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RatesRow {
    /// `constant`, `poisson`, `ramp`, `step` or `burst`.
    pub kind: &'static str,
    /// Requests a second: one, from and to of a ramp, each of a step, between bursts.
    pub rates: Vec<f64>,
    /// Requests in a burst; null: there are none.
    pub burst_size: Option<u32>,
    /// Seconds from burst to burst; null: there are none.
    pub burst_every_seconds: Option<f64>,
}

impl AskedRow {
    pub(super) fn of(order: &Order) -> Self {
        let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
        let connections = order.connections;
        Self {
            wire: match order.wire {
                Wire::Http => "http",
                Wire::Resp => "resp",
            },
            schedule: RatesRow::of(&order.schedule),
            seconds: order.window.measured.as_secs_f64(),
            warm_up_seconds: order.window.warm_up.as_secs_f64(),
            connections: connections.most,
            fresh_connections: connections.reuse == Reuse::PerRequest,
            hot: connections.pick == Pick::Lifo,
            idle: connections.idle,
            slow: connections.slow,
            timeout_ms: milliseconds(order.timeout),
            leave_after_ms: order.leave_after.map(milliseconds),
            in_time_ms: order.in_time.map(milliseconds),
            seed: order.seed,
            spin: order.spin,
            processor: order.processor.map(|processor| processor as u64),
        }
    }
}

impl RatesRow {
    fn of(schedule: &Schedule) -> Self {
        let even = |kind, rates| Self { kind, rates, burst_size: None, burst_every_seconds: None };
        match schedule {
            Schedule::Constant { rate } => even("constant", vec![*rate]),
            Schedule::Poisson { rate } => even("poisson", vec![*rate]),
            Schedule::Ramp { from, to } => even("ramp", vec![*from, *to]),
            Schedule::Step { rates } => even("step", rates.clone()),
            Schedule::Burst { rate, size, every } => Self {
                burst_size: Some(*size),
                burst_every_seconds: Some(every.as_secs_f64()),
                ..even("burst", vec![*rate])
            },
        }
    }
}

/// The generator against a responder of its own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct SelfCheckRow {
    /// Requests a second that it can send here at most.
    pub ceiling: f64,
    /// From the intended instant to the send, in milliseconds.
    pub lag: QuantilesRow,
}

impl SelfCheckRow {
    pub(super) fn of(checked: SelfChecked) -> Self {
        Self { ceiling: checked.ceiling, lag: checked.lag.into() }
    }
}

/// One rate that a search tried.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StepRow {
    /// Requests a second.
    pub rate: f64,
    /// Requests a second that were sent.
    pub achieved_rate: f64,
    /// The bounded quantile of the response time; null: there was no right answer.
    pub bounded_ms: Option<f64>,
    /// Failed requests.
    pub failed: u64,
    /// Whether it is within the bound.
    pub passed: bool,
    /// Why not, one phrase each.
    pub because: Vec<String>,
}

impl StepRow {
    pub(super) fn of(step: &Step, bound: Option<Bound>) -> Self {
        let histogram = super::curve::read(&step.report.response_histogram);
        let bounded = bound.zip(histogram).map(|(bound, all)| all.at(bound.quantile));
        Self {
            rate: step.rate,
            achieved_rate: step.report.achieved_rate,
            bounded_ms: bounded,
            failed: step.report.errors.total(),
            passed: step.passed,
            because: step.because.clone(),
        }
    }
}
