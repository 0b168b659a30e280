//! What all lanes of the warehouse have in common.

use std::collections::HashMap;
use std::error::Error;
use std::hash::Hash;

/// A lane of the warehouse, told of by lines.
pub trait Lane {
    fn number(&self) -> u64;

    /// Takes in one line, or says what is wrong with it.
    fn take(&mut self, line: &str) -> Result<(), Box<dyn Error>>;

    /// Over all that was taken in.
    fn sum(&self) -> Sum;
}

/// Counts by key.
#[derive(Debug)]
pub struct Tally<K> {
    counts: HashMap<K, i64>,
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self {
            counts: HashMap::new(),
        }
    }
}

impl<K: Eq + Hash + Ord> Tally<K> {
    pub fn add(&mut self, key: K, count: i64) {
        *self.counts.entry(key).or_default() += count;
    }

    /// Zero if there is nothing of the kind.
    pub fn count(&self, key: &K) -> i64 {
        self.counts.get(key).copied().unwrap_or(0)
    }

    /// All counts in the order of their keys.
    pub fn sorted(&self) -> Vec<(&K, i64)> {
        let counts = self.counts.iter().map(|(key, &count)| (key, count));
        let mut sorted: Vec<(&K, i64)> = counts.collect();
        sorted.sort_unstable();
        sorted
    }
}

/// The largest of the values, if there is one.
pub fn largest<T: PartialOrd + Copy>(values: &[T]) -> Option<T> {
    let (&first, rest) = values.split_first()?;
    let larger = |most, &value| if value > most { value } else { most };
    Some(rest.iter().fold(first, larger))
}

/// FNV-1a, 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum(u64);

impl Default for Sum {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Sum {
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub fn number(&mut self, number: i64) {
        self.bytes(&number.to_le_bytes());
    }

    pub fn total(self) -> u64 {
        self.0
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Lines for a lane, drawn from a seed; some of them are faulty.
pub fn lines(seed: u64, lane: u64) -> Vec<String> {
    const KINDS: [&str; 4] = ["received", "shipped", "counted", "lost"];
    const ITEMS: [&str; 5] = ["bolt", "hinge", "lamp", "rope", "valve"];
    let mut state = seed ^ lane.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    (0..24)
        .map(|_| {
            let kind = KINDS[draw(4) as usize];
            let item = ITEMS[draw(5) as usize];
            format!("{kind};{item};{};{}", draw(1000), draw(700))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_in_the_order_of_their_keys() {
        let mut tally = Tally::default();
        for (key, count) in [("b", 2), ("a", 1), ("b", 3)] {
            tally.add(key, count);
        }
        assert_eq!(tally.sorted(), [(&"a", 1), (&"b", 5)]);
        assert_eq!(tally.count(&"c"), 0);
    }

    #[test]
    fn the_sum_is_that_of_the_reference_code() {
        let mut sum = Sum::default();
        sum.text("foobar");
        assert_eq!(sum.total(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_line_has_four_fields() {
        assert_eq!(lines(1, 0)[0].split(';').count(), 4);
    }
}
