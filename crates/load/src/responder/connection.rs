//! One client: where its requests end, and what it still has to be sent.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use rustix::event::epoll::EventFlags;

/// A head that is longer is refused.
const LONGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 64;

/// What a turn came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// So many whole requests came.
    Asked(u64),
    /// Nothing is whole yet, or something could not be sent yet.
    Waits,
    /// The client is done, or was asked to be.
    Ended,
    /// What came is no request.
    Refused,
}

/// What stands at the beginning of some bytes.
enum Found {
    /// A request, this long with its body.
    Request {
        head: usize,
        body: u64,
        last: bool,
    },
    Part,
    Nonsense,
}

#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    number: u64,
    /// The part of a head that came.
    part: Vec<u8>,
    /// Bytes of a body still to come.
    body_left: u64,
    /// Whether the client wants no more after this.
    last: bool,
    /// A request whose body has not ended.
    open: bool,
    unsent: Vec<u8>,
    /// Answers owed.
    owed: u64,
    waits_to_write: bool,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, number: u64) -> Self {
        Self {
            stream,
            number,
            part: Vec::new(),
            body_left: 0,
            last: false,
            open: false,
            unsent: Vec::new(),
            owed: 0,
            waits_to_write: false,
        }
    }

    /// Places are taken again; numbers are not.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Sends what could not be sent, or else reads once.
    pub(super) fn turn(&mut self, scratch: &mut [u8]) -> Turn {
        if !self.unsent.is_empty() {
            return self.send_rest();
        }
        let length = match self.stream.read(scratch) {
            Ok(0) => return Turn::Ended,
            Ok(length) => length,
            Err(error) => return ended_unless_later(&error),
        };
        let read = scratch.get(..length).unwrap_or_default();
        if self.part.is_empty() {
            return self.take(read);
        }
        let mut whole = std::mem::take(&mut self.part);
        whole.extend_from_slice(read);
        self.take(&whole)
    }

    fn take(&mut self, mut bytes: &[u8]) -> Turn {
        let mut asked = 0;
        loop {
            let body = self.body_left.min(bytes.len() as u64);
            self.body_left -= body;
            bytes = bytes.get(body as usize..).unwrap_or_default();
            if self.body_left == 0 && self.open {
                self.open = false;
                asked += 1;
            }
            if bytes.is_empty() || self.last {
                break;
            }
            match find(bytes) {
                Found::Request { head, body, last } => {
                    bytes = bytes.get(head..).unwrap_or_default();
                    (self.body_left, self.last, self.open) = (body, last, true);
                }
                Found::Part if bytes.len() <= LONGEST_HEAD => {
                    self.part = bytes.to_vec();
                    break;
                }
                Found::Part | Found::Nonsense => return Turn::Refused,
            }
        }
        self.owed += asked;
        if asked == 0 { Turn::Waits } else { Turn::Asked(asked) }
    }

    pub(super) fn answer(&mut self, answer: &[u8], requests: u64) -> Turn {
        self.owed = self.owed.saturating_sub(requests);
        if requests == 1 && self.unsent.is_empty() {
            return match self.stream.write(answer) {
                Ok(sent) if sent == answer.len() => self.after_sending(),
                Ok(sent) => {
                    self.unsent.extend_from_slice(answer.get(sent..).unwrap_or_default());
                    self.send_rest()
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.unsent.extend_from_slice(answer);
                    Turn::Waits
                }
                Err(_) => Turn::Ended,
            };
        }
        (0..requests).for_each(|_| self.unsent.extend_from_slice(answer));
        self.send_rest()
    }

    fn send_rest(&mut self) -> Turn {
        while !self.unsent.is_empty() {
            match self.stream.write(&self.unsent) {
                Ok(sent) => drop(self.unsent.drain(..sent)),
                Err(error) => return ended_unless_later(&error),
            }
        }
        self.after_sending()
    }

    fn after_sending(&self) -> Turn {
        let over = self.last && !self.open && self.owed == 0 && self.unsent.is_empty();
        if over { Turn::Ended } else { Turn::Waits }
    }

    /// What is to be waited for now, if it is something else than before.
    pub(super) fn changed_interest(&mut self) -> Option<(&TcpStream, EventFlags)> {
        let waits_to_write = !self.unsent.is_empty();
        if waits_to_write == self.waits_to_write {
            return None;
        }
        self.waits_to_write = waits_to_write;
        let flags = if waits_to_write { EventFlags::OUT } else { EventFlags::IN };
        Some((&self.stream, flags))
    }
}

fn ended_unless_later(error: &io::Error) -> Turn {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => Turn::Waits,
        _ => Turn::Ended,
    }
}

fn find(bytes: &[u8]) -> Found {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let head = match request.parse(bytes) {
        Ok(httparse::Status::Complete(head)) => head,
        Ok(httparse::Status::Partial) => return Found::Part,
        Err(_) => return Found::Nonsense,
    };
    let (mut body, mut last) = (0, request.version == Some(0));
    for header in request.headers {
        if header.name.eq_ignore_ascii_case("content-length") {
            let length = std::str::from_utf8(header.value).ok().and_then(|text| text.parse().ok());
            let Some(length) = length else { return Found::Nonsense };
            body = length;
        } else if header.name.eq_ignore_ascii_case("connection") {
            last = header.value.eq_ignore_ascii_case(b"close");
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            return Found::Nonsense;
        }
    }
    Found::Request { head, body, last }
}
