//! Readings of the kernel: usage of children, pressure, steal, a process's I/O.

use std::fs::File;
use std::io::Read;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;

use crate::error::Refusal;
use crate::outcome::{Bytes, Disturbance, FileIo, FlooredRss, Usage};

/// Length of a tick of `/proc/stat`: USER_HZ is 100 on every platform Linux runs on today.
pub(crate) const TICK: Duration = Duration::from_millis(10);

pub(super) fn usage_of_children() -> Result<Usage, Refusal> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(Refusal::system("getrusage"))?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Ok(Usage {
        user: duration(usage.user_time()),
        system: duration(usage.system_time()),
        minor_faults: count(usage.minor_page_faults()),
        major_faults: count(usage.major_page_faults()),
        voluntary_switches: count(usage.voluntary_context_switches()),
        involuntary_switches: count(usage.involuntary_context_switches()),
        block_reads: count(usage.block_reads()),
        block_writes: count(usage.block_writes()),
    })
}

pub(super) fn floored_rss() -> Result<FlooredRss, Refusal> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(Refusal::system("getrusage"))?;
    let bytes = Bytes::kib(u64::try_from(usage.max_rss()).unwrap_or(0));
    let status = head("/proc/self/status").unwrap_or_default();
    Ok(FlooredRss { bytes, floor: status_field(&status, "VmHWM").unwrap_or_default() })
}

fn duration(time: TimeVal) -> Duration {
    let seconds = u64::try_from(time.tv_sec()).unwrap_or(0);
    let micros = u64::try_from(time.tv_usec()).unwrap_or(0);
    Duration::from_secs(seconds) + Duration::from_micros(micros)
}

/// The first 4 KiB of a file of `/proc`, by one read: enough for every file read here.
pub(crate) fn head(path: &str) -> Option<String> {
    let mut buffer = [0; 4096];
    let length = File::open(path).ok()?.read(&mut buffer).ok()?;
    Some(String::from_utf8_lossy(&buffer[..length]).into_owned())
}

/// A field of `/proc/PID/status` or `smaps_rollup` given in kB.
pub(crate) fn status_field(status: &str, name: &str) -> Option<Bytes> {
    plain_field(status, name).map(Bytes::kib)
}

/// The first number of a line `name: number …`.
pub(crate) fn plain_field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

/// `/proc/PID/io`, with what the process had inherited from children it reaped.
pub(super) fn io_of(pid: i32) -> Option<FileIo> {
    let text = head(&format!("/proc/{pid}/io"))?;
    Some(FileIo {
        read_by_calls: Bytes(plain_field(&text, "rchar")?),
        written_by_calls: Bytes(plain_field(&text, "wchar")?),
        read_calls: plain_field(&text, "syscr")?,
        write_calls: plain_field(&text, "syscw")?,
        read_from_storage: Bytes(plain_field(&text, "read_bytes")?),
        written_to_storage: Bytes(plain_field(&text, "write_bytes")?),
    })
}

pub(super) fn add_io(sum: &mut FileIo, io: &FileIo) {
    sum.read_by_calls.0 += io.read_by_calls.0;
    sum.written_by_calls.0 += io.written_by_calls.0;
    sum.read_calls += io.read_calls;
    sum.write_calls += io.write_calls;
    sum.read_from_storage.0 += io.read_from_storage.0;
    sum.written_to_storage.0 += io.written_to_storage.0;
}

/// Counters of the whole machine at one moment.
pub(super) struct Surroundings {
    cpu: Option<Duration>,
    memory: Option<Duration>,
    io: Option<Duration>,
    steal: Option<Duration>,
}

impl Surroundings {
    pub(super) fn read() -> Self {
        Self {
            cpu: pressure("/proc/pressure/cpu"),
            memory: pressure("/proc/pressure/memory"),
            io: pressure("/proc/pressure/io"),
            steal: steal(),
        }
    }

    pub(super) fn since(&self, before: &Self) -> Disturbance {
        let delta = |after: Option<Duration>, before: Option<Duration>| {
            Some(after?.saturating_sub(before?))
        };
        Disturbance {
            cpu_pressure: delta(self.cpu, before.cpu),
            memory_pressure: delta(self.memory, before.memory),
            io_pressure: delta(self.io, before.io),
            steal: delta(self.steal, before.steal),
        }
    }
}

/// `total=` of the line `some …`, in microseconds.
fn pressure(path: &str) -> Option<Duration> {
    let text = head(path)?;
    let some = text.lines().find(|line| line.starts_with("some "))?;
    let total = some.split_once("total=")?.1;
    total.trim().parse().ok().map(Duration::from_micros)
}

/// The eighth number of `cpu …`, in ticks.
fn steal() -> Option<Duration> {
    let text = head("/proc/stat")?;
    let ticks: u32 = text.lines().next()?.split_ascii_whitespace().nth(8)?.parse().ok()?;
    Some(TICK * ticks)
}
