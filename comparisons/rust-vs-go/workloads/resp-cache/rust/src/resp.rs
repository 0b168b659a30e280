//! RESP2 on the wire: commands as they are read, replies as they are written.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use thiserror::Error;

/// Of words in a command.
const MOST_WORDS: i64 = 1024;
/// Of a word, in bytes.
const MOST_LEN: i64 = 1024 * 1024;
/// Of a line that tells a number, in bytes with its end.
const MOST_LINE: usize = 32;

/// The connection cannot be understood any further.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ProtocolFault {
    #[error("Protocol error: expected '{expected}', got '{found}'")]
    Unexpected { expected: char, found: char },
    #[error("Protocol error: invalid multibulk length")]
    WordCount,
    #[error("Protocol error: invalid bulk length")]
    WordLength,
    #[error("Protocol error: line without end")]
    Line,
    #[error("Protocol error: bulk without end")]
    BulkEnd,
}

/// Takes the next command off `input`: its words, none if it is empty. `None`: not all of it is
/// there yet.
pub fn take_command(input: &mut BytesMut) -> Result<Option<Vec<Bytes>>, ProtocolFault> {
    let mut rest = &input[..];
    let Some(words) = words(&mut rest)? else {
        return Ok(None);
    };
    let taken = input.len() - rest.len();
    input.advance(taken);
    Ok(Some(words))
}

fn words(input: &mut &[u8]) -> Result<Option<Vec<Bytes>>, ProtocolFault> {
    let Some(count) = header(input, '*', ProtocolFault::WordCount)? else {
        return Ok(None);
    };
    if count > MOST_WORDS {
        return Err(ProtocolFault::WordCount);
    }
    let mut words = Vec::with_capacity(count.max(0) as usize);
    for _ in 0..count {
        match word(input)? {
            Some(word) => words.push(word),
            None => return Ok(None),
        }
    }
    Ok(Some(words))
}

fn word(input: &mut &[u8]) -> Result<Option<Bytes>, ProtocolFault> {
    let Some(len) = header(input, '$', ProtocolFault::WordLength)? else {
        return Ok(None);
    };
    if !(0..=MOST_LEN).contains(&len) {
        return Err(ProtocolFault::WordLength);
    }
    let len = len as usize;
    if input.len() < len + 2 {
        return Ok(None);
    }
    let (text, rest) = input.split_at(len);
    *input = rest.strip_prefix(b"\r\n").ok_or(ProtocolFault::BulkEnd)?;
    // A copy: what is kept must not hold on to all that was read with it.
    Ok(Some(Bytes::copy_from_slice(text)))
}

/// A line with a number after its first character.
fn header(
    input: &mut &[u8],
    first: char,
    fault: ProtocolFault,
) -> Result<Option<i64>, ProtocolFault> {
    let Some(&found) = input.first() else {
        return Ok(None);
    };
    if found != first as u8 {
        return Err(ProtocolFault::Unexpected {
            expected: first,
            found: printable(found),
        });
    }
    let within = &input[..input.len().min(MOST_LINE)];
    let Some(end) = within.iter().position(|&byte| byte == b'\n') else {
        return match within.len() {
            MOST_LINE => Err(ProtocolFault::Line),
            _ => Ok(None),
        };
    };
    let line = &within[1..end];
    *input = &input[end + 1..];
    line.strip_suffix(b"\r")
        .and_then(|digits| str::from_utf8(digits).ok())
        .and_then(|digits| digits.parse().ok())
        .map(Some)
        .ok_or(fault)
}

fn printable(byte: u8) -> char {
    match byte {
        b' '..=b'~' => char::from(byte),
        _ => '?',
    }
}

/// At most 64 characters of a text that came from a client, for use in an error.
pub fn quoted(text: &[u8]) -> String {
    text.iter().take(64).map(|&byte| printable(byte)).collect()
}

#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    Simple(&'static str),
    Error(String),
    Integer(i64),
    Bulk(Bytes),
    Nothing,
    Values(Vec<Option<Bytes>>),
}

impl From<Option<Bytes>> for Reply {
    fn from(value: Option<Bytes>) -> Self {
        value.map_or(Self::Nothing, Self::Bulk)
    }
}

