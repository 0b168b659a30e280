//! When requests are meant to be sent, and which.
//!
//! A [`Schedule`] becomes [`Instants`]: offsets from the beginning of the warm-up, in order, the same
//! for the same seed, so that two servers are asked the same at the same moments. Each instant is
//! computed from the number of requests before it and never from the instant before it, so that no
//! rounding adds up. [`Draws`] says what is asked at each; it has a random stream of its own, so that
//! another mix of requests leaves the instants alone. Nothing here knows a clock.

mod curve;
mod draws;

use std::time::Duration;

use rand::distr::Distribution;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::Exp1;

use crate::{OrderError, Schedule, Window};

use curve::Curve;
pub use draws::{Draw, Draws};

/// More than any generator sends from one processor; a rate over it is a slip of the pen, and the
/// instants would be closer than the nanoseconds they are told in.
const MOST_RATE: f64 = 1e8;

impl Schedule {
    /// Whether instants can be made of it.
    ///
    /// # Errors
    ///
    /// A rate that is negative, not a number or past 100 million a second, no request in the whole
    /// time, or bursts of nothing.
    pub fn check(&self) -> Result<(), OrderError> {
        let wrong = |reason: &str| Err(OrderError { what: "schedule", reason: reason.to_owned() });
        let rates = self.rates();
        if rates.iter().any(|rate| !(0.0..=MOST_RATE).contains(rate)) {
            return wrong("a rate is a number of requests a second from 0 to 100 million");
        }
        if let Self::Burst { size, every, .. } = self {
            if *size == 0 {
                return wrong("a burst of no requests; give it a size of 1 or more");
            }
            if every.is_zero() {
                return wrong("bursts without end; give the time from burst to burst");
            }
            return Ok(());
        }
        if rates.iter().all(|rate| *rate == 0.0) {
            return wrong("no request in the whole time; give a rate over 0");
        }
        Ok(())
    }

    /// The instants of one drive, as offsets from the beginning of its warm-up. They end before the
    /// window does.
    #[must_use]
    pub fn instants(&self, seed: u64, window: Window) -> Instants {
        let end = window.warm_up + window.measured;
        let gaps = match self {
            Self::Poisson { .. } => Gaps::Exponential(Box::new(ChaCha8Rng::seed_from_u64(seed))),
            _ => Gaps::One,
        };
        let bursts = match self {
            Self::Burst { size, every, .. } => Some(Bursts::new(*size, *every, window)),
            _ => None,
        };
        let mut instants = Instants {
            curve: self.curve(window),
            gaps,
            before: 0.0,
            single: None,
            latest: Duration::ZERO,
            bursts,
            end,
        };
        if let Gaps::Exponential(_) = instants.gaps {
            instants.step();
        }
        instants.single = instants.at();
        instants
    }

    /// Requests a second over the measured part of a window: what is meant on average, not what a
    /// seed happens to draw.
    #[must_use]
    pub fn asked_rate(&self, window: Window) -> f64 {
        let measured = window.measured.as_secs_f64();
        if measured == 0.0 {
            return 0.0;
        }
        let end = (window.warm_up + window.measured).as_secs_f64();
        let curve = self.curve(window);
        let singles =
            curve.requests_until(end) - curve.requests_until(window.warm_up.as_secs_f64());
        let in_bursts = match self {
            Self::Burst { size, every, .. } if !every.is_zero() => {
                let bursts = window.measured.as_nanos().div_ceil(every.as_nanos());
                bursts as f64 * f64::from(*size)
            }
            _ => 0.0,
        };
        (singles + in_bursts) / measured
    }

    fn rates(&self) -> Vec<f64> {
        match self {
            Self::Constant { rate } | Self::Poisson { rate } | Self::Burst { rate, .. } => {
                vec![*rate]
            }
            Self::Ramp { from, to } => vec![*from, *to],
            Self::Step { rates } => rates.clone(),
        }
    }

    fn curve(&self, window: Window) -> Curve {
        let warm_up = window.warm_up.as_secs_f64();
        let measured = window.measured.as_secs_f64();
        let whole = warm_up + measured;
        match self {
            Self::Constant { rate } | Self::Poisson { rate } | Self::Burst { rate, .. } => {
                Curve::new([(whole, *rate, *rate)])
            }
            Self::Ramp { from, to } => Curve::new([(whole, *from, *to)]),
            Self::Step { rates } => {
                let part = measured / rates.len() as f64;
                let first = rates.first().map(|rate| (warm_up, *rate, *rate));
                let steps = rates.iter().map(|rate| (part, *rate, *rate));
                Curve::new(first.into_iter().chain(steps))
            }
        }
    }
}

/// The instants of a drive, in order. Made by [`Schedule::instants`].
#[derive(Debug, Clone)]
pub struct Instants {
    curve: Curve,
    gaps: Gaps,
    /// How many requests the curve has before the next single one; a fraction when drawn.
    before: f64,
    single: Option<Duration>,
    latest: Duration,
    bursts: Option<Bursts>,
    end: Duration,
}

/// From one request to the next, in requests of the curve.
#[derive(Debug, Clone)]
enum Gaps {
    One,
    Exponential(Box<ChaCha8Rng>),
}

impl Instants {
    fn step(&mut self) {
        self.before += match &mut self.gaps {
            Gaps::One => 1.0,
            Gaps::Exponential(random) => Exp1.sample(random),
        };
    }

    fn at(&mut self) -> Option<Duration> {
        let seconds = self.curve.time_after(self.before)?;
        // Up to 104 days of nanoseconds are exact in a double.
        let instant = Duration::from_nanos((seconds * 1e9).round() as u64);
        // A root of a ramp may be off by its last digit.
        self.latest = self.latest.max(instant);
        (self.latest < self.end).then_some(self.latest)
    }
}

impl Iterator for Instants {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        if let Some(bursts) = &mut self.bursts
            && bursts.at < self.end
            && self.single.is_none_or(|single| bursts.at <= single)
        {
            return Some(bursts.take());
        }
        let instant = self.single?;
        self.step();
        self.single = self.at();
        Some(instant)
    }
}

impl std::iter::FusedIterator for Instants {}

/// So many requests at one instant, again and again; the measured window begins with one.
#[derive(Debug, Clone)]
struct Bursts {
    at: Duration,
    left: u32,
    size: u32,
    every: Duration,
}

impl Bursts {
    fn new(size: u32, every: Duration, window: Window) -> Self {
        let into_period = window.warm_up.as_nanos().checked_rem(every.as_nanos()).unwrap_or(0);
        let at = Duration::from_nanos(u64::try_from(into_period).unwrap_or(u64::MAX));
        Self { at, left: size, size, every }
    }

    fn take(&mut self) -> Duration {
        let at = self.at;
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            self.left = self.size;
            self.at =
                if self.every.is_zero() { Duration::MAX } else { at.saturating_add(self.every) };
        }
        at
    }
}
