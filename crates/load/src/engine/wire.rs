//! One face for the protocols that are spoken.

use sha2::{Digest, Sha256};

use crate::http::{Answer, Cut, Fed, Garbage, Message};
use crate::order::{Order, OrderError, Request, Wire};
use crate::resp::{Command, Progress, ReplyReader};

/// What is sent for one kind of request.
#[derive(Debug)]
pub(crate) enum Outgoing {
    Http(Message),
    Resp(Command),
    /// A command without a number.
    Bytes(Vec<u8>),
}

impl Outgoing {
    /// # Errors
    ///
    /// What cannot be written in the order's protocol.
    pub(super) fn new(request: &Request, order: &Order) -> Result<Self, OrderError> {
        if order.wire == Wire::Http {
            return Ok(Self::Http(Message::new(request, &order.target, order.connections.reuse)?));
        }
        let command = Command::new(&request.method)?;
        if request.numbers > 0 {
            return Ok(Self::Resp(command));
        }
        let mut bytes = Vec::new();
        command.encode(None, &mut bytes);
        Ok(Self::Bytes(bytes))
    }

    /// The bytes for a number, in `room` unless they are always the same.
    pub(super) fn bytes<'a>(&'a self, number: u32, room: &'a mut Vec<u8>) -> &'a [u8] {
        match self {
            Self::Http(message) => message.bytes(number, room),
            Self::Bytes(bytes) => bytes,
            Self::Resp(command) => {
                room.clear();
                command.encode(Some(number), room);
                room
            }
        }
    }
}

/// What is read on one connection.
#[derive(Debug)]
pub(super) enum Incoming {
    Http(Answer),
    Resp(Reply),
}

/// One reply after the other.
#[derive(Debug)]
pub(super) struct Reply {
    reader: ReplyReader,
    /// Of the whole reply, as it came.
    hash: Option<Sha256>,
    is_error: bool,
}

/// What an answer says of itself, apart from its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Http(u16),
    /// RESP knows right and wrong only.
    Resp {
        is_error: bool,
    },
}

impl Incoming {
    pub(super) fn new(wire: Wire) -> Self {
        match wire {
            Wire::Http => Self::Http(Answer::new()),
            Wire::Resp => {
                Self::Resp(Reply { reader: ReplyReader::new(), hash: None, is_error: false })
            }
        }
    }

    /// Another request has been sent; `hashed`: its answer will be asked for its digest.
    pub(super) fn begin(&mut self, head_only: bool, hashed: bool) {
        match self {
            Self::Http(answer) => answer.begin(head_only, hashed),
            Self::Resp(reply) => {
                reply.reader = ReplyReader::new();
                reply.hash = hashed.then(Sha256::new);
                reply.is_error = false;
            }
        }
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<Fed, Garbage> {
        match self {
            Self::Http(answer) => answer.feed(bytes),
            Self::Resp(reply) => reply.feed(bytes),
        }
    }

    /// The connection has ended: whether that is the answer's end.
    pub(super) fn end(&mut self) -> Result<(), Cut> {
        match self {
            Self::Http(answer) => answer.end(),
            Self::Resp(_) => Err(Cut::Early),
        }
    }

    pub(super) fn status(&self) -> Status {
        match self {
            Self::Http(answer) => Status::Http(answer.status()),
            Self::Resp(reply) => Status::Resp { is_error: reply.is_error },
        }
    }

    pub(super) fn digest(&mut self) -> Option<[u8; 32]> {
        match self {
            Self::Http(answer) => answer.digest(),
            Self::Resp(reply) => reply.hash.take().map(|hash| hash.finalize().into()),
        }
    }

    /// Whether the connection takes another request.
    pub(super) fn keeps_alive(&self) -> bool {
        match self {
            Self::Http(answer) => answer.keeps_alive(),
            Self::Resp(_) => true,
        }
    }
}

impl Reply {
    fn feed(&mut self, bytes: &[u8]) -> Result<Fed, Garbage> {
        let (used, fed) = match self.reader.feed(bytes) {
            Progress::NeedMore => (bytes.len(), Fed::More),
            Progress::Done { consumed: used, error } => {
                self.is_error = error;
                (used, Fed::Whole { used })
            }
            Progress::Invalid(_) => return Err(Garbage),
        };
        if let Some(hash) = &mut self.hash {
            hash.update(&bytes[..used]);
        }
        Ok(fed)
    }
}
