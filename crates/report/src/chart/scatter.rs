//! Programs as dots between two costs; those of one side are joined in the order of the first, so
//! that a setting which trades one for the other is seen as a line.

use super::plane::{Plane, Scale};

/// A dot.
pub(crate) struct Dot {
    /// A letter beside it.
    pub(crate) key: String,
    /// The class of its line and colour.
    pub(crate) class: &'static str,
    pub(crate) across: f64,
    pub(crate) up: f64,
}

/// Further apart than this, equal factors get equal room.
const FAR: f64 = 20.0;

/// Pixels.
const HEIGHT: f64 = 240.0;

/// From zero, unless most would lie on it then.
fn scale(values: impl Iterator<Item = f64> + Clone) -> Scale {
    let above_zero = values.clone().filter(|value| *value > 0.0);
    let (least, most) = above_zero
        .fold((f64::INFINITY, 0.0_f64), |(least, most), value| (least.min(value), most.max(value)));
    if most > least * FAR { Scale::log_over(values) } else { Scale::from_zero(values) }
}

/// The plot; labels write values of either scale, `words` are for those who do not see it.
pub(crate) fn svg(
    dots: &[Dot],
    across_label: impl Fn(f64) -> String,
    up_label: impl Fn(f64) -> String,
    words: &str,
) -> String {
    let across = Scale::log_over(dots.iter().map(|dot| dot.across));
    let up = scale(dots.iter().map(|dot| dot.up));
    let mut plane = Plane::new("scatter", HEIGHT, across, up, words);
    plane.rules(up_label);
    let places: Vec<(f64, String)> =
        across.ticks().into_iter().map(|tick| (tick, across_label(tick))).collect();
    plane.places(&places);
    let mut classes: Vec<&str> = dots.iter().map(|dot| dot.class).collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        let mut line: Vec<(f64, f64)> =
            dots.iter().filter(|dot| dot.class == class).map(|dot| (dot.across, dot.up)).collect();
        line.sort_by(|one, other| one.0.total_cmp(&other.0));
        plane.line(class, line.into_iter());
    }
    for dot in dots {
        plane.dot(dot.class, (dot.across, dot.up), &dot.key);
    }
    plane.svg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_program_is_a_dot_and_each_side_a_line() {
        let dot = |key: &str, class, across, up| Dot { key: key.to_owned(), class, across, up };
        let dots = [
            dot("a", "first", 20e6, 1.0),
            dot("b", "second", 90e6, 2.0),
            dot("c", "second", 40e6, 4.0),
        ];
        let svg = svg(&dots, |value| format!("{value}"), |value| format!("{value}"), "<costs>");
        assert_eq!(svg.matches("<circle").count(), 3);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains("&lt;costs&gt;") && svg.contains(">c</text>"));
    }

    #[test]
    fn what_spans_much_has_equal_room_for_equal_factors() {
        assert!(!scale([1.0, 19.0].into_iter()).log);
        assert!(scale([0.004, 0.9].into_iter()).log);
        assert!(!scale([0.0, 0.0].into_iter()).log);
    }
}
