//! Draws that a seed repeats. Each uncertain quantity has a stream of its own,
//! named by what it is: what is added beside it does not move it.

use model::decision::Range;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rand_distr::{Beta, Distribution, Gamma, StandardNormal};

/// FNV-1a, 64 bit (Fowler, Noll, Vo): names to streams.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// A stream of a seed.
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of what these words name.
    pub(crate) fn of(seed: u64, words: &[&str]) -> Self {
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0xff]));
        let name = bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(name);
        Self(generator)
    }

    /// In [0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        // The 53 bits that a double holds.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Triangular: least and most are its ends, likely its mode.
    pub(crate) fn triangular(&mut self, range: Range) -> f64 {
        let u = self.uniform();
        triangular_at(range, u)
    }

    /// Mean 0, variance 1.
    pub(crate) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Of this shape, scale 1; a Dirichlet draw is some of them over their sum.
    pub(crate) fn gammas(&mut self, shape: f64, draws: usize) -> Vec<f64> {
        match Gamma::new(shape, 1.0) {
            Ok(gamma) => (0..draws).map(|_| gamma.sample(&mut self.0)).collect(),
            Err(_) => vec![0.0; draws],
        }
    }

    /// Bootstrap replicates of the median of sorted values.
    ///
    /// The median of a resample of n is the value whose rank is the median of n
    /// uniform draws, and that median is Beta((n + 1)/2, (n + 1)/2): nothing has
    /// to be resampled (Efron, *Bootstrap methods*, Ann. Statist. 7, 1979, § 3).
    pub(crate) fn medians(&mut self, sorted: &[f64], draws: usize) -> Vec<f64> {
        let n = sorted.len();
        let half = (n as f64 + 1.0) / 2.0;
        let at = |place: f64| sorted[((place * n as f64) as usize).min(n - 1)];
        match Beta::new(half, half) {
            Ok(beta) => (0..draws).map(|_| at(beta.sample(&mut self.0))).collect(),
            Err(_) => vec![at(0.5); draws],
        }
    }
}

/// The quantile of a triangular distribution.
fn triangular_at(range: Range, u: f64) -> f64 {
    let Range { least, likely, most } = range;
    let width = most - least;
    if width <= 0.0 {
        return likely;
    }
    let turn = (likely - least) / width;
    if u < turn {
        least + (u * width * (likely - least)).sqrt()
    } else {
        most - ((1.0 - u) * width * (most - likely)).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANGE: Range = Range { least: 2.0, likely: 3.0, most: 10.0 };

    #[test]
    fn a_stream_repeats_and_another_name_is_another_stream() {
        let first = |words| Stream::of(7, words).uniform();
        assert_eq!(first(&["a", "b"]), first(&["a", "b"]));
        assert_ne!(first(&["a", "b"]), first(&["ab"]));
        assert_ne!(first(&["a", "b"]), first(&["b", "a"]));
    }

    #[test]
    fn a_triangle_has_its_ends_and_its_mean() {
        assert_eq!(triangular_at(RANGE, 0.0), 2.0);
        assert_eq!(triangular_at(RANGE, 1.0), 10.0);
        let mut stream = Stream::of(1, &["triangle"]);
        let mean = (0..20_000).map(|_| stream.triangular(RANGE)).sum::<f64>() / 20_000.0;
        assert!((mean - 5.0).abs() < 0.05, "{mean}");
    }

    #[test]
    fn replicates_of_a_median_spread_like_resampled_ones() {
        // Of 1…101 the standard deviation of the resampled median is about 101/(2·√101) = 5.0.
        let sorted: Vec<f64> = (1..=101).map(f64::from).collect();
        let medians = Stream::of(1, &["median"]).medians(&sorted, 20_000);
        let mean = medians.iter().sum::<f64>() / 20_000.0;
        let variance = medians.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / 20_000.0;
        assert!((mean - 51.0).abs() < 0.3, "{mean}");
        assert!((variance.sqrt() - 5.0).abs() < 0.3, "{}", variance.sqrt());
    }

    #[test]
    fn one_value_is_its_own_median() {
        assert_eq!(Stream::of(1, &["one"]).medians(&[4.0], 3), [4.0, 4.0, 4.0]);
    }
}
