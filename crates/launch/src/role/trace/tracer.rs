//! The tracer: starts the stub, follows everything that comes of it, and passes signals on.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::Path;

use nix::sys::ptrace::{self, Event, Options};
use nix::sys::signal::Signal;
use nix::unistd::Pid as NixPid;
use rustix::io::Errno;
use rustix::process::{Pid, WaitOptions, WaitStatus, wait};

use crate::error::Refusal;
use crate::outcome::Ended;
use crate::role::{spawn, tree};
use crate::wire::{Request, TRACED_ROLE};

use super::observer::Observer;

/// `__WALL` of linux/wait.h: threads too; rustix has no name for it.
const EVERY_CHILD: WaitOptions = WaitOptions::from_bits_retain(0x4000_0000);
/// Signal of a stop at a system call (`PTRACE_O_TRACESYSGOOD`, ptrace(2)).
const SYSTEM_CALL: i32 = Signal::SIGTRAP as i32 | 0x80;

pub(super) struct Tracer {
    subject: Pid,
    /// How the subject's own process ended.
    end: Option<Ended>,
    became_subject: bool,
    seen: HashSet<i32>,
    observer: Observer,
    undeliverable: Option<i32>,
}

impl Tracer {
    /// Traces the subject and all that comes of it to the end. Tells its process id, and a byte
    /// when that process has ended.
    pub(super) fn trace(request: &Request, teller: &UnixStream) -> Result<Self, Refusal> {
        let subject = start(request)?;
        let mut tracer = Self {
            subject,
            end: None,
            became_subject: false,
            seen: HashSet::new(),
            observer: Observer::of(request, subject),
            undeliverable: None,
        };
        tell(teller, &subject.as_raw_pid().to_ne_bytes());
        loop {
            match wait(EVERY_CHILD) {
                Ok(Some((pid, status))) => tracer.handle(pid, status, teller)?,
                Ok(None) | Err(Errno::INTR) => {}
                Err(_) => return Ok(tracer),
            }
        }
    }

    pub(super) fn end(&self) -> Option<Ended> {
        self.end
    }

    pub(super) fn observer(&self) -> &Observer {
        &self.observer
    }

    fn handle(&mut self, pid: Pid, status: WaitStatus, teller: &UnixStream) -> Result<(), Refusal> {
        let Some(signal) = status.stopping_signal() else {
            if pid == self.subject {
                self.end = tree::end_of(status);
                tell(teller, &[1]);
            }
            self.observer.gone(pid);
            return Ok(());
        };
        let first = self.seen.insert(pid.as_raw_pid());
        let pass_on = match status.as_raw() >> 16 {
            0 if signal == SYSTEM_CALL => {
                self.observer.at_call(pid);
                None
            }
            0 if first && signal == Signal::SIGSTOP as i32 => {
                if pid == self.subject {
                    follow(pid)?;
                }
                None
            }
            0 => self.deliverable(signal),
            event => {
                self.became_subject |=
                    pid == self.subject && event == Event::PTRACE_EVENT_EXEC as i32;
                self.observer.at_event(pid, event);
                None
            }
        };
        self.observer.resume(pid, pass_on);
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

    /// Whether what has been seen was the subject, whole.
    pub(super) fn check(&self, request: &Request) -> Result<(), Refusal> {
        if let Some(signal) = self.undeliverable {
            let reason = format!("it uses real-time signal {signal}, which cannot be passed on");
            return Err(Refusal::Trace { reason });
        }
        match self.end {
            // The stub stops as soon as it is traced.
            Some(Ended::Exited(errno)) if !self.seen.contains(&self.subject.as_raw_pid()) => {
                let reason = nix::errno::Errno::from_raw(errno).desc().to_owned();
                Err(Refusal::Trace { reason })
            }
            Some(Ended::Exited(errno)) if !self.became_subject => {
                Err(spawn::refusal(Path::new(&request.program), nix::errno::Errno::from_raw(errno)))
            }
            _ => Ok(()),
        }
    }
}

fn start(request: &Request) -> Result<Pid, Refusal> {
    let program = spawn::find(request)?;
    let stub: [&OsStr; 4] = [
        OsStr::new("evenhand-traced"),
        OsStr::new(TRACED_ROLE),
        program.as_os_str(),
        request.program.as_os_str(),
    ];
    let args = stub.into_iter().chain(request.args.iter().map(OsString::as_os_str));
    Ok(spawn::Recipe::of(request, "/proc/self/exe".into(), args)?.spawn()?.pid)
}

fn tell(mut teller: &UnixStream, what: &[u8]) {
    // Whoever does not listen any more has no need to know.
    let _ = teller.write_all(what);
}

/// Follow children and threads, stop at exec, at exit and, if let go on so, at system calls; die
/// with the tracer.
fn follow(pid: Pid) -> Result<(), Refusal> {
    let options = Options::PTRACE_O_TRACEEXIT
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_EXITKILL;
    ptrace::setoptions(NixPid::from_raw(pid.as_raw_pid()), options)
        .map_err(|e| Refusal::Trace { reason: e.desc().to_owned() })
}
