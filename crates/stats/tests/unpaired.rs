//! Results of others: coverage of the interval without pairs, its relations, and Welch's test beside it.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, StandardNormal};
use stats::{
    ALPHA, Interval, Margin, PerSide, Projection, Relation, UnpairedEstimate, binomial, unpaired,
    welch,
};

fn margin(factor: f64, floor: f64) -> Margin {
    Margin::new(factor, floor).expect("a margin")
}

fn compare(a: &[f64], b: &[f64], factor: f64) -> UnpairedEstimate {
    unpaired::compare(a, b, margin(factor, 0.0))
}

/// `n` values around `centre`, ±1 %.
fn around(centre: f64, n: usize) -> Vec<f64> {
    (0..n).map(|i| centre * (1.0 + 0.01 * ((i * 7 % 11) as f64 - 5.0) / 5.0)).collect()
}

#[test]
fn five_values_of_each_side_give_the_published_interval() {
    // All 25 ratios are powers of two from 2^-3 to 2^5; the third of each end are 2^-2 and 2^4.
    let powers = |from: i32| (from..from + 5).map(|p| 2_f64.powi(p)).collect::<Vec<_>>();
    let estimate = compare(&powers(0), &powers(1), 1.1);
    let near = |x: Option<f64>, y: f64| (x.unwrap() / y - 1.0).abs() < 1e-12;
    assert!(near(estimate.ratio, 2.0), "{estimate:?}");
    assert!(near(estimate.interval.low, 0.25) && near(estimate.interval.high, 16.0));
    assert!((estimate.level - (1.0 - 8.0 / 252.0)).abs() < 1e-12);
    assert_eq!((estimate.a.median, estimate.b.median), (Some(4.0), Some(8.0)));
}

#[test]
fn fewer_than_five_values_of_a_side_give_no_interval() {
    let estimate = compare(&around(1.0, 4), &around(9.0, 400), 1.1);
    assert_eq!(estimate.interval, Interval::UNBOUNDED);
    assert_eq!(estimate.difference_interval, Interval::UNBOUNDED);
    assert_eq!(estimate.relation, Relation::Inconclusive { projected: Projection::Unknown });
    assert!((estimate.ratio.unwrap() - 9.0).abs() < 0.1);
    assert_eq!(compare(&[], &around(1.0, 9), 1.1).ratio, None);
}

#[test]
fn factor_and_floor_speak_together() {
    let of = |a, b, factor, floor| {
        unpaired::compare(&around(a, 10), &around(b, 12), margin(factor, floor)).relation
    };
    assert_eq!(of(10.0, 20.0, 1.1, 1.0), Relation::Above);
    assert_eq!(of(20.0, 10.0, 1.1, 1.0), Relation::Below);
    assert_eq!(of(0.1, 0.2, 1.1, 1.0), Relation::Inside, "within the floor");
    assert_eq!(of(3600.0, 3636.0, 1.1, 0.001), Relation::Inside, "within the factor");
    assert_eq!(of(10.0, 11.0, 1.1, 0.0), Relation::Differs);
}

#[test]
fn a_projection_tells_how_many_values_of_each_side() {
    let wide = |by: f64| (0..12).map(|i| by * 1.1_f64.powi(i % 4)).collect::<Vec<_>>();
    let estimate = compare(&wide(1.0), &wide(1.02), 1.1);
    let Relation::Inconclusive { projected: Projection::Pairs(n) } = estimate.relation else {
        panic!("{:?}", estimate.relation)
    };
    assert!((13..200).contains(&n), "{n}");
}

#[test]
fn zeros_tie_with_zeros() {
    let estimate = compare(&[0.0; 8], &[0.0; 8], 1.1);
    assert_eq!((estimate.ratio, estimate.relation), (Some(1.0), Relation::Inside));
    let estimate = compare(&[0.0; 8], &[3.0; 8], 1.1);
    assert_eq!((estimate.ratio, estimate.difference), (None, Some(3.0)));
    assert_eq!(estimate.relation, Relation::Above);
}

