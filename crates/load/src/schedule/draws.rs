//! Which request is sent, and with which number.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::{OrderError, Request};

/// What one instant asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    /// Its place in the order's requests.
    pub request: usize,
    /// What stands for `{n}`, below the request's `numbers`; `None` if it has none.
    pub number: Option<u32>,
}

/// Requests drawn by weight and numbers drawn evenly, without end, the same for the same seed.
#[derive(Debug, Clone)]
pub struct Draws {
    random: ChaCha8Rng,
    /// Sums of the weights so far.
    below: Vec<u64>,
    numbers: Vec<u32>,
}

impl Draws {
    /// Draws from an order's requests and seed.
    ///
    /// # Errors
    ///
    /// No request, or one whose weight is 0.
    pub fn new(requests: &[Request], seed: u64) -> Result<Self, OrderError> {
        let wrong = |reason: &str| OrderError { what: "requests", reason: reason.to_owned() };
        if requests.is_empty() {
            return Err(wrong("there is none; give at least one"));
        }
        if requests.iter().any(|request| request.weight == 0) {
            return Err(wrong("one has the weight 0 and is never sent; leave it out"));
        }
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        // The instants draw from stream 0 of the same seed.
        random.set_stream(1);
        let below = requests.iter().scan(0, |sum, request| {
            *sum += u64::from(request.weight);
            Some(*sum)
        });
        let numbers = requests.iter().map(|request| request.numbers).collect();
        Ok(Self { random, below: below.collect(), numbers })
    }
}

impl Iterator for Draws {
    type Item = Draw;

    fn next(&mut self) -> Option<Draw> {
        let drawn = match self.below.as_slice() {
            [_] => 0,
            below => self.random.random_range(0..*below.last()?),
        };
        let request = self.below.partition_point(|below| *below <= drawn);
        let numbers = *self.numbers.get(request)?;
        let number = (numbers > 0).then(|| self.random.random_range(0..numbers));
        Some(Draw { request, number })
    }
}
