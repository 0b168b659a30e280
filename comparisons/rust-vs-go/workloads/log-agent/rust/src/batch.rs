//! What is sent at a time, and how it is made of lines.

use std::io::{self, Write};
use std::mem;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::position::Position;
use crate::record::Entry;
use crate::source::Line;

pub struct Batch {
    /// The same for the same lines.
    pub id: String,
    /// JSON lines, gzip.
    pub body: Bytes,
    pub lines: usize,
    pub end: Position,
}

/// Makes batches of lines.
pub struct Packer {
    compressed: GzEncoder<Vec<u8>>,
    level: Compression,
    json: Vec<u8>,
    lines: usize,
    start: Position,
    end: Position,
}

impl Packer {
    pub fn new(level: u32, start: Position) -> Self {
        let level = Compression::new(level);
        Self {
            compressed: GzEncoder::new(Vec::new(), level),
            level,
            json: Vec::new(),
            lines: 0,
            start,
            end: start,
        }
    }

    pub fn lines(&self) -> usize {
        self.lines
    }

    pub fn add(&mut self, line: &Line) -> io::Result<()> {
        self.json.clear();
        serde_json::to_writer(&mut self.json, &Entry::of(line.text))?;
        self.json.push(b'\n');
        self.compressed.write_all(&self.json)?;
        self.lines += 1;
        self.end = line.end;
        Ok(())
    }

    /// What was added; it begins anew.
    pub fn take(&mut self) -> io::Result<Batch> {
        let next = GzEncoder::new(Vec::new(), self.level);
        let body = mem::replace(&mut self.compressed, next).finish()?;
        let start = mem::replace(&mut self.start, self.end);
        Ok(Batch {
            id: format!("{start}-{}", self.end),
            body: body.into(),
            lines: mem::take(&mut self.lines),
            end: self.end,
        })
    }
}
