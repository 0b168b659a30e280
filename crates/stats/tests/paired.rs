//! The judgement of a run of pairs: margins and floors, time-outs, voids, change, projection.

use stats::{
    Claimed, Estimate, Margin, Outcome, Pair, PerSide, Projection, Relation, Scale, UnusableMargin,
    Warning, judge_pairs,
};

fn pair(a: f64, b: f64) -> Pair {
    Pair { a: Outcome::Value(a), b: Outcome::Value(b) }
}

/// `n` pairs around `a` and `b`, with a spread of ±1 % that is the same in both directions.
fn around(a: f64, b: f64, n: usize) -> Vec<Pair> {
    let wobble = |i: usize| 1.0 + 0.01 * ((i * 7 % 11) as f64 - 5.0) / 5.0;
    (0..n).map(|i| pair(a, b * wobble(i))).collect()
}

fn judged(pairs: &[Pair], factor: f64, floor: f64) -> Estimate {
    let margin = Margin::new(factor, floor).expect("a margin");
    judge_pairs(pairs, margin, Scale::Ratio)
}

#[test]
fn twice_the_time_is_above_after_eight_pairs() {
    let estimate = judged(&around(10.0, 20.0, 8), 1.10, 1.0);
    assert_eq!(estimate.relation, Relation::Above);
    assert!((estimate.ratio.unwrap() - 2.0).abs() < 0.02);
    assert!((estimate.difference.unwrap() - 10.0).abs() < 0.2);
    let (low, high) = (estimate.interval.low.unwrap(), estimate.interval.high.unwrap());
    assert!(1.97 < low && low < 2.0 && 2.0 < high && high < 2.03, "{low} to {high}");
    assert_eq!((estimate.pairs, estimate.level), (8, 0.95));
    assert!(estimate.e_values.unwrap().of(Claimed::Above) > 20_f64.ln());
    assert_eq!(estimate.a.median, Some(10.0));
}

#[test]
fn a_large_ratio_below_the_floor_does_not_matter() {
    // Twice as slow, but by 0.1 ms: within a floor of 1 ms.
    let estimate = judged(&around(0.1, 0.2, 30), 1.10, 1.0);
    assert_eq!(estimate.relation, Relation::Inside);
}

#[test]
fn a_large_difference_within_the_factor_does_not_matter() {
    let estimate = judged(&around(3600.0, 3636.0, 100), 1.10, 0.001);
    assert_eq!(estimate.relation, Relation::Inside);
}

#[test]
fn a_difference_that_straddles_the_margin_only_differs() {
    let estimate = judged(&around(10.0, 11.0, 60), 1.10, 0.0);
    assert_eq!(estimate.relation, Relation::Differs);
}

#[test]
fn a_floor_that_straddles_keeps_beyond_from_being_said() {
    let estimate = judged(&around(10.0, 20.0, 60), 1.10, 10.0);
    assert_eq!(estimate.relation, Relation::Differs);
}

#[test]
fn without_a_margin_nothing_lies_inside() {
    let same: Vec<Pair> = (0..200).map(|_| pair(1.0, 1.0)).collect();
    let estimate = judge_pairs(&same, Margin::NONE, Scale::Ratio);
    assert_eq!(estimate.relation, Relation::Inconclusive { projected: Projection::WillNotResolve });
    assert_eq!(estimate.e_values.unwrap().ln_inside, f64::NEG_INFINITY);
    let estimate = judge_pairs(&around(1.0, 1.05, 40), Margin::NONE, Scale::Ratio);
    assert_eq!(estimate.relation, Relation::Above);
}

#[test]
fn under_a_difference_scale_only_the_floor_applies() {
    let pairs: Vec<Pair> = (0..20).map(|i| pair(0.0, 5.0 + f64::from(i % 3))).collect();
    let judged = |floor| judge_pairs(&pairs, Margin::new(3.0, floor).unwrap(), Scale::Difference);
    assert_eq!(judged(2.0).relation, Relation::Above);
    assert_eq!(judged(6.0).relation, Relation::Differs);
    assert_eq!(judged(10.0).relation, Relation::Inside);
    assert_eq!(judged(2.0).ratio, None);
    assert_eq!(judged(2.0).interval, judged(2.0).difference_interval);
}

