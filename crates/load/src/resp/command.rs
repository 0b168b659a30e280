use std::io::Write;

use crate::OrderError;

/// A command's words, ready to be encoded with any number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    words: Vec<Word>,
}

/// The pieces of a word around each `{n}`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    pieces: Vec<String>,
}

impl Command {
    /// Words separated by spaces; `{n}` in them is where the number goes.
    ///
    /// # Errors
    ///
    /// A command without a word.
    pub fn new(text: &str) -> Result<Self, OrderError> {
        let words = text.split(' ').filter(|word| !word.is_empty());
        let pieces = |word: &str| word.split("{n}").map(str::to_owned).collect();
        let words: Vec<_> = words.map(|word| Word { pieces: pieces(word) }).collect();
        if words.is_empty() {
            let reason = "a command has no word; one is `GET key:{n}`".to_owned();
            return Err(OrderError { what: "requests", reason });
        }
        Ok(Self { words })
    }

    /// Adds the command to `out`, with nothing in the place of `{n}` where there is no number.
    pub fn encode(&self, number: Option<u32>, out: &mut Vec<u8>) {
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        header(b'*', self.words.len(), out);
        for word in &self.words {
            let (first, rest) = match word.pieces.split_first() {
                Some((first, rest)) => (first.as_str(), rest),
                None => ("", &[][..]),
            };
            let literal = first.len() + rest.iter().map(String::len).sum::<usize>();
            header(b'$', literal + rest.len() * number.len(), out);
            out.extend_from_slice(first.as_bytes());
            for piece in rest {
                out.extend_from_slice(number.as_bytes());
                out.extend_from_slice(piece.as_bytes());
            }
            out.extend_from_slice(b"\r\n");
        }
    }
}

fn header(kind: u8, count: usize, out: &mut Vec<u8>) {
    out.push(kind);
    // Writing to a vector cannot fail.
    let _ = write!(out, "{count}\r\n");
}
