//! The subject's tree: finding, ending and reaping every process of it.
//!
//! As subreaper the launcher inherits whatever its descendants abandon, so a process that has left
//! its session, ignores SIGTERM or has forked twice is still below it.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, WaitOptions, WaitStatus, getpid, kill_process, wait,
    waitid, waitpid,
};

use crate::outcome::{Ended, FileIo, Leftovers};

use super::cgroup::Cgroup;
use super::{HarnessIs, Watched, meters, sockets, watch};

/// How long SIGKILL may take: longer only for a process stuck in the kernel.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_micros(500);
/// How often holders of a capture are looked for: they may fork meanwhile.
const PASSES: usize = 100;

/// Reaps the tree and adds up what must be read before reaping.
pub(super) struct Reaper {
    subject: Pid,
    end: Option<Ended>,
    io: Option<FileIo>,
}

/// What reaping found.
#[derive(PartialEq, Eq)]
pub(super) enum Rest {
    /// No child at all.
    None,
    /// Some that still run.
    Alive,
}

impl Reaper {
    pub(super) fn new(subject: Pid) -> Self {
        Self { subject, end: None, io: Some(FileIo::default()) }
    }

    /// How the subject's own process ended.
    pub(super) fn subject_end(&self) -> Option<Ended> {
        self.end
    }

    /// I/O of everything reaped, if it could all be read.
    pub(super) fn io(&self) -> Option<FileIo> {
        self.io
    }

    /// Reaps until nothing is left, `grace` is over, or the harness speaks or is gone.
    pub(super) fn wait_for_all(&mut self, grace: Duration, socket: &UnixStream) -> HarnessIs {
        let until = Instant::now() + grace;
        while self.reap() == Rest::Alive && Instant::now() < until {
            let mut ready = [PollFd::new(socket, PollFlags::IN)];
            // An interrupted wait is a short one.
            let _ = poll(&mut ready, Some(&watch::timespec(STEP)));
            if ready[0].revents().is_empty() {
                continue;
            }
            return match watch::hear(socket) {
                Watched::Abandoned => HarnessIs::Gone,
                _ => HarnessIs::There,
            };
        }
        HarnessIs::There
    }

    /// Kills and reaps what is left.
    pub(super) fn kill_rest(&mut self, cgroup: Option<&Cgroup>) -> Leftovers {
        if self.reap() == Rest::None {
            return Leftovers::default();
        }
        if let Some(cgroup) = cgroup {
            cgroup.forbid_forks();
        }
        let mut leftovers = describe_leftovers(self.subject);
        let until = Instant::now() + PATIENCE;
        loop {
            kill_all();
            if self.reap() == Rest::None {
                return leftovers;
            }
            if Instant::now() > until {
                leftovers.unkillable = descendants().len() as u64;
                return leftovers;
            }
            sleep(STEP);
        }
    }

    /// Reaps every child that has ended.
    fn reap(&mut self) -> Rest {
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        loop {
            match waitid(WaitId::All, look) {
                Ok(Some(_)) => self.take_ended(look),
                Ok(None) => return Rest::Alive,
                Err(Errno::INTR) => {}
                Err(_) => return Rest::None,
            }
        }
    }

    /// The kernel says that some child has ended, but not which.
    fn take_ended(&mut self, look: WaitIdOptions) {
        let first = self.end.is_none().then_some(self.subject.as_raw_pid());
        let candidates = match first {
            Some(subject) if has_ended(subject, look) => vec![subject],
            _ => children_of(getpid().as_raw_pid()),
        };
        let ended: Vec<i32> = candidates.into_iter().filter(|&pid| has_ended(pid, look)).collect();
        for &pid in &ended {
            self.take(pid);
        }
        // Where `/proc` does not list it, it is reaped unread.
        if ended.is_empty()
            && let Ok(Some((reaped, status))) = wait(WaitOptions::NOHANG)
        {
            self.io = None;
            self.note(reaped, status);
        }
    }

    fn take(&mut self, pid: i32) {
        self.io = match (self.io, meters::io_of(pid)) {
            (Some(mut sum), Some(io)) => {
                meters::add_io(&mut sum, &io);
                Some(sum)
            }
            _ => None,
        };
        if let Ok(Some((reaped, status))) = waitpid(Pid::from_raw(pid), WaitOptions::NOHANG) {
            self.note(reaped, status);
        }
    }

    fn note(&mut self, reaped: Pid, status: WaitStatus) {
        if reaped == self.subject {
            self.end = end_of(status);
        }
    }
}

pub(super) fn end_of(status: WaitStatus) -> Option<Ended> {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(code), _) => Some(Ended::Exited(code)),
        (None, Some(signal)) => Some(Ended::Signalled(signal)),
        (None, None) => None,
    }
}

