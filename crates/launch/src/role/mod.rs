//! The launcher's end: one process per trial, alone with its subject's tree.
//!
//! Everything before [`spawn::Recipe::spawn`] and after the subject's end is outside the stamped window.
//! Since the launcher has no other children, `getrusage(RUSAGE_CHILDREN)` after the last reaping
//! is the tree's. Hands over one [`Report`]; refuses before the start rather than run differently
//! from what was asked.

mod cgroup;
mod meters;
mod place;
mod poll;
mod sockets;
mod spawn;
mod trace;
mod tree;
mod watch;

use std::io::{self, BufRead, BufReader, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::SystemTime;

use rustix::process::{Pid, Signal};

use crate::error::Refusal;
use crate::outcome::Ended;
use crate::wire::{Answer, Greeting, LAUNCHER_ROLE, PROTOCOL, Report, Request, TRACED_ROLE};
use cgroup::Cgroup;
use tree::Reaper;

pub(crate) use meters::{TICK, head, plain_field, status_field};
pub(crate) use spawn::in_folders;
pub(crate) use tree::{below, kill_holders};

/// If this process has been started as a launcher, does a launcher's work and exits; otherwise
/// returns at once. Belongs in the first line of `main`, before anything else is set up.
pub fn enter() {
    let mut args = std::env::args_os().skip(1);
    let Some(role) = args.next() else { return };
    if role == LAUNCHER_ROLE {
        let code = if serve().is_ok() { 0 } else { 1 };
        std::process::exit(code);
    }
    if role == TRACED_ROLE {
        std::process::exit(trace::become_subject(args));
    }
}

/// How the watch over the subject came to an end.
enum Watched {
    /// The subject's process has ended by itself (still unreaped).
    Ended,
    /// Its deadline has passed.
    TimedOut,
    /// It has written more than the cap.
    OutputTooLarge,
    /// The harness asks for an orderly end.
    Stopped,
    /// The harness is gone: nobody wants an answer.
    Abandoned,
}

impl Watched {
    /// The end to report, given the subject's own; `None` if nobody waits for a report.
    fn ended(&self, own: Option<Ended>) -> Option<Ended> {
        match self {
            Self::Abandoned => None,
            Self::TimedOut => Some(Ended::TimedOut),
            Self::OutputTooLarge => Some(Ended::OutputTooLarge),
            // Only an unkillable subject has no end yet: SIGKILL is what it was sent.
            Self::Ended | Self::Stopped => {
                Some(own.unwrap_or(Ended::Signalled(Signal::KILL.as_raw())))
            }
        }
    }
}

fn serve() -> io::Result<()> {
    let socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut reader = BufReader::new(socket.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    if serde_json::from_str::<Greeting>(&line)?.protocol != PROTOCOL {
        return answer(&socket, &Answer::Mismatch);
    }
    line.clear();
    reader.read_line(&mut line)?;
    let request: Request = serde_json::from_str(&line)?;
    let outcome = run(&request, &socket);
    if let Some(scratch) = &request.scratch {
        // What cannot be removed here the harness cannot remove either.
        let _ = std::fs::remove_dir_all(scratch);
    }
    match outcome {
        Ok(Some(report)) => answer(&socket, &Answer::Done(Box::new(report))),
        Ok(None) => Ok(()),
        Err(refusal) => answer(&socket, &Answer::Refused(refusal)),
    }
}

fn answer(mut socket: &UnixStream, answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    socket.write_all(&line)
}

/// One run in its surroundings; `None` if the harness died meanwhile.
fn run(request: &Request, socket: &UnixStream) -> Result<Option<Report>, Refusal> {
    place::settle(request)?;
    let cgroup = Cgroup::join(request)?;
    let way = if request.meter.is_traced() { trace::run_inside } else { run_inside };
    let result = way(request, socket, cgroup.as_ref());
    if result.is_err() {
        tree::kill_everything();
    }
    if let Some(cgroup) = cgroup {
        cgroup.leave();
    }
    result
}

/// One run without tracing.
fn run_inside(
    request: &Request,
    socket: &UnixStream,
    cgroup: Option<&Cgroup>,
) -> Result<Option<Report>, Refusal> {
    let recipe = spawn::Recipe::prepare(request)?;
    let before = meters::Surroundings::read();
    let started_at = SystemTime::now();
    let subject = recipe.spawn()?;
    place::stand_above_subject(request);
    if request.announce {
        let started = Answer::Started { pid: subject.pid.as_raw_pid() };
        // A harness that has just died shows at the first poll.
        let _ = answer(socket, &started);
    }
    let mut poller = poll::Poller::new(request.meter, subject.pid);
    let (mut watched, wall) = watch::watch(request, socket, &subject, &mut poller)?;
    let disturbance = meters::Surroundings::read().since(&before);

    let mut reaper = Reaper::new(subject.pid);
    if grant_grace(request, &watched, &mut reaper, socket) == HarnessIs::Gone {
        watched = Watched::Abandoned;
    }
    let leftovers = reaper.kill_rest(cgroup);
    let Some(ended) = watched.ended(reaper.subject_end()) else { return Ok(None) };
    Ok(Some(Report {
        ended,
        wall,
        usage: meters::usage_of_children()?,
        io: reaper.io(),
        max_rss: meters::floored_rss()?,
        oom_kills: cgroup.and_then(Cgroup::oom_kills),
        leftovers,
        disturbance,
        started_at,
        memory: poller.reading().or_else(|| cgroup.and_then(Cgroup::memory_reading)),
        effects: None,
    }))
}

/// Whether anybody still waits for the answer.
#[derive(PartialEq, Eq)]
enum HarnessIs {
    There,
    Gone,
}

/// Gives the tree its time to end by itself, after SIGTERM if that is why it must.
fn grant_grace(
    request: &Request,
    watched: &Watched,
    reaper: &mut Reaper,
    socket: &UnixStream,
) -> HarnessIs {
    match watched {
        Watched::Ended => {}
        Watched::TimedOut | Watched::Stopped => {
            if !request.grace.is_zero() {
                tree::terminate_all();
            }
        }
        Watched::OutputTooLarge => return HarnessIs::There,
        Watched::Abandoned => return HarnessIs::Gone,
    }
    reaper.wait_for_all(request.grace, socket)
}

/// The process at the top of what is measured.
struct Subject {
    pid: Pid,
    handle: std::os::fd::OwnedFd,
    started: std::time::Instant,
}

/// The scratch folder as a path, for messages.
fn shown(path: &std::ffi::OsStr) -> String {
    Path::new(path).display().to_string()
}
