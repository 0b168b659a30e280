//! What `load` found, as every format shows it. The fields that are not
//! skipped are the JSON of docs/json.md, in this order; that shape is frozen:
//! a key is only ever added at the end of its object.

use jiff::Timestamp;
use model::Machine;
use schemars::JsonSchema;
use serde::Serialize;

use super::rows::{
    AskedRow, CapacityRow, CountsRow, ErrorsRow, GeneratorRow, InterferenceRow, LittleRow,
    QuantilesRow, SelfCheckRow, ServerRow, SliceRow, StepRow,
};

/// The version of the JSON.
pub const SCHEMA: u32 = 1;

/// What `evenhand load` found out. Times are in milliseconds, rates in requests
/// a second; of a search, the highest rate that passed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LoadDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// Requests a second that were meant to be sent.
    pub asked_rate: f64,
    /// Requests a second that were sent.
    pub achieved_rate: f64,
    /// Right answers, from the instant the request was meant to be sent.
    pub response: QuantilesRow,
    /// Right answers, from the instant the request was sent.
    pub service: QuantilesRow,
    /// How late the generator itself sent, where a connection was free.
    pub lag: QuantilesRow,
    /// Failed requests by kind.
    pub errors: ErrorsRow,
    /// Whether the figures may be believed.
    pub valid: bool,
    /// Why not, a sentence each.
    pub invalid_because: Vec<String>,
    /// The highest rate within a bound; null if it was not searched for.
    pub capacity: Option<CapacityRow>,
    /// What was asked of whom.
    pub url: String,
    /// How it was asked.
    pub asked: AskedRow,
    /// Whether the user stopped it before its end.
    pub partial: bool,
    /// From connect to connected.
    pub connect: QuantilesRow,
    /// Requests of the measured window.
    pub counts: CountsRow,
    /// Right answers in time, a second.
    pub goodput: f64,
    /// Little's law.
    pub little: LittleRow,
    /// What the server used; null if it was not metered.
    pub server: Option<ServerRow>,
    /// What else the machine did.
    pub interference: InterferenceRow,
    /// What the generator used.
    pub generator: GeneratorRow,
    /// What the generator can do here; null if it was not looked at.
    pub self_check: Option<SelfCheckRow>,
    /// Rates that were tried by a search, in their order.
    pub steps: Vec<StepRow>,
    /// A row a second.
    pub slices: Vec<SliceRow>,
    /// Where it was run.
    pub machine: Option<Machine>,
    /// When it began.
    #[schemars(with = "String")]
    pub started: Timestamp,
    /// All response times in microseconds: HdrHistogram V2, compressed, base64.
    pub response_histogram: String,
    /// All service times, likewise.
    pub service_histogram: String,
    #[serde(skip)]
    pub(crate) frame: Frame,
}

/// What formats show around the data; no part of the JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) version: String,
    pub(crate) command: String,
    /// Whether each request has a connection of its own.
    pub(crate) fresh: bool,
}
