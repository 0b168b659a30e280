//! An answer, read as it comes.

use std::mem::MaybeUninit;

use sha2::{Digest, Sha256};

use super::chunked::{Chunked, Taken, clamp};

/// A head that is longer is no answer: hyper and net/http stop there or earlier.
const MOST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 128;
/// Up to so many bytes a head is looked at whenever some come; later only with a line's end.
const EAGER: usize = 256;

/// What came is no HTTP/1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Garbage;

/// Why a connection's end is no answer's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The answer was not over.
    Early,
    /// It could never have become an answer.
    Garbage,
}

/// What bytes did to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fed {
    /// There is more to come.
    More,
    /// It is whole; so many of the bytes were its own.
    Whole {
        /// Bytes of this piece.
        used: usize,
    },
}

/// One answer after the other, in the same memory.
#[derive(Debug)]
pub(crate) struct Answer {
    at: At,
    head: Vec<u8>,
    /// Whether the request was one whose answer has no body whatever it says.
    head_only: bool,
    status: u16,
    keeps_alive: bool,
    hash: Option<Sha256>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Head,
    Fixed { left: u64 },
    Chunked(Chunked),
    UntilEnd,
    Whole,
}

/// What a head says about what follows it.
struct Head {
    status: u16,
    body: At,
    keeps_alive: bool,
}

impl Answer {
    pub(crate) fn new() -> Self {
        Self {
            at: At::Head,
            head: Vec::new(),
            head_only: false,
            status: 0,
            keeps_alive: true,
            hash: None,
        }
    }

    /// Forgets the last answer; `hashed` bodies can be told by [`Self::digest`].
    pub(crate) fn begin(&mut self, head_only: bool, hashed: bool) {
        self.at = At::Head;
        self.head.clear();
        self.head_only = head_only;
        self.status = 0;
        self.keeps_alive = true;
        self.hash = hashed.then(Sha256::new);
    }

    /// The status, once the head is there.
    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// Whether the server takes another request on this connection.
    pub(crate) fn keeps_alive(&self) -> bool {
        self.keeps_alive
    }

    /// The SHA-256 of the body, once; `None` if nobody wanted it.
    pub(crate) fn digest(&mut self) -> Option<[u8; 32]> {
        self.hash.take().map(|hash| hash.finalize().into())
    }

    /// Reads what came.
    pub(crate) fn feed(&mut self, input: &[u8]) -> Result<Fed, Garbage> {
        let mut rest = input;
        while self.at != At::Whole {
            if rest.is_empty() && self.at != (At::Fixed { left: 0 }) {
                return Ok(Fed::More);
            }
            rest = match self.at {
                At::Head => self.read_head(rest)?,
                At::Fixed { left } => {
                    let (data, rest) = rest.split_at(rest.len().min(clamp(left)));
                    let left = left - data.len() as u64;
                    self.at = if left == 0 { At::Whole } else { At::Fixed { left } };
                    self.body(data);
                    rest
                }
                At::Chunked(mut chunked) => {
                    let taken = chunked.take(rest)?;
                    self.at = At::Chunked(chunked);
                    self.chunk(taken)
                }
                At::UntilEnd => {
                    self.body(rest);
                    &[]
                }
                At::Whole => rest,
            };
        }
        Ok(Fed::Whole { used: input.len() - rest.len() })
    }

    /// The connection has ended: whether that is the answer's end.
    pub(crate) fn end(&mut self) -> Result<(), Cut> {
        match self.at {
            At::UntilEnd | At::Whole => {
                self.at = At::Whole;
                Ok(())
            }
            At::Head if parse(&self.head, self.head_only).is_err() => Err(Cut::Garbage),
            _ => Err(Cut::Early),
        }
    }

