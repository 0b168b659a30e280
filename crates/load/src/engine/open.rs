//! A place to work from: processor, timers, descriptors; and sockets.

use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::os::fd::OwnedFd;

use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketFlags, SocketType, connect, socket_with, sockopt};
use rustix::process::{Resource, getrlimit, setrlimit};
use rustix::thread::{CpuSet, sched_setaffinity, set_current_timer_slack};

use super::{DriveError, refused};
use crate::order::{Order, OrderError};

/// Files open beside sockets: standard streams, epoll, `/proc`.
const OTHER_FILES: u64 = 64;

/// Takes the processor, the timer and the descriptors that an order needs.
pub(crate) fn settle_in(order: &Order) -> Result<(), DriveError> {
    if let Some(processor) = order.processor {
        if processor >= CpuSet::MAX_CPU {
            let reason = format!("there is no processor {processor}");
            return Err(OrderError { what: "processor", reason }.into());
        }
        let mut set = CpuSet::new();
        set.set(processor);
        sched_setaffinity(None, &set).map_err(refused("moving to the processor"))?;
    }
    // The kernel otherwise lets a sleeper lie up to 50 µs longer, to wake several at once.
    set_current_timer_slack(NonZeroU64::new(1)).map_err(refused("setting the timer slack"))?;
    take_descriptors(order)
}

fn take_descriptors(order: &Order) -> Result<(), DriveError> {
    let connections = &order.connections;
    let sockets = [connections.most, connections.idle, connections.slow];
    let needed = sockets.into_iter().map(u64::from).sum::<u64>() + OTHER_FILES;
    let mut limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    if limit.maximum.is_some_and(|maximum| maximum < needed) {
        let reason = format!("{needed} descriptors are needed; raise the limit with `ulimit -Hn`");
        return Err(OrderError { what: "connections", reason }.into());
    }
    limit.current = Some(needed);
    setrlimit(Resource::Nofile, limit).map_err(refused("raising the limit of descriptors"))
}

/// How opening a connection went so far.
pub(super) enum Opened {
    /// It is there.
    At(OwnedFd),
    /// It will be, or not.
    Soon(OwnedFd),
}

/// Begins to open a non-blocking connection that sends without delay.
pub(super) fn open(address: SocketAddr) -> Result<Opened, Errno> {
    let family = match address {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let socket = socket_with(family, SocketType::STREAM, flags, None)?;
    sockopt::set_tcp_nodelay(&socket, true)?;
    // The generator's own small requests need no pacing, which costs a timer each; where `reno` may
    // not be chosen the machine's own congestion control does.
    let _ = sockopt::set_tcp_congestion(&socket, "reno");
    match connect(&socket, &address) {
        Ok(()) => Ok(Opened::At(socket)),
        Err(Errno::INPROGRESS | Errno::INTR) => Ok(Opened::Soon(socket)),
        Err(errno) => Err(errno),
    }
}

/// Whether it is this machine that has no socket, port or memory to give.
pub(crate) fn is_own_fault(errno: Errno) -> bool {
    matches!(
        errno,
        Errno::ADDRNOTAVAIL
            | Errno::ADDRINUSE
            | Errno::MFILE
            | Errno::NFILE
            | Errno::NOBUFS
            | Errno::NOMEM
            | Errno::AGAIN
    )
}
