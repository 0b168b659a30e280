//! What is measured, in which unit, and the margins that apply when a claim
//! names none.

use serde::{Deserialize, Serialize};

named! {
    /// A quantity that every side has a value of. Less is better in all of them.
    pub enum Metric ("metric") {
        /// User and system time of a run and all its processes.
        Cpu = "cpu",
        /// From just before a program is started until it has ended.
        Wall = "wall",
        /// Wall time of a run that does next to nothing.
        StartUp = "start-up",
        /// Peak resident memory of a run.
        Memory = "memory",
        /// Bytes of the program's file.
        Size = "size",
        /// Wall time of a build from sources, nothing of the project compiled
        /// before, dependencies downloaded, the standard library ready.
        BuildClean = "build-clean",
        /// CPU time of the same build.
        BuildCleanCpu = "build-clean-cpu",
        /// Wall time of a build after one small change.
        BuildIncremental = "build-incremental",
        /// CPU time of the same build.
        BuildIncrementalCpu = "build-incremental-cpu",
        /// Packages of others that are compiled in.
        Dependencies = "dependencies",
        /// Lines of the program's own sources that are neither blank nor
        /// comment, its tests apart.
        SourceLines = "source-lines",
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
            Self::Memory | Self::Size => Unit::Bytes,
            Self::Dependencies | Self::SourceLines => Unit::Count,
            Self::Cpu
            | Self::Wall
            | Self::StartUp
            | Self::BuildClean
            | Self::BuildCleanCpu
            | Self::BuildIncremental
            | Self::BuildIncrementalCpu => Unit::Seconds,
        }
    }

    /// Whether the metric is compared by ratio or by difference.
    pub fn scale(self) -> Scale {
        match self {
            Self::Dependencies => Scale::Difference,
            _ => Scale::Ratio,
        }
    }

    /// Whether one look gives the value for good, so that no interval is needed.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Size | Self::Dependencies | Self::SourceLines)
    }

    /// The margin of a claim that names none (docs/verdicts.md): a factor.
    pub fn default_margin(self) -> f64 {
        match self {
            Self::Cpu | Self::Wall => 1.10,
            Self::Memory | Self::StartUp | Self::Size | Self::SourceLines => 1.25,
            Self::BuildClean
            | Self::BuildCleanCpu
            | Self::BuildIncremental
            | Self::BuildIncrementalCpu => 1.5,
            Self::Dependencies => 1.0,
        }
    }

    /// The absolute floor of a claim that names none, in [`Metric::unit`].
    pub fn default_floor(self) -> f64 {
        const MIB: f64 = 1024.0 * 1024.0;
        match self {
            Self::Cpu | Self::Wall => 0.001,
            Self::StartUp => 0.010,
            Self::Memory => 8.0 * MIB,
            Self::Size => 5.0 * MIB,
            Self::BuildClean
            | Self::BuildCleanCpu
            | Self::BuildIncremental
            | Self::BuildIncrementalCpu => 2.0,
            Self::Dependencies => 10.0,
            Self::SourceLines => 50.0,
        }
    }
}
