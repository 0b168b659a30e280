//! Latency by quantile: across, how rare it is to wait longer, on a log axis
//! of 1 / (1 - quantile), so that each further nine has the same room; up, the
//! time on a log axis. Where the two curves part, requests waited before they
//! were sent.

use super::plane::{Plane, Scale};

/// Quantiles with their milliseconds.
pub(crate) struct LatencyPlot<'a> {
    pub(crate) response: &'a [(f64, f64)],
    pub(crate) service: &'a [(f64, f64)],
    /// Milliseconds that a search was bound to, and its name.
    pub(crate) bound: Option<(f64, &'a str)>,
    /// The plot in words, for those who do not see it.
    pub(crate) words: String,
}

/// Pixels.
const HEIGHT: f64 = 260.0;
/// The shortest time that is told apart from none, in milliseconds.
const SHORTEST: f64 = 0.001;
/// Places across that have a name.
const NAMED: [(f64, &str); 7] = [
    (0.5, "50 %"),
    (0.9, "90 %"),
    (0.99, "99 %"),
    (0.999, "99.9 %"),
    (0.9999, "99.99 %"),
    (0.99999, "99.999 %"),
    (0.999_999, "99.9999 %"),
];

fn rarity(quantile: f64) -> f64 {
    (1.0 - quantile).max(1e-9).recip()
}

impl LatencyPlot<'_> {
    /// The plot; `label` writes milliseconds. Nothing for fewer than two points.
    pub(crate) fn svg(&self, label: impl Fn(f64) -> String) -> Option<String> {
        let all = || self.response.iter().chain(self.service);
        if self.response.len() < 2 {
            return None;
        }
        let furthest = all().map(|(quantile, _)| rarity(*quantile)).fold(10.0, f64::max);
        let across = Scale { low: 1.0, high: furthest, log: true };
        let bound = self.bound.map(|(time, _)| time);
        let up = Scale::log_over(all().map(|(_, time)| time.max(SHORTEST)).chain(bound));
        let mut plane = Plane::new("latency", HEIGHT, across, up, &self.words);
        plane.rules(label);
        let near = |quantile: f64| rarity(quantile) <= furthest * 1.001;
        let named = NAMED.iter().filter(|(quantile, _)| near(*quantile));
        let places: Vec<(f64, String)> =
            named.map(|(quantile, name)| (rarity(*quantile), (*name).to_owned())).collect();
        plane.places(&places);
        if let Some((time, name)) = self.bound {
            plane.bound(time, name);
        }
        for (class, points) in [("service", self.service), ("response", self.response)] {
            let points = points.iter().map(|(quantile, time)| (rarity(*quantile), *time));
            plane.line(class, points);
        }
        Some(plane.svg())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_nine_has_the_same_room() {
        let points = [(0.0, 0.1), (0.9, 1.0), (0.99, 10.0), (0.999, 100.0)];
        let plot = LatencyPlot {
            response: &points,
            service: &points,
            bound: Some((20.0, "20 ms")),
            words: "a <b>".to_owned(),
        };
        let svg = plot.svg(|time| format!("{time} ms")).expect("a plot");
        for place in ["x=\"10.03%\"", "x=\"33.33%\"", "x=\"66.67%\"", "x=\"100.00%\""] {
            assert!(svg.contains(place), "{place}: {svg}");
        }
        assert!(svg.contains("a &lt;b&gt;") && svg.contains("20 ms</text>"));
    }

    #[test]
    fn a_single_answer_is_no_curve() {
        let plot = LatencyPlot {
            response: &[(0.0, 1.0)],
            service: &[],
            bound: None,
            words: String::new(),
        };
        assert_eq!(plot.svg(|_| String::new()), None);
    }
}
