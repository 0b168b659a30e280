//! How a run ended.

use std::fmt;

use crate::Difference;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// With this exit code.
    Exited(i32),
    /// By this signal, numbered as on Linux.
    Signalled(i32),
    /// Not at all before its time was up.
    TimedOut,
}

/// Compares how two runs ended; only what is equal is the same.
pub fn endings(reference: Ending, other: Ending) -> Option<Difference> {
    (reference != other).then_some(Difference::Exit { reference, other })
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exited with {code}"),
            Self::Signalled(signal) => match name(*signal) {
                Some(name) => write!(f, "was ended by {name}"),
                None => write!(f, "was ended by signal {signal}"),
            },
            Self::TimedOut => f.write_str("was still running when its time was up"),
        }
    }
}

/// Signals that end a program of their own accord or by another's will.
fn name(signal: i32) -> Option<&'static str> {
    Some(match signal {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        31 => "SIGSYS",
        _ => return None,
    })
}
