//! Memory of the tree by looking again and again: sees no peak shorter than its interval.

use std::time::Duration;

use rustix::process::Pid;

use crate::outcome::Bytes;
use crate::probe::{MemoryReading, MemorySource};
use crate::wire::Meter;

use super::{meters, tree};

const INTERVAL: Duration = Duration::from_millis(2);

/// Samples the tree while it runs, if asked to.
pub(super) struct Poller {
    peaks: Option<Peaks>,
    subject: Pid,
}

#[derive(Default)]
struct Peaks {
    largest: Bytes,
    pss: Option<Bytes>,
    processes: u64,
}

impl Poller {
    pub(super) fn new(meter: Meter, subject: Pid) -> Self {
        let peaks = (meter == Meter::PolledMemory).then(Peaks::default);
        Self { peaks, subject }
    }

    pub(super) fn interval(&self) -> Option<Duration> {
        self.peaks.as_ref().map(|_| INTERVAL)
    }

    pub(super) fn sample(&mut self) {
        let Some(peaks) = &mut self.peaks else { return };
        let mut pids = tree::descendants();
        if pids.is_empty() {
            pids.push(self.subject.as_raw_pid());
        }
        peaks.processes = peaks.processes.max(pids.len() as u64);
        for pid in pids {
            let Some(rollup) = meters::head(&format!("/proc/{pid}/smaps_rollup")) else {
                continue;
            };
            let rss = meters::status_field(&rollup, "Rss");
            peaks.largest = peaks.largest.max(rss.unwrap_or_default());
            peaks.pss = peaks.pss.max(meters::status_field(&rollup, "Pss"));
        }
    }

    pub(super) fn reading(&self) -> Option<MemoryReading> {
        let peaks = self.peaks.as_ref()?;
        Some(MemoryReading {
            bytes: peaks.largest,
            source: MemorySource::PolledSmaps,
            pss: peaks.pss,
            processes: Some(peaks.processes),
        })
    }
}
