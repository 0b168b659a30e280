//! What became of requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use serde::Serialize;

#[derive(Default)]
pub struct Counts {
    started: AtomicU64,
    completed: AtomicU64,
    abandoned: AtomicU64,
}

#[derive(Debug, PartialEq, Serialize)]
pub struct Told {
    pub started: u64,
    pub completed: u64,
    pub abandoned: u64,
}

impl Counts {
    pub fn told(&self) -> Told {
        Told {
            started: self.started.load(Relaxed),
            completed: self.completed.load(Relaxed),
            abandoned: self.abandoned.load(Relaxed),
        }
    }
}

/// Work for one request: abandoned, unless it is completed.
pub struct Work {
    counts: Arc<Counts>,
    completed: bool,
}

impl Work {
    pub fn start(counts: Arc<Counts>) -> Self {
        counts.started.fetch_add(1, Relaxed);
        Self {
            counts,
            completed: false,
        }
    }

    pub fn complete(mut self) {
        self.completed = true;
    }
}

impl Drop for Work {
    /// The server drops a handler, and this with it, when the caller closes the connection.
    fn drop(&mut self) {
        let count = if self.completed {
            &self.counts.completed
        } else {
            &self.counts.abandoned
        };
        count.fetch_add(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_is_dropped_before_its_end_is_abandoned() {
        let counts = Arc::new(Counts::default());
        Work::start(counts.clone()).complete();
        drop(Work::start(counts.clone()));
        let _under_way = Work::start(counts.clone());
        assert_eq!(
            counts.told(),
            Told {
                started: 3,
                completed: 1,
                abandoned: 1
            }
        );
    }
}
