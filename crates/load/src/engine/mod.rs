//! Carries out an order: one thread, one epoll, non-blocking sockets, and instants that wait for
//! nobody.
//!
//! Each turn of the loop sends what is due, gives up what is overdue, sleeps to the next instant in
//! nanoseconds, and takes what the sockets have. A request without a free connection waits in the
//! backlog and counts from its instant all the same. Sockets are registered once, edge-triggered, for
//! everything: a request costs one send, one receive, and a share of a wait.
//!
//! [`Drive`] hands over a [`Report`]; [`traffic`] is the life of a request, [`timeline`] what happens
//! at fixed times, [`beside`] the connections that carry none.

mod beside;
pub(crate) mod clock;
pub(crate) mod open;
pub(crate) mod plan;
mod pool;
pub(crate) mod timeline;
mod traffic;
pub(crate) mod wire;

use std::collections::VecDeque;
use std::iter::Peekable;
use std::os::fd::OwnedFd;
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::{Timespec, epoll};
use rustix::io::Errno;

use crate::meter::Meter;
use crate::order::{Order, OrderError};
use crate::report::{Report, Slice};
use crate::schedule::{Draws, Instants};
use crate::tally::Tally;

use beside::Beside;
use clock::Clock;
use plan::Prepared;
use pool::{Ask, Handle, Pool};
use timeline::Timeline;

/// Bytes taken from a socket at once.
const CHUNK: usize = 64 * 1024;
/// Sockets heard before what is due is sent again.
const EVENTS: usize = 256;

/// Why a drive could not be carried out at all; whatever the server does is in the report instead.
#[derive(Debug, thiserror::Error)]
pub enum DriveError {
    /// The order makes no sense.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// The machine does not let the generator do its work.
    #[error("{what}: {cause}")]
    Machine {
        /// What it tried.
        what: &'static str,
        /// What the kernel said.
        cause: std::io::Error,
    },
    /// Whoever wanted the report is gone.
    #[error("nobody listens to the progress any more")]
    Abandoned,
}

fn refused(what: &'static str) -> impl FnOnce(Errno) -> DriveError {
    move |errno| DriveError::Machine { what, cause: errno.into() }
}

/// Carries out an order in this thread; `tell` hears of each second of the window and says whether
/// anybody still listens.
///
/// # Errors
///
/// An order that makes no sense, or a machine that has no epoll, processor or descriptors for it.
pub fn drive(order: &Order, tell: &mut dyn FnMut(&Slice) -> bool) -> Result<Report, DriveError> {
    order.check()?;
    open::settle_in(order)?;
    let mut drive = Drive::new(order)?;
    drive.run(tell)?;
    Ok(drive.finish())
}

/// Whether every request can be written and every digest read.
pub(crate) fn check(order: &Order) -> Result<(), OrderError> {
    Prepared::all(order).map(drop)
}

/// Deadline of a request that has been sent.
#[derive(Debug, Clone, Copy)]
struct Deadline {
    at: Duration,
    handle: Handle,
    turn: u32,
}

struct Drive<'a> {
    order: &'a Order,
    plan: Vec<Prepared>,
    instants: Peekable<Instants>,
    draws: Draws,
    clock: Clock,
    epoll: OwnedFd,
    pool: Pool,
    beside: Beside,
    /// Requests whose instant has come and that have no connection yet, oldest first.
    backlog: VecDeque<Ask>,
    /// In the order of sending, which is that of the deadlines too.
    deadlines: VecDeque<Deadline>,
    /// Connections being opened, oldest first.
    opening: VecDeque<(Duration, Handle)>,
    timeline: Timeline,
    tally: Tally,
    meter: Meter,
    /// Bytes of a request whose number has been filled in.
    rendered: Vec<u8>,
}

impl<'a> Drive<'a> {
    fn new(order: &'a Order) -> Result<Self, DriveError> {
        let plan = Prepared::all(order)?;
        let draws = Draws::new(&order.requests, order.seed)?;
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC).map_err(refused("epoll"))?;
        let beside = Beside::open(order)?;
        Ok(Self {
            order,
            plan,
            instants: order.schedule.instants(order.seed, order.window).peekable(),
            draws,
            epoll,
            pool: Pool::new(order),
            beside,
            backlog: VecDeque::new(),
            deadlines: VecDeque::new(),
            opening: VecDeque::new(),
            timeline: Timeline::new(order),
            tally: Tally::new(order),
            meter: Meter::new(order.server, &order.companions),
            rendered: Vec::new(),
            clock: Clock::start(),
        })
    }

    fn run(&mut self, tell: &mut dyn FnMut(&Slice) -> bool) -> Result<(), DriveError> {
        let mut events = Vec::with_capacity(EVENTS);
        let mut input = vec![0; CHUNK];
        loop {
            let now = self.clock.now();
            self.keep_time(now, tell)?;
            self.issue(now);
            self.dispatch();
            self.expire(now);
            if self.is_over(now) {
                return Ok(());
            }
            self.fill();
            self.beside.write_slowly(now);
            self.wait(&mut events)?;
            // What comes too late is too late, also if it has come by now.
            self.expire(self.clock.now());
            // All answers first, then all requests: a server that is woken for each alone costs the
            // generator more than the request does.
            for event in events.drain(..) {
                self.hear(event, &mut input);
            }
        }
    }

    /// Sleeps until a socket has something or the next thing is due.
    fn wait(&mut self, events: &mut Vec<epoll::Event>) -> Result<(), DriveError> {
        let mut until = self.timeline.next().min(self.beside.next());
        // Where nothing can be sent, whoever comes may as well come a little later.
        let sendable = self.pool.has_free() || self.pool.has_room();
        let instant = self.instants.peek().copied().filter(|_| sendable);
        let starving = self.backlog.front().map(|ask| ask.intended + self.order.timeout);
        let deadline = self.deadlines.front().map(|deadline| deadline.at);
        let opening = self.opening.front().map(|(since, _)| *since + self.order.timeout);
        for at in [instant, starving, deadline, opening].into_iter().flatten() {
            until = until.min(at);
        }
        let rest = until.saturating_sub(self.clock.now());
        let rest = if self.order.spin { Duration::ZERO } else { rest };
        let rest = Timespec {
            tv_sec: i64::try_from(rest.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(rest.subsec_nanos()),
        };
        match epoll::wait(&self.epoll, spare_capacity(events), Some(&rest)) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(errno) => Err(refused("waiting for sockets")(errno)),
        }
    }
}
