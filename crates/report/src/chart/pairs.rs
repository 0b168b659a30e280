//! The pairs of a run in the order they were measured: a dot a pair, the
//! median of those around it as a line, the interval of all and the margin as
//! bands. Drift is a slope of the line, an outlier a dot by itself; what lies
//! beyond the edge is a triangle there, so that one wild pair does not flatten
//! all others.
//!
//! Across, places are percent of the width; the height is fixed.

use std::fmt::Write as _;

use crate::markup::escaped;

/// What one plot shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PairsPlot {
    /// Ratios or differences, in the order of the blocks.
    pub(crate) pairs: Vec<f64>,
    /// Whether they are ratios, which stand on a log axis.
    pub(crate) ratios: bool,
    pub(crate) middle: f64,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Ends of the margin around no difference.
    pub(crate) margin: (f64, f64),
    /// Which side it favours, as a class of the style sheet.
    pub(crate) class: &'static str,
    /// The plot in words, for those who do not see it.
    pub(crate) words: String,
}

/// Pixels.
const HEIGHT: f64 = 150.0;
/// Pixels above and below the outermost places.
const EDGE: f64 = 8.0;
/// Percent at the left, for the labels of the scale.
const GUTTER: f64 = 13.0;
/// Percent at the right.
const RIGHT: f64 = 2.0;
/// More dots than this could not be told apart.
const MOST_DOTS: usize = 600;
/// Labels that fit the height.
const MOST_TICKS: usize = 5;
/// The part of the pairs, at either end, that may lie beyond the edge.
const TAIL: f64 = 0.02;

/// The margin is shown if it makes the plot at most this many times as wide.
const FURTHEST: f64 = 4.0;

/// Up and down.
#[derive(Debug, Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
    log: bool,
}

impl Scale {
    fn place(self, value: f64) -> f64 {
        let share = if self.log {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        EDGE + (1.0 - share.clamp(0.0, 1.0)) * (HEIGHT - 2.0 * EDGE)
    }

    /// Round values within, as many as can be read.
    fn ticks(self) -> Vec<f64> {
        let span = self.high - self.low;
        let decade = 10_f64.powf(span.log10().floor() - 1.0);
        let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0].map(|step| step * decade);
        let of = |step: f64| -> Vec<f64> {
            let first = (self.low / step).ceil() as i64;
            let last = (self.high / step).floor() as i64;
            (first..=last).map(|index| index as f64 * step).collect()
        };
        let fitting = steps.into_iter().find(|step| span / step <= MOST_TICKS as f64);
        fitting.map(of).unwrap_or_default()
    }
}

impl PairsPlot {
    /// Wide enough for nearly all pairs and the interval, and for the margin
    /// where it is not so far away that the pairs would be a flat line.
    fn scale(&self) -> Scale {
        let mut sorted: Vec<f64> = self.usable().map(|(_, pair)| pair).collect();
        sorted.sort_by(f64::total_cmp);
        let tail = (sorted.len() as f64 * TAIL).floor() as usize;
        let inner = sorted.get(tail..sorted.len() - tail).unwrap_or_default();
        let ends = [Some(self.middle), self.low, self.high];
        let shown = inner.iter().copied().chain(ends.into_iter().flatten());
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in shown.filter(|value| self.can_be_shown(*value)) {
            (low, high) = (low.min(value), high.max(value));
        }
        let length = |low: f64, high: f64| if self.ratios { (high / low).ln() } else { high - low };
        let most = FURTHEST * length(low, high);
        for end in [self.margin.0, self.margin.1].into_iter().filter(|end| self.can_be_shown(*end))
        {
            let wider = (low.min(end), high.max(end));
            if length(wider.0, wider.1) <= most {
                (low, high) = wider;
            }
        }
        if low == high {
            let by = (low.abs() * 0.01).max(f64::MIN_POSITIVE);
            (low, high) = (low - by, high + by);
        }
        Scale { low, high, log: self.ratios }
    }

    fn can_be_shown(&self, value: f64) -> bool {
        value.is_finite() && (!self.ratios || value > 0.0)
    }

