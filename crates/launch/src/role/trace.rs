//! Peak memory of every process at its exit, by ptrace: exact, but slow and never timed.
//!
//! A stub asks to be traced, stops, and becomes the subject by exec; forks and threads are followed.
//! At `PTRACE_EVENT_EXIT` a process still has its memory map, and `VmHWM` of that map is the peak
//! since its own exec or fork: nothing of the spawner is in it.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use nix::sys::ptrace::{self, Event, Options};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::unistd::Pid as NixPid;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, WaitOptions, WaitStatus, getpid, kill_process, wait};

use crate::error::Refusal;
use crate::outcome::{Bytes, Ended, Leftovers};
use crate::probe::{MemoryReading, MemorySource};
use crate::wire::{Report, Request, TRACED_ROLE};

use super::cgroup::Cgroup;
use super::tree::{self, Rest};
use super::{HarnessIs, Watched, meters, place, spawn, watch};

/// `__WALL` of linux/wait.h: threads too; rustix has no name for it.
const EVERY_CHILD: WaitOptions = WaitOptions::from_bits_retain(0x4000_0000);
const OUTPUT_CHECK: Duration = Duration::from_millis(20);
const STEP: Duration = Duration::from_millis(1);

/// The stub: asks to be traced, waits for the tracer, becomes the subject. Returns only on failure,
/// with the system's error number.
pub(super) fn become_subject(mut args: impl Iterator<Item = OsString>) -> i32 {
    let (Some(program), Some(name)) = (args.next(), args.next()) else {
        return Errno::INVAL.raw_os_error();
    };
    if let Err(errno) = ptrace::traceme() {
        return errno as i32;
    }
    // The tracer sets its options while this process is stopped.
    let _ = kill_process(getpid(), rustix::process::Signal::STOP);
    let error = Command::new(program).arg0(name).args(args).exec();
    error.raw_os_error().unwrap_or(Errno::INVAL.raw_os_error())
}

/// One traced run; `None` if the harness died meanwhile.
pub(super) fn run(request: &Request, socket: &UnixStream) -> Result<Option<Report>, Refusal> {
    place::settle(request)?;
    let cgroup = Cgroup::join(request)?;
    let result = run_inside(request, socket, cgroup.as_ref());
    if result.is_err() {
        tree::kill_everything();
    }
    if let Some(cgroup) = cgroup {
        cgroup.leave();
    }
    result
}

fn run_inside(
    request: &Request,
    socket: &UnixStream,
    cgroup: Option<&Cgroup>,
) -> Result<Option<Report>, Refusal> {
    let news = ChildNews::subscribe()?;
    let program = spawn::find(request)?;
    let stub: [&OsStr; 4] = [
        OsStr::new("evenhand-traced"),
        OsStr::new(TRACED_ROLE),
        program.as_os_str(),
        request.program.as_os_str(),
    ];
    let args = stub.into_iter().chain(request.args.iter().map(OsString::as_os_str));
    let recipe = spawn::Recipe::of(request, "/proc/self/exe".into(), args)?;
    let before = meters::Surroundings::read();
    let started_at = SystemTime::now();
    let subject = recipe.spawn()?;
    let mut tracer = Tracer::new(subject.pid);
    let mut watched = tracer.watch(request, socket, &news, subject.started)?;
    let wall = subject.started.elapsed();
    let orderly = matches!(watched, Watched::Ended);
    if orderly && tracer.wait_for_all(request.grace, socket, &news) == HarnessIs::Gone {
        watched = Watched::Abandoned;
    }
    let leftovers = tracer.kill_rest(&news, cgroup);
    let Some(ended) = watched.ended(tracer.end) else { return Ok(None) };
    tracer.check(request)?;
    Ok(Some(Report {
        ended,
        wall,
        usage: meters::usage_of_children()?,
        io: None,
        max_rss: meters::floored_rss()?,
        oom_kills: cgroup.and_then(Cgroup::oom_kills),
        leftovers,
        disturbance: meters::Surroundings::read().since(&before),
        started_at,
        memory: tracer.reading(),
    }))
}

