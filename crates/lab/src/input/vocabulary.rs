//! Words and names that generated inputs are made of, drawn with frequencies
//! that fall as 1/rank (Zipf's law), as in real text and real logs.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Syllables of made-up words.
const SYLLABLES: [&str; 24] = [
    "ra", "ti", "no", "ve", "lo", "sen", "mar", "del", "kor", "pi", "tra", "un", "gel", "os",
    "bri", "cam", "du", "fen", "hal", "jo", "kel", "mir", "pas", "qui",
];

/// A list of words, the frequent ones first.
pub(super) struct Vocabulary {
    words: Vec<String>,
    cumulative: Vec<f64>,
}

impl Vocabulary {
    /// `count` made-up words of one to four syllables.
    pub(super) fn made_up(count: usize, random: &mut ChaCha8Rng) -> Self {
        let word = |random: &mut ChaCha8Rng| {
            let syllables = random.random_range(1..=4);
            (0..syllables).map(|_| SYLLABLES[random.random_range(0..SYLLABLES.len())]).collect()
        };
        Self::of((0..count).map(|_| word(random)).collect())
    }

    /// These words, in falling frequency.
    pub(super) fn of(words: Vec<String>) -> Self {
        let mut total = 0.0;
        let cumulative = (1..=words.len())
            .map(|rank| {
                total += 1.0 / rank as f64;
                total
            })
            .collect();
        Self { words, cumulative }
    }

    /// One word.
    pub(super) fn draw(&self, random: &mut ChaCha8Rng) -> &str {
        let total = self.cumulative.last().copied().unwrap_or_default();
        let at = random.random_range(0.0..total);
        let index = self.cumulative.partition_point(|sum| *sum <= at);
        &self.words[index.min(self.words.len() - 1)]
    }
}
