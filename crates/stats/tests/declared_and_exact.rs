//! The smaller tools: a declared number of pairs, exact quantities, e-BH, mean, resolution, proportions.

use stats::{
    Interval, Margin, Method, Outcome, Pair, Projection, Relation, Scale, Warning, binomial, exact,
    fixed, mean, multiplicity, percentile, proportion, resolution,
};

fn pairs(b: impl IntoIterator<Item = f64>) -> Vec<Pair> {
    b.into_iter().map(|b| Pair { a: Outcome::Value(1.0), b: Outcome::Value(b) }).collect()
}

#[test]
fn declared_numbers_have_their_published_ranks_and_levels() {
    for (n, c, level) in [(6, 0, 96.9), (8, 0, 99.2), (10, 1, 97.9), (12, 2, 96.1)] {
        let rank = fixed::rank(n).unwrap();
        assert_eq!(rank.c, c, "n = {n}");
        assert!((rank.level * 100.0 - level).abs() < 0.05, "n = {n}: {}", rank.level);
    }
    assert_eq!(fixed::rank(5), None);
    let ds: Vec<f64> = (1..=10).map(f64::from).collect();
    let (interval, level) = fixed::interval(&ds, 10).unwrap();
    assert_eq!(interval, Interval { low: Some(2.0), high: Some(9.0) });
    assert!((level - 0.978_515_625).abs() < 1e-12);
    assert_eq!(fixed::interval(&ds[..9], 10), None);
}

#[test]
fn a_declared_number_says_nothing_before_it_is_reached() {
    let margin = Margin::new(1.1, 0.0).unwrap();
    let mut run = pairs([2.0, 2.1, 1.9, 2.0, 2.2]);
    let early = fixed::judge_pairs(&run, 6, margin, Scale::Ratio);
    assert_eq!(early.relation, Relation::Inconclusive { projected: Projection::Pairs(6) });
    run.push(Pair { a: Outcome::Crashed, b: Outcome::Value(2.0) });
    assert_eq!(fixed::judge_pairs(&run, 6, margin, Scale::Ratio).relation, early.relation);
    run.extend(pairs([2.0]));
    let done = fixed::judge_pairs(&run, 6, margin, Scale::Ratio);
    assert_eq!((done.relation, done.method), (Relation::Above, Method::Declared { pairs: 6 }));
    assert_eq!(done.level, 0.96875);
    assert_eq!(done.e_values, None);
}

#[test]
fn pairs_past_the_declared_number_do_not_count() {
    let run = pairs([2.0, 2.1, 1.9, 2.0, 2.2, 2.0, 0.1, 0.1]);
    let estimate = fixed::judge_pairs(&run, 6, Margin::NONE, Scale::Ratio);
    assert_eq!(estimate.relation, Relation::Above);
    assert_eq!(estimate.warnings, [Warning::MoreThanDeclared { ignored: 2 }]);
}

#[test]
fn a_declared_number_below_six_will_not_resolve() {
    let estimate = fixed::judge_pairs(&pairs([2.0; 5]), 5, Margin::NONE, Scale::Ratio);
    assert_eq!(estimate.relation, Relation::Inconclusive { projected: Projection::WillNotResolve });
}

#[test]
fn exact_quantities_are_compared_with_factor_and_floor() {
    let relation = |a, b, factor, floor| {
        exact::compare(a, b, Margin::new(factor, floor).unwrap(), Scale::Ratio).relation
    };
    let mib = 1_048_576.0;
    assert_eq!(relation(10.0 * mib, 20.0 * mib, 1.25, 5.0 * mib), Relation::Above);
    assert_eq!(relation(20.0 * mib, 10.0 * mib, 1.25, 5.0 * mib), Relation::Below);
    assert_eq!(relation(1.0 * mib, 2.0 * mib, 1.25, 5.0 * mib), Relation::Inside);
    assert_eq!(relation(100.0 * mib, 110.0 * mib, 1.25, 5.0 * mib), Relation::Inside);
    assert_eq!(relation(7.0, 7.0, 1.0, 0.0), Relation::Inside);
    assert_eq!(relation(7.0, 8.0, 1.0, 0.0), Relation::Above);
    assert_eq!(relation(0.0, 11.0, 1.25, 10.0), Relation::Above);
    let counted = exact::compare(0.0, 9.0, Margin::new(1.0, 10.0).unwrap(), Scale::Difference);
    assert_eq!(counted.relation, Relation::Inside);
    assert_eq!(counted.interval, Interval { low: Some(9.0), high: Some(9.0) });
}