    fn usable(&self) -> impl Iterator<Item = (usize, f64)> {
        let pairs = self.pairs.iter().copied().enumerate();
        pairs.filter(|(_, pair)| self.can_be_shown(*pair))
    }

    /// Percent of the width for a block.
    fn across(&self, block: usize) -> f64 {
        let width = 100.0 - GUTTER - RIGHT;
        GUTTER + (block as f64 + 0.5) / self.pairs.len().max(1) as f64 * width
    }

    /// The plot; `label` writes a value of its scale. Nothing for fewer than
    /// two pairs.
    pub(crate) fn svg(&self, label: impl Fn(f64) -> String) -> Option<String> {
        if self.usable().count() < 2 || !self.can_be_shown(self.middle) {
            return None;
        }
        let scale = self.scale();
        let mut svg = format!(
            "<svg class=\"pairs {}\" width=\"100%\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"{}\">",
            self.class,
            escaped(&self.words)
        );
        self.bands(scale, &mut svg);
        self.grid(scale, label, &mut svg);
        self.dots(scale, &mut svg);
        self.line(scale, &mut svg);
        Some(svg + "</svg>")
    }

    fn bands(&self, scale: Scale, svg: &mut String) {
        let width = 100.0 - GUTTER - RIGHT;
        let mut band = |class: &str, low: f64, high: f64| {
            let (top, bottom) = (scale.place(high), scale.place(low));
            let height = (bottom - top).max(1.0);
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{GUTTER}%\" width=\"{width}%\" y=\"{top:.1}\" height=\"{height:.1}\"/>"
            );
        };
        let seen = self.margin.1 >= scale.low && self.margin.0 <= scale.high;
        if seen && self.margin.1 > self.margin.0 {
            band("margin", self.margin.0, self.margin.1);
        }
        if self.low.is_some() || self.high.is_some() {
            band("interval", self.low.unwrap_or(scale.low), self.high.unwrap_or(scale.high));
        }
    }

    fn grid(&self, scale: Scale, label: impl Fn(f64) -> String, svg: &mut String) {
        let right = 100.0 - RIGHT;
        let mut rule = |class: &str, value: f64| {
            let y = scale.place(value);
            let _ = write!(
                svg,
                "<line class=\"{class}\" x1=\"{GUTTER}%\" x2=\"{right}%\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
            );
        };
        let ticks = scale.ticks();
        for tick in &ticks {
            rule("grid", *tick);
        }
        let none = if self.ratios { 1.0 } else { 0.0 };
        if (scale.low..=scale.high).contains(&none) {
            rule("one", none);
        }
        for tick in ticks {
            let _ = write!(
                svg,
                "<text x=\"{:.1}%\" dx=\"-4\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                GUTTER,
                scale.place(tick) + 3.5,
                escaped(&label(tick))
            );
        }
    }

    fn dots(&self, scale: Scale, svg: &mut String) {
        let every = self.pairs.len().div_ceil(MOST_DOTS).max(1);
        for (block, pair) in self.usable() {
            let x = self.across(block);
            if pair > scale.high {
                triangle(x, "M-4 5 0 -2 4 5Z", EDGE - 5.0, svg);
            } else if pair < scale.low {
                triangle(x, "M-4 -5 0 2 4 -5Z", HEIGHT - EDGE + 5.0, svg);
            } else if block % every == 0 {
                let y = scale.place(pair);
                let _ =
                    write!(svg, "<circle class=\"pair\" cx=\"{x:.2}%\" cy=\"{y:.1}\" r=\"2\"/>");
            }
        }
    }

    fn line(&self, scale: Scale, svg: &mut String) {
        let width = 100.0 - GUTTER - RIGHT;
        let _ = write!(
            svg,
            "<svg x=\"{GUTTER}%\" width=\"{width}%\" height=\"{HEIGHT}\" viewBox=\"0 0 {} {HEIGHT}\" \
             preserveAspectRatio=\"none\"><polyline class=\"median\" vector-effect=\"non-scaling-stroke\" points=\"",
            self.pairs.len()
        );
        for (block, median) in self.medians() {
            let _ = write!(svg, "{:.1},{:.1} ", block as f64 + 0.5, scale.place(median));
        }
        svg.push_str("\"/></svg>");
    }

    /// The median of the pairs around each.
    fn medians(&self) -> Vec<(usize, f64)> {
        let usable: Vec<(usize, f64)> = self.usable().collect();
        let reach = (usable.len() / 12).max(3);
        let around = |at: usize| {
            let window = &usable[at.saturating_sub(reach)..(at + reach + 1).min(usable.len())];
            let mut values: Vec<f64> = window.iter().map(|(_, pair)| *pair).collect();
            values.sort_by(f64::total_cmp);
            let half = values.len() / 2;
            if values.len() % 2 == 1 {
                values[half]
            } else {
                (values[half - 1] + values[half]) / 2.0
            }
        };
        let every = usable.len().div_ceil(MOST_DOTS).max(1);
        (0..usable.len()).step_by(every).map(|at| (usable[at].0, around(at))).collect()
    }
}

