//! The life of a request: it comes, waits or is sent at once, and goes with an answer or without.

use std::time::Duration;

use rustix::event::epoll::{self, EventFlags};
use rustix::io::Errno;
use rustix::net::{RecvFlags, SendFlags, recv, send, sockopt};

use super::open::{Opened, is_own_fault, open};
use super::plan::Judged;
use super::pool::{Ask, Handle, State};
use super::{Deadline, Drive};
use crate::http::{Cut, Fed};
use crate::order::Reuse;
use crate::tally::Failure;

/// So often one socket is read before the others have their turn.
const MOST_READS: usize = 16;

const GONE: EventFlags = EventFlags::RDHUP.union(EventFlags::HUP).union(EventFlags::ERR);

/// Everything, once, and told only when it changes.
fn interest() -> EventFlags {
    EventFlags::IN | EventFlags::OUT | EventFlags::RDHUP | EventFlags::ET
}

/// Whether there may be more to read.
#[derive(PartialEq, Eq)]
enum Next {
    On,
    Stop,
}

impl Drive<'_> {
    /// Sends, or lets wait, every request whose instant has come.
    pub(super) fn issue(&mut self, now: Duration) {
        while let Some(intended) = self.instants.next_if(|at| *at <= now) {
            let Some(draw) = self.draws.next() else { return };
            let number = draw.number.unwrap_or(0);
            let ask = Ask { intended, request: draw.request, number, waited: false };
            self.tally.came(intended, now);
            let free = if self.backlog.is_empty() { self.pool.take_free() } else { None };
            match free {
                Some(handle) => self.send(handle, ask, true),
                None => {
                    let coming = self.pool.room() + self.pool.connecting();
                    let waited = self.backlog.len() >= coming;
                    if waited {
                        self.tally.waits(intended);
                    }
                    self.backlog.push_back(Ask { waited, ..ask });
                }
            }
        }
    }

    /// Sends what has waited for a connection, as far as some are free.
    pub(super) fn dispatch(&mut self) {
        while !self.backlog.is_empty()
            && let Some(handle) = self.pool.take_free()
            && let Some(ask) = self.backlog.pop_front()
        {
            self.send(handle, ask, false);
        }
    }

    /// Opens connections while more requests wait than connections are being opened.
    pub(super) fn fill(&mut self) {
        while self.pool.connecting() < self.backlog.len() && self.pool.has_room() {
            self.open();
            self.dispatch();
        }
    }

    fn open(&mut self) {
        let now = self.clock.now();
        let handle = self.pool.vacancy();
        let opened = open(self.order.target.address).and_then(|opened| {
            let (Opened::At(fd) | Opened::Soon(fd)) = &opened;
            epoll::add(&self.epoll, fd, handle.data(), interest())?;
            Ok(opened)
        });
        match opened {
            Ok(Opened::At(fd)) => {
                self.pool.settle(handle, fd, now);
                self.connected(handle, now);
            }
            Ok(Opened::Soon(fd)) => {
                self.pool.settle(handle, fd, now);
                self.opening.push_back((now, handle));
            }
            Err(errno) => self.not_connected(errno),
        }
    }

    fn connected(&mut self, handle: Handle, since: Duration) {
        self.tally.connected(since, self.clock.now());
        self.pool.give_back(handle);
    }

    /// It is the request that waits longest which would have had the connection.
    fn not_connected(&mut self, errno: Errno) {
        let now = self.clock.now();
        let Some(ask) = self.backlog.pop_front() else { return };
        match errno {
            errno if is_own_fault(errno) => self.tally.hindered(ask.intended, now),
            Errno::CONNRESET => self.tally.failed(ask.intended, Failure::Reset, now),
            _ => self.tally.failed(ask.intended, Failure::Refused, now),
        }
    }

    fn send(&mut self, handle: Handle, ask: Ask, at_once: bool) {
        let sent = self.clock.now();
        self.tally.sent(ask.intended, sent, at_once);
        self.pool.turn_to(handle, State::Busy { ask, sent });
        let Some(link) = self.pool.get(handle) else { return };
        let prepared = &self.plan[ask.request];
        let bytes = prepared.outgoing.bytes(ask.number, &mut self.rendered);
        link.turn = link.turn.wrapping_add(1);
        link.answer.begin(prepared.head_only, prepared.hashed());
        let turn = link.turn;
        match send(&link.fd, bytes, SendFlags::NOSIGNAL) {
            Ok(length) if length == bytes.len() => {}
            Ok(length) => link.unsent.extend_from_slice(&bytes[length..]),
            Err(Errno::AGAIN | Errno::INTR) => link.unsent.extend_from_slice(bytes),
            Err(_) => return self.fail(handle, Failure::Reset),
        }
        let overdue = ask.intended + self.order.timeout;
        let at = match self.order.leave_after {
            Some(patience) => overdue.min(sent + patience),
            None => overdue,
        };
        self.deadlines.push_back(Deadline { at, handle, turn });
    }

    /// Takes what the kernel says of a connection.
    pub(super) fn hear(&mut self, event: epoll::Event, input: &mut [u8]) {
        let (handle, flags) = (Handle::of(event.data), event.flags);
        let Some(link) = self.pool.get(handle) else { return };
        if let State::Connecting { since } = link.state {
            match sockopt::socket_error(&link.fd) {
                Ok(Ok(())) if flags.contains(EventFlags::OUT) => self.connected(handle, since),
                Ok(Ok(())) => return,
                Ok(Err(errno)) | Err(errno) => {
                    self.pool.close(handle);
                    return self.not_connected(errno);
                }
            }
        } else if !link.unsent.is_empty() {
            self.send_rest(handle);
        }
        if flags.intersects(EventFlags::IN | GONE) {
            self.read(handle, flags, input);
        }
    }

    fn send_rest(&mut self, handle: Handle) {
        let Some(link) = self.pool.get(handle) else { return };
        match send(&link.fd, &link.unsent, SendFlags::NOSIGNAL) {
            Ok(length) => drop(link.unsent.drain(..length)),
            Err(Errno::AGAIN | Errno::INTR) => {}
            // An answer that came before all of the request was taken is still to be read.
            Err(_) => link.unsent.clear(),
        }
    }

    fn read(&mut self, handle: Handle, flags: EventFlags, input: &mut [u8]) {
        for _ in 0..MOST_READS {
            let Some(link) = self.pool.get(handle) else { return };
            match recv(&link.fd, &mut *input, RecvFlags::empty()) {
                Ok((0, _)) => return self.ended(handle),
                Ok((length, _)) => {
                    if self.arrived(handle, &input[..length], flags) == Next::Stop {
                        return;
                    }
                    // A short read has emptied the socket, and its end is told anew.
                    if length < input.len() && !flags.intersects(GONE) {
                        return;
                    }
                }
                Err(Errno::AGAIN) => return,
                Err(Errno::INTR) => {}
                Err(_) => return self.fail(handle, Failure::Reset),
            }
        }
        // What is there already would not be told again.
        if let Some(link) = self.pool.get(handle)
            && epoll::modify(&self.epoll, &link.fd, handle.data(), interest()).is_err()
        {
            self.fail(handle, Failure::Reset);
        }
    }

    fn arrived(&mut self, handle: Handle, bytes: &[u8], flags: EventFlags) -> Next {
        let Some(link) = self.pool.get(handle) else { return Next::Stop };
        if !matches!(link.state, State::Busy { .. }) {
            // An answer to nobody.
            self.pool.close(handle);
            return Next::Stop;
        }
        match link.answer.feed(bytes) {
            Ok(Fed::More) => Next::On,
            Ok(Fed::Whole { used }) => {
                let keeps = link.answer.keeps_alive()
                    && used == bytes.len()
                    && link.unsent.is_empty()
                    && !flags.intersects(GONE)
                    && self.order.connections.reuse == Reuse::KeepAlive;
                self.answered(handle, keeps);
                Next::Stop
            }
            Err(_) => {
                self.fail(handle, Failure::Parse);
                Next::Stop
            }
        }
    }

    fn answered(&mut self, handle: Handle, keeps: bool) {
        let now = self.clock.now();
        let Some(link) = self.pool.get(handle) else { return };
        let State::Busy { ask, sent } = link.state else { return };
        let (status, digest) = (link.answer.status(), link.answer.digest());
        match self.plan[ask.request].judge(status, digest, ask.number) {
            Judged::Right => self.tally.right(ask.intended, sent, now),
            Judged::OtherStatus => self.tally.failed(ask.intended, Failure::Status, now),
            Judged::OtherBody => self.tally.failed(ask.intended, Failure::BodyMismatch, now),
        }
        if keeps {
            self.pool.give_back(handle);
        } else {
            self.pool.close(handle);
        }
    }

    /// The server has closed its side.
    fn ended(&mut self, handle: Handle) {
        let Some(link) = self.pool.get(handle) else { return };
        match (link.state, link.answer.end()) {
            (State::Busy { .. }, Ok(())) => self.answered(handle, false),
            (State::Busy { .. }, Err(Cut::Early)) => self.fail(handle, Failure::Eof),
            (State::Busy { .. }, Err(Cut::Garbage)) => self.fail(handle, Failure::Parse),
            (State::Free | State::Connecting { .. }, _) => drop(self.pool.close(handle)),
        }
    }

    fn fail(&mut self, handle: Handle, failure: Failure) {
        if let Some(State::Busy { ask, .. }) = self.pool.close(handle) {
            self.tally.failed(ask.intended, failure, self.clock.now());
        }
    }

    /// Gives up whatever is overdue.
    pub(super) fn expire(&mut self, now: Duration) {
        let timeout = self.order.timeout;
        while let Some(ask) = self.backlog.pop_front_if(|ask| ask.intended + timeout <= now) {
            // One that never waited for a socket has one that never got through.
            let failure = if ask.waited { Failure::Starved } else { Failure::Timeout };
            self.tally.failed(ask.intended, failure, now);
        }
        while let Some(Deadline { at, handle, turn }) = self.deadlines.front().copied() {
            let pool = &mut self.pool;
            let busy = pool.get(handle).filter(|link| link.turn == turn).map(|link| link.state);
            match busy {
                Some(State::Busy { ask, sent }) if at <= now => {
                    self.pool.close(handle);
                    if ask.intended + timeout > now {
                        self.tally.left(ask.intended, now);
                    } else if ask.waited && sent - ask.intended > timeout / 2 {
                        self.tally.failed(ask.intended, Failure::Starved, now);
                    } else {
                        self.tally.failed(ask.intended, Failure::Timeout, now);
                    }
                }
                Some(State::Busy { .. }) => break,
                _ => {}
            }
            self.deadlines.pop_front();
        }
        while let Some((since, handle)) = self.opening.front().copied() {
            let connecting = self
                .pool
                .get(handle)
                .is_some_and(|link| matches!(link.state, State::Connecting { .. }));
            if connecting && since + timeout > now {
                break;
            }
            if connecting {
                self.pool.close(handle);
            }
            self.opening.pop_front();
        }
    }
}
