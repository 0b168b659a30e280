//! One side held against a bound: so many times the other side, or a fixed limit.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stats::{
    Estimate, Interval, Margin, Outcome, Pair, PerSide, Projection, Relation, Scale, Warning,
    exact, fixed, judge_pairs, judge_pairs_against, judge_values,
};
use std::mem::discriminant;

fn pair(a: f64, b: f64) -> Pair {
    Pair { a: Outcome::Value(a), b: Outcome::Value(b) }
}

/// `n` pairs around `a` and `b`, with a spread of ±1 % that is the same in both directions.
fn around(a: f64, b: f64, n: usize) -> Vec<Pair> {
    let wobble = |i: usize| 1.0 + 0.01 * ((i * 7 % 11) as f64 - 5.0) / 5.0;
    (0..n).map(|i| pair(a, b * wobble(i))).collect()
}

fn margin(factor: f64, floor: f64) -> Margin {
    Margin::new(factor, floor).expect("a margin")
}

#[test]
fn at_most_four_fifths_holds_at_three_fifths_and_fails_at_nine_tenths() {
    let of = |b| judge_pairs_against(&around(10.0, b, 30), 0.8, margin(1.02, 0.001), Scale::Ratio);
    assert_eq!(of(6.0).relation, Relation::Below);
    assert_eq!(of(8.0).relation, Relation::Inside);
    let fails = of(9.0);
    assert_eq!(fails.relation, Relation::Above);
    assert!((fails.ratio.unwrap() - 0.9).abs() < 0.01, "b/a and not b/(0.8 a): {:?}", fails.ratio);
    assert!(fails.interval.low.unwrap() > 0.88 && fails.interval.high.unwrap() < 0.92);
    assert!((fails.difference.unwrap() - 1.0).abs() < 0.1, "from the bound: 9 − 0.8 · 10");
    assert_eq!(fails.a.median, Some(10.0));
    assert_eq!(fails.more_pairs(), None);
}

#[test]
fn the_floor_lies_beyond_the_bound() {
    let above = |floor| {
        let bound = margin(1.0, floor);
        judge_pairs_against(&around(10.0, 9.0, 30), 0.8, bound, Scale::Ratio).relation
    };
    assert_eq!(above(0.8), Relation::Above);
    assert_eq!(above(1.2), Relation::Inside);
}

#[test]
fn counts_are_bound_by_a_multiple_too() {
    let pairs: Vec<Pair> = (0..20).map(|i| pair(10.0, 25.0 + f64::from(i % 3))).collect();
    let of = |bound| judge_pairs_against(&pairs, bound, margin(1.0, 3.0), Scale::Difference);
    assert_eq!(of(2.0).relation, Relation::Above);
    assert_eq!(of(2.5).relation, Relation::Inside);
    assert_eq!(of(2.0).difference, Some(6.0));
    assert_eq!(of(2.0).interval, of(2.0).difference_interval);
    let none = judge_pairs_against(&[pair(0.0, 0.0); 9], 2.0, margin(1.0, 3.0), Scale::Difference);
    assert_eq!(none.relation, Relation::Inside);
}

#[test]
fn a_bound_that_is_no_positive_number_leaves_no_pairs() {
    for bound in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let of = judge_pairs_against(&around(1.0, 9.0, 30), bound, Margin::NONE, Scale::Ratio);
        assert_eq!((of.pairs, of.ratio), (0, None), "{bound}");
        assert_eq!(of.relation, Relation::Inconclusive { projected: Projection::Unknown });
        let exact = exact::compare_against(1.0, 9.0, bound, Margin::NONE, Scale::Ratio);
        assert_eq!(
            exact.relation,
            Relation::Inconclusive { projected: Projection::WillNotResolve }
        );
    }
}

