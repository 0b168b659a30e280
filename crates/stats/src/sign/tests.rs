use super::{kmin, ln_e, next_kmin};

#[test]
fn kmin_follows_from_its_predecessor() {
    let mut previous = None;
    for n in 1..=3000 {
        previous = next_kmin(previous, n, 0.05);
        assert_eq!(previous, kmin(n, 0.05), "n = {n}");
    }
}

#[test]
fn e_values_agree_with_the_product_of_predictions() {
    // The mixture predicts the next sign with (k+½)/(n+1): a second way to the same number.
    let mut ln_product = 0.0;
    for n in 0..2000_usize {
        let k = n * 3 / 5;
        let hit = (n + 1) * 3 / 5 > k;
        let (count, of) = (if hit { k } else { n - k } as f64, n as f64);
        ln_product += (2.0 * (count + 0.5) / (of + 1.0)).ln();
        let closed = ln_e(n + 1, (n + 1) * 3 / 5);
        assert!((closed - ln_product).abs() < 1e-9, "n = {n}: {closed} and {ln_product}");
    }
}
