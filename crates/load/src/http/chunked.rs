//! Bodies in chunks (RFC 9112, section 7.1), from pieces of any size.

use super::Garbage;

/// Extensions and trailers together; nobody needs them, and a server may send them without end.
const MOST_BESIDE: usize = 64 * 1024;

/// How far a chunked body has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunked {
    at: At,
    beside: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Size { so_far: u64, digits: u8 },
    Extension { size: u64 },
    SizeEnd { size: u64 },
    Data { left: u64 },
    DataReturn,
    DataEnd,
    TrailerStart,
    Trailer,
    LastEnd,
}

/// What a piece of input brought.
pub(super) enum Taken<'a> {
    /// Bytes of the body, and where the input goes on.
    Data(&'a [u8], &'a [u8]),
    /// Nothing but marks; all input is used.
    All,
    /// The end; what is left belongs to somebody else.
    End(&'a [u8]),
}

impl Chunked {
    pub(super) fn new() -> Self {
        Self { at: At::Size { so_far: 0, digits: 0 }, beside: 0 }
    }

    /// Reads up to the next bytes of the body, or the end.
    pub(super) fn take<'a>(&mut self, mut input: &'a [u8]) -> Result<Taken<'a>, Garbage> {
        loop {
            if let At::Data { left } = self.at {
                let (data, rest) = input.split_at(input.len().min(clamp(left)));
                let left = left - data.len() as u64;
                self.at = if left == 0 { At::DataReturn } else { At::Data { left } };
                return Ok(if data.is_empty() { Taken::All } else { Taken::Data(data, rest) });
            }
            let Some((&byte, rest)) = input.split_first() else { return Ok(Taken::All) };
            input = rest;
            match self.mark(byte)? {
                Some(next) => self.at = next,
                None => return Ok(Taken::End(rest)),
            }
        }
    }

    /// The state after one byte that is not of the body; `None`: it was the last.
    fn mark(&mut self, byte: u8) -> Result<Option<At>, Garbage> {
        let next = match (self.at, byte) {
            (At::Size { so_far, digits }, _) => return size(so_far, digits, byte).map(Some),
            (At::Extension { size }, b'\r') => At::SizeEnd { size },
            (At::SizeEnd { size: 0 }, b'\n') => At::TrailerStart,
            (At::SizeEnd { size }, b'\n') => At::Data { left: size },
            (At::DataReturn, b'\r') => At::DataEnd,
            (At::DataEnd, b'\n') => At::Size { so_far: 0, digits: 0 },
            (At::TrailerStart, b'\r') => At::LastEnd,
            (At::Trailer, b'\n') => At::TrailerStart,
            (At::LastEnd, b'\n') => return Ok(None),
            (At::Extension { .. }, b'\n') => return Err(Garbage),
            (at @ At::Extension { .. }, _) => self.beside(at)?,
            (At::TrailerStart | At::Trailer, _) => self.beside(At::Trailer)?,
            _ => return Err(Garbage),
        };
        Ok(Some(next))
    }

    fn beside(&mut self, next: At) -> Result<At, Garbage> {
        self.beside += 1;
        if self.beside > MOST_BESIDE { Err(Garbage) } else { Ok(next) }
    }
}

fn size(so_far: u64, digits: u8, byte: u8) -> Result<At, Garbage> {
    match (char::from(byte).to_digit(16), byte) {
        (Some(digit), _) if digits < 16 => {
            Ok(At::Size { so_far: so_far << 4 | u64::from(digit), digits: digits + 1 })
        }
        (None, b'\r') if digits > 0 => Ok(At::SizeEnd { size: so_far }),
        (None, b';' | b' ' | b'\t') if digits > 0 => Ok(At::Extension { size: so_far }),
        _ => Err(Garbage),
    }
}

/// As much of a length as memory can hold.
pub(super) fn clamp(length: u64) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}