#[test]
fn exact_quantities_and_declared_pairs_are_held_against_bounds_likewise() {
    let size = |b| exact::compare_against(10.0, b, 1.5, margin(1.0, 0.0), Scale::Ratio);
    assert_eq!(size(15.0).relation, Relation::Inside);
    assert_eq!(size(15.1).relation, Relation::Above);
    assert_eq!(size(14.9).relation, Relation::Below);
    assert!((size(20.0).ratio.unwrap() - 2.0).abs() < 1e-12);
    let builds = |b| {
        let pairs = around(10.0, b, 8);
        fixed::judge_pairs_against(&pairs, 8, 1.5, margin(1.05, 0.0), Scale::Ratio)
    };
    assert_eq!(builds(14.0).relation, Relation::Below);
    assert_eq!(builds(15.0).relation, Relation::Inside);
    assert_eq!(builds(17.0).relation, Relation::Above);
    assert!((builds(17.0).ratio.unwrap() - 1.7).abs() < 0.02);
}

const MIB: f64 = 1_048_576.0;

fn peaks(mib: impl IntoIterator<Item = f64>) -> Vec<Outcome> {
    mib.into_iter().map(|peak| Outcome::Value(peak * MIB)).collect()
}

#[test]
fn memory_is_held_against_a_limit_with_factor_and_floor() {
    let of = |centre: f64, factor, floor| {
        let values = peaks((0..20).map(|i| centre + 0.1 * f64::from(i % 5)));
        judge_values(&values, 20.0 * MIB, margin(factor, floor * MIB))
    };
    assert_eq!(of(15.0, 1.05, 0.0).relation, Relation::Below);
    assert_eq!(of(20.2, 1.05, 0.0).relation, Relation::Inside);
    assert_eq!(of(25.0, 1.05, 1.0).relation, Relation::Above);
    assert_eq!(of(25.0, 1.05, 8.0).relation, Relation::Inside);
    let above = of(25.0, 1.05, 1.0);
    assert_eq!(above.b.median, Some(25.2 * MIB));
    let low = above.difference_interval.low.unwrap() + 20.0 * MIB;
    assert!((25.0 * MIB..=25.2 * MIB).contains(&low), "{low}");
}

#[test]
fn a_value_that_is_seven_times_over_its_limit_is_enough_and_six_are_not() {
    let of = |n| judge_values(&peaks(vec![25.0; n]), 20.0 * MIB, margin(1.05, 0.0));
    assert_eq!(of(6).relation, Relation::Inconclusive { projected: Projection::Unknown });
    assert_eq!(of(7).relation, Relation::Above);
}

#[test]
fn values_that_are_missing_are_counted_and_not_blamed_on_a_side() {
    let mut values = peaks([15.0; 9]);
    values.extend([Outcome::Crashed; 9]);
    values.push(Outcome::Value(f64::NAN));
    let estimate = judge_values(&values, 20.0 * MIB, margin(1.05, 0.0));
    assert_eq!((estimate.pairs, estimate.voids.crashed), (9, PerSide { a: 0, b: 10 }));
    assert_eq!(estimate.warnings, [Warning::UnusableValues(PerSide { a: 0, b: 1 })]);
    assert_eq!(estimate.relation, Relation::Below);
}

#[test]
fn a_projection_is_a_number_of_further_pairs() {
    let pairs: Vec<Pair> = (0..20).map(|i| pair(1.0, if i % 2 == 0 { 1.2 } else { 0.9 })).collect();
    let estimate = judge_pairs(&pairs, margin(1.1, 0.0), Scale::Ratio);
    let Relation::Inconclusive { projected: Projection::Pairs(in_all) } = estimate.relation else {
        panic!("{:?}", estimate.relation)
    };
    assert_eq!(estimate.more_pairs(), Some(in_all - 20));
    let unknown = judge_pairs(&pairs[..3], margin(1.1, 0.0), Scale::Ratio);
    assert_eq!(unknown.more_pairs(), None);
    let declared = |n| fixed::judge_pairs(&pairs[..n], 8, margin(1.1, 0.0), Scale::Ratio);
    assert_eq!(declared(5).more_pairs(), Some(3));
    let Relation::Inconclusive { projected } = declared(8).relation else { panic!() };
    assert_eq!(declared(8).more_pairs(), projected.pairs());
}