impl Reply {
    pub fn write(&self, output: &mut BytesMut) {
        match self {
            Self::Simple(text) => write_line(output, b'+', text.as_bytes()),
            Self::Error(text) => {
                output.put_slice(b"-ERR ");
                output.put_slice(text.as_bytes());
                output.put_slice(b"\r\n");
            }
            Self::Integer(number) => write_number(output, b':', *number),
            Self::Bulk(value) => write_value(output, Some(value)),
            Self::Nothing => write_value(output, None),
            Self::Values(values) => {
                write_number(output, b'*', values.len() as i64);
                for value in values {
                    write_value(output, value.as_ref());
                }
            }
        }
    }
}

fn write_value(output: &mut BytesMut, value: Option<&Bytes>) {
    let Some(value) = value else {
        output.put_slice(b"$-1\r\n");
        return;
    };
    write_number(output, b'$', value.len() as i64);
    output.put_slice(value);
    output.put_slice(b"\r\n");
}

fn write_number(output: &mut BytesMut, first: u8, number: i64) {
    write_line(output, first, number.to_string().as_bytes());
}

fn write_line(output: &mut BytesMut, first: u8, text: &[u8]) {
    output.put_u8(first);
    output.put_slice(text);
    output.put_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &[u8]) -> (Result<Option<Vec<Bytes>>, ProtocolFault>, usize) {
        let mut input = BytesMut::from(text);
        let taken = take_command(&mut input);
        (taken, input.len())
    }

    #[test]
    fn a_command_is_taken_whole_or_not_at_all() {
        let text = b"*2\r\n$3\r\nGET\r\n$4\r\na\r\nb\r\n";
        for len in 0..text.len() {
            assert_eq!(taken(&text[..len]), (Ok(None), len));
        }
        let words = vec!["GET".into(), "a\r\nb".into()];
        assert_eq!(taken(text), (Ok(Some(words)), 0));
    }

    #[test]
    fn what_follows_a_command_is_left() {
        let (words, left) = taken(b"*1\r\n$0\r\n\r\n*1\r\n");
        assert_eq!(words, Ok(Some(vec![Bytes::new()])));
        assert_eq!(left, 4);
    }

    #[test]
    fn an_array_without_words_is_an_empty_command() {
        for text in ["*0\r\n", "*-1\r\n"] {
            assert_eq!(taken(text.as_bytes()), (Ok(Some(Vec::new())), 0));
        }
    }

    #[test]
    fn what_is_no_command_is_told() {
        for (text, fault) in [
            ("PING\r\n", "expected '*', got 'P'"),
            ("\r\n", "expected '*', got '?'"),
            ("*x\r\n", "invalid multibulk length"),
            ("*1\n", "invalid multibulk length"),
            ("*1025\r\n", "invalid multibulk length"),
            ("*1\r\n+PING\r\n", "expected '$', got '+'"),
            ("*1\r\n$-1\r\n", "invalid bulk length"),
            ("*1\r\n$1048577\r\n", "invalid bulk length"),
            ("*1\r\n$4\r\nPINGS\r\n", "bulk without end"),
            ("*1111111111111111111111111111111", "line without end"),
        ] {
            let found = taken(text.as_bytes()).0.unwrap_err().to_string();
            assert_eq!(found, format!("Protocol error: {fault}"), "{text:?}");
        }
    }

    #[test]
    fn replies_are_written_as_redis_does() {
        let mut output = BytesMut::new();
        for reply in [
            Reply::Simple("OK"),
            Reply::Error("no".into()),
            Reply::Integer(-5),
            Reply::from(Some("a\r\nb".into())),
            Reply::from(None),
            Reply::Values(vec![None, Some(Bytes::new())]),
        ] {
            reply.write(&mut output);
        }
        let expected = "+OK\r\n-ERR no\r\n:-5\r\n$4\r\na\r\nb\r\n$-1\r\n*2\r\n$-1\r\n$0\r\n\r\n";
        assert_eq!(output, expected);
    }

    #[test]
    fn what_came_from_a_client_does_not_break_a_line() {
        assert_eq!(quoted(b"a\r\n\xff'"), "a???'");
        assert_eq!(quoted(&[b'x'; 100]).len(), 64);
    }
}
