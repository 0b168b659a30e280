//! A forest plot, a row at a time: the interval of a ratio on a log axis with
//! its margin shaded. An exact value is a diamond, an estimate a disc with its
//! interval; what reaches beyond the axis ends in an arrow.
//!
//! Places are percent of the width and counted from the middle of the height,
//! so that a row fits any column and grows with the words beside it.

use std::fmt::Write as _;

use crate::markup::escaped;

/// A log axis of ratios with 1 somewhere on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Axis {
    low: f64,
    high: f64,
}

/// What one row shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    pub(crate) ratio: f64,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Measured once and for all: no interval.
    pub(crate) exact: bool,
    /// The margin as a factor.
    pub(crate) margin: f64,
    /// Which side it favours, as a class of the style sheet.
    pub(crate) class: &'static str,
    /// Single pairs, drawn faintly.
    pub(crate) pairs: Vec<f64>,
    /// The row in words, for those who do not see it.
    pub(crate) words: String,
}

impl Mark {
    /// The same with the two sides changed.
    pub(crate) fn mirrored(self) -> Self {
        Self {
            ratio: self.ratio.recip(),
            low: self.high.map(f64::recip),
            high: self.low.map(f64::recip),
            pairs: self.pairs.iter().map(|pair| pair.recip()).collect(),
            ..self
        }
    }
}

/// Room left and right of the axis, in percent, for arrows and edges of marks.
const EDGE: f64 = 3.0;
/// No axis reaches further than this factor, whatever was measured.
const FURTHEST: f64 = 1e4;
/// Steps within a decade, coarse to fine.
const STEPS: [&[f64]; 3] = [&[1.0], &[1.0, 3.0], &[1.0, 2.0, 5.0]];
/// More labels than this would touch on a narrow screen.
const MOST_TICKS: usize = 6;

impl Axis {
    /// An axis on which all of them fit, 1 and the margins with them.
    pub(crate) fn over<'a>(marks: impl Iterator<Item = &'a Mark>) -> Self {
        let (mut low, mut high) = (0.8_f64, 1.25_f64);
        for mark in marks {
            let ends = [Some(mark.ratio), mark.low, mark.high, Some(mark.margin)];
            for end in ends.into_iter().flatten().filter(|end| end.is_finite() && *end > 0.0) {
                low = low.min(end);
                high = high.max(end);
            }
            low = low.min(mark.margin.max(1.0).recip());
        }
        Self { low: low.max(FURTHEST.recip()) / 1.08, high: high.min(FURTHEST) * 1.08 }
    }

    /// Where a ratio stands, in percent of the width.
    fn place(self, ratio: f64) -> f64 {
        let share = (ratio / self.low).ln() / (self.high / self.low).ln();
        EDGE + share.clamp(0.0, 1.0) * (100.0 - 2.0 * EDGE)
    }

    fn holds(self, ratio: f64) -> bool {
        (self.low..=self.high).contains(&ratio)
    }

    /// Round ratios on the axis, as many as can be read.
    fn ticks(self) -> Vec<f64> {
        let of = |steps: &[f64]| -> Vec<f64> {
            let decades = (-5..=5).map(|power| 10_f64.powi(power));
            let all = decades.flat_map(|decade| steps.iter().map(move |step| step * decade));
            all.filter(|tick| self.holds(*tick)).collect()
        };
        let sets = STEPS.map(of);
        let fitting = sets.iter().rev().find(|ticks| ticks.len() <= MOST_TICKS);
        let ticks = fitting.unwrap_or(&sets[0]).clone();
        if ticks.len() >= 2 { ticks } else { vec![self.nice_low(), 1.0, self.nice_high()] }
    }

    /// On a short axis, ticks of a tenth beside the one.
    fn nice_low(self) -> f64 {
        (self.low * 10.0).ceil() / 10.0
    }

    fn nice_high(self) -> f64 {
        (self.high * 10.0).floor() / 10.0
    }

    /// The axis with its labels.
    pub(crate) fn svg(self) -> String {
        let mut svg = String::from(
            "<svg class=\"axis\" width=\"100%\" height=\"22\" aria-hidden=\"true\" focusable=\"false\">",
        );
        for tick in self.ticks() {
            let x = self.place(tick);
            let label = format!("{}x", tick_label(tick));
            let _ = write!(
                svg,
                "<line class=\"tick\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"16\" y2=\"22\"/>\
                 <text x=\"{x:.2}%\" y=\"12\" text-anchor=\"middle\">{label}</text>"
            );
        }
        svg + "</svg>"
    }

    /// One row on this axis.
    pub(crate) fn row(self, mark: &Mark) -> String {
        let mut svg = format!(
            "<svg class=\"row {}\" width=\"100%\" height=\"28\" role=\"img\" aria-label=\"{}\">",
            mark.class,
            escaped(&mark.words)
        );
        self.ground(mark.margin, &mut svg);
        svg.push_str("<svg y=\"50%\" overflow=\"visible\">");
        for pair in mark.pairs.iter().filter(|pair| self.holds(**pair)).take(300) {
            let x = self.place(*pair);
            let _ = write!(svg, "<circle class=\"pair\" cx=\"{x:.2}%\" cy=\"9\" r=\"1.5\"/>");
        }
        if mark.exact {
            self.diamond(mark.ratio, &mut svg);
        } else {
            self.interval(mark, &mut svg);
        }
        svg + "</svg></svg>"
    }

    fn ground(self, margin: f64, svg: &mut String) {
        let margin = margin.max(1.0);
        let (left, right) = (self.place(margin.recip()), self.place(margin));
        let _ = write!(
            svg,
            "<rect class=\"margin\" x=\"{left:.2}%\" width=\"{:.2}%\" y=\"0\" height=\"100%\"/>",
            right - left
        );
        for tick in self.ticks() {
            let x = self.place(tick);
            let class = if tick == 1.0 { "one" } else { "grid" };
            let _ = write!(
                svg,
                "<line class=\"{class}\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"0\" y2=\"100%\"/>"
            );
        }
    }

    fn interval(self, mark: &Mark, svg: &mut String) {
        let low = mark.low.unwrap_or(0.0);
        let high = mark.high.unwrap_or(f64::INFINITY);
        let (left, right) = (self.place(low.max(f64::MIN_POSITIVE)), self.place(high));
        let _ = write!(
            svg,
            "<line class=\"bar\" x1=\"{left:.2}%\" x2=\"{right:.2}%\" y1=\"0\" y2=\"0\"/>"
        );
        for (x, end, arrow) in [(left, low, "M0 -5 -7 0 0 5Z"), (right, high, "M0 -5 7 0 0 5Z")] {
            if self.holds(end) {
                let _ = write!(
                    svg,
                    "<line class=\"bar\" x1=\"{x:.2}%\" x2=\"{x:.2}%\" y1=\"-5\" y2=\"5\"/>"
                );
            } else {
                self.shape(x, arrow, svg);
            }
        }
        let x = self.place(mark.ratio);
        let _ = write!(svg, "<circle class=\"dot\" cx=\"{x:.2}%\" r=\"4.5\"/>");
    }

    fn diamond(self, ratio: f64, svg: &mut String) {
        self.shape(self.place(ratio), "M0 -7 6 0 0 7 -6 0Z", svg);
    }

    /// A shape of fixed size at a place given in percent.
    fn shape(self, x: f64, path: &str, svg: &mut String) {
        let _ = write!(
            svg,
            "<svg x=\"{x:.2}%\" overflow=\"visible\"><path class=\"dot\" d=\"{path}\"/></svg>"
        );
    }
}

