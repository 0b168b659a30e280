//! Programs that serve: how they are started, what stands beside them, and how
//! they are driven.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::contract::Pick;
use crate::{LanguageId, Metric, SideName};

/// How the programs of a workload or contract serve.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The variable that tells a program the port to listen on, on 127.0.0.1.
    pub port: String,
    /// What is spoken.
    pub wire: Wire,
    /// When a program is ready.
    pub ready: Ready,
    /// How a program is asked to end.
    pub stop: StopSignal,
    /// What stands beside every side's program, the same for all.
    pub companions: Vec<Companion>,
    /// What may be asked, by name.
    pub requests: BTreeMap<String, Asked>,
    /// What is asked of a fresh program of every side, in this order, before any number; the
    /// answers have to be the same.
    pub exchanges: Vec<Asked>,
}

named! {
    /// A protocol.
    pub enum Wire ("protocol") {
        /// HTTP/1.1.
        Http = "http",
        /// RESP2, the protocol of Redis.
        Resp = "resp",
        /// Bytes over TCP that only an external driver or a companion understands.
        Other = "other",
    }
}

/// When a program is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ready {
    /// When this path is answered with 200.
    Path(String),
    /// When its port takes a connection.
    Connect,
    /// At once: it listens on no port.
    Started,
}

named! {
    /// How a program is asked to end.
    pub enum StopSignal ("signal") {
        /// SIGTERM.
        Term = "term",
        /// SIGINT.
        Int = "int",
    }
}

/// Something that stands beside a side's program and is not counted to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// The variable that tells the program its address (`127.0.0.1:PORT`, or for a database its
    /// connection string).
    pub variable: String,
    /// What it is.
    pub kind: CompanionKind,
}

/// What stands beside a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanionKind {
    /// A program of the pack, listening on the port that `PORT` tells, ready when `/ready` is
    /// answered with 200.
    Program {
        /// Its language.
        language: LanguageId,
        /// Its project, absolute.
        folder: PathBuf,
        /// Its arguments.
        args: Vec<String>,
    },
    /// PostgreSQL, installed by package, on a private socket.
    Postgresql {
        /// SQL that makes its tables, a file, absolute.
        schema: PathBuf,
    },
}

/// One kind of request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// How often, against the weights of the others.
    pub weight: u32,
    /// `GET`; for RESP the command's words, separated by spaces.
    pub method: String,
    /// With query. `{n}` in path, body and RESP words is a number below `numbers`.
    pub path: String,
    /// Over those of every request.
    pub headers: Vec<(String, String)>,
    /// Empty: none.
    pub body: String,
    /// How many values `{n}` has; 0: none.
    pub numbers: u32,
    /// The status that is right; `None`: any from 200 to 299.
    pub status: Option<u16>,
    /// Whether the answer is always the same, so that its hash is checked in every drive.
    pub stable: bool,
}

/// How a program is driven in one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Drive {
    /// What is done to it.
    pub kind: DriveKind,
    /// A limit from outside on processor time: 0.5 is half of one processor.
    pub processors: Option<f64>,
    /// A limit from outside on memory, in bytes.
    pub memory: Option<u64>,
    /// Variables of the program, over the clean environment.
    pub env: BTreeMap<String, String>,
    /// Numbers that are asked for over HTTP when the drive has ended.
    pub told: Vec<Told>,
}

/// What is done to a program.
#[derive(Debug, Clone, PartialEq)]
pub enum DriveKind {
    /// Requests at a rate.
    Load(Load),
    /// The highest rate at which a quantile stays below a bound.
    Capacity {
        /// What is asked and how; its rate is where the search begins.
        load: Load,
        /// 0.99.
        quantile: f64,
        /// The bound, in seconds.
        bound_seconds: f64,
    },
    /// Connections that ask nothing.
    Hold {
        /// How many.
        connections: u32,
        /// Whether each has asked once before.
        asked_once: bool,
        /// How long they are held.
        seconds: f64,
    },
    /// From the start of the program to its first right answer.
    ColdStart,
    /// The program is asked to end in the middle of load.
    Stop {
        /// The load.
        load: Load,
        /// Clients that have sent half a request.
        stuck: u32,
    },
    /// The first companion drives: `POST /start` begins, `GET /stats` tells `done`, `units` and
    /// `digest`.
    Companion {
        /// When it is given up.
        deadline_seconds: f64,
        /// How long the program is watched doing nothing before, for `idle-cpu`.
        idle_seconds: f64,
    },
    /// A command drives and writes JSON.
    External {
        /// `{port}` in it is the program's port.
        command: Vec<String>,
        /// Where its output tells how many were answered.
        count: Pick,
        /// Where it tells how many failed.
        errors: Option<Pick>,
        /// Where it tells latencies, by metric, with what turns them into seconds.
        quantiles: Vec<(Metric, Pick, f64)>,
        /// When it is given up.
        deadline_seconds: f64,
    },
}

