//! A drive second by second, in planes below each other that share their axis:
//! response times; requests meant, answered and failed; memory of the server.
//! A pause, a queue that grows, a leak: each is a shape that a quantile of the
//! whole drive cannot show.

use super::plane::{Plane, Scale};

/// One second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Second {
    pub(crate) at: f64,
    pub(crate) intended: f64,
    pub(crate) right: f64,
    pub(crate) failed: f64,
    /// Milliseconds: p50, p99, max.
    pub(crate) times: [f64; 3],
    /// Resident, of the server; 0 if it is not metered.
    pub(crate) memory: f64,
}

/// Planes of a timeline, each with the classes of its lines and their names.
pub(crate) struct TimelinePlot {
    seconds: Vec<Second>,
}

/// Pixels.
const HEIGHT: f64 = 170.0;
/// Labels across.
const MOST_PLACES: f64 = 6.0;
/// The shortest time that is told apart from none, in milliseconds.
const SHORTEST: f64 = 0.001;

impl TimelinePlot {
    /// Nothing for fewer than two seconds.
    pub(crate) fn of(seconds: Vec<Second>) -> Option<Self> {
        (seconds.len() >= 2).then_some(Self { seconds })
    }

    fn plane(&self, up: Scale, words: &str, label: impl Fn(f64) -> String) -> Plane {
        let first = self.seconds.first().map_or(0.0, |second| second.at);
        let last = self.seconds.last().map_or(1.0, |second| second.at + 1.0);
        let across = Scale { low: first, high: last, log: false };
        let mut plane = Plane::new("timeline", HEIGHT, across, up, words);
        plane.rules(label);
        plane.places(&self.places(first, last));
        plane
    }

    /// Whole seconds, as many as can be read.
    fn places(&self, first: f64, last: f64) -> Vec<(f64, String)> {
        let steps = [1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 3600.0];
        let fits = |step: &f64| (last - first) / step <= MOST_PLACES;
        let step = steps.into_iter().find(fits).unwrap_or(last - first);
        let count = ((last - first) / step).floor() as u32;
        let place = |index: u32| first + f64::from(index) * step;
        (0..=count).map(|index| (place(index), format!("{} s", place(index)))).collect()
    }

    /// Response times; `label` writes milliseconds.
    pub(crate) fn times(&self, label: impl Fn(f64) -> String) -> String {
        let answered = || self.seconds.iter().filter(|second| second.right > 0.0);
        let up = Scale::log_over(answered().flat_map(|s| s.times).map(|time| time.max(SHORTEST)));
        let mut plane = self.plane(up, "response times of each second", label);
        for (class, which) in [("max", 2), ("p99", 1), ("p50", 0)] {
            plane.line(class, answered().map(|second| (second.at + 0.5, second.times[which])));
        }
        plane.svg()
    }

    /// Requests a second; `label` writes a number of them.
    pub(crate) fn requests(&self, label: impl Fn(f64) -> String) -> String {
        let up = Scale::from_zero(
            self.seconds.iter().map(|second| second.intended.max(second.right + second.failed)),
        );
        let mut plane =
            self.plane(up, "requests meant, rightly answered and failed in each second", label);
        let across = |second: &Second| (second.at + 0.06, second.at + 0.94);
        plane.bars("right", self.seconds.iter().map(|s| (across(s), (0.0, s.right))));
        let failed = |second: &Second| (second.right, second.right + second.failed);
        plane.bars("failed", self.seconds.iter().map(|s| (across(s), failed(s))));
        let steps = self.seconds.iter();
        plane.line("intended", steps.flat_map(|s| [(s.at, s.intended), (s.at + 1.0, s.intended)]));
        plane.svg()
    }

    /// Memory of the server; `label` writes it. Nothing if it was not metered.
    pub(crate) fn memory(&self, label: impl Fn(f64) -> String) -> Option<String> {
        let metered = self.seconds.iter().any(|second| second.memory > 0.0);
        metered.then(|| {
            let up = Scale::from_zero(self.seconds.iter().map(|second| second.memory));
            let mut plane = self.plane(up, "resident memory of the server", label);
            plane.line("p50", self.seconds.iter().map(|s| (s.at + 1.0, s.memory)));
            plane.svg()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(at: u32, failed: f64) -> Second {
        Second {
            at: f64::from(at),
            intended: 100.0,
            right: 100.0 - failed,
            failed,
            times: [0.2, 2.0, 9.0],
            memory: 0.0,
        }
    }

    #[test]
    fn failures_stand_upon_right_answers() {
        let plot = TimelinePlot::of(vec![second(0, 0.0), second(1, 40.0)]).expect("a plot");
        let svg = plot.requests(|many| format!("{many}"));
        assert_eq!(svg.matches("class=\"right\"").count(), 2);
        assert_eq!(svg.matches("class=\"failed\"").count(), 1);
        assert_eq!(plot.memory(|_| String::new()), None);
    }

    #[test]
    fn a_second_without_an_answer_has_no_time() {
        let plot = TimelinePlot::of(vec![second(0, 0.0), second(1, 100.0), second(2, 0.0)]);
        let svg = plot.expect("a plot").times(|time| format!("{time} ms"));
        let p50 = svg.split("class=\"p50\"").nth(1).expect("a line");
        let points = p50.split('"').nth(3).expect("points");
        assert_eq!(points.split_whitespace().count(), 2, "{points}");
    }

    #[test]
    fn labels_across_are_few_whatever_the_length() {
        for length in [2, 7, 10, 61, 600, 7200] {
            let seconds = (0..length).map(|at| second(at, 0.0)).collect();
            let plot = TimelinePlot::of(seconds).expect("a plot");
            let places = plot.places(0.0, f64::from(length));
            assert!((2..=7).contains(&places.len()), "{length}: {places:?}");
        }
    }
}