fn tick_label(tick: f64) -> String {
    let text = format!("{tick:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(ratio: f64, low: Option<f64>, high: Option<f64>) -> Mark {
        Mark {
            ratio,
            low,
            high,
            exact: false,
            margin: 1.1,
            class: "none",
            pairs: vec![ratio],
            words: "a \"b\" <c>".to_owned(),
        }
    }

    #[test]
    fn the_axis_holds_every_end_and_one() {
        let marks = [mark(0.3, Some(0.2), Some(0.4)), mark(5.0, None, Some(7.0))];
        let axis = Axis::over(marks.iter());
        assert!([0.2, 1.0, 7.0].into_iter().all(|ratio| axis.holds(ratio)), "{axis:?}");
    }

    #[test]
    fn equal_factors_are_equally_far_from_one() {
        let axis = Axis { low: 0.1, high: 10.0 };
        let (half, one, two) = (axis.place(0.5), axis.place(1.0), axis.place(2.0));
        assert!(((one - half) - (two - one)).abs() < 1e-9);
    }

    #[test]
    fn labels_never_crowd_and_always_include_one() {
        for reach in [1.05, 1.3, 2.0, 4.0, 12.0, 90.0, 900.0, 1e6] {
            let marks = [mark(reach, Some(reach.recip()), None)];
            let ticks = Axis::over(marks.iter()).ticks();
            assert!((2..=9).contains(&ticks.len()), "{reach}: {ticks:?}");
            assert!(ticks.contains(&1.0), "{reach}: {ticks:?}");
        }
    }

    #[test]
    fn an_unbounded_end_becomes_an_arrow() {
        let axis = Axis { low: 0.1, high: 10.0 };
        assert!(axis.row(&mark(0.5, None, Some(0.6))).contains("M0 -5 -7 0"));
        assert!(!axis.row(&mark(0.5, Some(0.4), Some(0.6))).contains("M0 -5"));
    }

    #[test]
    fn sides_changed_twice_are_as_before() {
        let before = mark(0.5, Some(0.25), None);
        assert_eq!(before.clone().mirrored().mirrored(), before);
        assert_eq!(before.mirrored().high, Some(4.0));
    }

    #[test]
    fn words_are_escaped() {
        let axis = Axis { low: 0.1, high: 10.0 };
        assert!(axis.row(&mark(1.0, None, None)).contains("a &quot;b&quot; &lt;c&gt;"));
    }
}
