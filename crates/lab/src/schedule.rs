//! Who goes when: a fresh uniformly random order for each block, drawn from the
//! plan's seed alone, so that any run can be laid out again.
//!
//! Random order makes the sign of an A/A pair a fair coin under drift, load and
//! position effects; a fixed order does not (docs/methodology.md).

use model::{Series, SideName};
use rand::RngExt;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest, Sha256};

/// Longest random variable added to a run's environment, in bytes: a page, so
/// that the stack starts at any offset within one.
const MOST_PADDING: usize = 4096;

/// One trial to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Whose.
    pub(crate) side: SideName,
    /// 0, or 1 where a side meets itself.
    pub(crate) replica: u32,
    /// Bytes of padding in its environment.
    pub(crate) padding: usize,
}

/// The turns of a block in the order they are taken.
pub(crate) fn turns(
    seed: u64,
    series: &Series,
    block: u32,
    sides: &[SideName],
    replicas: u32,
) -> Vec<Turn> {
    let mut random = ChaCha8Rng::from_seed(block_seed(seed, series, block));
    let mut turns: Vec<Turn> = sides
        .iter()
        .flat_map(|side| (0..replicas).map(move |replica| (side.clone(), replica)))
        .map(|(side, replica)| Turn { side, replica, padding: 0 })
        .collect();
    turns.shuffle(&mut random);
    for turn in &mut turns {
        turn.padding = random.random_range(1..=MOST_PADDING);
    }
    turns
}

/// What is drawn while a program is driven: the same for all sides of a block.
pub(crate) fn seed_of_block(seed: u64, series: &Series, block: u32) -> u64 {
    ChaCha8Rng::from_seed(block_seed(seed, series, block)).random()
}

fn block_seed(seed: u64, series: &Series, block: u32) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(seed.to_le_bytes());
    hasher.update(series.to_string());
    hasher.update(block.to_le_bytes());
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Activity, Profile, Tier};

    fn series() -> Series {
        Series {
            workload: "hello".parse().unwrap(),
            activity: Activity::Run,
            case: None,
            profile: Profile::Default,
            tier: Tier::Idiomatic,
        }
    }

    fn sides() -> Vec<SideName> {
        ["a", "b"].map(|name| name.parse().unwrap()).to_vec()
    }

    #[test]
    fn the_same_seed_gives_the_same_turns() {
        assert_eq!(turns(7, &series(), 3, &sides(), 2), turns(7, &series(), 3, &sides(), 2));
        assert_ne!(turns(7, &series(), 3, &sides(), 2), turns(8, &series(), 3, &sides(), 2));
    }

    #[test]
    fn either_side_goes_first_about_as_often() {
        let first = |block| turns(1, &series(), block, &sides(), 1)[0].side.as_str() == "a";
        let count = (0..1000).filter(|block| first(*block)).count();
        assert!((430..570).contains(&count), "{count} of 1000");
    }

    #[test]
    fn a_block_has_every_side_once_a_replica() {
        let mut seen: Vec<_> = turns(1, &series(), 0, &sides(), 2)
            .into_iter()
            .map(|turn| (turn.side.to_string(), turn.replica))
            .collect();
        seen.sort();
        let expected = [("a", 0), ("a", 1), ("b", 0), ("b", 1)];
        assert_eq!(seen, expected.map(|(side, replica)| (side.to_owned(), replica)));
    }
}
