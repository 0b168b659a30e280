//! The confidence sequence: order statistics, running intersection, change, drift.

use stats::{ALPHA, ConfidenceSequence, Interval};

fn sequence(ds: impl IntoIterator<Item = f64>) -> ConfidenceSequence {
    let mut sequence = ConfidenceSequence::new(ALPHA);
    ds.into_iter().for_each(|d| sequence.push(d));
    sequence
}

fn closed(low: f64, high: f64) -> Option<Interval> {
    Some(Interval { low: Some(low), high: Some(high) })
}

#[test]
fn is_unbounded_until_seven_values() {
    assert_eq!(sequence((1..=6).map(f64::from)).interval(), Some(Interval::UNBOUNDED));
    assert_eq!(sequence((1..=7).map(f64::from)).interval(), closed(1.0, 7.0));
}

#[test]
fn leaves_out_n_minus_kmin_values_at_each_end() {
    // kmin(12) = 11: one value at each end.
    let ds = [6.0, 7.0, 5.0, 8.0, 4.0, 9.0, 3.0, 10.0, 2.0, 11.0, 1.0, 12.0];
    assert_eq!(sequence(ds).interval(), closed(3.0, 9.0), "the intersection kept [3, 9] of n = 7");
    let ds = [1.0, 12.0, 2.0, 11.0, 3.0, 10.0, 4.0, 9.0, 5.0, 8.0, 6.0, 7.0];
    assert_eq!(sequence(ds).interval(), closed(2.0, 11.0));
}

#[test]
fn bears_time_outs_of_one_side() {
    let s = sequence([0.1, 0.2, f64::INFINITY, 0.1, f64::INFINITY, 0.3, 0.2, 0.1]);
    assert_eq!(s.interval(), Some(Interval { low: Some(0.1), high: None }));
    let always = sequence([f64::INFINITY; 8]);
    assert_eq!(always.interval(), Some(Interval { low: Some(f64::INFINITY), high: None }));
    assert!(!always.empty());
}

#[test]
fn median_between_opposite_time_outs_is_not_known() {
    assert_eq!(sequence([f64::NEG_INFINITY, f64::INFINITY]).median(), None);
    assert_eq!(sequence([]).median(), None);
    assert_eq!(sequence([1.0, 2.0, 4.0, 3.0]).median(), Some(2.5));
}

#[test]
fn a_change_empties_the_interval_for_good() {
    let mut s = sequence((0..20).map(|i| 0.1 + 0.001 * f64::from(i % 7)));
    assert!(!s.empty());
    (0..120).for_each(|i| s.push(0.5 + 0.001 * f64::from(i % 7)));
    assert!(s.empty());
    assert_eq!(s.interval(), None);
    let (first, last) = s.thirds();
    assert!(first.is_some_and(|m| m > 0.49) && last.is_some_and(|m| m > 0.49));
    (0..200).for_each(|i| s.push(0.1 + 0.001 * f64::from(i % 7)));
    assert!(s.empty(), "more pairs do not undo a change");
}

#[test]
fn thirds_are_taken_by_arrival() {
    assert_eq!(sequence([1.0, 1.0, 5.0, 9.0, 9.0]).thirds(), (Some(1.0), Some(9.0)));
}

#[test]
fn drift_is_the_late_median_outside_the_interval() {
    let steady = sequence((0..40).map(|i| f64::from(i % 10)));
    assert_eq!(steady.drift(), None);
    // Twenty early values pin the interval; the late ones sit above it, but are too few to empty it.
    let moved = sequence((0..20).map(|i| f64::from(i % 4)).chain((0..12).map(|_| 8.0)));
    assert!(!moved.empty());
    assert_eq!(moved.drift(), Some(8.0));
}

#[test]
fn one_sided_e_values_count_strictly() {
    let s = sequence([0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    assert_eq!(s.ln_e_above(0.0), stats::sign::ln_e(10, 7));
    assert_eq!(s.ln_e_above(1.0), f64::NEG_INFINITY);
    assert_eq!(s.ln_e_below(1.0), f64::NEG_INFINITY, "three of ten are below 1");
    assert_eq!(s.ln_e_below(1.1), stats::sign::ln_e(10, 10));
}
