//! How many of something there are.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Clone, Default)]
pub struct Gauge(Arc<AtomicU64>);

/// One of them, while it lives.
pub struct Entered(Gauge);

impl Gauge {
    pub fn enter(&self) -> Entered {
        self.0.fetch_add(1, Relaxed);
        Entered(self.clone())
    }

    pub fn read(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Relaxed);
    }
}