#[test]
fn zero_on_one_side_is_an_infinite_ratio_and_on_both_a_tie() {
    let estimate = judge_pairs(&[pair(0.0, 3.0); 8], Margin::NONE, Scale::Ratio);
    assert_eq!(estimate.relation, Relation::Above);
    assert_eq!(estimate.ratio, None);
    assert_eq!(estimate.difference, Some(3.0));
    let estimate = judge_pairs(&[pair(0.0, 0.0); 8], Margin::new(1.1, 0.0).unwrap(), Scale::Ratio);
    assert_eq!((estimate.ratio, estimate.relation), (Some(1.0), Relation::Inside));
}

#[test]
fn a_side_that_times_out_is_the_slower_one() {
    let slow = Pair { a: Outcome::Value(1.0), b: Outcome::TimedOut };
    let estimate = judged(&[slow; 8], 1.10, 1.0);
    assert_eq!(estimate.relation, Relation::Above);
    assert_eq!(estimate.timed_out, PerSide { a: 0, b: 8 });
    assert_eq!((estimate.ratio, estimate.interval.low), (None, Some(f64::INFINITY)));
    assert_eq!((estimate.b.median, estimate.a.median), (None, Some(1.0)));
}

#[test]
fn time_outs_on_both_sides_are_void() {
    let estimate = judged(&[Pair { a: Outcome::TimedOut, b: Outcome::TimedOut }; 9], 1.1, 0.0);
    assert_eq!((estimate.pairs, estimate.voids.both_timed_out, estimate.voids.pairs()), (0, 9, 9));
    assert_eq!(estimate.relation, Relation::Inconclusive { projected: Projection::Unknown });
}

#[test]
fn crashes_void_the_pair_and_their_difference_has_its_own_e_value() {
    let mut pairs = around(1.0, 1.0, 10);
    pairs.extend([Pair { a: Outcome::Value(1.0), b: Outcome::Crashed }; 8]);
    pairs.push(Pair { a: Outcome::Crashed, b: Outcome::Crashed });
    let estimate = judged(&pairs, 1.1, 0.0);
    assert_eq!((estimate.pairs, estimate.voids.pairs()), (10, 9));
    assert_eq!(estimate.voids.crashed, PerSide { a: 1, b: 9 });
    assert_eq!(estimate.voids.ln_e(), stats::sign::ln_e(8, 8));
    assert!(estimate.warnings.iter().any(|w| matches!(w, Warning::VoidsDiffer { .. })));
}

#[test]
fn values_no_meter_can_mean_are_counted_as_crashes_and_said() {
    let estimate = judged(&[pair(1.0, f64::NAN), pair(-1.0, 1.0), pair(1.0, 1.0)], 1.1, 0.0);
    assert_eq!(estimate.pairs, 1);
    assert_eq!(estimate.warnings, [Warning::UnusableValues(PerSide { a: 1, b: 1 })]);
}

#[test]
fn a_ratio_that_changes_is_changed_for_good() {
    let mut pairs = around(10.0, 11.0, 40);
    pairs.extend(around(10.0, 16.0, 90));
    let estimate = judged(&pairs, 1.05, 0.0);
    let Relation::Changed { first_third: Some(first), last_third: Some(last) } = estimate.relation
    else {
        panic!("{:?}", estimate.relation)
    };
    assert!(first < 1.12 && last > 1.58, "{first} and {last}");
    assert_eq!((estimate.interval.low, estimate.interval.high), (None, None));
    assert_eq!(estimate.e_values.unwrap().ln_above, f64::NEG_INFINITY);
}

#[test]
fn a_machine_that_slows_down_changes_the_difference_but_not_the_verdict() {
    let mut pairs = around(10.0, 20.0, 40);
    pairs.extend(around(30.0, 60.0, 120));
    let estimate = judged(&pairs, 1.10, 1.0);
    assert_eq!(estimate.relation, Relation::Above);
    assert!(estimate.warnings.contains(&Warning::DifferenceChanged));
    assert_eq!((estimate.difference_interval.low, estimate.difference_interval.high), (None, None));
}

