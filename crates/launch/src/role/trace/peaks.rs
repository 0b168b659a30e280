//! Peak memory of every process, read when it is about to exit.
//!
//! At `PTRACE_EVENT_EXIT` a process still has its memory map, and `VmHWM` of that map is the peak
//! since its own exec or fork: nothing of the spawner is in it.

use std::collections::HashMap;

use rustix::process::Pid;

use crate::outcome::Bytes;
use crate::probe::{MemoryReading, MemorySource};
use crate::role::meters;

/// Peaks of one process.
#[derive(Clone, Copy, Default)]
struct Peak {
    resident: Bytes,
    /// At the exit, not at the peak: the kernel keeps no mark of it.
    proportional: Option<Bytes>,
}

/// Peaks by process id.
#[derive(Default)]
pub(super) struct Peaks(HashMap<u64, Peak>);

impl Peaks {
    /// Reads the peaks of the process that the ending thread `pid` belongs to.
    pub(super) fn record(&mut self, pid: Pid) {
        let folder = format!("/proc/{}", pid.as_raw_pid());
        let Some(status) = meters::head(&format!("{folder}/status")) else { return };
        let (Some(process), Some(resident)) =
            (meters::plain_field(&status, "Tgid"), meters::status_field(&status, "VmHWM"))
        else {
            return;
        };
        let peak = self.0.entry(process).or_default();
        peak.resident = peak.resident.max(resident);
        if meters::plain_field(&status, "Threads") == Some(1)
            && let Some(rollup) = meters::head(&format!("{folder}/smaps_rollup"))
        {
            peak.proportional = peak.proportional.max(meters::status_field(&rollup, "Pss"));
        }
    }

    pub(super) fn reading(&self) -> Option<MemoryReading> {
        let largest = self.0.values().max_by_key(|peak| peak.resident)?;
        Some(MemoryReading {
            bytes: largest.resident,
            source: MemorySource::VmHwmAtExit,
            pss: largest.proportional,
            processes: Some(self.0.len() as u64),
        })
    }
}