#[test]
fn e_bh_accepts_the_largest_set_whose_members_all_suffice() {
    let ln = |es: &[f64]| es.iter().map(|e| e.ln()).collect::<Vec<_>>();
    assert_eq!(multiplicity::e_bh(&ln(&[100.0, 1.0]), 0.05), [true, false]);
    assert_eq!(multiplicity::e_bh(&ln(&[39.0, 1.0]), 0.05), [false, false]);
    assert_eq!(multiplicity::e_bh(&ln(&[21.0, 20.5]), 0.05), [true, true]);
    assert_eq!(multiplicity::e_bh(&ln(&[0.0, 30.0, 31.0, 0.0]), 0.05), [false; 4]);
    assert_eq!(multiplicity::e_bh(&[f64::NAN, f64::INFINITY], 0.05), [false, true]);
    assert_eq!(multiplicity::e_bh(&[], 0.05), Vec::<bool>::new());
}

#[test]
fn false_alarms_allowed_among_comparisons_of_a_side_with_itself() {
    for (comparisons, allowed) in [(20, 5), (40, 7), (120, 14)] {
        assert_eq!(binomial::quantile(0.999, comparisons, 0.05), allowed, "K = {comparisons}");
    }
}

#[test]
fn wilson_gives_the_textbook_interval() {
    let close = |got: (f64, f64), low: f64, high: f64| {
        assert!((got.0 - low).abs() < 5e-5 && (got.1 - high).abs() < 5e-5, "{got:?}");
    };
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
    close(proportion::wilson(81, 263, 0.95), 0.2553, 0.3662);
    close(proportion::wilson(15, 148, 0.95), 0.0624, 0.1605);
    close(proportion::wilson(0, 20, 0.95), 0.0, 0.1611);
    close(proportion::wilson(1, 29, 0.95), 0.0061, 0.1718);
    assert_eq!(proportion::wilson(0, 0, 0.95), (0.0, 1.0));
}

#[test]
fn percentiles_interpolate_and_bear_infinity() {
    let values = [4.0, 1.0, 3.0, 2.0];
    assert_eq!(percentile::percentile(&values, 0.5), Some(2.5));
    assert!((percentile::percentile(&values, 0.05).unwrap() - 1.15).abs() < 1e-12);
    assert_eq!(percentile::percentile(&[1.0, f64::INFINITY], 0.5), Some(f64::INFINITY));
    assert_eq!(percentile::percentile(&[], 0.5), None);
}

#[test]
fn the_mean_has_an_interval_of_the_published_width() {
    // n = 100, sd 1: rho² = (5.9915 + ln 6.9915)/100 = .079361; reach √(2·8.9361/793.61 · ln(2.98933/.05)).
    let ds: Vec<f64> = (0..100).map(|i| if i % 2 == 0 { 6.0 } else { 4.0 }).collect();
    let mean = mean::asymptotic(&ds, 0.05).unwrap();
    assert_eq!((mean.mean, mean.n), (5.0, 100));
    assert!((mean.high - 5.0 - 0.303_476).abs() < 1e-3, "{mean:?}");
    assert_eq!(mean::asymptotic(&ds[..29], 0.05), None);
    assert_eq!(mean::asymptotic(&[f64::INFINITY; 40], 0.05), None);
}

#[test]
fn resolution_is_the_half_width_the_budget_will_reach() {
    // Evenly spread over ±.1: order statistics lie on straight lines, so the width is known.
    let pilot: Vec<f64> = (0..=200).map(|i| f64::from(i - 100) / 1000.0).collect();
    let ln = |n| resolution(&pilot, n).unwrap().ln() / 1.1_f64.sqrt();
    // n = 100: c = 33, u = 1 − 68/101; n = 8: c = 0, u = 1 − 2/9.
    assert!((ln(100) - 0.1 * (1.0 - 68.0 / 101.0)).abs() < 1e-3, "{}", ln(100));
    assert!((ln(8) - 0.1 * (1.0 - 2.0 / 9.0)).abs() < 1e-3, "{}", ln(8));
    assert!(ln(400) < ln(100) && ln(100) < ln(20));
    assert_eq!(resolution(&pilot, 6), None);
    assert_eq!(resolution(&pilot[..4], 100), None);
}
