//! The wait between the subject's start and its end.

use std::io::Read;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::fstat;
use rustix::io::Errno;

use crate::error::Refusal;
use crate::outcome::Bytes;
use crate::wire::{Request, STOP};

use super::poll::Poller;
use super::{Subject, Watched};

/// How often the captured output's size is looked at: a program that writes 4 GB/s overshoots its
/// cap by 80 MB, and one that runs for less is not woken beside at all.
const OUTPUT_CHECK: Duration = Duration::from_millis(20);

/// How the watch ended, and the time from the subject's start to that moment.
pub(super) fn watch(
    request: &Request,
    socket: &UnixStream,
    subject: &Subject,
    poller: &mut Poller,
) -> Result<(Watched, Duration), Refusal> {
    let deadline = subject.started + request.deadline;
    let interval = poller.interval().unwrap_or(OUTPUT_CHECK);
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let mut ready =
            [PollFd::new(&subject.handle, PollFlags::IN), PollFd::new(socket, PollFlags::IN)];
        match poll(&mut ready, Some(&timespec(left.min(interval)))) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(e) => return Err(Refusal::system("wait for the subject")(e)),
        }
        let wall = subject.started.elapsed();
        let too_large = output_exceeds(request.output_cap);
        let watched = match (!ready[0].revents().is_empty(), !ready[1].revents().is_empty()) {
            _ if too_large => Watched::OutputTooLarge,
            (true, _) => Watched::Ended,
            (false, true) => hear(socket),
            (false, false) if left.is_zero() => Watched::TimedOut,
            (false, false) => {
                poller.sample();
                continue;
            }
        };
        return Ok((watched, wall));
    }
}

pub(super) fn hear(mut socket: &UnixStream) -> Watched {
    let mut byte = [0];
    match socket.read(&mut byte) {
        Ok(1) if byte[0] == STOP => Watched::Stopped,
        _ => Watched::Abandoned,
    }
}

pub(super) fn output_exceeds(Bytes(cap): Bytes) -> bool {
    let length = |fd: std::os::fd::BorrowedFd<'_>| {
        fstat(fd).map_or(0, |stat| u64::try_from(stat.st_size).unwrap_or(0))
    };
    length(std::io::stdout().as_fd()) > cap || length(std::io::stderr().as_fd()) > cap
}

pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}
