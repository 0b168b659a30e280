//! A plane with two scales: rules and labels of both, lines and bars on it.
//! Labels of the scale at the left stand outside, in the room that the style
//! sheet leaves beside a figure.
//!
//! Across, places are percent of the width; the height is fixed.

use std::fmt::Write as _;

use crate::markup::escaped;

/// Pixels above the highest place.
const TOP: f64 = 6.0;
/// Pixels below the lowest, for the labels across.
const BOTTOM: f64 = 20.0;
/// What a line's own coordinates reach to, before they are stretched to the width.
const ACROSS: f64 = 1000.0;
/// Labels that fit the height.
const MOST_TICKS: f64 = 5.0;

/// One direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Equal factors are equally far apart.
    pub(crate) log: bool,
}

impl Scale {
    /// From nothing up to these values.
    pub(crate) fn from_zero(values: impl Iterator<Item = f64>) -> Self {
        let high = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
        Self { low: 0.0, high: if high > 0.0 { high * 1.05 } else { 1.0 }, log: false }
    }

    /// Over these values, from a step of 1, 2 or 5 to another.
    pub(crate) fn log_over(values: impl Iterator<Item = f64>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for value in values.filter(|value| value.is_finite() && *value > 0.0) {
            (low, high) = (low.min(value), high.max(value));
        }
        if low > high {
            (low, high) = (1.0, 10.0);
        }
        let steps = || (-9..=9).flat_map(|power| [1.0, 2.0, 5.0].map(|s| s * 10_f64.powi(power)));
        let below = steps().rfind(|step| *step <= low).unwrap_or(low);
        let above = steps().find(|step| *step >= high && *step > below).unwrap_or(high * 2.0);
        Self { low: below, high: above, log: true }
    }

    /// From 0 to 1.
    pub(crate) fn share(self, value: f64) -> f64 {
        let share = if self.log {
            (value.max(f64::MIN_POSITIVE) / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        share.clamp(0.0, 1.0)
    }

    /// Round values on it, as many as can be read.
    pub(crate) fn ticks(self) -> Vec<f64> {
        if self.log { self.log_ticks() } else { self.even_ticks() }
    }

    fn log_ticks(self) -> Vec<f64> {
        let within = |steps: &[f64]| -> Vec<f64> {
            let decades = (-9..=9).map(|power| 10_f64.powi(power));
            let all = decades.flat_map(|decade| steps.iter().map(move |step| step * decade));
            let edge = |value: f64| value * 1.000_001;
            all.filter(|tick| edge(*tick) >= self.low && *tick <= edge(self.high)).collect()
        };
        let sets = [within(&[1.0, 2.0, 5.0]), within(&[1.0])];
        let [fine, coarse] = sets;
        if fine.len() as f64 <= MOST_TICKS + 1.0 { fine } else { coarse }
    }

    fn even_ticks(self) -> Vec<f64> {
        let span = self.high - self.low;
        let decade = 10_f64.powf(span.log10().floor() - 1.0);
        let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0].map(|step| step * decade);
        let Some(step) = steps.into_iter().find(|step| span / step <= MOST_TICKS) else {
            return Vec::new();
        };
        let (first, last) = ((self.low / step).ceil() as i64, (self.high / step).floor() as i64);
        (first..=last).map(|index| index as f64 * step).collect()
    }
}

/// What is drawn so far.
pub(crate) struct Plane {
    across: Scale,
    up: Scale,
    height: f64,
    svg: String,
}

impl Plane {
    /// An empty one of so many pixels; `words` for those who do not see it.
    pub(crate) fn new(class: &str, height: f64, across: Scale, up: Scale, words: &str) -> Self {
        let svg = format!(
            "<svg class=\"plane {class}\" width=\"100%\" height=\"{height}\" role=\"img\" \
             aria-label=\"{}\">",
            escaped(words)
        );
        Self { across, up, height, svg }
    }

    pub(crate) fn svg(self) -> String {
        self.svg + "</svg>"
    }

    fn x(&self, value: f64) -> f64 {
        self.across.share(value) * 100.0
    }

    fn y(&self, value: f64) -> f64 {
        self.floor() - self.up.share(value) * (self.floor() - TOP)
    }

    fn floor(&self) -> f64 {
        self.height - BOTTOM
    }

