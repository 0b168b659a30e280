//! What all processors of the machine did together.

use std::io::Read;
use std::time::Duration;

/// Time since the machine's start that was not idle.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Busy {
    busy: u64,
    steal: u64,
}

impl Busy {
    /// The first line of `/proc/stat`; all zero where there is none.
    pub(super) fn read() -> Self {
        let mut text = [0; 256];
        let length = std::fs::File::open("/proc/stat").and_then(|mut file| file.read(&mut text));
        let text = String::from_utf8_lossy(&text[..length.unwrap_or(0)]);
        let line = text.lines().next().unwrap_or_default();
        let ticks: Vec<u64> = line.split_ascii_whitespace().skip(1).flat_map(str::parse).collect();
        // user nice system idle iowait irq softirq steal; guests are in user.
        let [user, nice, system, _, _, irq, softirq, steal, ..] = ticks[..] else {
            return Self::default();
        };
        Self { busy: user + nice + system + irq + softirq, steal }
    }

    /// Busy and stolen time since another reading, over all processors.
    pub(super) fn since(&self, before: &Self) -> (Duration, Duration) {
        let time = |now: u64, before: u64| ticks(now.saturating_sub(before));
        (time(self.busy, before.busy), time(self.steal, before.steal))
    }
}

/// How long this thread has been ready to run and did not; zero where the kernel does not say.
pub(super) fn kept_waiting() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split_ascii_whitespace().nth(1).and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// Ticks as the kernel writes them into `/proc`.
pub(super) fn ticks(ticks: u64) -> Duration {
    let per_second = rustix::param::clock_ticks_per_second();
    Duration::from_secs_f64(ticks as f64 / per_second as f64)
}