#[test]
fn a_floor_that_was_passed_in_both_directions_settles_nothing() {
    let mut pairs = around(1.0, 2.0, 40);
    pairs.extend(around(30.0, 60.0, 120));
    let estimate = judged(&pairs, 1.10, 5.0);
    assert_eq!(estimate.relation, Relation::Differs);
}

#[test]
fn projection_grows_with_the_square_of_width_over_distance() {
    // d alternates around ln 1.05 with a half width of .15: distance .05 to the edge at ln 1.10.
    let (centre, margin) = (1.05_f64.ln(), 1.10_f64);
    let pairs: Vec<Pair> = (0..20)
        .map(|i| pair(1.0, (centre + if i % 2 == 0 { 0.15 } else { -0.15 }).exp()))
        .collect();
    let estimate = judged(&pairs, margin, 0.0);
    let expected = (20.0 * 1.1 * (0.15 / (margin.ln() - centre)).powi(2)).ceil() as usize;
    assert_eq!(
        estimate.relation,
        Relation::Inconclusive { projected: Projection::Pairs(expected) }
    );
}

#[test]
fn projection_is_unknown_before_the_interval_has_ends() {
    let estimate = judged(&around(1.0, 1.0, 6), 1.1, 0.0);
    assert_eq!(estimate.relation, Relation::Inconclusive { projected: Projection::Unknown });
}

#[test]
fn projection_takes_the_cheaper_way_inside() {
    // By the ratio (true 2) never inside; by the floor soon.
    let pairs: Vec<Pair> = (0..20).map(|i| pair(1.0, if i % 2 == 0 { 4.0 } else { 0.5 })).collect();
    let estimate = judged(&pairs, 1.01, 2.9);
    let Relation::Inconclusive { projected: Projection::Pairs(n) } = estimate.relation else {
        panic!("{:?}", estimate.relation)
    };
    assert!((21..40).contains(&n), "{n}");
}

#[test]
fn inside_weighs_only_the_scales_the_margin_leaves_room_on() {
    let pairs = around(10.0, 10.3, 30);
    let all = stats::sign::ln_e(30, 30);
    let e = |factor, floor| judged(&pairs, factor, floor).e_values.unwrap().ln_inside;
    assert_eq!(e(1.5, 0.0), all);
    assert_eq!(e(1.0, 5.0), all);
    assert!((e(1.5, 5.0) - all).abs() < 1e-12, "the mean of two equal ones");
    assert!((e(1.5, 1e-9) - (all - 2_f64.ln())).abs() < 1e-12, "the mean of one and nothing");
}

#[test]
fn mean_is_given_from_thirty_pairs_and_contradicts_the_median_aloud() {
    let tail = |i: usize| if i.is_multiple_of(5) { 3.0 } else { 1.0 + 0.001 * (i % 3) as f64 };
    let pairs = |n: usize| (0..n).map(|i| pair(1.0, tail(i))).collect::<Vec<_>>();
    assert_eq!(judged(&pairs(29), 1.1, 0.0).mean, None);
    let estimate = judged(&pairs(300), 1.1, 0.0);
    let mean = estimate.mean.unwrap();
    assert!(mean.low < 3_f64.powf(0.2) && 3_f64.powf(0.2) < mean.high, "{mean:?}");
    assert!(estimate.warnings.contains(&Warning::MeanDisagrees));
    assert_eq!(estimate.relation, Relation::Inside, "the verdict stays the median's");
}

#[test]
fn a_margin_below_one_is_refused_with_a_way_out() {
    let error = Margin::new(0.9, 0.0).unwrap_err();
    assert_eq!(error, UnusableMargin::Factor(0.9));
    assert_eq!(
        error.to_string(),
        "margin factor 0.9 is not a number of at least 1; for a margin of 10 % write 1.10"
    );
    assert!(Margin::new(1.1, -1.0).is_err() && Margin::new(f64::NAN, 0.0).is_err());
}
