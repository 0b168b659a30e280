/// Redis' own limit on a line that is not a bulk string.
const LONGEST_LINE: usize = 64 * 1024;
/// Redis' `proto-max-bulk-len`.
const LONGEST_BULK: i64 = 512 * 1024 * 1024;
/// Redis' limit on the elements of one array.
const MOST_ELEMENTS: i64 = 1024 * 1024;
/// Arrays in arrays; what real replies have is a handful.
const DEEPEST: usize = 32;
/// All bytes of one reply.
const LONGEST_REPLY: u64 = 1 << 30;

/// What is known after some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// All bytes were taken and the reply goes on.
    NeedMore,
    /// The reply ends here; the reader is ready for the next one.
    Done {
        /// How many of the bytes just fed belong to it.
        consumed: usize,
        /// Whether it is an error (`-ERR …`).
        error: bool,
    },
    /// This is no reply, nor will more bytes make it one.
    Invalid(RespError),
}

/// Why bytes are no RESP2 reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RespError {
    /// Not one of `+ - : $ *`.
    #[error("a reply begins with byte {0:#04x}, none of + - : $ *; is the server one of RESP2?")]
    Kind(u8),
    /// A number that is none, or a length below -1.
    #[error("a number or length in a reply is not one")]
    Number,
    /// A line or bulk string that does not end in CR LF.
    #[error("a line or bulk string in a reply does not end in CR LF")]
    Ending,
    /// Past a limit on lines, strings, elements or depth.
    #[error("a reply is larger or deeper than Redis' own limits allow")]
    TooLarge,
}

/// Finds the end of a reply in bytes that come as they come.
#[derive(Debug, Clone)]
pub struct ReplyReader {
    state: State,
    /// Elements still to come of each array around here.
    around: Vec<i64>,
    error: bool,
    taken: u64,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Kind,
    Text { length: usize },
    Number { of: Of, sign: Sign, digits: u8, value: i64 },
    LineFeed { then: Then },
    Bulk { left: usize },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Unsaid,
    Plus,
    Minus,
}

/// What a number says.
#[derive(Debug, Clone, Copy)]
enum Of {
    Integer,
    Bulk,
    Array,
}

/// What comes after a line.
#[derive(Debug, Clone, Copy)]
enum Then {
    Element,
    Bulk(usize),
    Array(i64),
}

impl Default for ReplyReader {
    fn default() -> Self {
        Self::new()
    }
}

impl ReplyReader {
    /// Before the first byte of a reply.
    #[must_use]
    pub fn new() -> Self {
        Self { state: State::Kind, around: Vec::new(), error: false, taken: 0 }
    }

