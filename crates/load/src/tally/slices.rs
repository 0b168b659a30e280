//! Seconds of the window, each with a histogram until no answer can fall into it any more.

use std::collections::VecDeque;
use std::time::Duration;

use hdrhistogram::Histogram;

use super::{millis_at, milliseconds, record};
use crate::report::Slice;

#[derive(Debug)]
struct Open {
    slice: Slice,
    response: Histogram<u32>,
}

/// The open seconds, and those that are over.
#[derive(Debug)]
pub(super) struct Slices {
    over: Vec<Slice>,
    open: VecDeque<Open>,
    /// Cleared ones, to be used again: memory does not grow with time.
    spare: Vec<Histogram<u32>>,
    /// How many seconds an answer may be late.
    late: u64,
}

impl Slices {
    pub(super) fn new(timeout: Duration) -> Self {
        Self {
            over: Vec::new(),
            open: VecDeque::new(),
            spare: Vec::new(),
            late: timeout.as_secs() + 2,
        }
    }

    pub(super) fn intended(&mut self, since_begin: Duration) {
        let second = since_begin.as_secs();
        while self.over.len() as u64 + self.open.len() as u64 <= second {
            self.begin_next();
        }
        if let Some(open) = self.at(since_begin) {
            open.slice.intended += 1;
        }
    }

    pub(super) fn right(&mut self, since_begin: Duration, took: Duration) {
        if let Some(open) = self.at(since_begin) {
            open.slice.right += 1;
            record(&mut open.response, took);
        }
    }

    pub(super) fn failed(&mut self, since_begin: Duration) {
        if let Some(open) = self.at(since_begin) {
            open.slice.errors += 1;
        }
    }

    /// The server's resident memory at a second's end.
    pub(super) fn memory(&mut self, second: u32, bytes: u64) {
        if let Some(open) = self.place(u64::from(second)) {
            open.slice.server_memory = bytes;
        }
    }

    /// A second as far as it is known.
    pub(super) fn so_far(&mut self, second: u32) -> Slice {
        while self.over.len() + self.open.len() <= second as usize {
            self.begin_next();
        }
        match self.place(u64::from(second)) {
            Some(open) => open.told(),
            None => Slice { second, ..Slice::default() },
        }
    }

    pub(super) fn finish(mut self) -> Vec<Slice> {
        let open = self.open.iter().map(Open::told);
        self.over.extend(open);
        self.over
    }

    fn at(&mut self, since_begin: Duration) -> Option<&mut Open> {
        self.place(since_begin.as_secs())
    }

    fn place(&mut self, second: u64) -> Option<&mut Open> {
        let place = second.checked_sub(self.over.len() as u64)?;
        self.open.get_mut(usize::try_from(place).ok()?)
    }

    fn begin_next(&mut self) {
        if self.open.len() as u64 > self.late
            && let Some(mut oldest) = self.open.pop_front()
        {
            self.over.push(oldest.told());
            oldest.response.clear();
            self.spare.push(oldest.response);
        }
        let second = (self.over.len() + self.open.len()) as u32;
        let response = self.spare.pop().unwrap_or_else(super::histogram);
        self.open.push_back(Open { slice: Slice { second, ..Slice::default() }, response });
    }
}

impl Open {
    fn told(&self) -> Slice {
        Slice {
            p50_ms: millis_at(&self.response, 0.5),
            p99_ms: millis_at(&self.response, 0.99),
            max_ms: milliseconds(self.response.max()),
            ..self.slice
        }
    }
}
