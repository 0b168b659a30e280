//! Blocks: every side once, in an order that the seed alone decides.

use std::collections::BTreeMap;

use model::{Metric, Relation};

use crate::place::{Place, SeenRun};

/// Two programs that do nothing, for a fixed number of blocks.
fn idle(seed: u64) -> SeenRun {
    let mut place = Place::of("", "").claim(Metric::Cpu, Relation::Below, (1.0, 0.0));
    place.seed = seed;
    place.most_pairs = Some(12);
    place.run()
}

fn turns(seen: &SeenRun) -> Vec<(u32, u32, String, u32)> {
    let turn =
        |trial: &model::Trial| (trial.block, trial.position, trial.side.to_string(), trial.replica);
    seen.trials.iter().map(turn).collect()
}

#[test]
fn the_order_of_turns_comes_from_the_seed_alone() {
    let (first, again, other) = (idle(1), idle(1), idle(2));
    // The two runs may stop at different moments.
    let both = first.trials.len().min(again.trials.len());
    assert_eq!(turns(&first)[..both], turns(&again)[..both]);
    assert_ne!(turns(&first)[..32], turns(&other)[..32]);
}

#[test]
fn a_block_has_each_side_once_and_in_the_pilot_twice() {
    let seen = idle(3);
    let mut blocks: BTreeMap<u32, Vec<(String, u32)>> = BTreeMap::new();
    for (block, position, side, replica) in turns(&seen) {
        let turns = blocks.entry(block).or_default();
        assert_eq!(position as usize, turns.len());
        turns.push((side, replica));
    }
    for (block, mut turns) in blocks {
        turns.sort();
        let replicas = if block < 8 { 2 } else { 1 };
        let expected = ["left", "right"]
            .into_iter()
            .flat_map(|side| (0..replicas).map(move |replica| (side.to_owned(), replica)));
        assert_eq!(turns, expected.collect::<Vec<_>>(), "block {block}");
    }
}

#[test]
fn blocks_are_announced_and_numbered_without_gaps() {
    let seen = idle(4);
    assert_eq!(seen.announced, (0..seen.announced.len() as u32).collect::<Vec<_>>());
    assert_eq!(seen.blocks(), seen.announced.len());
}
