//! What a running tree uses at one moment, for services that are measured while they run.

use std::time::Duration;

use crate::outcome::Bytes;
use crate::role::{self, TICK, head, plain_field, status_field};

/// A look at every process of a tree, from outside and without stopping it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// Processor time of the tree, and in steps of 10 ms of the children it has reaped.
    pub cpu: Duration,
    /// Resident size, summed over the tree: memory shared by two processes counts twice.
    pub resident: Bytes,
    /// Largest peak of resident size of one process (`VmHWM`).
    pub peak_resident: Bytes,
    /// Threads of the tree.
    pub threads: u64,
    /// Processes of the tree.
    pub processes: u64,
}

impl Snapshot {
    pub(crate) fn below(top: i32) -> Option<Self> {
        let looks: Vec<Look> = role::below(top).into_iter().filter_map(Look::at).collect();
        (!looks.is_empty()).then(|| Self {
            cpu: looks.iter().map(|look| look.cpu).sum(),
            resident: Bytes(looks.iter().map(|look| look.resident.0).sum()),
            peak_resident: looks.iter().map(|look| look.peak_resident).max().unwrap_or_default(),
            threads: looks.iter().map(|look| look.threads).sum(),
            processes: looks.len() as u64,
        })
    }
}

/// One process.
struct Look {
    cpu: Duration,
    resident: Bytes,
    peak_resident: Bytes,
    threads: u64,
}

impl Look {
    /// `None` if it has ended.
    fn at(pid: i32) -> Option<Self> {
        let stat = head(&format!("/proc/{pid}/stat"))?;
        let status = head(&format!("/proc/{pid}/status"))?;
        // After the name in parentheses the third field begins; cutime and cstime are fields 16 and
        // 17 (proc_pid_stat(5)). A process's own time is on a clock of its own, to the nanosecond.
        let fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(13).take(2);
        let ticks: u32 = fields.flat_map(str::parse::<u32>).sum();
        Some(Self {
            cpu: TICK * ticks + own_time(pid)?,
            resident: status_field(&status, "VmRSS")?,
            peak_resident: status_field(&status, "VmHWM")?,
            threads: plain_field(&status, "Threads")?,
        })
    }
}

/// User and system time of a process and all its threads.
fn own_time(pid: i32) -> Option<Duration> {
    let clock = nix::time::clock_getcpuclockid(nix::unistd::Pid::from_raw(pid)).ok()?;
    nix::time::clock_gettime(clock).ok().map(Duration::from)
}
