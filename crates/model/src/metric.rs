//! What is measured, in which unit, and the margins that apply when a claim
//! names none.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{IdError, UnknownName};

/// A quantity that every side has a value of. Less is better in all of them,
/// but for goodput, capacity, and a metric of the user's own that says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Metric {
    /// User and system time of a run and all its processes.
    Cpu,
    /// From just before a program is started until it has ended.
    Wall,
    /// Wall time of a run that does next to nothing.
    StartUp,
    /// Peak resident memory of a run.
    Memory,
    /// Bytes of the program's file.
    Size,
    /// Wall time of a build from sources, nothing of the project compiled
    /// before, dependencies downloaded, the standard library ready.
    BuildClean,
    /// CPU time of the same build.
    BuildCleanCpu,
    /// Wall time of a build after one small change.
    BuildIncremental,
    /// CPU time of the same build.
    BuildIncrementalCpu,
    /// Packages of others that are compiled in.
    Dependencies,
    /// Lines of the program's own sources that are neither blank nor
    /// comment, its tests apart.
    SourceLines,
    /// Page faults of a run and all its processes, with or without a disk.
    Faults,
    /// Times a thread gave up its processor or was made to.
    Switches,
    /// Instructions of a run in user mode: between two versions of one
    /// program of one language, never across languages.
    Instructions,
    /// CPU time of a server for each right answer, at a fixed rate.
    CpuPerRequest,
    /// Median response time of a server, from the intended instant.
    ResponseP50,
    /// Its 99th percentile.
    ResponseP99,
    /// Its 99.9th percentile.
    ResponseP999,
    /// 99th percentile of the time from the send, which leaves out what had to wait.
    ServiceP99,
    /// Right answers in time, a second.
    Goodput,
    /// The highest rate within a bound on the tail, requests a second.
    Capacity,
    /// Peak resident memory of a server while it is driven.
    MemoryUnderLoad,
    /// Resident memory of a server a while after its clients have gone.
    MemorySettled,
    /// From the start of a server to its first right answer.
    FirstAnswer,
    /// Requests lost when a server is asked to end.
    LostRequests,
    /// From the signal to the end of a server.
    StopTime,
    /// CPU time of a program for each second in which there is nothing to do.
    IdleCpu,
    /// Processors that something else used meanwhile; a condition, never compared.
    Interference,
    /// A number that the program tells, named by the user.
    Own(MetricName),
}

/// Every metric that is measured without being told how, with its name.
const NAMES: [(Metric, &str); 28] = [
    (Metric::Cpu, "cpu"),
    (Metric::Wall, "wall"),
    (Metric::StartUp, "start-up"),
    (Metric::Memory, "memory"),
    (Metric::Size, "size"),
    (Metric::BuildClean, "build-clean"),
    (Metric::BuildCleanCpu, "build-clean-cpu"),
    (Metric::BuildIncremental, "build-incremental"),
    (Metric::BuildIncrementalCpu, "build-incremental-cpu"),
    (Metric::Dependencies, "dependencies"),
    (Metric::SourceLines, "source-lines"),
    (Metric::Faults, "faults"),
    (Metric::Switches, "switches"),
    (Metric::Instructions, "instructions"),
    (Metric::CpuPerRequest, "cpu-per-request"),
    (Metric::ResponseP50, "response-p50"),
    (Metric::ResponseP99, "response-p99"),
    (Metric::ResponseP999, "response-p999"),
    (Metric::ServiceP99, "service-p99"),
    (Metric::Goodput, "goodput"),
    (Metric::Capacity, "capacity"),
    (Metric::MemoryUnderLoad, "memory-under-load"),
    (Metric::MemorySettled, "memory-settled"),
    (Metric::FirstAnswer, "first-answer"),
    (Metric::LostRequests, "lost-requests"),
    (Metric::StopTime, "stop-time"),
    (Metric::IdleCpu, "idle-cpu"),
    (Metric::Interference, "interference"),
];

