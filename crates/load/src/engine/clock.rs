//! The one clock of a drive: time since its warm-up began.

use std::time::{Duration, Instant};

/// Read with every send and every answer; a system call it is not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    zero: Instant,
}

impl Clock {
    /// The warm-up begins now.
    pub(crate) fn start() -> Self {
        Self { zero: Instant::now() }
    }

    pub(crate) fn now(self) -> Duration {
        self.zero.elapsed()
    }
}
