//! Runs under ptrace: every process and thread of the subject is followed; never timed.
//!
//! A stub asks to be traced, stops, and becomes the subject by exec. A thread of its own traces it,
//! since only the thread that started a tracee may, and sleeping until one stops is all it does. It
//! hands every stop to an observer: the peaks of memory, which need only the exits, or the side
//! effects, which need every system call. The launcher's first thread contains the run meanwhile,
//! and hands over a report as of any other run.

mod call;
mod effects;
mod observer;
mod peaks;
mod tally;
mod tracee;
mod tracer;

use std::ffi::OsString;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use nix::sys::ptrace;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Pid, getpid, kill_process};

use crate::error::Refusal;
use crate::outcome::Leftovers;
use crate::wire::{Report, Request};

use super::cgroup::Cgroup;
use super::{HarnessIs, Watched, meters, tree, watch};
use tracer::Tracer;

/// How often the captured output's size is looked at.
const OUTPUT_CHECK: Duration = Duration::from_millis(20);
/// How often what should have been killed is killed again.
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

/// One traced run.
pub(super) fn run_inside(
    request: &Request,
    socket: &UnixStream,
    cgroup: Option<&Cgroup>,
) -> Result<Option<Report>, Refusal> {
    let before = meters::Surroundings::read();
    let started_at = SystemTime::now();
    let mut tracing = Tracing::begin(request)?;
    let mut watched = tracing.watch(request, socket);
    let wall = tracing.started.elapsed();
    let orderly = matches!(watched, Watched::Ended);
    if orderly && tracing.wait_for_all(request.grace, socket) == HarnessIs::Gone {
        watched = Watched::Abandoned;
    }
    let leftovers = tracing.kill_rest(cgroup);
    let tracer = tracing.result()?;
    let Some(ended) = watched.ended(tracer.as_ref().and_then(Tracer::end)) else { return Ok(None) };
    if let Some(tracer) = &tracer {
        tracer.check(request)?;
    }
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
        memory: tracer.as_ref().and_then(|tracer| tracer.observer().memory()),
        effects: tracer.as_ref().and_then(|tracer| tracer.observer().effects()),
    }))
}

/// A tracer at work, seen from the thread that contains it.
struct Tracing {
    thread: JoinHandle<Result<Tracer, Refusal>>,
    /// The subject's process id, a byte when that process has ended, closed when nobody is left.
    news: UnixStream,
    nobody_left: bool,
    /// `None` if it could not be started.
    subject: Option<Pid>,
    started: Instant,
}

/// What there is to hear from the tracer.
#[derive(PartialEq, Eq)]
enum News {
    None,
    SubjectEnded,
    NobodyLeft,
}

impl Tracing {
    fn begin(request: &Request) -> Result<Self, Refusal> {
        let (mut news, teller) = UnixStream::pair().map_err(Refusal::system("tracer's socket"))?;
        let request = request.clone();
        let started = Instant::now();
        let thread = thread::Builder::new()
            .name("tracer".to_owned())
            .spawn(move || Tracer::trace(&request, &teller))
            .map_err(Refusal::system("tracer's thread"))?;
        let mut pid = [0; 4];
        let told = news.read_exact(&mut pid);
        let subject = told.ok().and_then(|()| Pid::from_raw(i32::from_ne_bytes(pid)));
        Ok(Self { thread, news, nobody_left: subject.is_none(), subject, started })
    }

    fn watch(&mut self, request: &Request, socket: &UnixStream) -> Watched {
        let deadline = self.started + request.deadline;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (news, harness_speaks) = self.hear(Some(socket), left.min(OUTPUT_CHECK));
            if watch::output_exceeds(request.output_cap) {
                return Watched::OutputTooLarge;
            }
            if news != News::None {
                return Watched::Ended;
            }
            if harness_speaks {
                return watch::hear(socket);
            }
            if left.is_zero() {
                return Watched::TimedOut;
            }
        }
    }

    /// Lets the rest end until nothing is left, `grace` is over, or the harness is gone.
    fn wait_for_all(&mut self, grace: Duration, socket: &UnixStream) -> HarnessIs {
        let until = Instant::now() + grace;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.hear(Some(socket), left) {
                (News::NobodyLeft, _) => return HarnessIs::There,
                (_, true) => return HarnessIs::Gone,
                _ if left.is_zero() => return HarnessIs::There,
                _ => {}
            }
        }
    }

    /// Kills what is left. A killed tracee stops once more at its exit, which is the tracer's work.
    fn kill_rest(&mut self, cgroup: Option<&Cgroup>) -> Leftovers {
        let Some(subject) = self.subject else { return Leftovers::default() };
        if self.hear(None, Duration::ZERO).0 == News::NobodyLeft {
            return Leftovers::default();
        }
        if let Some(cgroup) = cgroup {
            cgroup.forbid_forks();
        }
        let mut leftovers = tree::describe_leftovers(subject);
        let patience = Instant::now() + tree::PATIENCE;
        loop {
            tree::kill_all();
            if self.hear(None, STEP).0 == News::NobodyLeft {
                return leftovers;
            }
            if Instant::now() > patience {
                leftovers.unkillable = tree::descendants().len() as u64;
                return leftovers;
            }
        }
    }

    /// Waits for news of the tracer, and whether the socket has some.
    fn hear(&mut self, socket: Option<&UnixStream>, at_most: Duration) -> (News, bool) {
        if self.nobody_left {
            return (News::NobodyLeft, false);
        }
        let mut ready = vec![PollFd::new(&self.news, PollFlags::IN)];
        ready.extend(socket.map(|socket| PollFd::new(socket, PollFlags::IN)));
        // An interrupted wait is a short one.
        let _ = poll(&mut ready, Some(&watch::timespec(at_most)));
        let speaks = |n: usize| ready.get(n).is_some_and(|ready| !ready.revents().is_empty());
        let (tracer_speaks, harness_speaks) = (speaks(0), speaks(1));
        let news = match tracer_speaks.then(|| self.news.read(&mut [0])) {
            None => News::None,
            Some(Ok(1)) => News::SubjectEnded,
            Some(_) => {
                self.nobody_left = true;
                News::NobodyLeft
            }
        };
        (news, harness_speaks)
    }

    /// What the tracer has seen; `None` if it still waits for the unkillable.
    fn result(self) -> Result<Option<Tracer>, Refusal> {
        if !self.nobody_left {
            return Ok(None);
        }
        let failed = |_| Refusal::system("tracer's thread")("it failed");
        self.thread.join().map_err(failed)?.map(Some)
    }
}