/// Wakes the tracer when a tracee has stopped or ended.
struct ChildNews(SignalFd);

impl ChildNews {
    fn subscribe() -> Result<Self, Refusal> {
        let trace = |e: nix::errno::Errno| Refusal::Trace { reason: e.desc().to_owned() };
        let mut mask = SigSet::empty();
        mask.add(Signal::SIGCHLD);
        // The subject's own mask is set empty at its start.
        mask.thread_block().map_err(trace)?;
        let flags = SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC;
        Ok(Self(SignalFd::with_flags(&mask, flags).map_err(trace)?))
    }

    /// Waits for news; whether the socket has some.
    fn wait(&self, socket: Option<&UnixStream>, at_most: Duration) -> bool {
        let mut ready = vec![PollFd::new(&self.0, PollFlags::IN)];
        ready.extend(socket.map(|socket| PollFd::new(socket, PollFlags::IN)));
        // An interrupted wait is a short one.
        let _ = poll(&mut ready, Some(&watch::timespec(at_most)));
        while let Ok(Some(_)) = self.0.read_signal() {}
        ready.get(1).is_some_and(|socket| !socket.revents().is_empty())
    }
}

/// Peaks of one process.
#[derive(Clone, Copy, Default)]
struct Peak {
    resident: Bytes,
    /// At the exit, not at the peak: the kernel keeps no mark of it.
    proportional: Option<Bytes>,
}

struct Tracer {
    subject: Pid,
    /// How the subject's own process ended.
    end: Option<Ended>,
    became_subject: bool,
    seen: HashSet<i32>,
    peaks: HashMap<u64, Peak>,
    undeliverable: Option<i32>,
}

impl Tracer {
    fn new(subject: Pid) -> Self {
        Self {
            subject,
            end: None,
            became_subject: false,
            seen: HashSet::new(),
            peaks: HashMap::new(),
            undeliverable: None,
        }
    }

    fn watch(
        &mut self,
        request: &Request,
        socket: &UnixStream,
        news: &ChildNews,
        started: Instant,
    ) -> Result<Watched, Refusal> {
        let deadline = started + request.deadline;
        loop {
            if self.drain()? == Rest::None || self.end.is_some() {
                return Ok(if watch::output_exceeds(request.output_cap) {
                    Watched::OutputTooLarge
                } else {
                    Watched::Ended
                });
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(Watched::TimedOut);
            }
            if watch::output_exceeds(request.output_cap) {
                return Ok(Watched::OutputTooLarge);
            }
            if news.wait(Some(socket), left.min(OUTPUT_CHECK)) {
                return Ok(watch::hear(socket));
            }
        }
    }

    /// Lets the rest end until nothing is left, `grace` is over, or the harness is gone.
    fn wait_for_all(
        &mut self,
        grace: Duration,
        socket: &UnixStream,
        news: &ChildNews,
    ) -> HarnessIs {
        let until = Instant::now() + grace;
        while self.anyone_left() && Instant::now() < until {
            if news.wait(Some(socket), STEP) {
                return HarnessIs::Gone;
            }
        }
        HarnessIs::There
    }

    /// Kills what is left. A killed tracee stops once more at its exit, so the draining goes on
    /// until nothing is left.
    fn kill_rest(&mut self, news: &ChildNews, cgroup: Option<&Cgroup>) -> Leftovers {
        if !self.anyone_left() {
            return Leftovers::default();
        }
        if let Some(cgroup) = cgroup {
            cgroup.forbid_forks();
        }
        let mut leftovers = tree::describe_leftovers(self.subject);
        let patience = Instant::now() + tree::PATIENCE;
        while self.anyone_left() {
            if Instant::now() > patience {
                leftovers.unkillable = tree::descendants().len() as u64;
                break;
            }
            tree::kill_all();
            news.wait(None, STEP);
        }
        leftovers
    }

