//! A bare HTTP/1.1 responder: what a generator can do when no server is in its way.
//!
//! One thread, one fixed answer, keep-alive; on order it answers late, or stops again and again as a
//! server does that collects garbage. The self check drives it (see [`crate::ceiling`]) in a process
//! of its own, entered by [`enter`]; tests drive it in a thread. It reads requests no further than to
//! find where each ends, and does so as no real server may: it is never compared.

mod connection;
mod role;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::time::Timespec;
use serde::{Deserialize, Serialize};

use crate::engine::clock::Clock;
use connection::{Connection, Turn};
pub use role::{RESPONDER_ROLE, enter};

const LISTENER: u64 = u64::MAX;
const STOP: u64 = u64::MAX - 1;
const EVENTS: usize = 256;

/// How it answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ResponderOptions {
    /// The body of each answer, `text/plain`.
    pub body: String,
    /// From the request's last byte to the answer's first; zero: at once.
    pub delay: Duration,
    /// Whether and when it does nothing at all.
    pub stall: Option<Stall>,
    /// The processor that it runs on when it is a process; `None`: any.
    pub processor: Option<usize>,
}

/// A pause, again and again, the first one a period after the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stall {
    /// From the beginning of one to the beginning of the next.
    pub every: Duration,
    /// Less than `every`.
    pub lasting: Duration,
}

/// What it has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Served {
    /// Connections taken.
    pub connections: u64,
    /// Requests answered.
    pub requests: u64,
    /// Connections closed for what came over them.
    pub refused: u64,
}

/// A responder that listens.
#[derive(Debug)]
pub struct Responder {
    listener: TcpListener,
    address: SocketAddr,
    epoll: OwnedFd,
    answer: Vec<u8>,
    delay: Duration,
    stall: Option<Stall>,
    connections: Vec<Option<Connection>>,
    free: Vec<usize>,
    /// Answers that wait for their delay to be over; the same for all, so first in, first out.
    late: VecDeque<(Duration, usize, u64)>,
    served: Served,
    /// Since it listens.
    clock: Clock,
}

impl Responder {
    /// Listens on a free port of the loopback interface; connections wait until it serves.
    ///
    /// # Errors
    ///
    /// No socket or epoll is to be had, or stalls as long as their period.
    pub fn bind(options: &ResponderOptions) -> io::Result<Self> {
        if options.stall.is_some_and(|stall| stall.lasting >= stall.every) {
            let reason = "a stall as long as its period leaves no time to answer";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        epoll::add(&epoll, &listener, EventData::new_u64(LISTENER), EventFlags::IN)?;
        let (length, body) = (options.body.len(), &options.body);
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            epoll,
            answer: answer.into_bytes(),
            delay: options.delay,
            stall: options.stall,
            connections: Vec::new(),
            free: Vec::new(),
            late: VecDeque::new(),
            served: Served::default(),
            clock: Clock::start(),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` (a pipe or a socket) can be read or its other end is closed.
    ///
    /// # Errors
    ///
    /// No further connection can be taken, or `stop` cannot be waited for.
    pub fn serve_until(mut self, stop: impl AsFd) -> io::Result<Served> {
        epoll::add(&self.epoll, &stop, EventData::new_u64(STOP), EventFlags::IN)?;
        let begun = self.clock.now();
        let mut events = Vec::with_capacity(EVENTS);
        let mut scratch = vec![0; 64 * 1024];
        loop {
            self.wait(&mut events)?;
            if let Some(stall) = self.stall {
                std::thread::sleep(left_of(stall, self.clock.now() - begun));
            }
            for Event { data, flags: _ } in events.drain(..) {
                match data.u64() {
                    STOP => return Ok(self.served),
                    LISTENER => self.accept()?,
                    place => self.turn(place as usize, &mut scratch)?,
                }
            }
            self.answer_late()?;
        }
    }

    fn wait(&self, events: &mut Vec<Event>) -> io::Result<()> {
        let left = self.late.front().map(|(due, ..)| due.saturating_sub(self.clock.now()));
        let left = left.and_then(|left| Timespec::try_from(left).ok());
        match epoll::wait(&self.epoll, spare_capacity(events), left.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn accept(&mut self) -> io::Result<()> {
        loop {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => return Ok(()),
                    io::ErrorKind::ConnectionAborted | io::ErrorKind::Interrupted => continue,
                    _ => return Err(error),
                },
            };
            stream.set_nonblocking(true)?;
            stream.set_nodelay(true)?;
            let place = self.free.pop().unwrap_or_else(|| {
                self.connections.push(None);
                self.connections.len() - 1
            });
            epoll::add(&self.epoll, &stream, EventData::new_u64(place as u64), EventFlags::IN)?;
            self.served.connections += 1;
            let connection = Connection::new(stream, self.served.connections);
            if let Some(vacant) = self.connections.get_mut(place) {
                *vacant = Some(connection);
            }
        }
    }

    /// An event of a connection that is gone, or of one that has its place now, does nothing.
    fn turn(&mut self, place: usize, scratch: &mut [u8]) -> io::Result<()> {
        let Some(Some(connection)) = self.connections.get_mut(place) else { return Ok(()) };
        let turn = connection.turn(scratch);
        if let Turn::Asked(requests) = turn {
            if self.delay.is_zero() {
                return self.answer(place, requests);
            }
            let (due, number) = (self.clock.now() + self.delay, connection.number());
            self.late.extend((0..requests).map(|_| (due, place, number)));
            return Ok(());
        }
        self.settle(place, turn)
    }

    fn answer(&mut self, place: usize, requests: u64) -> io::Result<()> {
        let Some(Some(connection)) = self.connections.get_mut(place) else { return Ok(()) };
        self.served.requests += requests;
        let turn = connection.answer(&self.answer, requests);
        self.settle(place, turn)
    }

    fn answer_late(&mut self) -> io::Result<()> {
        if self.late.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        while let Some((due, place, number)) = self.late.front().copied()
            && due <= now
        {
            self.late.pop_front();
            let same = |connection: &Connection| connection.number() == number;
            if self.connections.get(place).is_some_and(|held| held.as_ref().is_some_and(same)) {
                self.answer(place, 1)?;
            }
        }
        Ok(())
    }

    fn settle(&mut self, place: usize, turn: Turn) -> io::Result<()> {
        let Some(held) = self.connections.get_mut(place) else { return Ok(()) };
        let (Turn::Ended | Turn::Refused) = turn else {
            if let Some((stream, flags)) = held.as_mut().and_then(Connection::changed_interest) {
                epoll::modify(&self.epoll, stream, EventData::new_u64(place as u64), flags)?;
            }
            return Ok(());
        };
        // Closing it takes it out of the epoll.
        *held = None;
        self.free.push(place);
        self.served.refused += u64::from(turn == Turn::Refused);
        Ok(())
    }
}

/// How much of a stall is left so long after the beginning; zero between stalls.
fn left_of(stall: Stall, since: Duration) -> Duration {
    if since < stall.every {
        return Duration::ZERO;
    }
    let into = since.as_nanos().checked_rem(stall.every.as_nanos()).unwrap_or(0);
    stall.lasting.saturating_sub(Duration::from_nanos(u64::try_from(into).unwrap_or(u64::MAX)))
}
