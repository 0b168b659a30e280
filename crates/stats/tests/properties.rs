//! What must hold for any run of pairs.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use stats::{
    ALPHA, ConfidenceSequence, Estimate, Interval, Margin, Outcome, Pair, PerSide, Relation, Scale,
    Warning, judge_pairs,
};
use std::mem::discriminant;

fn fixed_seed() -> ProptestConfig {
    ProptestConfig {
        cases: 300,
        rng_seed: RngSeed::Fixed(20_261_101),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Coarse values, so that ties are common; now and then a time-out or a crash.
fn outcome(scale: u32) -> impl Strategy<Value = Outcome> {
    prop_oneof![
        30 => (0..scale).prop_map(|x| Outcome::Value(0.5 + f64::from(x) / 8.0)),
        10 => (0.5..4.0_f64).prop_map(Outcome::Value),
        2 => Just(Outcome::TimedOut),
        1 => Just(Outcome::Crashed),
    ]
}

fn pairs() -> impl Strategy<Value = Vec<Pair>> {
    (4_u32..40, 4_u32..40).prop_flat_map(|(wide_a, wide_b)| {
        prop::collection::vec(
            (outcome(wide_a), outcome(wide_b)).prop_map(|(a, b)| Pair { a, b }),
            0..120,
        )
    })
}

fn margin() -> impl Strategy<Value = Margin> {
    let factor = prop_oneof![Just(1.0), 1.001..3.0_f64];
    let floor = prop_oneof![Just(0.0), 0.01..3.0_f64];
    (factor, floor)
        .prop_map(|(factor, floor)| Margin::new(factor, floor).expect("drawn within its limits"))
}

fn scale() -> impl Strategy<Value = Scale> {
    prop_oneof![Just(Scale::Ratio), Just(Scale::Difference)]
}

fn swapped(pairs: &[Pair]) -> Vec<Pair> {
    pairs.iter().map(|p| Pair { a: p.b, b: p.a }).collect()
}

fn scaled(pairs: &[Pair], by: f64) -> Vec<Pair> {
    let times = |o| if let Outcome::Value(x) = o { Outcome::Value(x * by) } else { o };
    pairs.iter().map(|p| Pair { a: times(p.a), b: times(p.b) }).collect()
}

fn mirrored(relation: Relation) -> Relation {
    match relation {
        Relation::Below => Relation::Above,
        Relation::Above => Relation::Below,
        same => same,
    }
}

fn negated(interval: Interval) -> Interval {
    Interval { low: interval.high.map(|x| -x), high: interval.low.map(|x| -x) }
}

fn near(x: Option<f64>, y: Option<f64>) -> bool {
    match (x, y) {
        (Some(x), Some(y)) => x == y || (x - y).abs() <= 1e-12 * x.abs().max(y.abs()),
        (x, y) => x == y,
    }
}

/// An infinite end turns into the zero of the mirrored ratio, where 0 stands for "unbounded".
fn reciprocal(x: Option<f64>) -> Option<f64> {
    x.filter(|x| x.is_finite()).map(f64::recip)
}

fn sequence_of(ds: &[f64]) -> ConfidenceSequence {
    let mut sequence = ConfidenceSequence::new(ALPHA);
    ds.iter().for_each(|&d| sequence.push(d));
    sequence
}

fn assert_mirrored(one: &Estimate, other: &Estimate) -> Result<(), TestCaseError> {
    let e_values = |estimate: &Estimate| estimate.e_values.expect("an anytime estimate has them");
    let (e, f) = (e_values(one), e_values(other));
    prop_assert_eq!((e.ln_below, e.ln_above, e.ln_inside), (f.ln_above, f.ln_below, f.ln_inside));
    prop_assert_eq!(negated(one.difference_interval), other.difference_interval);
    prop_assert_eq!(one.difference.map(|d| -d), other.difference);
    prop_assert_eq!((one.a, one.b), (other.b, other.a));
    prop_assert_eq!((one.timed_out.a, one.timed_out.b), (other.timed_out.b, other.timed_out.a));
    let crashed = one.voids.crashed;
    prop_assert_eq!(PerSide { a: crashed.b, b: crashed.a }, other.voids.crashed);
    prop_assert_eq!(one.voids.ln_e(), other.voids.ln_e());
    if let Relation::Changed { .. } = one.relation {
        prop_assert_eq!(discriminant(&one.relation), discriminant(&other.relation));
    } else {
        prop_assert_eq!(mirrored(one.relation), other.relation);
    }
    Ok(())
}

proptest! {
    #![proptest_config(fixed_seed())]

    #[test]
    fn swapping_the_sides_mirrors_everything(pairs in pairs(), margin in margin(), scale in scale()) {
        let one = judge_pairs(&pairs, margin, scale);
        let other = judge_pairs(&swapped(&pairs), margin, scale);
        assert_mirrored(&one, &other)?;
        if scale == Scale::Ratio {
            prop_assert!(near(one.ratio.map(f64::recip), other.ratio));
            prop_assert!(near(reciprocal(one.interval.low), other.interval.high.filter(|x| *x > 0.0)));
            prop_assert!(near(reciprocal(one.interval.high), other.interval.low.filter(|x| x.is_finite())));
        }
    }

    #[test]
    fn ratios_do_not_depend_on_the_unit(pairs in pairs(), factor in 1.001..3.0_f64, by in 1e-6..1e9_f64) {
        let margin = Margin::new(factor, 0.0).unwrap();
        let (one, other) = (judge_pairs(&pairs, margin, Scale::Ratio),
            judge_pairs(&scaled(&pairs, by), margin, Scale::Ratio));
        prop_assert_eq!(discriminant(&one.relation), discriminant(&other.relation));
        prop_assert_eq!(one.e_values, other.e_values);
        prop_assert!(near(one.ratio, other.ratio) && near(one.interval.low, other.interval.low));
        prop_assert!(near(one.interval.high, other.interval.high));
    }

    #[test]
    fn a_wider_margin_keeps_inside_and_a_narrower_one_keeps_beyond(
        pairs in pairs(), narrow in margin(), more in 1.0..2.0_f64, higher in 0.0..2.0_f64, scale in scale()
    ) {
        let wide = Margin::new(narrow.factor() * more, narrow.floor() + higher).unwrap();
        let (by_narrow, by_wide) = (judge_pairs(&pairs, narrow, scale).relation,
            judge_pairs(&pairs, wide, scale).relation);
        if by_narrow == Relation::Inside {
            prop_assert_eq!(by_wide, Relation::Inside);
        }
        if matches!(by_wide, Relation::Above | Relation::Below) {
            prop_assert_eq!(by_narrow, by_wide);
        }
    }

    #[test]
    fn the_interval_only_shrinks(ds in prop::collection::vec(-20_i32..20, 0..150)) {
        let mut sequence = ConfidenceSequence::new(ALPHA);
        let mut before = Some(Interval::UNBOUNDED);
        for d in ds {
            sequence.push(f64::from(d));
            let now = sequence.interval();
            if let Some(now) = now {
                let before = before.expect("an empty interval stays empty");
                prop_assert!(before.low.is_none() || now.low >= before.low);
                prop_assert!(before.high.is_none_or(|high| now.high.is_some_and(|now| now <= high)));
            }
            before = now;
        }
    }

    #[test]
    fn an_end_passes_a_bound_exactly_when_its_e_value_once_did(
        ds in prop::collection::vec(-6_i32..9, 0..100), bound in -4_i32..6
    ) {
        let ds: Vec<f64> = ds.into_iter().map(f64::from).collect();
        let bound = f64::from(bound);
        let threshold = -ALPHA.ln();
        let prefixes = || (1..=ds.len()).map(|n| sequence_of(&ds[..n]));
        let above = prefixes().any(|s| s.ln_e_above(bound) >= threshold);
        let below = prefixes().any(|s| s.ln_e_below(bound) >= threshold);
        let whole = sequence_of(&ds);
        if let Some(interval) = whole.interval() {
            prop_assert_eq!(above, interval.low.is_some_and(|low| low > bound));
            prop_assert_eq!(below, interval.high.is_some_and(|high| high < bound));
        }
    }

    #[test]
    fn enough_evidence_is_a_verdict(pairs in pairs(), margin in margin(), scale in scale()) {
        let estimate = judge_pairs(&pairs, margin, scale);
        let e = estimate.e_values.unwrap();
        if !estimate.warnings.contains(&Warning::DifferenceChanged) {
            for (ln_e, relation) in [
                (e.ln_below, Relation::Below),
                (e.ln_above, Relation::Above),
                (e.ln_inside, Relation::Inside),
            ] {
                prop_assert!(ln_e < -ALPHA.ln() || estimate.relation == relation);
            }
        }
    }

    #[test]
    fn without_a_margin_nothing_is_inside(pairs in pairs(), scale in scale()) {
        let estimate = judge_pairs(&pairs, Margin::NONE, scale);
        prop_assert_ne!(estimate.relation, Relation::Inside);
        prop_assert_ne!(estimate.relation, Relation::Differs);
        prop_assert_eq!(estimate.e_values.unwrap().ln_inside, f64::NEG_INFINITY);
    }

    #[test]
    fn every_pair_is_counted_once(pairs in pairs(), scale in scale()) {
        let estimate = judge_pairs(&pairs, Margin::NONE, scale);
        prop_assert_eq!(estimate.pairs + estimate.voids.pairs(), pairs.len());
    }

    #[test]
    fn a_declared_interval_holds_the_median(pairs in pairs(), n in 6_usize..40) {
        let estimate = stats::fixed::judge_pairs(&pairs, n, Margin::NONE, Scale::Difference);
        if let Some(median) = estimate.difference {
            prop_assert!(estimate.interval.low.is_none_or(|low| low <= median));
            prop_assert!(estimate.interval.high.is_none_or(|high| high >= median));
        }
    }
}