    fn anyone_left(&mut self) -> bool {
        // A tracee that cannot be let go on is killed by the caller.
        !matches!(self.drain(), Ok(Rest::None))
    }

    /// Handles every stop and end there is now.
    fn drain(&mut self) -> Result<Rest, Refusal> {
        loop {
            match wait(EVERY_CHILD | WaitOptions::NOHANG) {
                Ok(Some((pid, status))) => self.handle(pid, status)?,
                Ok(None) => return Ok(Rest::Alive),
                Err(Errno::INTR) => {}
                Err(_) => return Ok(Rest::None),
            }
        }
    }

    fn handle(&mut self, pid: Pid, status: WaitStatus) -> Result<(), Refusal> {
        let Some(signal) = status.stopping_signal() else {
            if pid == self.subject {
                self.end = tree::end_of(status);
            }
            return Ok(());
        };
        let first = self.seen.insert(pid.as_raw_pid());
        let pass_on = match status.as_raw() >> 16 {
            event if event == Event::PTRACE_EVENT_EXIT as i32 => {
                self.record(pid);
                None
            }
            event if event == Event::PTRACE_EVENT_EXEC as i32 => {
                self.became_subject |= pid == self.subject;
                None
            }
            0 if first && signal == Signal::SIGSTOP as i32 => {
                if pid == self.subject {
                    follow(pid)?;
                }
                None
            }
            0 => self.deliverable(signal),
            _ => None,
        };
        // A tracee killed meanwhile cannot go on, and need not.
        let _ = ptrace::cont(NixPid::from_raw(pid.as_raw_pid()), pass_on);
        Ok(())
    }

    /// Real-time signals have no name in nix, and a tracee that misses one may hang.
    fn deliverable(&mut self, signal: i32) -> Option<Signal> {
        let named = Signal::try_from(signal).ok();
        if named.is_none() {
            self.undeliverable = Some(signal);
        }
        named
    }

    /// Reads the peaks of the process that the ending thread `pid` belongs to.
    fn record(&mut self, pid: Pid) {
        let folder = format!("/proc/{}", pid.as_raw_pid());
        let Some(status) = meters::head(&format!("{folder}/status")) else { return };
        let (Some(process), Some(resident)) =
            (meters::plain_field(&status, "Tgid"), meters::status_field(&status, "VmHWM"))
        else {
            return;
        };
        let peak = self.peaks.entry(process).or_default();
        peak.resident = peak.resident.max(resident);
        if meters::plain_field(&status, "Threads") == Some(1)
            && let Some(rollup) = meters::head(&format!("{folder}/smaps_rollup"))
        {
            peak.proportional = peak.proportional.max(meters::status_field(&rollup, "Pss"));
        }
    }

    /// Whether what has been seen was the subject, whole.
    fn check(&self, request: &Request) -> Result<(), Refusal> {
        if let Some(signal) = self.undeliverable {
            let reason = format!("it uses real-time signal {signal}, which cannot be passed on");
            return Err(Refusal::Trace { reason });
        }
        match self.end {
            Some(Ended::Exited(errno)) if !self.became_subject => {
                Err(spawn::refusal(Path::new(&request.program), nix::errno::Errno::from_raw(errno)))
            }
            _ => Ok(()),
        }
    }

    fn reading(&self) -> Option<MemoryReading> {
        let largest = self.peaks.values().max_by_key(|peak| peak.resident)?;
        Some(MemoryReading {
            bytes: largest.resident,
            source: MemorySource::VmHwmAtExit,
            pss: largest.proportional,
            processes: Some(self.peaks.len() as u64),
        })
    }
}

/// Follow children and threads, stop at exec and at exit, die with the tracer.
fn follow(pid: Pid) -> Result<(), Refusal> {
    let options = Options::PTRACE_O_TRACEEXIT
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_EXITKILL;
    ptrace::setoptions(NixPid::from_raw(pid.as_raw_pid()), options)
        .map_err(|e| Refusal::Trace { reason: e.desc().to_owned() })
}
