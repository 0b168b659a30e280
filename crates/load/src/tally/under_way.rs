//! How many requests are under way, over time, and what Little's law makes of it.

use std::time::Duration;

use crate::report::Little;

/// Two counts of the same: requests as they come and go, and how long each took.
#[derive(Debug)]
pub(super) struct UnderWay {
    begin: Duration,
    end: Duration,
    number: u64,
    last: Duration,
    /// Request-seconds within the window, from the number under way.
    area: f64,
    /// Request-seconds of the window's requests, wherever they fell.
    took: f64,
    /// Request-seconds that only one of the two has: of requests of the warm-up that ended in the
    /// window, and of those of the window that ended after it.
    spilled: f64,
}

impl UnderWay {
    pub(super) fn new(begin: Duration, end: Duration) -> Self {
        Self { begin, end, number: 0, last: Duration::ZERO, area: 0.0, took: 0.0, spilled: 0.0 }
    }

    /// A request was meant at one time and noticed at another.
    pub(super) fn come(&mut self, intended: Duration, now: Duration) {
        self.pass(now);
        self.area += self.within(intended, now);
        self.number += 1;
    }

    pub(super) fn leave(&mut self, intended: Duration, now: Duration) {
        self.pass(now);
        self.number = self.number.saturating_sub(1);
        if intended >= self.begin && intended < self.end {
            self.took += now.saturating_sub(intended).as_secs_f64();
            self.spilled += now.saturating_sub(self.end).as_secs_f64();
        } else {
            self.spilled += self.within(intended, now);
        }
    }

    /// The two counts, and how far apart they may be.
    pub(super) fn little(&self) -> (Little, f64) {
        let seconds = (self.end - self.begin).as_secs_f64();
        let little =
            Little { under_way: self.area / seconds, rate_times_time: self.took / seconds };
        (little, self.spilled / seconds)
    }

    fn pass(&mut self, now: Duration) {
        if now > self.last {
            self.area += self.number as f64 * self.within(self.last, now);
            self.last = now;
        }
    }

    /// Seconds of the window between two times.
    fn within(&self, from: Duration, to: Duration) -> f64 {
        let (from, to) = (from.max(self.begin), to.min(self.end));
        to.saturating_sub(from).as_secs_f64()
    }
}