#[test]
fn values_no_meter_can_mean_are_left_out_and_counted() {
    let a = [&around(1.0, 8)[..], &[f64::NAN, -1.0]].concat();
    let b = [&around(1.0, 8)[..], &[f64::INFINITY]].concat();
    let estimate = compare(&a, &b, 1.1);
    assert_eq!((estimate.n, estimate.unusable), (PerSide { a: 8, b: 8 }, PerSide { a: 2, b: 1 }));
    assert_eq!(UnpairedEstimate { unusable: PerSide::default(), ..estimate }, {
        compare(&a[..8], &b[..8], 1.1)
    });
}

#[test]
fn thousands_of_values_take_the_approximation() {
    let estimate = compare(&around(10.0, 3000), &around(10.1, 4000), 1.005);
    assert!((estimate.level - (1.0 - ALPHA)).abs() < 1e-3, "{}", estimate.level);
    assert_eq!(estimate.relation, Relation::Above);
}

/// How the logarithm of a value is drawn.
#[derive(Debug, Clone, Copy)]
enum Noise {
    Normal,
    /// A fifth of the values take much longer.
    Tail,
    /// Read from a clock with few steps, so that most values are tied.
    Steps,
}

impl Noise {
    fn draw(self, centre: f64, rng: &mut ChaCha8Rng) -> f64 {
        let normal: f64 = StandardNormal.sample(rng);
        let value = centre * (0.05 * normal).exp();
        match self {
            Noise::Normal => value,
            Noise::Tail if rng.random_bool(0.2) => {
                let tail: f64 = Exp1.sample(rng);
                value * (1.0 + tail)
            }
            Noise::Tail => value,
            Noise::Steps => (value * 20.0).round() / 20.0,
        }
    }

    /// Of `runs` comparisons, how many intervals miss the true ratio.
    fn missed(self, n: (usize, usize), ratio: f64, runs: u64) -> u64 {
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        let mut missed = 0;
        for _ in 0..runs {
            let a: Vec<f64> = (0..n.0).map(|_| self.draw(1.0, &mut rng)).collect();
            let b: Vec<f64> = (0..n.1).map(|_| self.draw(1.0, &mut rng) * ratio).collect();
            let Interval { low: Some(low), high: Some(high) } = compare(&a, &b, 1.0).interval
            else {
                panic!("{n:?} values give an interval")
            };
            // Ties are met exactly, up to the last digit of a logarithm.
            missed += u64::from(ratio < low * (1.0 - 1e-12) || ratio > high * (1.0 + 1e-12));
        }
        missed
    }
}

#[test]
fn the_interval_misses_the_ratio_in_one_of_twenty_at_most() {
    let runs = 2000;
    let allowed = binomial::quantile(0.9999, runs, ALPHA);
    for noise in [Noise::Normal, Noise::Tail, Noise::Steps] {
        for n in [(5, 5), (8, 12), (30, 30), (70, 90)] {
            let missed = noise.missed(n, 1.3, runs);
            assert!(missed <= allowed, "{noise:?}, {n:?}: {missed} of {runs}");
        }
    }
}

#[test]
fn the_interval_is_no_wider_than_its_level_asks() {
    // Levels of 96.8, 95.3 and 95 %.
    for (n, least) in [((5, 5), 30), ((30, 30), 60), ((70, 90), 60)] {
        let missed = Noise::Normal.missed(n, 1.0, 2000);
        assert!(missed >= least, "{n:?}: {missed} of 2000");
    }
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    let value = prop_oneof![(0..30_u32).prop_map(|x| f64::from(x) / 8.0), 0.1..4.0_f64];
    prop::collection::vec(value, 0..40)
}

