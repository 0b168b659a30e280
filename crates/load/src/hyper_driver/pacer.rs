//! Wakes at an instant, not at the next millisecond.

use std::io;
use std::os::fd::AsFd;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
    timerfd_settime,
};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::unix::pipe::Receiver;

/// A timer of the kernel in the runtime's epoll.
pub(super) struct Pacer {
    /// A timer is read as a pipe is: eight bytes, when there are any. tokio's own way to wait for any
    /// descriptor (`AsyncFd`) is unsafe.
    timer: Receiver,
}

impl Pacer {
    pub(super) fn new() -> io::Result<Self> {
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        let timer = timerfd_create(TimerfdClockId::Monotonic, flags)?;
        Ok(Self { timer: Receiver::from_owned_fd_unchecked(timer)? })
    }

    /// Sets when [`Pacer::poll`] is ready, from now.
    pub(super) fn set(&self, rest: Duration) -> io::Result<()> {
        // Nothing would switch it off.
        let rest = rest.max(Duration::from_nanos(1));
        let it_value = Timespec::try_from(rest).map_err(|_| io::ErrorKind::InvalidInput)?;
        let it_interval = Timespec { tv_sec: 0, tv_nsec: 0 };
        let new = Itimerspec { it_interval, it_value };
        timerfd_settime(self.timer.as_fd(), TimerfdTimerFlags::empty(), &new)?;
        Ok(())
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut expirations = [0; 8];
        Pin::new(&mut self.timer).poll_read(context, &mut ReadBuf::new(&mut expirations))
    }
}