    /// Takes bytes that follow those fed before. After [`Progress::Invalid`] the stream has no
    /// further replies to find.
    pub fn feed(&mut self, bytes: &[u8]) -> Progress {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (taken, ended) = match self.advance(rest) {
                Ok(step) => step,
                Err(error) => return Progress::Invalid(error),
            };
            at += taken;
            self.taken += taken as u64;
            if ended {
                let error = self.error;
                *self = Self { around: std::mem::take(&mut self.around), ..Self::new() };
                return Progress::Done { consumed: at, error };
            }
            if self.taken > LONGEST_REPLY {
                return Progress::Invalid(RespError::TooLarge);
            }
        }
        Progress::NeedMore
    }

    /// Bytes taken, 1 or more, and whether the reply ended with them.
    fn advance(&mut self, bytes: &[u8]) -> Result<(usize, bool), RespError> {
        let Some(&byte) = bytes.first() else { return Ok((0, false)) };
        match self.state {
            State::Kind => self.begin(byte)?,
            State::Text { length } => return self.text(length, bytes),
            State::Number { of, sign, digits, value } => {
                self.state = number(of, sign, digits, value, byte)?;
            }
            State::LineFeed { .. } if byte != b'\n' => return Err(RespError::Ending),
            State::LineFeed { then: Then::Bulk(left) } => self.state = State::Bulk { left },
            State::LineFeed { then: Then::Array(count) } => return Ok((1, self.open(count)?)),
            State::LineFeed { then: Then::Element } => return Ok((1, self.close())),
            State::Bulk { left: 0 } if byte != b'\r' => return Err(RespError::Ending),
            State::Bulk { left: 0 } => self.state = State::LineFeed { then: Then::Element },
            State::Bulk { left } => {
                let taken = left.min(bytes.len());
                self.state = State::Bulk { left: left - taken };
                return Ok((taken, false));
            }
        }
        Ok((1, false))
    }

    fn begin(&mut self, byte: u8) -> Result<(), RespError> {
        let number = |of| State::Number { of, sign: Sign::Unsaid, digits: 0, value: 0 };
        self.state = match byte {
            b'+' => State::Text { length: 0 },
            b'-' => {
                self.error |= self.around.is_empty();
                State::Text { length: 0 }
            }
            b':' => number(Of::Integer),
            b'$' => number(Of::Bulk),
            b'*' => number(Of::Array),
            other => return Err(RespError::Kind(other)),
        };
        Ok(())
    }

    fn text(&mut self, length: usize, bytes: &[u8]) -> Result<(usize, bool), RespError> {
        let end = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let length = length + end.unwrap_or(bytes.len());
        if length > LONGEST_LINE {
            return Err(RespError::TooLarge);
        }
        let Some(end) = end else {
            self.state = State::Text { length };
            return Ok((bytes.len(), false));
        };
        if bytes.get(end) == Some(&b'\n') {
            return Err(RespError::Ending);
        }
        self.state = State::LineFeed { then: Then::Element };
        Ok((end + 1, false))
    }

    fn open(&mut self, count: i64) -> Result<bool, RespError> {
        if count <= 0 {
            return Ok(self.close());
        }
        if self.around.len() == DEEPEST {
            return Err(RespError::TooLarge);
        }
        self.around.push(count);
        self.state = State::Kind;
        Ok(false)
    }

    /// An element is over, and with it each array whose last it was.
    fn close(&mut self) -> bool {
        self.state = State::Kind;
        while let Some(left) = self.around.last_mut() {
            *left -= 1;
            if *left > 0 {
                return false;
            }
            self.around.pop();
        }
        true
    }
}

fn number(of: Of, sign: Sign, digits: u8, value: i64, byte: u8) -> Result<State, RespError> {
    let unbegun = digits == 0 && sign == Sign::Unsaid;
    match byte {
        b'-' if unbegun => Ok(State::Number { of, sign: Sign::Minus, digits, value }),
        b'+' if unbegun && matches!(of, Of::Integer) => {
            Ok(State::Number { of, sign: Sign::Plus, digits, value })
        }
        b'0'..=b'9' => {
            let digit = i64::from(byte - b'0');
            // Built on its own side of zero, so that the smallest number fits.
            let digit = if sign == Sign::Minus { -digit } else { digit };
            let value = value.checked_mul(10).and_then(|value| value.checked_add(digit));
            let value = value.ok_or(RespError::Number)?;
            // Leading zeros could go on for ever.
            let digits = digits + 1;
            if digits > 20 {
                Err(RespError::Number)
            } else {
                Ok(State::Number { of, sign, digits, value })
            }
        }
        b'\r' if digits > 0 => Ok(State::LineFeed { then: after(of, value)? }),
        b'\n' => Err(RespError::Ending),
        _ => Err(RespError::Number),
    }
}

fn after(of: Of, value: i64) -> Result<Then, RespError> {
    let most = match of {
        Of::Integer => return Ok(Then::Element),
        Of::Bulk => LONGEST_BULK,
        Of::Array => MOST_ELEMENTS,
    };
    match (of, value) {
        (_, ..-1) => Err(RespError::Number),
        (_, value) if value > most => Err(RespError::TooLarge),
        (Of::Array, count) => Ok(Then::Array(count)),
        // Nil, the same for a bulk string.
        (_, -1) => Ok(Then::Element),
        (_, length) => usize::try_from(length).map(Then::Bulk).map_err(|_| RespError::TooLarge),
    }
}