/// What begins the name of a metric of the user's own where both kinds may stand.
const OWN: &str = "own:";

/// A metric of the user's own: at most 24 lower-case letters, digits and
/// hyphens, kept inline so that a [`Metric`] is copied like a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricName {
    bytes: [u8; MetricName::MOST],
    length: u8,
}

impl MetricName {
    /// The longest name.
    pub const MOST: usize = 24;

    /// The name as written.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever put in.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl FromStr for MetricName {
    type Err = IdError;

    fn from_str(given: &str) -> Result<Self, IdError> {
        let wrong = || IdError {
            given: given.to_owned(),
            shape: "a metric: at most 24 lower-case letters, digits and hyphens",
        };
        if !crate::id::is_slug(given) || given.len() > Self::MOST {
            return Err(wrong());
        }
        let mut bytes = [0; Self::MOST];
        bytes[..given.len()].copy_from_slice(given.as_bytes());
        Ok(Self { bytes, length: u8::try_from(given.len()).map_err(|_| wrong())? })
    }
}

impl fmt::Debug for MetricName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for MetricName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Metric {
    /// Every metric but the user's own.
    pub const ALL: &[Self] = &{
        let mut all = [Self::Cpu; NAMES.len()];
        let mut index = 0;
        while index < NAMES.len() {
            all[index] = NAMES[index].0;
            index += 1;
        }
        all
    };

    /// The name in TOML, on the command line and on screens.
    pub fn name(&self) -> &str {
        match self {
            Self::Own(name) => name.as_str(),
            known => NAMES.iter().find(|(metric, _)| metric == known).map_or("", |(_, name)| name),
        }
    }

    /// The name where the user's own stand beside the others: `own:rows`.
    pub fn full_name(&self) -> String {
        match self {
            Self::Own(name) => format!("{OWN}{name}"),
            known => known.name().to_owned(),
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Metric {
    type Err = UnknownName;

    /// Reads kebab- or snake-case, and `own:NAME`.
    fn from_str(given: &str) -> Result<Self, UnknownName> {
        let unknown = || UnknownName {
            noun: "metric",
            given: given.to_owned(),
            known: NAMES.map(|(_, name)| name).join(", "),
        };
        if let Some(own) = given.strip_prefix(OWN) {
            return own.parse().map(Self::Own).map_err(|_| unknown());
        }
        let wanted = given.replace('_', "-");
        NAMES.iter().find(|(_, name)| *name == wanted).map(|(m, _)| *m).ok_or_else(unknown)
    }
}

impl TryFrom<String> for Metric {
    type Error = UnknownName;

    fn try_from(given: String) -> Result<Self, UnknownName> {
        given.parse()
    }
}

impl From<Metric> for String {
    /// As in JSON: snake_case.
    fn from(metric: Metric) -> Self {
        match metric {
            Metric::Own(_) => metric.full_name(),
            known => known.name().replace('-', "_"),
        }
    }
}

impl schemars::JsonSchema for Metric {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Metric".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<String> = Self::ALL.iter().map(|metric| String::from(*metric)).collect();
        schemars::json_schema!({
            "description": "A quantity that every side has a value of, or `own:NAME`.",
            "type": "string",
            "anyOf": [{ "enum": names }, { "pattern": "^own:[a-z0-9-]+$" }],
        })
    }
}

/// SI base units; every stored value is in its metric's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// Things counted.
    Count,
    /// Things a second.
    PerSecond,
}

/// How a pair of values becomes one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// numerator / denominator.
    Ratio,
    /// numerator − denominator, for metrics that can be zero.
    Difference,
}

