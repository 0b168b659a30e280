//! The acceptance simulation: does the judgement hold on machines that drift, carry load and have tails?
//!
//! Seven points with the bounds of docs/methodology.md, each on its own fixed stream, so a failure is a
//! change of the code and never bad luck. The two negative controls, tests that are commonly used and fail
//! in the world they are named after, live here only.

use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp, StandardNormal};
use stats::{
    ALPHA, ConfidenceSequence, Interval, Margin, Outcome, Pair, Q, Relation, Scale, judge_pairs,
    multiplicity,
};

const RUNS: usize = 1000;
const BUDGET: usize = 600;
const QUIET: f64 = 0.02;
const NOISY: f64 = 0.05;

/// What the machine does to the logarithm of a run's time, whichever side runs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum World {
    Iid,
    Trend,
    OnOffLoad,
    Autoregressive,
    AllTogether,
    Position,
    PeriodTwo,
    OneSidedTail,
}

const WORLDS: [World; 8] = [
    World::Iid,
    World::Trend,
    World::OnOffLoad,
    World::Autoregressive,
    World::AllTogether,
    World::Position,
    World::PeriodTwo,
    World::OneSidedTail,
];

struct Machine {
    world: World,
    noise: Noise,
    rng: ChaCha8Rng,
    slot: usize,
    loaded: bool,
    wander: f64,
}

/// N(0, s) with 3 % spikes of mean max(.1, 8s).
#[derive(Clone, Copy)]
struct Noise {
    s: f64,
    spike: Exp<f64>,
}

impl Noise {
    fn new(s: f64) -> Noise {
        Noise { s, spike: Exp::new(1.0 / (8.0 * s).max(0.1)).expect("a positive rate") }
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> f64 {
        let calm: f64 = StandardNormal.sample(rng);
        let spike = if rng.random_bool(0.03) { self.spike.sample(rng) } else { 0.0 };
        self.s * calm + spike
    }
}

impl Machine {
    fn new(world: World, s: f64, seed: u64) -> Machine {
        let rng = ChaCha8Rng::seed_from_u64(seed);
        Machine { world, noise: Noise::new(s), rng, slot: 0, loaded: false, wander: 0.0 }
    }

    /// Logarithm of the time of the next run, the `position`-th of its block.
    fn run(&mut self, position: usize) -> f64 {
        let disturbance = match self.world {
            World::Iid => 0.0,
            World::Trend => self.trend(),
            World::OnOffLoad => self.load(),
            World::Autoregressive => self.wander(),
            World::AllTogether => {
                self.trend() + self.load() + self.wander() + 0.03 * position as f64 + self.period()
            }
            World::Position => 0.03 * position as f64,
            World::PeriodTwo => self.period(),
            World::OneSidedTail => tail(&mut self.rng),
        };
        self.slot += 1;
        disturbance + self.noise.draw(&mut self.rng)
    }

    fn trend(&self) -> f64 {
        0.0005 * self.slot as f64
    }

    fn load(&mut self) -> f64 {
        self.loaded ^= self.rng.random_bool(0.05);
        if self.loaded { 0.3 } else { 0.0 }
    }

    fn wander(&mut self) -> f64 {
        let step: f64 = StandardNormal.sample(&mut self.rng);
        self.wander = 0.995 * self.wander + 0.01 * step;
        self.wander
    }

    fn period(&self) -> f64 {
        if self.slot % 2 == 1 { 0.03 } else { 0.0 }
    }