fn fixed_seed() -> ProptestConfig {
    ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(20_261_102),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        30 => (0..20_u32).prop_map(|x| Outcome::Value(0.5 + f64::from(x) / 8.0)),
        10 => (0.5..4.0_f64).prop_map(Outcome::Value),
        2 => Just(Outcome::TimedOut),
        1 => Just(Outcome::Crashed),
    ]
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    prop::collection::vec((outcome(), outcome()).prop_map(|(a, b)| Pair { a, b }), 0..100)
}

fn any_margin() -> impl Strategy<Value = Margin> {
    let factor = prop_oneof![Just(1.0), 1.001..3.0_f64];
    (factor, prop_oneof![Just(0.0), 0.01..3.0_f64])
        .prop_map(|(factor, floor)| margin(factor, floor))
}

fn scale() -> impl Strategy<Value = Scale> {
    prop_oneof![Just(Scale::Ratio), Just(Scale::Difference)]
}

fn a_times(pairs: &[Pair], by: f64) -> Vec<Pair> {
    let times = |o| if let Outcome::Value(x) = o { Outcome::Value(x * by) } else { o };
    pairs.iter().map(|p| Pair { a: times(p.a), b: p.b }).collect()
}

fn near(x: Option<f64>, y: Option<f64>) -> bool {
    match (x, y) {
        (Some(x), Some(y)) => x == y || (x - y).abs() <= 1e-12 * x.abs().max(y.abs()),
        (x, y) => x == y,
    }
}

fn times(interval: Interval, by: f64) -> Interval {
    Interval { low: interval.low.map(|x| x * by), high: interval.high.map(|x| x * by) }
}

/// The same judgement, but for ratios that are `by` times as large.
fn assert_scaled(one: &Estimate, other: &Estimate, by: f64) -> Result<(), TestCaseError> {
    prop_assert_eq!(discriminant(&one.relation), discriminant(&other.relation));
    prop_assert_eq!(one.e_values, other.e_values);
    prop_assert_eq!(one.difference_interval, other.difference_interval);
    prop_assert_eq!((one.difference, one.b), (other.difference, other.b));
    prop_assert_eq!((one.voids, one.timed_out), (other.voids, other.timed_out));
    prop_assert!(near(one.ratio.map(|ratio| ratio * by), other.ratio));
    if one.scale == Scale::Ratio {
        let expected = times(one.interval, by);
        prop_assert!(near(expected.low, other.interval.low));
        prop_assert!(near(expected.high, other.interval.high));
        prop_assert!(near(one.mean.map(|mean| mean.mean * by), other.mean.map(|mean| mean.mean)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(fixed_seed())]

    #[test]
    fn a_bound_of_one_is_no_bound(pairs in pairs(), margin in any_margin(), scale in scale()) {
        prop_assert_eq!(
            judge_pairs_against(&pairs, 1.0, margin, scale),
            judge_pairs(&pairs, margin, scale)
        );
        prop_assert_eq!(
            fixed::judge_pairs_against(&pairs, 8, 1.0, margin, scale),
            fixed::judge_pairs(&pairs, 8, margin, scale)
        );
    }

    /// Powers of two, so that bound · a is the same double on both ways.
    #[test]
    fn a_bound_is_that_many_times_a(
        pairs in pairs(), margin in any_margin(), scale in scale(), power in -3..4_i32,
    ) {
        let bound = 2_f64.powi(power);
        let plain = judge_pairs(&a_times(&pairs, bound), margin, scale);
        assert_scaled(&plain, &judge_pairs_against(&pairs, bound, margin, scale), bound)?;
    }

    #[test]
    fn what_holds_at_a_bound_holds_at_a_higher_one(
        pairs in pairs(), factor in 1.0..1.5_f64, bound in 0.2..3.0_f64, more in 1.0..2.0_f64,
    ) {
        let at = |bound| {
            judge_pairs_against(&pairs, bound, margin(factor, 0.0), Scale::Ratio).relation
        };
        prop_assert!(at(bound) == Relation::Above || at(bound * more) != Relation::Above);
    }
}