impl Metric {
    /// The unit of every stored value of this metric.
    pub fn unit(self) -> Unit {
        match self {
            Self::Memory | Self::Size | Self::MemoryUnderLoad | Self::MemorySettled => Unit::Bytes,
            Self::Goodput | Self::Capacity => Unit::PerSecond,
            Self::Dependencies
            | Self::SourceLines
            | Self::Faults
            | Self::Switches
            | Self::Instructions
            | Self::LostRequests
            | Self::Interference
            | Self::Own(_) => Unit::Count,
            Self::Cpu
            | Self::Wall
            | Self::StartUp
            | Self::BuildClean
            | Self::BuildCleanCpu
            | Self::BuildIncremental
            | Self::BuildIncrementalCpu
            | Self::CpuPerRequest
            | Self::ResponseP50
            | Self::ResponseP99
            | Self::ResponseP999
            | Self::ServiceP99
            | Self::FirstAnswer
            | Self::StopTime
            | Self::IdleCpu => Unit::Seconds,
        }
    }

    /// Whether the metric is compared by ratio or by difference.
    pub fn scale(self) -> Scale {
        match self {
            Self::Dependencies
            | Self::Faults
            | Self::Switches
            | Self::LostRequests
            | Self::IdleCpu
            | Self::Interference => Scale::Difference,
            _ => Scale::Ratio,
        }
    }

    /// Whether the greater of two values is the better one.
    pub fn more_is_better(self) -> bool {
        matches!(self, Self::Goodput | Self::Capacity)
    }

    /// Whether the metric speaks of waiting or of the most that is possible, which a program that
    /// has to share its processor shows little of.
    pub fn needs_processors(self) -> bool {
        matches!(self, Self::ResponseP99 | Self::ResponseP999 | Self::ServiceP99 | Self::Capacity)
    }

    /// Whether one look gives the value for good, so that no interval is needed.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Size | Self::Dependencies | Self::SourceLines)
    }

    /// The margin of a claim that names none (docs/verdicts.md): a factor.
    pub fn default_margin(self) -> f64 {
        match self {
            Self::Cpu | Self::Wall | Self::CpuPerRequest | Self::Goodput | Self::Capacity => 1.10,
            Self::ResponseP50 | Self::ResponseP99 | Self::ResponseP999 | Self::ServiceP99 => 1.25,
            Self::MemoryUnderLoad | Self::MemorySettled | Self::FirstAnswer | Self::StopTime => {
                1.25
            }
            Self::Memory | Self::StartUp | Self::Size | Self::SourceLines => 1.25,
            Self::BuildClean
            | Self::BuildCleanCpu
            | Self::BuildIncremental
            | Self::BuildIncrementalCpu => 1.5,
            Self::Faults | Self::Switches => 1.25,
            Self::Instructions => 1.02,
            Self::Own(_) => 1.10,
            Self::Dependencies | Self::LostRequests | Self::IdleCpu | Self::Interference => 1.0,
        }
    }

    /// The absolute floor of a claim that names none, in [`Metric::unit`].
    pub fn default_floor(self) -> f64 {
        const MIB: f64 = 1024.0 * 1024.0;
        match self {
            Self::Cpu | Self::Wall => 0.001,
            Self::StartUp | Self::FirstAnswer => 0.010,
            Self::Memory | Self::MemoryUnderLoad | Self::MemorySettled => 8.0 * MIB,
            Self::CpuPerRequest => 2e-6,
            Self::ResponseP50 => 0.000_5,
            Self::ResponseP99 | Self::ServiceP99 => 0.002,
            Self::ResponseP999 => 0.005,
            Self::Goodput | Self::Capacity => 50.0,
            Self::LostRequests => 1.0,
            Self::StopTime => 0.100,
            Self::IdleCpu => 0.001,
            Self::Interference => 0.0,
            Self::Size => 5.0 * MIB,
            Self::BuildClean
            | Self::BuildCleanCpu
            | Self::BuildIncremental
            | Self::BuildIncrementalCpu => 2.0,
            Self::Dependencies => 10.0,
            Self::SourceLines => 50.0,
            Self::Faults => 1000.0,
            Self::Switches => 100.0,
            Self::Instructions => 100_000.0,
            Self::Own(_) => 0.0,
        }
    }
}