    /// One block in random order: ln(B/A), where B takes `effect` longer.
    fn block(&mut self, effect: f64) -> f64 {
        let a_first = self.rng.random_bool(0.5);
        let (first, second) = (self.run(0), self.run(1));
        let (a, b) = if a_first { (first, second) } else { (second, first) };
        b + effect - a
    }
}

/// A collector's tail: 25 % of runs take 20 % longer.
fn tail(rng: &mut ChaCha8Rng) -> f64 {
    if rng.random_bool(0.25) { 1.2_f64.ln() } else { 0.0 }
}

fn excludes(interval: Option<Interval>, value: f64) -> bool {
    interval.is_some_and(|i| {
        i.low.is_some_and(|low| low > value) || i.high.is_some_and(|high| high < value)
    })
}

fn within(interval: Option<Interval>, bound: f64) -> bool {
    interval.is_some_and(|i| {
        i.low.is_some_and(|low| low > -bound) && i.high.is_some_and(|high| high < bound)
    })
}

/// Looks after every pair; the number of pairs at which `done` first held, within the budget.
fn stopped_at(
    machine: &mut Machine,
    effect: f64,
    done: impl Fn(Option<Interval>) -> bool,
) -> Option<usize> {
    let mut sequence = ConfidenceSequence::new(ALPHA);
    (1..=BUDGET).find(|_| {
        sequence.push(machine.block(effect));
        done(sequence.interval())
    })
}

/// How many of the runs stopped, and after how many pairs on average (the budget for those that did not).
fn campaign(
    world: World,
    s: f64,
    seed: u64,
    effect: f64,
    done: impl Fn(Option<Interval>) -> bool,
) -> (usize, f64) {
    let stops: Vec<_> = (0..RUNS)
        .map(|run| stopped_at(&mut Machine::new(world, s, seed + run as u64), effect, &done))
        .collect();
    let pairs: usize = stops.iter().map(|stop| stop.unwrap_or(BUDGET)).sum();
    (stops.iter().flatten().count(), pairs as f64 / RUNS as f64)
}

#[test]
fn point_1_a_side_against_itself_differs_in_at_most_64_of_1000_runs_of_any_world() {
    for (i, world) in WORLDS.into_iter().enumerate() {
        let (different, _) =
            campaign(world, QUIET, 100_000 * (i as u64 + 1), 0.0, |i| excludes(i, 0.0));
        println!("point 1: {world:?}: {different} of {RUNS} different");
        assert!(different <= 64, "{world:?}: {different}");
    }
}

#[test]
fn point_2_small_effects_are_found_in_few_pairs() {
    let find =
        |s, seed, effect: f64| campaign(World::Iid, s, seed, effect.ln(), |i| excludes(i, 0.0));
    let (small, small_pairs) = find(QUIET, 2_000_000, 1.02);
    let (noisy, noisy_pairs) = find(NOISY, 2_100_000, 1.05);
    let (double, double_pairs) = find(NOISY, 2_200_000, 2.0);
    println!(
        "point 2: +2 % {small}, {small_pairs} pairs; +5 % {noisy}, {noisy_pairs}; 2x {double}, {double_pairs}"
    );
    assert!(small * 100 >= 95 * RUNS && small_pairs <= 60.0);
    assert!(noisy_pairs <= 60.0);
    assert!(double == RUNS && double_pairs <= 10.0);
}

#[test]
fn point_3_equal_sides_are_found_inside_and_unequal_ones_are_not() {
    let margin = 1.02_f64.ln();
    let (inside, pairs) = campaign(World::Iid, QUIET, 3_000_000, 0.0, |i| within(i, margin));
    let (wrongly, _) = campaign(World::Iid, QUIET, 3_100_000, 1.5 * margin, |i| within(i, margin));
    println!("point 3: {inside} inside after {pairs} pairs; {wrongly} wrongly inside");
    assert!(inside * 100 >= 95 * RUNS && pairs <= 80.0);
    assert!(wrongly * 100 <= 5 * RUNS);
}

#[test]
fn point_4_a_tail_on_one_side_does_not_lose_the_median() {
    for (s, seed) in [(QUIET, 4_000_000), (NOISY, 4_100_000)] {
        let truth = median_with_a_tail_on_b(s, seed - 1);
        let missed = (0..RUNS)
            .filter(|&run| {
                let mut machine = Machine::new(World::Iid, s, seed + run as u64);
                let mut sequence = ConfidenceSequence::new(ALPHA);
                (0..BUDGET).any(|_| {
                    let tail = tail(&mut machine.rng);
                    sequence.push(machine.block(tail));
                    sequence.empty() || excludes(sequence.interval(), truth)
                })
            })
            .count();
        println!("point 4: s = {s}: median {truth:.5} missed in {missed} of {RUNS}");
        assert!(missed * 100 <= 5 * RUNS, "{missed}");
    }
}

fn median_with_a_tail_on_b(s: f64, seed: u64) -> f64 {
    let mut machine = Machine::new(World::Iid, s, seed);
    let mut ds: Vec<f64> = (0..1_000_001)
        .map(|_| {
            let tail = tail(&mut machine.rng);
            machine.block(tail)
        })
        .collect();
    *ds.select_nth_unstable_by(500_000, f64::total_cmp).1
}

#[test]
fn point_5_the_usual_tests_fail_in_the_world_they_are_named_after() {
    let share = |world, seed, test: fn(&mut Machine) -> bool| {
        let false_alarms =
            (0..RUNS).filter(|&run| test(&mut Machine::new(world, QUIET, seed + run as u64)));
        false_alarms.count() as f64 / RUNS as f64
    };
    let welch = (
        share(World::OnOffLoad, 5_000_000, sequential_welch),
        share(World::Iid, 5_100_000, sequential_welch),
    );
    let abab = (
        share(World::Position, 5_200_000, abab_wilcoxon),
        share(World::Iid, 5_300_000, abab_wilcoxon),
    );
    println!(
        "point 5: sequential Welch {welch:?}, fixed ABAB {abab:?} (its world, independent runs)"
    );
    assert!(welch.0 >= 0.40 && welch.1 <= 0.08);
    assert!(abab.0 >= 0.90 && abab.1 <= 0.08);
}

const CONTROL_PAIRS: usize = 60;

/// All runs of A, then all runs of B, and Welch's t at 5 %.
fn sequential_welch(machine: &mut Machine) -> bool {
    let mut sample = || {
        let times: Vec<f64> = (0..CONTROL_PAIRS).map(|_| machine.run(0)).collect();
        let n = times.len() as f64;
        let mean = times.iter().sum::<f64>() / n;
        (mean, times.iter().map(|t| (t - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((a, a_error), (b, b_error)) = (sample(), sample());
    let two_sided_5_percent_at_about_100_degrees = 1.984;
    ((b - a) / (a_error + b_error).sqrt()).abs() > two_sided_5_percent_at_about_100_degrees
}

/// A before B in every block, and the paired Wilcoxon test at 5 %.
fn abab_wilcoxon(machine: &mut Machine) -> bool {
    let mut ds: Vec<f64> = (0..CONTROL_PAIRS)
        .map(|_| {
            let a = machine.run(0);
            machine.run(1) - a
        })
        .collect();
    ds.sort_by(|x, y| x.abs().total_cmp(&y.abs()));
    let n = ds.len() as f64;
    let positive: f64 =
        ds.iter().zip(1..).filter(|(d, _)| **d > 0.0).map(|(_, rank)| f64::from(rank)).sum();
    let spread = (n * (n + 1.0) * (2.0 * n + 1.0) / 24.0).sqrt();
    ((positive - n * (n + 1.0) / 4.0) / spread).abs() > 1.96
}

#[test]
fn point_6_twelve_correlated_metrics_without_a_difference_stay_without_a_verdict() {
    const METRICS: usize = 12;
    const PAIRS: usize = 200;
    let false_runs = (0..RUNS)
        .filter(|&run| {
            let mut rng = ChaCha8Rng::seed_from_u64(6_000_000 + run as u64);
            let mut metrics = vec![ConfidenceSequence::new(ALPHA); METRICS];
            (0..PAIRS).any(|_| {
                let shared: f64 = StandardNormal.sample(&mut rng);
                for metric in &mut metrics {
                    let own: f64 = StandardNormal.sample(&mut rng);
                    metric.push(0.8 * shared + 0.6 * own);
                }
                let ln_e: Vec<f64> =
                    metrics.iter().map(|m| m.ln_e_above(0.0).max(m.ln_e_below(0.0))).collect();
                multiplicity::e_bh(&ln_e, Q).contains(&true)
            })
        })
        .count();
    println!("point 6: a false verdict in {false_runs} of {RUNS}");
    assert!(false_runs * 100 <= 5 * RUNS);
}

const CELLS: usize = 31;
const TRUE_CELLS: usize = 15;
const CELL_BUDGET: usize = 100;

/// Thirty-one claims "above by more than 10 %": fifteen true (2×), the others exactly on the margin.
struct Claims {
    machines: Vec<Machine>,
    sequences: Vec<ConfidenceSequence>,
    ln_e: Vec<f64>,
    running: Vec<bool>,
}

impl Claims {
    fn new(seed: u64) -> Claims {
        let machine = |cell| Machine::new(World::Iid, QUIET, seed * 1000 + cell as u64);
        Claims {
            machines: (0..CELLS).map(machine).collect(),
            sequences: vec![ConfidenceSequence::new(ALPHA); CELLS],
            ln_e: vec![0.0; CELLS],
            running: vec![true; CELLS],
        }
    }

    /// One more pair for every running cell, which goes on while `keep_running` says so.
    fn round(&mut self, keep_running: impl Fn(&[f64]) -> Vec<bool>) {
        let margin = 1.1_f64.ln();
        for cell in (0..CELLS).filter(|&cell| self.running[cell]) {
            let effect = if cell < TRUE_CELLS { 2.0_f64.ln() } else { margin };
            self.sequences[cell].push(self.machines[cell].block(effect));
            self.ln_e[cell] = self.sequences[cell].ln_e_above(margin);
        }
        let keep = keep_running(&self.ln_e);
        self.running.iter_mut().zip(keep).for_each(|(running, keep)| *running &= keep);
    }

    /// True and false claims among those accepted in the end, and the mean pairs of the true ones.
    fn outcome(&self) -> (usize, usize, f64) {
        let accepted = multiplicity::e_bh(&self.ln_e, Q);
        let (found, wrong) = accepted.split_at(TRUE_CELLS);
        let count = |cells: &[bool]| cells.iter().filter(|c| **c).count();
        let pairs: usize = self.sequences[..TRUE_CELLS].iter().map(ConfidenceSequence::n).sum();
        (count(found), count(wrong), pairs as f64 / TRUE_CELLS as f64)
    }
}

#[test]
fn point_7_cells_that_stop_when_the_whole_run_accepts_them_find_every_true_claim() {
    let runs = 300_u32;
    let (mut discovered_wrongly, mut pairs) = (0.0, 0.0);
    for run in 0..runs {
        let mut claims = Claims::new(7_000_000 + u64::from(run));
        (0..CELL_BUDGET).for_each(|_| {
            claims.round(|ln_e| {
                multiplicity::e_bh(ln_e, Q).iter().map(|accepted| !accepted).collect()
            });
        });
        let (found, wrong, mean_pairs) = claims.outcome();
        assert_eq!(found, TRUE_CELLS, "run {run}");
        discovered_wrongly += wrong as f64 / (found + wrong) as f64 / f64::from(runs);
        pairs += mean_pairs / f64::from(runs);
    }
    println!(
        "point 7: false discovery rate {discovered_wrongly:.4}, {pairs:.2} pairs on a 2x effect"
    );
    assert!(discovered_wrongly <= 0.05);
    assert!(pairs <= 10.0);
}

#[test]
fn point_7_cells_that_stop_on_their_own_evidence_find_nothing_together() {
    let mut claims = Claims::new(7_900_000);
    (0..CELL_BUDGET)
        .for_each(|_| claims.round(|ln_e| ln_e.iter().map(|e| *e < -ALPHA.ln()).collect()));
    assert_eq!(claims.outcome().0, 0);
}

#[test]
fn a_difference_exactly_on_factor_and_floor_is_rarely_called_beyond_or_inside() {
    let margin = Margin::new(1.1, 1.0).unwrap();
    let wrong = (0..RUNS)
        .filter(|&run| {
            let mut machine = Machine::new(World::Iid, QUIET, 7_500_000 + run as u64);
            let pairs: Vec<Pair> = (0..300)
                .map(|_| {
                    let b = 11.0 * machine.block(0.0).exp();
                    Pair { a: Outcome::Value(10.0), b: Outcome::Value(b) }
                })
                .collect();
            let relation = judge_pairs(&pairs, margin, Scale::Ratio).relation;
            matches!(relation, Relation::Above | Relation::Below | Relation::Inside)
        })
        .count();
    println!("edge: a wrong verdict in {wrong} of {RUNS}");
    assert!(wrong <= 64);
}

#[test]
fn eighty_percent_ties_do_not_reject_no_difference() {
    let rejected = (0..RUNS)
        .filter(|&run| {
            let mut rng = ChaCha8Rng::seed_from_u64(8_000_000 + run as u64);
            let mut sequence = ConfidenceSequence::new(ALPHA);
            (0..BUDGET).any(|_| {
                // When they differ, B is nearly always above: the median is 0 all the same.
                let d = if rng.random_bool(0.8) {
                    0.0
                } else if rng.random_bool(0.95) {
                    0.1
                } else {
                    -0.1
                };
                sequence.push(d);
                sequence.empty() || excludes(sequence.interval(), 0.0)
            })
        })
        .count();
    println!("ties: {rejected} of {RUNS} rejected");
    assert!(rejected <= 64);
}

#[test]
fn intervals_of_a_side_against_itself_are_rarely_empty() {
    for (world, seed) in [(World::Iid, 9_000_000), (World::AllTogether, 9_100_000)] {
        let empty = (0..RUNS)
            .filter(|&run| {
                let mut machine = Machine::new(world, QUIET, seed + run as u64);
                let mut sequence = ConfidenceSequence::new(ALPHA);
                (0..BUDGET).for_each(|_| sequence.push(machine.block(0.0)));
                sequence.empty()
            })
            .count();
        println!("empty: {world:?}: {empty} of {RUNS}");
        assert!(empty * 1000 <= 25 * RUNS, "{world:?}: {empty}");
    }
}

#[test]
fn resolution_foretells_the_half_width() {
    let mut rng = ChaCha8Rng::seed_from_u64(10_000_000);
    let mut misses = Vec::new();
    for _ in 0..200 {
        let mut machine = Machine::new(World::Iid, QUIET, rng.random());
        let mut pilot: Vec<f64> = (0..12).map(|_| machine.block(0.0)).collect();
        pilot.shuffle(&mut rng);
        let foretold = stats::resolution(&pilot, 60).unwrap().ln();
        let mut sequence = ConfidenceSequence::new(ALPHA);
        (0..60).for_each(|_| sequence.push(machine.block(0.0)));
        if let Some(Interval { low: Some(low), high: Some(high) }) = sequence.interval() {
            misses.push(foretold / ((high - low) / 2.0));
        }
    }
    let typical = stats::percentile::median(&misses).unwrap();
    println!("resolution: foretold over reached, median {typical:.2}");
    assert!((0.8..1.8).contains(&typical), "{typical}");
}
