//! What harness and launcher say to each other: one line of JSON a message, over a socket that is
//! the launcher's standard input. The launcher's stdout and stderr are the subject's captures.

use std::ffi::OsString;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::error::Refusal;
use crate::outcome::{Bytes, Disturbance, Ended, FileIo, FlooredRss, Leftovers, Usage};
use crate::probe::{EffectsReading, MemoryReading};
use crate::trial::Limits;

/// First argument of a launcher.
pub(crate) const LAUNCHER_ROLE: &str = "--evenhand-launcher-role";
/// First argument of a stub that asks to be traced and then becomes the subject.
pub(crate) const TRACED_ROLE: &str = "--evenhand-traced-role";
/// Changes with every change of this module's types.
pub(crate) const PROTOCOL: u32 = 3;
/// Sent by the harness to end a service.
pub(crate) const STOP: u8 = b's';

/// Sent first, alone, so that a launcher of other sources can be told from a broken one.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Greeting {
    pub(crate) protocol: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Request {
    pub(crate) program: OsString,
    pub(crate) args: Vec<OsString>,
    pub(crate) environment: Vec<(OsString, OsString)>,
    pub(crate) directory: OsString,
    pub(crate) stdin: Option<OsString>,
    pub(crate) deadline: Duration,
    pub(crate) output_cap: Bytes,
    pub(crate) grace: Duration,
    pub(crate) affinity: Option<Vec<usize>>,
    pub(crate) realtime: bool,
    pub(crate) own_session: bool,
    pub(crate) limits: Limits,
    /// A folder made for this trial alone: the launcher removes it, since the harness may die.
    pub(crate) scratch: Option<OsString>,
    /// Whether to say when the subject has been started; a timed run is spared the wake-up.
    pub(crate) announce: bool,
    pub(crate) meter: Meter,
}

/// What to look at while the subject runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Meter {
    /// Time and usage: nothing that slows the subject.
    Timed,
    /// Memory of every process at its exit, by ptrace.
    TracedMemory,
    /// Side effects, by the system calls of every process, by ptrace.
    TracedEffects,
    /// Memory of the tree, looked at again and again.
    PolledMemory,
    /// Memory of a cgroup of its own.
    CgroupMemory,
}

impl Meter {
    /// Whether it needs ptrace.
    pub(crate) fn is_traced(self) -> bool {
        matches!(self, Self::TracedMemory | Self::TracedEffects)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Mismatch,
    Started { pid: i32 },
    Refused(Refusal),
    Done(Box<Report>),
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) ended: Ended,
    pub(crate) wall: Duration,
    pub(crate) usage: Usage,
    pub(crate) io: Option<FileIo>,
    pub(crate) max_rss: FlooredRss,
    pub(crate) oom_kills: Option<u64>,
    pub(crate) leftovers: Leftovers,
    pub(crate) disturbance: Disturbance,
    pub(crate) started_at: SystemTime,
    pub(crate) memory: Option<MemoryReading>,
    pub(crate) effects: Option<EffectsReading>,
}