fn triangle(x: f64, path: &str, y: f64, svg: &mut String) {
    let _ = write!(
        svg,
        "<svg x=\"{x:.2}%\" y=\"{y:.1}\" overflow=\"visible\"><path class=\"beyond\" d=\"{path}\"/></svg>"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(pairs: Vec<f64>) -> PairsPlot {
        PairsPlot {
            pairs,
            ratios: true,
            middle: 0.6,
            low: Some(0.58),
            high: Some(0.64),
            margin: (0.98, 1.02),
            class: "favours-none",
            words: "a <b>".to_owned(),
        }
    }

    #[test]
    fn every_pair_is_a_dot_or_a_triangle_at_the_edge() {
        let mut pairs: Vec<f64> = (0..100).map(|at| 0.6 + f64::from(at % 7) / 100.0).collect();
        pairs[40] = 90.0;
        let svg = plot(pairs).svg(|value| format!("{value:.2}x")).expect("a plot");
        assert_eq!(svg.matches("class=\"pair\"").count(), 99);
        assert_eq!(svg.matches("class=\"beyond\"").count(), 1);
        assert!(svg.contains("a &lt;b&gt;"));
    }

    #[test]
    fn a_drift_is_seen_in_the_line() {
        let drifting = plot((0..60).map(|at| 0.5 + f64::from(at) / 100.0).collect());
        let medians = drifting.medians();
        assert!(medians[0].1 < 0.6 && medians[59].1 > 1.0, "{medians:?}");
    }

    #[test]
    fn a_margin_far_away_does_not_flatten_the_pairs() {
        let mut far = plot((0..40).map(|at| 0.1 + f64::from(at % 5) / 1000.0).collect());
        (far.middle, far.low, far.high) = (0.1, Some(0.1), Some(0.102));
        assert!(far.scale().high < 0.2);
        let svg = far.svg(|value| format!("{value:.2}x")).expect("a plot");
        assert!(!svg.contains("class=\"margin\""));
    }

    #[test]
    fn pairs_that_are_all_alike_are_a_line_in_the_middle() {
        let mut alike = plot(vec![3.0; 20]);
        (alike.ratios, alike.middle, alike.low, alike.high) = (false, 3.0, Some(3.0), Some(3.0));
        let svg = alike.svg(|value| format!("{value}")).expect("a plot");
        assert!(svg.contains("cy=\"75.0\""), "{svg}");
    }

    #[test]
    fn ticks_are_few_and_round() {
        for (low, high) in [(0.57, 0.66), (0.9, 1.1), (-44.0, 3.0), (0.1, 9.0), (-3500.0, 20.0)] {
            let ticks = Scale { low, high, log: false }.ticks();
            assert!((2..=6).contains(&ticks.len()), "{low} to {high}: {ticks:?}");
        }
    }

    #[test]
    fn values_that_are_no_numbers_are_left_out() {
        assert_eq!(plot(vec![f64::NAN, 0.6]).svg(|_| String::new()), None);
        assert!(plot(vec![f64::INFINITY, 0.6, 0.7, -1.0]).svg(|_| String::new()).is_some());
    }
}
