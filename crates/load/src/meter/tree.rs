//! A process and everything below it, from `/proc`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::time::Duration;

use nix::time::{ClockId, clock_getcpuclockid};
use nix::unistd::Pid;

use super::machine::ticks;

/// A tree as it was when last looked at.
#[derive(Debug)]
pub(super) struct Tree {
    root: i32,
    members: BTreeMap<i32, Member>,
    switches: u64,
    /// What members had inherited from children that ended, at the last look.
    inherited: Duration,
    page: u64,
}

#[derive(Debug)]
struct Member {
    clock: ClockId,
    /// `/proc/PID/statm`, kept open: it is read again and again.
    memory: File,
}

impl Tree {
    pub(super) fn new(root: i32) -> Self {
        Self {
            root,
            members: BTreeMap::new(),
            switches: 0,
            inherited: Duration::ZERO,
            page: rustix::param::page_size() as u64,
        }
    }

    /// Finds who belongs to it now and reads what is slow to read.
    pub(super) fn look(&mut self) {
        self.find();
        self.switches = self.members.keys().map(|pid| switches(*pid)).sum();
        self.inherited = self.members.keys().map(|pid| inherited(*pid)).sum();
    }

    /// Looks again; what the clocks that were known did not show: processes that have come since,
    /// and those that have ended.
    pub(super) fn look_for_changes(&mut self) -> Duration {
        let known: Vec<i32> = self.members.keys().copied().collect();
        let before = self.inherited;
        self.look();
        let new = self.members.iter().filter(|(pid, _)| !known.contains(pid));
        let of_new: Duration = new.filter_map(|(_, member)| member.used()).sum();
        of_new + self.inherited.saturating_sub(before)
    }

    /// Processor time of all known processes; `None` once the root is gone.
    pub(super) fn used(&self) -> Option<Duration> {
        self.members.get(&self.root)?.used()?;
        Some(self.members.values().filter_map(Member::used).sum())
    }

    /// Resident memory of everybody who is known, bytes: newcomers are looked for by [`Tree::look`],
    /// which takes the longer the more threads there are, and the window is no time for that.
    pub(super) fn resident(&self) -> u64 {
        self.members.values().filter_map(Member::resident_pages).sum::<u64>() * self.page
    }

    /// The largest resident memory each had, bytes, together.
    pub(super) fn peak(&self) -> u64 {
        let peak = |pid: &i32| status_field(&read(&format!("/proc/{pid}/status")), "VmHWM");
        self.members.keys().filter_map(peak).sum::<u64>() * 1024
    }

    pub(super) fn switches(&self) -> u64 {
        self.switches
    }

    pub(super) fn threads(&self) -> u64 {
        self.members.keys().map(|pid| tasks(*pid).len() as u64).sum()
    }

    fn find(&mut self) {
        let mut found = vec![self.root];
        let mut at = 0;
        while let Some(&pid) = found.get(at) {
            at += 1;
            for task in tasks(pid) {
                let children = read(&format!("/proc/{pid}/task/{task}/children"));
                found.extend(children.split_ascii_whitespace().flat_map(str::parse::<i32>));
            }
        }
        self.members.retain(|pid, _| found.contains(pid));
        for pid in found {
            if !self.members.contains_key(&pid)
                && let Some(member) = Member::open(pid)
            {
                self.members.insert(pid, member);
            }
        }
    }
}

impl Member {
    fn open(pid: i32) -> Option<Self> {
        let clock = clock_getcpuclockid(Pid::from_raw(pid)).ok()?;
        let memory = File::open(format!("/proc/{pid}/statm")).ok()?;
        Some(Self { clock, memory })
    }

    fn used(&self) -> Option<Duration> {
        self.clock.now().ok().map(Into::into)
    }

    fn resident_pages(&self) -> Option<u64> {
        let mut text = [0; 128];
        let length = self.memory.read_at(&mut text, 0).ok()?;
        let text = std::str::from_utf8(&text[..length]).ok()?;
        text.split_ascii_whitespace().nth(1)?.parse().ok()
    }
}

fn tasks(pid: i32) -> Vec<i32> {
    let entries = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// How often the threads of a process gave up a processor or were made to.
fn switches(pid: i32) -> u64 {
    let of = |task: i32| {
        let status = read(&format!("/proc/{pid}/task/{task}/status"));
        let field = |name| status_field(&status, name).unwrap_or(0);
        field("voluntary_ctxt_switches") + field("nonvoluntary_ctxt_switches")
    };
    tasks(pid).into_iter().map(of).sum()
}

/// Processor time of children that have ended and been waited for.
fn inherited(pid: i32) -> Duration {
    let stat = read(&format!("/proc/{pid}/stat"));
    // The name before the last bracket may hold anything; cutime and cstime are fields 16 and 17.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let of = |field: &str| field.parse::<u64>().unwrap_or(0);
    ticks(fields.split_ascii_whitespace().skip(13).take(2).map(of).sum())
}

/// What is gone is empty: a process may end between two reads.
fn read(path: &str) -> String {
    let mut text = String::new();
    let read = File::open(path).and_then(|mut file| file.read_to_string(&mut text));
    if read.is_err() {
        text.clear();
    }
    text
}

fn status_field(status: &str, name: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    value.split_ascii_whitespace().next()?.parse().ok()
}