fn mirrored(relation: Relation) -> Relation {
    match relation {
        Relation::Below => Relation::Above,
        Relation::Above => Relation::Below,
        same => same,
    }
}

fn near(x: f64, y: f64) -> bool {
    x == y || (x - y).abs() <= 1e-12 * x.abs().max(y.abs())
}

/// All differences written down and sorted.
fn plainly(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut all: Vec<f64> = b.iter().flat_map(|b| a.iter().map(move |a| b - a)).collect();
    all.sort_by(f64::total_cmp);
    all
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(20_261_103),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn swapping_the_labels_mirrors_everything(
        a in values(), b in values(), factor in 1.0..2.0_f64, floor in 0.0..1.0_f64,
    ) {
        let one = unpaired::compare(&a, &b, margin(factor, floor));
        let other = unpaired::compare(&b, &a, margin(factor, floor));
        prop_assert_eq!(mirrored(one.relation), other.relation);
        prop_assert_eq!(one.difference.map(|d| -d), other.difference);
        prop_assert_eq!(one.difference_interval.low.map(|x| -x), other.difference_interval.high);
        prop_assert_eq!((one.level, one.a, one.b), (other.level, other.b, other.a));
        if let (Some(one), Some(other)) = (one.ratio, other.ratio) {
            prop_assert!(near(one.recip(), other));
        }
        let finite = |end: Option<f64>| end.filter(|end| *end > 0.0 && end.is_finite());
        if let (Some(low), Some(high)) = (finite(one.interval.low), other.interval.high) {
            prop_assert!(near(low.recip(), high));
        }
    }

    #[test]
    fn ends_and_medians_are_those_of_all_differences_written_down(a in values(), b in values()) {
        let estimate = compare(&a, &b, 1.1);
        let all = plainly(&a, &b);
        let middle = stats::percentile::median(&all);
        let same = match (estimate.difference, middle) {
            (Some(x), Some(y)) => near(x, y),
            (x, y) => x == y,
        };
        prop_assert!(same, "{:?} and {middle:?}", estimate.difference);
        if let Interval { low: Some(low), high: Some(high) } = estimate.difference_interval {
            let c = all.iter().filter(|d| **d < low).count();
            prop_assert!(all.contains(&low) && all.contains(&high));
            prop_assert_eq!(low, all[c]);
            let ties = all.iter().filter(|d| **d == low).count();
            let over = all.iter().filter(|d| **d > high).count();
            let ties_over = all.iter().filter(|d| **d == high).count();
            prop_assert!(c < over + ties_over && over < c + ties, "as many at both ends");
        }
    }

    #[test]
    fn the_order_of_values_does_not_matter(a in values(), b in values()) {
        let reversed = |values: &[f64]| values.iter().rev().copied().collect::<Vec<_>>();
        prop_assert_eq!(compare(&a, &b, 1.1), compare(&reversed(&a), &reversed(&b), 1.1));
    }
}

#[test]
fn welch_gives_the_published_p_values() {
    // Student's sleep data; t.test of R: t = -1.8608, df = 17.776, p-value = 0.07939.
    let a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    let b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    let p = welch(&a, &b).unwrap();
    assert!((p - 0.07939).abs() < 5e-6, "{p}");
    assert_eq!(welch(&b, &a), Some(p));
}

#[test]
fn welch_says_nothing_of_too_few_values_or_of_values_that_do_not_vary() {
    assert_eq!(welch(&[1.0], &[1.0, 2.0]), None);
    assert_eq!(welch(&[], &[]), None);
    assert_eq!(welch(&[1.0, 1.0], &[2.0, 2.0]), None);
    assert_eq!(welch(&[1.0, f64::NAN], &[2.0, 3.0]), None);
    assert!(welch(&[1.0, 1.0], &[2.0, 2.1, 2.2]).unwrap() < 0.01);
    assert_eq!(welch(&[1.0, 2.0], &[2.0, 1.0]), Some(1.0));
}
