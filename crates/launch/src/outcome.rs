//! What one trial came to: how it ended, what it used, what it left behind.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::capture::Captured;
use crate::scratch::Medium;

/// A number of bytes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Bytes(pub u64);

impl Bytes {
    /// `n` kibibytes.
    pub const fn kib(n: u64) -> Self {
        Self(n << 10)
    }

    /// `n` mebibytes.
    pub const fn mib(n: u64) -> Self {
        Self(n << 20)
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            n if n < 10 << 10 => write!(f, "{n} B"),
            n if n < 10 << 20 => write!(f, "{} KiB", n >> 10),
            n => write!(f, "{} MiB", n >> 20),
        }
    }
}

/// How the subject's own process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// With this exit code.
    Exited(i32),
    /// By this signal.
    Signalled(i32),
    /// It was ended because its deadline had passed.
    TimedOut,
    /// It was ended because stdout or stderr had outgrown the cap.
    OutputTooLarge,
}

impl Ended {
    /// Whether the subject itself said that all went well: exit code 0.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Exited(0))
    }
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exit code {code}"),
            Self::Signalled(signal) => write!(f, "signal {signal}"),
            Self::TimedOut => f.write_str("timed out"),
            Self::OutputTooLarge => f.write_str("output too large"),
        }
    }
}

/// What the whole process tree used, by `getrusage(RUSAGE_CHILDREN)` of a launcher that had no
/// other children. A child whose parent ignores `SIGCHLD` is not in it: the kernel drops its sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Usage {
    /// Processor time in user mode.
    pub user: Duration,
    /// Processor time in the kernel.
    pub system: Duration,
    /// Page faults served without a disk.
    pub minor_faults: u64,
    /// Page faults that waited for a disk.
    pub major_faults: u64,
    /// Times a thread gave up its processor, waiting.
    pub voluntary_switches: u64,
    /// Times a thread was made to give up its processor.
    pub involuntary_switches: u64,
    /// Reads that reached a block device, in blocks of 512 bytes.
    pub block_reads: u64,
    /// Writes meant for a block device, in blocks of 512 bytes.
    pub block_writes: u64,
}

impl Usage {
    /// User and system time together.
    pub fn cpu(&self) -> Duration {
        self.user + self.system
    }
}

/// `/proc/PID/io` of every process of the tree when it ended, summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileIo {
    /// Bytes asked for by read calls, from page cache or not.
    pub read_by_calls: Bytes,
    /// Bytes given to write calls.
    pub written_by_calls: Bytes,
    /// Read calls.
    pub read_calls: u64,
    /// Write calls.
    pub write_calls: u64,
    /// Bytes fetched from storage.
    pub read_from_storage: Bytes,
    /// Bytes sent to storage.
    pub written_to_storage: Bytes,
}

/// `ru_maxrss` of the largest process. A child starts with its spawner's resident size, so a value
/// near `floor` says nothing; use [`crate::probe::memory`] for peak memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FlooredRss {
    /// What the kernel reported.
    pub bytes: Bytes,
    /// The launcher's own peak, below which the kernel cannot report.
    pub floor: Bytes,
}

/// What was still there after the subject's own process had ended.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Leftovers {
    /// Descendants that outlived the subject and the grace, and were killed.
    pub killed: u64,
    /// Processes that SIGKILL did not end within the launcher's patience: stuck in the kernel.
    pub unkillable: u64,
    /// TCP sockets those descendants listened on.
    pub listeners: Vec<Listener>,
}

/// A listening TCP socket of a leftover process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listener {
    /// The process holding it.
    pub pid: i32,
    /// Its port.
    pub port: u16,
}

/// How much the rest of the machine was in the way during the trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Disturbance {
    /// Time some task waited for a processor (`/proc/pressure/cpu`), if the kernel tells.
    pub cpu_pressure: Option<Duration>,
    /// Time some task waited for memory.
    pub memory_pressure: Option<Duration>,
    /// Time some task waited for input or output.
    pub io_pressure: Option<Duration>,
    /// Processor time the hypervisor gave to others (`/proc/stat`), in steps of 10 ms.
    pub steal: Option<Duration>,
}

/// One metered trial.
#[derive(Debug)]
pub struct Outcome {
    /// How the subject's own process ended.
    pub ended: Ended,
    /// From before the spawn to the end of the subject's own process (not of its descendants).
    pub wall: Duration,
    /// Processor time, faults, switches, block I/O of the whole tree.
    pub usage: Usage,
    /// I/O by calls and by storage, if `/proc/PID/io` could be read.
    pub io: Option<FileIo>,
    /// `ru_maxrss`, with the floor that spoils it.
    pub max_rss: FlooredRss,
    /// Processes killed by the memory limit; present only when there was one.
    pub oom_kills: Option<u64>,
    /// What was found and ended after the subject.
    pub leftovers: Leftovers,
    /// Pressure and steal during the trial.
    pub disturbance: Disturbance,
    /// When the subject was started.
    pub started_at: SystemTime,
    /// Standard output.
    pub stdout: Captured,
    /// Standard error.
    pub stderr: Captured,
    /// Where the scratch folder was.
    pub scratch_medium: Medium,
}

impl Outcome {
    /// The last 4 KiB of standard error, for a message.
    pub fn stderr_tail(&self) -> String {
        self.stderr.tail(Bytes::kib(4))
    }
}