/// Requests at a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// Names in [`Service::requests`]; empty: all.
    pub requests: Vec<String>,
    /// When.
    pub schedule: Arrival,
    /// Requests a second; where [`Load::stages`] is not empty, that of the first.
    pub rate: f64,
    /// Rates one after the other, for [`Arrival::Step`]; from and to, for [`Arrival::Ramp`].
    pub stages: Vec<f64>,
    /// Requests in a burst and seconds from one to the next, for [`Arrival::Burst`].
    pub burst: Option<(u32, f64)>,
    /// How long it is counted.
    pub seconds: f64,
    /// How long it is driven before.
    pub warm_up_seconds: f64,
    /// Sockets at most.
    pub connections: u32,
    /// Connections beside them that ask nothing.
    pub idle: u32,
    /// Clients beside them that never end their request.
    pub slow: u32,
    /// A connection for each request.
    pub fresh_connections: bool,
    /// From the intended instant.
    pub timeout_seconds: f64,
    /// Clients give up so long after sending.
    pub leave_after_seconds: Option<f64>,
    /// What counts as in time for goodput.
    pub in_time_seconds: Option<f64>,
    /// How busy the program's processors are to be, from 0 to 1: the rate is the one at which its own
    /// are, looked for in every turn, beginning at [`Load::rate`].
    pub utilisation: Option<f64>,
}

named! {
    /// When requests are meant to arrive.
    pub enum Arrival ("schedule") {
        /// As from many users who know nothing of each other.
        Poisson = "poisson",
        /// Evenly spaced.
        Constant = "constant",
        /// From one rate to another.
        Ramp = "ramp",
        /// One rate after the other.
        Step = "step",
        /// Many at one instant, again and again.
        Burst = "burst",
    }
}

/// A number that is asked for when a drive has ended, as the change since before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What it is kept as: a metric of the workload's own.
    pub metric: Metric,
    /// Who tells it.
    pub by: Teller,
    /// Where.
    pub path: String,
    /// Where in the answer.
    pub pick: Pick,
    /// Whether it is divided by the requests sent.
    pub per_request: bool,
}

named! {
    /// Who tells a number.
    pub enum Teller ("teller") {
        /// The side's program.
        Server = "server",
        /// The first companion.
        Companion = "companion",
    }
}

/// A side's program under other settings, measured as a side of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its name as a side: `go-gogc-400`.
    pub id: SideName,
    /// Whose program.
    pub side: SideName,
    /// Arguments after the case's own.
    pub args: Vec<String>,
    /// Variables over the case's own.
    pub env: BTreeMap<String, String>,
}

/// Processors of generator and companions, and of the program, on a machine with so many: one for
/// the generator, the rest for the program; where there is one only, both share it.
pub fn processors_for_server(of_machine: u32) -> u32 {
    of_machine.saturating_sub(1).max(1)
}

/// With fewer processors of its own than this, a program's tail and capacity are no more than a
/// condition: a claim on them at most *depends*.
pub const FEWEST_FOR_A_TAIL: u32 = 2;

/// Programs are not asked to be busier than this: beyond it queues grow without end on one side
/// before they do on the other.
pub const MOST_UTILISATION: f64 = 0.9;

/// A block is void for all its sides if something else on the machine used so many more processors
/// during one of its trials than during another: what is alike for all pairs out, what is not does
/// not.
pub const UNEVEN: f64 = 0.35;

impl Drive {
    /// Whether a drive of this kind gives values of a metric.
    pub fn gives(&self, metric: Metric) -> bool {
        if matches!(metric, Metric::Own(_)) {
            return self.told.iter().any(|told| told.metric == metric);
        }
        if let DriveKind::External { quantiles, .. } = &self.kind
            && quantiles.iter().any(|(given, _, _)| *given == metric)
        {
            return true;
        }
        self.kind.metrics().contains(&metric)
    }
}

impl DriveKind {
    /// What every drive of this kind gives.
    pub fn metrics(&self) -> &'static [Metric] {
        use Metric::{
            Capacity, CpuPerRequest, FirstAnswer, Goodput, IdleCpu, LostRequests, MemorySettled,
            MemoryUnderLoad, ResponseP50, ResponseP99, ResponseP999, ServiceP99, StopTime,
        };
        match self {
            Self::Load(_) => &[
                CpuPerRequest,
                ResponseP50,
                ResponseP99,
                ResponseP999,
                ServiceP99,
                Goodput,
                MemoryUnderLoad,
                MemorySettled,
            ],
            Self::Capacity { .. } => &[Capacity],
            Self::Hold { .. } => &[MemoryUnderLoad, MemorySettled],
            Self::ColdStart => &[FirstAnswer],
            Self::Stop { .. } => &[LostRequests, StopTime],
            Self::Companion { .. } => &[CpuPerRequest, IdleCpu, MemoryUnderLoad],
            Self::External { .. } => &[CpuPerRequest, MemoryUnderLoad],
        }
    }
}
