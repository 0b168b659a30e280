//! What the noise of this machine does to the laboratory, by hand: nothing here judges, it shows.
//!
//! `cargo run --profile ci -p lab --example noise -- COMMAND`
//! - `against-itself [COMPARISONS] [PAIRS]`: a program with itself; how many come out different?
//! - `knob [REPETITIONS] [PAIRS]`: one side does more work by a known share; after how many pairs
//!   is it found?
//! - `tells-apart`: a program that says hello; what could be told apart in so many pairs?
#![expect(clippy::unwrap_used, reason = "a tool for developers: a failure is a panic")]
#![expect(clippy::print_stdout, reason = "showing is all it does")]

#[expect(dead_code, reason = "the tests need more of it")]
#[path = "../tests/lab/place.rs"]
mod place;

use std::env;
use std::hint::black_box;
use std::time::Instant;

use model::{Metric, Relation, Seen};
use place::{Place, estimate, fake, side};

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let number =
        |at: usize, default: u32| args.get(at).map_or(default, |text| text.parse().unwrap());
    match args.first().map(String::as_str) {
        Some("against-itself") => against_itself(number(1, 40), number(2, 300)),
        Some("knob") => knob(number(1, 5), number(2, 300)),
        Some("tells-apart") => tells_apart(),
        // The subject of `knob`.
        Some("work") => drop(work(args[1].parse().unwrap())),
        _ => println!("one of: against-itself, knob, tells-apart; see the top of noise.rs"),
    }
}

fn against_itself(comparisons: u32, pairs: u32) {
    let metrics = [Metric::Cpu, Metric::Wall];
    let mut place = Place::of_binary(&fake()).case(&["spin", "2"], &metrics);
    for metric in metrics {
        place = place.claim(metric, Relation::Below, (1.0, 0.0));
    }
    place.most_pairs = Some(pairs);
    place.budget_seconds = 1e6;
    let mut differ = [0, 0];
    let mut measured = 0;
    for seed in 0..comparisons {
        place.seed = u64::from(seed);
        let seen = place.run();
        measured += seen.blocks();
        for (cell, differ) in seen.plan.cells.iter().zip(&mut differ) {
            let relation = estimate(cell, &seen.trials).relation;
            *differ += u32::from(!matches!(relation, stats::Relation::Inconclusive { .. }));
        }
    }
    let most = stats::binomial::quantile(0.999, u64::from(comparisons), stats::ALPHA);
    println!("{comparisons} comparisons of a program with itself, {measured} pairs in all");
    for (metric, differ) in metrics.iter().zip(differ) {
        println!("  {metric:<5} {differ} differ, at most {most} may");
    }
}

/// Work that takes this many steps, each some nanoseconds.
fn work(steps: u64) -> u64 {
    (0..steps)
        .fold(1, |sum: u64, step| black_box(sum.wrapping_mul(6_364_136_223_846_793_005) ^ step))
}

/// Steps that take about this many seconds here and now.
fn steps_for(seconds: f64) -> u64 {
    const TRIED: u64 = 20_000_000;
    let started = Instant::now();
    black_box(work(TRIED));
    (TRIED as f64 * seconds / started.elapsed().as_secs_f64()) as u64
}

fn knob(repetitions: u32, pairs: u32) {
    let steps = steps_for(0.010);
    let me = env::current_exe().unwrap();
    let script = |steps: u64| format!("exec '{}' work {steps}", me.display());
    println!("more work by   found        pairs   median ratio");
    for share in [1.02, 1.05, 1.20, 2.0] {
        let (mut found, mut needed, mut ratios) = (0, Vec::new(), Vec::new());
        for seed in 0..repetitions {
            let more = (steps as f64 * share) as u64;
            let mut place = Place::of(&script(steps), &script(more)).claim(
                Metric::Cpu,
                Relation::Above,
                (1.0, 0.0),
            );
            place.seed = u64::from(seed);
            place.most_pairs = Some(pairs);
            place.budget_seconds = 1e6;
            let seen = place.run();
            let estimate = seen.estimate();
            found += u32::from(estimate.relation == stats::Relation::Above);
            needed.push(seen.blocks());
            ratios.extend(estimate.ratio.map(|ratio| format!("{ratio:.3}")));
        }
        let by = (share - 1.0) * 100.0;
        println!(
            "{by:>9.0} %   {found:>2} of {repetitions:<2}   {needed:?}   {}",
            ratios.join(" ")
        );
    }
}

fn tells_apart() {
    let metrics = [Metric::Cpu, Metric::StartUp];
    let mut place = Place::of_binary(&fake()).case(&["print", "6"], &metrics).claim(
        Metric::Cpu,
        Relation::Below,
        (1.0, 0.0),
    );
    place.budget_seconds = 0.0;
    let seen = place.run();
    let cell = &seen.plan.cells[0];
    for metric in metrics {
        for name in ["left", "right"] {
            let pairs = cell.series.self_pairs(metric, &side(name), &seen.trials);
            let ratio = |pair: &model::Pair| match (pair.numerator, pair.denominator) {
                (Seen::Value(b), Seen::Value(a)) => Some((b / a).ln()),
                _ => None,
            };
            let differences: Vec<f64> = pairs.iter().filter_map(ratio).collect();
            let told = [50, 200, 1000].map(|pairs| match stats::resolution(&differences, pairs) {
                Some(factor) => format!("±{:.1} % in {pairs} pairs", (factor - 1.0) * 100.0),
                None => format!("nothing in {pairs} pairs"),
            });
            println!("{metric:<8} {name:<5} this machine can tell apart {}", told.join(", "));
        }
    }
}
