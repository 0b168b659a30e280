//! The place where something was measured: machine, toolchains, and what each
//! program sees of the machine. Never a host name, user name or home folder.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SideName;

/// The place of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Environment {
    /// The machine.
    pub machine: Machine,
    /// A toolchain a side.
    pub toolchains: BTreeMap<SideName, Toolchain>,
    /// What a program of each side sees of the machine, under the conditions
    /// of the timed runs.
    pub sees: BTreeMap<SideName, Sees>,
    /// Names of the variables that timed runs get, and nothing else.
    pub variables: Vec<String>,
    /// Where the output of timed runs goes, such as `tmpfs`.
    pub output_on: String,
    /// SHA-256 over machine and toolchains without what varies from minute to
    /// minute; runs continue only on the same fingerprint.
    pub fingerprint: String,
}

/// A machine, as far as it bears on measurements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Machine {
    /// Logical CPUs that this process may use.
    pub cores: u32,
    /// The CPU's own name.
    pub cpu: String,
    /// Bytes of memory.
    pub memory_bytes: u64,
    /// `x86_64` or `aarch64`.
    pub architecture: String,
    /// Kernel name and release.
    pub kernel: String,
    /// Name and version of the distribution.
    pub system: String,
    /// Hypervisor or container, if one shows.
    pub virtualisation: Option<String>,
    /// The frequency governor, if one shows.
    pub governor: Option<String>,
    /// One-minute load average at the start.
    pub load: f64,
    /// CPU quota of the control group in cores.
    pub cpu_limit: CpuLimit,
    /// Memory limit of the control group.
    pub memory_limit: MemoryLimit,
    /// Version of the control group interface: 1, 2, or none.
    pub cgroup: Option<u8>,
}

/// A quota on CPU time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CpuLimit(
    /// Cores; `None`: no quota.
    pub Option<f64>,
);

/// A limit on memory.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct MemoryLimit(
    /// Bytes; `None`: no limit.
    pub Option<u64>,
);

/// A side's toolchain as found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Toolchain {
    /// The language's name for people.
    pub language: String,
    /// Whether it can be used.
    pub state: ToolchainState,
}

/// Whether a toolchain can be used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum ToolchainState {
    /// It can.
    Ready {
        /// As it names itself.
        version: String,
        /// When this version was made, if it says so.
        #[schemars(with = "Option<String>")]
        released: Option<Date>,
    },
    /// It cannot be started.
    Missing {
        /// Why, with the way out.
        reason: String,
    },
    /// It is older than the pack's programs need.
    TooOld {
        /// As it names itself.
        version: String,
        /// What is needed, with the way out.
        reason: String,
    },
}

/// What a program sees of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sees {
    /// Threads that its standard runtime would run work on at once.
    pub workers: u32,
    /// What that number is called in this language, such as `GOMAXPROCS`.
    pub workers_name: String,
    /// The runtime's own memory limit in bytes, if it has one.
    pub memory_limit: Option<u64>,
}

impl Toolchain {
    /// The version, if the toolchain can be used.
    pub fn ready_version(&self) -> Option<&str> {
        match &self.state {
            ToolchainState::Ready { version, .. } => Some(version),
            ToolchainState::Missing { .. } | ToolchainState::TooOld { .. } => None,
        }
    }
}
