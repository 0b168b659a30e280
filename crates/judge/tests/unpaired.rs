//! Values that others measured, one side after the other.

use judge::{AnswersVerdict, Apart, CompareJudgement, MetricJudged, MetricVerdict, unpaired};
use model::contract::Better;
use model::{Margin, Metric, SideName};

fn side(name: &str) -> SideName {
    name.parse().expect("a side")
}

fn wall(below: &[f64], above: &[f64]) -> Apart {
    Apart {
        metric: Metric::Wall,
        unit_label: None,
        better: Better::Less,
        case: None,
        denominator: side("old"),
        below: below.to_vec(),
        numerator: side("new"),
        above: above.to_vec(),
        margin: Metric::Wall.comparison_margin(),
        primary: true,
        warnings: Vec::new(),
    }
}

/// `n` values around `middle`, a twentieth of a percent apart.
fn around(middle: f64, n: u32) -> Vec<f64> {
    (0..n).map(|i| middle * (1.0 + 0.0005 * (f64::from(i) - f64::from(n) / 2.0))).collect()
}

fn only(rows: &[Apart]) -> (CompareJudgement, MetricJudged) {
    let judgement = unpaired(rows, Vec::new());
    let row = judgement.metrics[0].clone();
    (judgement, row)
}

#[test]
fn a_side_that_takes_half_as_long_is_below() {
    let (_, row) = only(&[wall(&around(0.2, 10), &around(0.1, 10))]);
    assert_eq!(row.verdict, MetricVerdict::Below);
    let ratio = row.ratio.expect("a ratio");
    assert!((ratio - 0.5).abs() < 1e-6, "{ratio}");
    assert!(row.low.expect("an end") < ratio && ratio < row.high.expect("an end"));
    assert!(row.level.is_some_and(|level| (0.95..1.0).contains(&level)));
    assert_eq!((row.pairs, row.more_pairs, row.why.as_str()), (10, None, ""));
    assert!((row.values[&side("old")] - 0.2).abs() < 0.001);
    assert!((row.values[&side("new")] - 0.1).abs() < 0.001);
    assert!(row.pairs_seen.is_empty() && row.by_position.is_empty());
}

#[test]
fn the_same_values_are_no_difference_that_matters() {
    let (_, row) = only(&[wall(&around(0.2, 10), &around(0.2, 10))]);
    assert_eq!(row.verdict, MetricVerdict::Within);
}

#[test]
fn less_than_a_millisecond_does_not_matter() {
    let (_, row) = only(&[wall(&around(0.0010, 10), &around(0.0015, 10))]);
    assert_eq!(row.verdict, MetricVerdict::Within);
}

#[test]
fn few_runs_settle_nothing_however_far_apart() {
    let (_, row) = only(&[wall(&around(9.0, 4), &around(1.0, 50))]);
    assert_eq!(row.verdict, MetricVerdict::Inconclusive);
    assert_eq!((row.low, row.high), (None, None));
    assert_eq!(row.why, "4 values of old and 50 of new, an interval takes 5 each");
}

#[test]
fn what_is_undecided_says_how_many_more_runs_it_takes() {
    let wide =
        |middle: f64| (0..10).map(|i| middle * (0.8 + 0.04 * f64::from(i))).collect::<Vec<_>>();
    let (_, row) = only(&[wall(&wide(0.2), &wide(0.215))]);
    assert_eq!(row.verdict, MetricVerdict::Inconclusive);
    assert!(
        row.why.starts_with("about ") && row.why.ends_with(" more runs of each side"),
        "{}",
        row.why
    );
    assert_eq!(row.more_pairs, None, "runs apart are no pairs");
}

#[test]
fn counts_that_are_all_zero_are_the_same() {
    let allocations = Apart {
        metric: Metric::Own("allocs-op".parse().expect("a name")),
        unit_label: Some("allocs/op".to_owned()),
        margin: Margin { factor: 1.02, floor: 0.0 },
        ..wall(&[0.0; 6], &[0.0; 6])
    };
    assert_eq!(only(std::slice::from_ref(&allocations)).1.verdict, MetricVerdict::Within);
    let more = Apart { above: vec![1.0; 6], ..allocations };
    let (_, row) = only(&[more]);
    assert_eq!(row.verdict, MetricVerdict::Above);
    assert_eq!((row.ratio, row.difference), (None, Some(1.0)));
}

#[test]
fn values_that_measure_nothing_are_left_out_and_told() {
    let mut odd = around(0.2, 8);
    odd.extend([f64::NAN, -1.0, f64::INFINITY]);
    let (_, row) = only(&[wall(&odd, &around(0.2, 8))]);
    assert_eq!(row.pairs, 8);
    assert_eq!(row.warnings, ["3 values of old left out: no measure is negative or infinite"]);
}

#[test]
fn no_values_at_all_are_inconclusive() {
    let (_, row) = only(&[wall(&[], &[])]);
    assert_eq!(row.verdict, MetricVerdict::Inconclusive);
    assert!(row.values.is_empty() && row.spread.is_empty());
}

#[test]
fn numbers_are_told_though_answers_are_unknown() {
    let (judgement, _) = only(&[wall(&around(0.2, 10), &around(0.1, 10))]);
    assert_eq!(judgement.answers.verdict, AnswersVerdict::NotComparable);
    assert_eq!(judgement.withheld, None);
    assert_eq!(
        judgement.remarks,
        [
            "unpaired: runs of each side were not interleaved, so drift and load are in the \
             difference",
            "answers and side effects were not compared: there are only numbers",
        ]
    );
}

#[test]
fn what_the_comparison_is_about_comes_first() {
    let rows = [Apart { primary: false, ..wall(&[], &[]) }, wall(&around(0.2, 9), &around(0.2, 9))];
    let judged = unpaired(&rows, vec!["a remark".to_owned()]);
    assert_eq!(judged.metrics.iter().map(|row| row.primary).collect::<Vec<_>>(), [true, false]);
    assert_eq!(judged.remarks.last().map(String::as_str), Some("a remark"));
}

#[test]
fn of_many_rows_some_are_off_by_chance() {
    let rows = vec![wall(&around(0.2, 9), &around(0.2, 9)); 10];
    assert!(unpaired(&rows, Vec::new()).remarks[2].starts_with("each of the 10 rows"));
    assert_eq!(unpaired(&rows[..9], Vec::new()).remarks.len(), 2);
}
