//! What is looked at in the tracees of a run.

use nix::sys::ptrace::{self, Event};
use nix::sys::signal::Signal;
use nix::unistd::Pid as NixPid;
use rustix::process::Pid;

use crate::probe::{EffectsReading, MemoryReading};
use crate::wire::{Meter, Request};

use super::effects::Effects;
use super::peaks::Peaks;

pub(super) enum Observer {
    Peaks(Peaks),
    Effects(Box<Effects>),
}

impl Observer {
    pub(super) fn of(request: &Request, subject: Pid) -> Self {
        match request.meter {
            Meter::TracedEffects => Self::Effects(Box::new(Effects::of(request, subject))),
            _ => Self::Peaks(Peaks::default()),
        }
    }

    /// The tracee has stopped before or after a system call.
    pub(super) fn at_call(&mut self, pid: Pid) {
        if let Self::Effects(effects) = self {
            effects.at_call(pid);
        }
    }

    /// The tracee has stopped at a `PTRACE_EVENT`.
    pub(super) fn at_event(&mut self, pid: Pid, event: i32) {
        match self {
            Self::Peaks(peaks) if event == Event::PTRACE_EVENT_EXIT as i32 => peaks.record(pid),
            Self::Peaks(_) => {}
            Self::Effects(effects) => effects.at_event(pid, event),
        }
    }

    /// The tracee has ended.
    pub(super) fn gone(&mut self, pid: Pid) {
        if let Self::Effects(effects) = self {
            effects.gone(pid);
        }
    }

    /// Ends the tracee's stop. One that was killed meanwhile cannot go on, and need not.
    pub(super) fn resume(&self, pid: Pid, pass_on: Option<Signal>) {
        let pid = NixPid::from_raw(pid.as_raw_pid());
        let _ = match self {
            Self::Peaks(_) => ptrace::cont(pid, pass_on),
            Self::Effects(_) => ptrace::syscall(pid, pass_on),
        };
    }

    pub(super) fn memory(&self) -> Option<MemoryReading> {
        match self {
            Self::Peaks(peaks) => peaks.reading(),
            Self::Effects(_) => None,
        }
    }

    pub(super) fn effects(&self) -> Option<EffectsReading> {
        match self {
            Self::Peaks(_) => None,
            Self::Effects(effects) => Some(effects.reading()),
        }
    }
}
