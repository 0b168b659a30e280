//! Medians and percentiles of values that may be infinite: a run past its deadline is +∞.

/// The `p`-th quantile (`p` in 0..=1) by linear interpolation between order statistics (Hyndman and Fan's
/// type 7, the default of R and NumPy).
///
/// `None` for no values, and where the interpolation would lie between −∞ and +∞.
pub fn percentile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    of_sorted(&sorted, p)
}

/// The median: the middle value, or the mean of the two middle values. `None` as for [`percentile`].
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    median_of_sorted(&sorted)
}

pub(crate) fn median_of_sorted(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = if sorted.len() % 2 == 1 { upper } else { sorted[sorted.len() / 2 - 1] };
    // Halved first and added: exact under a change of all signs, and without overflow.
    let middle = if lower == upper { upper } else { lower / 2.0 + upper / 2.0 };
    (!middle.is_nan()).then_some(middle)
}

fn of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let (lower, upper) = (sorted[below], sorted[(below + 1).min(last)]);
    let share = position - below as f64;
    if share == 0.0 || lower == upper {
        return Some(lower);
    }
    let value = lower * (1.0 - share) + upper * share;
    (!value.is_nan()).then_some(value)
}