    /// A rule a round value of the scale at the left, and its label.
    pub(crate) fn rules(&mut self, label: impl Fn(f64) -> String) {
        for tick in self.up.ticks() {
            let y = self.y(tick);
            let _ = write!(
                self.svg,
                "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text x=\"0\" dx=\"-6\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                y + 3.5,
                escaped(&label(tick))
            );
        }
    }

    /// A tick and its label for each place across.
    pub(crate) fn places(&mut self, places: &[(f64, String)]) {
        let (floor, height) = (self.floor(), self.height);
        for (value, label) in places {
            let x = self.x(*value);
            let _ = write!(
                self.svg,
                "<line class=\"grid\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"{TOP}\" y2=\"{:.1}\"/>\
                 <text x=\"{x:.2}%\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                floor + 4.0,
                height - 4.0,
                escaped(label)
            );
        }
    }

    /// Across at a value, with a name at its right end.
    pub(crate) fn bound(&mut self, value: f64, name: &str) {
        let y = self.y(value);
        let _ = write!(
            self.svg,
            "<line class=\"bound\" x1=\"0\" x2=\"100%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text x=\"100%\" dx=\"-4\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            y + 12.0,
            escaped(name)
        );
    }

    /// A dot with a letter beside it.
    pub(crate) fn dot(&mut self, class: &str, (across, up): (f64, f64), key: &str) {
        let (x, y) = (self.x(across), self.y(up));
        let _ = write!(
            self.svg,
            "<circle class=\"{class}\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"4\"/>\
             <text class=\"key\" x=\"{x:.2}%\" dx=\"7\" y=\"{:.1}\">{}</text>",
            y - 5.0,
            escaped(key)
        );
    }

    /// From point to point.
    pub(crate) fn line(&mut self, class: &str, points: impl Iterator<Item = (f64, f64)>) {
        self.stretched();
        let _ = write!(
            self.svg,
            "<polyline class=\"{class}\" vector-effect=\"non-scaling-stroke\" points=\""
        );
        for (across, up) in points {
            let (x, y) = (self.across.share(across) * ACROSS, self.y(up));
            let _ = write!(self.svg, "{x:.1},{y:.1} ");
        }
        self.svg.push_str("\"/></svg>");
    }

    /// A bar from one value to another for each, from place to place.
    pub(crate) fn bars(
        &mut self,
        class: &str,
        bars: impl Iterator<Item = ((f64, f64), (f64, f64))>,
    ) {
        self.stretched();
        for ((left, right), (low, high)) in bars.filter(|(_, (low, high))| high > low) {
            let (x, end) = (self.across.share(left) * ACROSS, self.across.share(right) * ACROSS);
            let (top, bottom) = (self.y(high), self.y(low));
            let _ = write!(
                self.svg,
                "<rect class=\"{class}\" x=\"{x:.1}\" width=\"{:.1}\" y=\"{top:.1}\" height=\"{:.1}\"/>",
                end - x,
                (bottom - top).max(1.0)
            );
        }
        self.svg.push_str("</svg>");
    }

    /// Begins a part whose own width is stretched to the plane's.
    fn stretched(&mut self) {
        let height = self.height;
        let _ = write!(
            self.svg,
            "<svg width=\"100%\" height=\"{height}\" viewBox=\"0 0 {ACROSS} {height}\" \
             preserveAspectRatio=\"none\">"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_round_and_on_the_scale() {
        for (low, high) in [(0.05, 0.3), (0.2, 40.0), (0.01, 9000.0), (3.0, 3.0), (80.0, 99.0)] {
            let scale = Scale::log_over([low, high].into_iter());
            let ticks = scale.ticks();
            assert!((2..=8).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
            assert!(scale.low <= low && high <= scale.high, "{scale:?}");
        }
        for high in [0.3, 1.0, 17.0, 2100.0, 5e8] {
            let ticks = Scale::from_zero([high].into_iter()).ticks();
            assert!((3..=7).contains(&ticks.len()), "{high}: {ticks:?}");
        }
    }

    #[test]
    fn nothing_to_show_is_still_a_scale() {
        assert!(Scale::log_over(std::iter::empty()).share(3.0) > 0.0);
        assert_eq!(Scale::from_zero([f64::NAN].into_iter()).high, 1.0);
    }

    #[test]
    fn what_lies_beyond_stays_on_the_plane() {
        let scale = Scale { low: 1.0, high: 100.0, log: true };
        assert_eq!((scale.share(0.0), scale.share(10.0), scale.share(1e9)), (0.0, 0.5, 1.0));
    }
}
