use super::*;

/// Critical values of U at .05, two-sided, as printed in textbooks (Siegel, *Nonparametric Statistics*,
/// 1956, table K).
#[test]
fn leaves_out_as_many_as_the_published_table() {
    for (n_a, n_b, c) in [(5, 5, 2), (5, 9, 7), (5, 10, 8), (8, 8, 13), (10, 10, 23), (20, 20, 127)]
    {
        assert_eq!(rank(n_a, n_b).unwrap().c, c, "{n_a} and {n_b}");
        assert_eq!(rank(n_b, n_a), rank(n_a, n_b));
    }
    // 4 of the 252 arrangements have U ≤ 2.
    assert!((rank(5, 5).unwrap().level - (1.0 - 8.0 / 252.0)).abs() < 1e-12);
    assert_eq!(rank(3, 3), None);
}

#[test]
fn every_arrangement_is_counted_once() {
    for (few, many) in [(1, 1), (3, 4), (5, 6), (7, 30)] {
        let mut counts = with_statistic(few, many);
        let mirrored = counts.len() - usize::from(few * many % 2 == 0);
        let half: i128 = counts[..mirrored].iter().sum();
        let middle = counts.split_off(mirrored).into_iter().sum::<i128>();
        assert_eq!(Some(2 * half + middle), arrangements(few, many), "{few} and {many}");
    }
}

#[test]
fn the_approximation_agrees_where_both_can_be_had() {
    for (few, many) in [(5, 2000), (20, 200), (40, 80), (60, 60)] {
        let all = arrangements(few, many).unwrap();
        let (exact, near) =
            (counted(few, many, all).unwrap(), approximate(few as f64, many as f64).unwrap());
        let apart = exact.c.abs_diff(near.c) as f64 / (few * many) as f64;
        assert!(apart < 0.005 && (exact.level - near.level).abs() < 0.005, "{exact:?}, {near:?}");
    }
}

#[test]
fn large_samples_are_approximated() {
    assert_eq!(arrangements(500, 500), None);
    let rank = rank(500, 500).unwrap();
    assert!(rank.c > 110_000 && (rank.level - 0.95).abs() < 1e-4, "{rank:?}");
}
