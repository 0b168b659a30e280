//! Peak memory of a run, always with its source.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{LaunchError, Refusal};
use crate::launcher::Launcher;
use crate::outcome::{Bytes, Outcome};
use crate::trial::Trial;
use crate::wire::Meter;

/// Peak memory of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryReading {
    /// Peak resident size: of the largest process of the tree, or of all together for
    /// [`MemorySource::CgroupPeak`].
    pub bytes: Bytes,
    /// Where it comes from. Readings compare only within one source.
    pub source: MemorySource,
    /// Proportional size of the same process: at its exit, or the largest seen when polled.
    pub pss: Option<Bytes>,
    /// How many processes the tree had (when polled: at once), where the source can count them.
    pub processes: Option<u64>,
}

/// Where a memory reading comes from, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MemorySource {
    /// `VmHWM` when the process was about to exit: exact.
    VmHwmAtExit,
    /// The control group's high-water mark: page cache and the launcher are in it.
    CgroupPeak {
        /// Which interface.
        version: CgroupVersion,
    },
    /// `smaps_rollup` of the tree, read every 2 ms: misses shorter peaks.
    PolledSmaps,
    /// `ru_maxrss`: never below the launcher's own size.
    FlooredMaxRss,
}

impl fmt::Display for MemorySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::VmHwmAtExit => f.write_str("VmHWM at exit"),
            Self::CgroupPeak { version } => {
                write!(f, "cgroup {version} peak, page cache included")
            }
            Self::PolledSmaps => f.write_str("smaps_rollup, polled"),
            Self::FlooredMaxRss => f.write_str("ru_maxrss, floored by the launcher"),
        }
    }
}

/// Version of the control group interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CgroupVersion {
    /// A folder tree per controller.
    V1,
    /// One folder tree.
    V2,
}

impl fmt::Display for CgroupVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        })
    }
}

/// A memory reading and the run it was taken in.
#[derive(Debug)]
pub struct MemoryProbe {
    /// The peak.
    pub reading: MemoryReading,
    /// How the run ended and what it printed; its times mean nothing.
    pub outcome: Outcome,
}

/// Peak memory by the best source this machine and this subject allow.
///
/// # Errors
/// When the trial cannot take place by any source.
pub fn memory(launcher: &Launcher, trial: &Trial) -> Result<MemoryProbe, LaunchError> {
    let mut last = None;
    for way in [Way::Traced, Way::Cgroup, Way::Polled, Way::Floored] {
        match memory_by(launcher, trial, way) {
            // This source is not to be had here; the subject itself is not at fault.
            Err(LaunchError::Refused(e @ (Refusal::Trace { .. } | Refusal::Limit { .. }))) => {
                last = Some(LaunchError::Refused(e));
            }
            Ok(None) => {}
            Ok(Some(probe)) => return Ok(probe),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| {
        let reason = "no source of memory readings".to_owned();
        LaunchError::Refused(Refusal::Trace { reason })
    }))
}

/// A way of reading memory, to ask for one source and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To [`MemorySource::VmHwmAtExit`].
    Traced,
    /// To [`MemorySource::CgroupPeak`].
    Cgroup,
    /// To [`MemorySource::PolledSmaps`].
    Polled,
    /// To [`MemorySource::FlooredMaxRss`].
    Floored,
}

/// Peak memory by one source; `None` if that source saw nothing.
///
/// # Errors
/// When the trial cannot take place this way.
pub fn memory_by(
    launcher: &Launcher,
    trial: &Trial,
    way: Way,
) -> Result<Option<MemoryProbe>, LaunchError> {
    let meter = match way {
        Way::Traced => Meter::TracedMemory,
        Way::Cgroup => Meter::CgroupMemory,
        Way::Polled => Meter::PolledMemory,
        Way::Floored => Meter::Timed,
    };
    let (outcome, looks) = launcher.begin(trial, meter, false)?.finish_with_looks()?;
    let floored = MemoryReading {
        bytes: outcome.max_rss.bytes,
        source: MemorySource::FlooredMaxRss,
        pss: None,
        processes: None,
    };
    let reading = if way == Way::Floored { Some(floored) } else { looks.memory };
    // A run too short for the first look has no polled reading.
    Ok(reading
        .filter(|reading| reading.bytes > Bytes(0))
        .map(|reading| MemoryProbe { reading, outcome }))
}