/// What is there besides the subject's own process, before it is killed.
pub(super) fn describe_leftovers(subject: Pid) -> Leftovers {
    let subject = subject.as_raw_pid();
    let others = descendants().into_iter().filter(|&pid| pid != subject);
    let others: Vec<i32> = others.filter(|&pid| still_runs(pid)).collect();
    Leftovers {
        killed: others.len() as u64,
        unkillable: 0,
        listeners: sockets::listeners_of(&others),
    }
}

/// Whether it is more than an ended process that its parent has not reaped.
fn still_runs(pid: i32) -> bool {
    meters::head(&format!("/proc/{pid}/stat"))
        .is_some_and(|stat| stat.rsplit_once(')').is_some_and(|(_, rest)| !rest.starts_with(" Z")))
}

/// For a trial that has gone wrong halfway.
pub(super) fn kill_everything() {
    let until = Instant::now() + PATIENCE;
    let mut reaper = Reaper { subject: getpid(), end: None, io: None };
    while reaper.reap() == Rest::Alive && Instant::now() < until {
        kill_all();
        sleep(STEP);
    }
}

pub(super) fn kill_all() {
    signal_all(Signal::KILL);
}

fn has_ended(pid: i32, look: WaitIdOptions) -> bool {
    Pid::from_raw(pid).is_some_and(|pid| matches!(waitid(WaitId::Pid(pid), look), Ok(Some(_))))
}

/// Asks every descendant to end.
pub(super) fn terminate_all() {
    signal_all(Signal::TERM);
    // A stopped process would otherwise sleep through its grace.
    signal_all(Signal::CONT);
}

fn signal_all(signal: Signal) {
    for pid in descendants() {
        send(pid, signal);
    }
}

fn send(pid: i32, signal: Signal) {
    if let Some(pid) = Pid::from_raw(pid) {
        // It may have ended in between.
        let _ = kill_process(pid, signal);
    }
}

/// Every process below this one, ended ones not yet reaped included.
pub(super) fn descendants() -> Vec<i32> {
    below(getpid().as_raw_pid())
}

/// Every process below `top`.
pub(crate) fn below(top: i32) -> Vec<i32> {
    let mut found = children_of(top);
    let mut next = 0;
    while let Some(&pid) = found.get(next) {
        found.extend(children_of(pid));
        next += 1;
    }
    found
}

/// By the kernel's own list, or by everyone's parent where that list is not compiled in.
fn children_of(pid: i32) -> Vec<i32> {
    let Ok(tasks) = fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    let mut children = Vec::new();
    for task in tasks.flatten() {
        match fs::read_to_string(task.path().join("children")) {
            Ok(list) => children.extend(list.split_ascii_whitespace().flat_map(str::parse::<i32>)),
            Err(e) if e.kind() == io::ErrorKind::NotFound && task.path().exists() => {
                return processes()
                    .filter(|process| process.parent == pid)
                    .map(|p| p.pid)
                    .collect();
            }
            Err(_) => {}
        }
    }
    children
}

struct Process {
    pid: i32,
    parent: i32,
}

/// Every process of the machine.
fn processes() -> impl Iterator<Item = Process> {
    fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| {
        let pid: i32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // The name, in parentheses, may hold anything; state and parent follow.
        let parent = stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(1)?.parse().ok()?;
        Some(Process { pid, parent })
    })
}

/// For a harness whose launcher has been killed: ends whoever still holds one of the trial's
/// captures, which nothing but its tree has ever been given.
pub(crate) fn kill_holders(captures: &[&File]) {
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let captures: Vec<_> = captures.iter().flat_map(|file| file.metadata()).map(identity).collect();
    let holds = |pid: i32| {
        let files = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        files
            .flat_map(|file| fs::metadata(file.path()))
            .any(|metadata| captures.contains(&identity(metadata)))
    };
    let me = getpid().as_raw_pid();
    let own_program = fs::read_link("/proc/self/exe").ok();
    // Another thread may be just about to start another launcher, not yet rid of all descriptors.
    let is_starting = |process: &Process| {
        process.parent == me
            && fs::read_link(format!("/proc/{}/exe", process.pid)).ok() == own_program
    };
    for _ in 0..PASSES {
        let others = processes().filter(|process| process.pid != me && !is_starting(process));
        let holders: Vec<i32> =
            others.map(|process| process.pid).filter(|&pid| holds(pid)).collect();
        if holders.is_empty() {
            return;
        }
        for pid in holders {
            send(pid, Signal::KILL);
        }
        sleep(STEP);
    }
}