    fn chunk<'a>(&mut self, taken: Taken<'a>) -> &'a [u8] {
        match taken {
            Taken::Data(data, rest) => {
                self.body(data);
                rest
            }
            Taken::All => &[],
            Taken::End(rest) => {
                self.at = At::Whole;
                rest
            }
        }
    }

    fn body(&mut self, data: &[u8]) {
        if let Some(hash) = &mut self.hash {
            hash.update(data);
        }
    }

    /// Reads a head or a part of one; what follows it is left.
    fn read_head<'a>(&mut self, input: &'a [u8]) -> Result<&'a [u8], Garbage> {
        let had = self.head.len();
        let taken = input.len().min(MOST_HEAD - had);
        let parsed = if had == 0 {
            parse(&input[..taken], self.head_only)?
        } else {
            let new = &input[..taken];
            self.head.extend_from_slice(new);
            // A server that sends byte after byte must not make the same head be read each time.
            let worth_it = self.head.len() <= EAGER || new.contains(&b'\n');
            if worth_it { parse(&self.head, self.head_only)? } else { None }
        };
        let Some((length, head)) = parsed else {
            if had == 0 {
                self.head.extend_from_slice(&input[..taken]);
            }
            return if self.head.len() < MOST_HEAD { Ok(&[]) } else { Err(Garbage) };
        };
        self.head.clear();
        // 100 and 103 announce the answer; 101 is the last thing said in this protocol.
        if !matches!(head.status, 100 | 102..=199) {
            self.status = head.status;
            self.keeps_alive = head.keeps_alive;
            self.at = head.body;
        }
        Ok(&input[length - had..])
    }
}

/// The head at the beginning of some bytes and its length, if all of it is there.
fn parse(bytes: &[u8], head_only: bool) -> Result<Option<(usize, Head)>, Garbage> {
    let mut headers = [MaybeUninit::uninit(); MOST_HEADERS];
    let mut response = httparse::Response::new(&mut []);
    let parsed = httparse::ParserConfig::default()
        .parse_response_with_uninit_headers(&mut response, bytes, &mut headers)
        .map_err(|_| Garbage)?;
    let httparse::Status::Complete(length) = parsed else { return Ok(None) };
    let (Some(status), Some(version)) = (response.code, response.version) else {
        return Err(Garbage);
    };
    Ok(Some((length, understand(status, version, response.headers, head_only)?)))
}

/// Where the body ends (RFC 9112, section 6.3).
fn understand(
    status: u16,
    version: u8,
    headers: &[httparse::Header<'_>],
    head_only: bool,
) -> Result<Head, Garbage> {
    let mut length = None;
    let mut chunked = None;
    let mut keeps_alive = version >= 1 && status != 101;
    for header in headers {
        match header.name.len() {
            10 if header.name.eq_ignore_ascii_case("connection") => {
                keeps_alive = stays(header.value, keeps_alive);
            }
            14 if header.name.eq_ignore_ascii_case("content-length") => {
                let this = content_length(header.value)?;
                if length.is_some_and(|length| length != this) {
                    return Err(Garbage);
                }
                length = Some(this);
            }
            17 if header.name.eq_ignore_ascii_case("transfer-encoding") => {
                chunked = Some(options(header.value).last().is_some_and(is("chunked")));
            }
            _ => {}
        }
    }
    let body = match (chunked, length) {
        _ if head_only || matches!(status, 100..=199 | 204 | 304) => At::Fixed { left: 0 },
        (Some(true), _) => At::Chunked(Chunked::new()),
        (None, Some(left)) => At::Fixed { left },
        (Some(false), _) | (None, None) => At::UntilEnd,
    };
    Ok(Head { status, body, keeps_alive: keeps_alive && body != At::UntilEnd })
}

fn stays(connection: &[u8], before: bool) -> bool {
    let mut stays = before;
    for option in options(connection) {
        if is("close")(option) {
            return false;
        }
        stays |= is("keep-alive")(option);
    }
    stays
}

fn options(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

fn is(option: &str) -> impl Fn(&[u8]) -> bool {
    move |given| given.eq_ignore_ascii_case(option.as_bytes())
}

fn content_length(value: &[u8]) -> Result<u64, Garbage> {
    let digits = value.trim_ascii();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Garbage);
    }
    let text = std::str::from_utf8(digits).map_err(|_| Garbage)?;
    text.parse().map_err(|_| Garbage)
}
