//! A total that many threads add to.

use std::sync::Mutex;

/// A running total.
#[derive(Default)]
pub struct Tally {
    total: Mutex<u64>,
}

impl Tally {
    /// Adds `amount` to the total.
    ///
    /// # Panics
    ///
    /// If another thread panicked while it added.
    pub fn add(&self, amount: u64) {
        *self.total.lock().unwrap() += amount;
    }

    /// What was added so far.
    ///
    /// # Panics
    ///
    /// If another thread panicked while it added.
    pub fn total(&self) -> u64 {
        *self.total.lock().unwrap()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::Tally;

    #[test]
    fn nothing_is_lost() {
        let tally = Tally::default();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| tally.add(1));
            }
        });
        assert_eq!(tally.total(), 8);
    }
}
