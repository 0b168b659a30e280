//! A histogram as it came, read at the quantiles that are drawn or bounded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::Deserializer;

/// Steps of a curve for each factor of ten in rarity.
const STEPS: u32 = 24;

/// Times in microseconds.
pub(super) struct Curve(Histogram<u64>);

/// `None` for one that is empty or no histogram.
pub(super) fn read(encoded: &str) -> Option<Curve> {
    let bytes = STANDARD.decode(encoded).ok()?;
    let histogram: Histogram<u64> = Deserializer::new().deserialize(&mut bytes.as_slice()).ok()?;
    (!histogram.is_empty()).then_some(Curve(histogram))
}

impl Curve {
    /// The quantile in milliseconds.
    pub(super) fn at(&self, quantile: f64) -> f64 {
        self.0.value_at_quantile(quantile) as f64 / 1000.0
    }

    /// Quantiles that so many values can tell, with milliseconds: evenly apart in the logarithm of
    /// 1 / (1 - quantile), the largest value last.
    pub(super) fn points(&self) -> Vec<(f64, f64)> {
        let count = self.0.len() as f64;
        let last = (count.log10() * f64::from(STEPS)).floor() as u32;
        let rarity = |step: u32| 10_f64.powf(f64::from(step) / f64::from(STEPS));
        let inner = (0..=last).map(|step| 1.0 - rarity(step).recip());
        let end = 1.0 - count.recip();
        let mut points: Vec<(f64, f64)> =
            inner.filter(|quantile| *quantile < end).map(|q| (q, self.at(q))).collect();
        points.push((end, self.0.max() as f64 / 1000.0));
        points
    }
}
