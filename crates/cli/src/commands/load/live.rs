//! A line a second on standard error while a drive lasts, where it is a
//! terminal.

use std::io::IsTerminal;

use load::Slice;
use report::load::milliseconds;

/// Tells the seconds of a drive.
pub(super) struct Live {
    on: bool,
    /// What is driven, where there are several drives.
    about: String,
    told_heads: bool,
}

impl Live {
    pub(super) fn new() -> Self {
        Self { on: std::io::stderr().is_terminal(), about: String::new(), told_heads: false }
    }

    /// What the seconds from here on belong to.
    pub(super) fn about(&mut self, about: impl Into<String>) {
        self.about = about.into();
    }

    /// Something beside the seconds, told on a terminal only.
    pub(super) fn say(&self, text: &str) {
        if self.on {
            anstream::eprintln!("  {text}");
        }
    }

    pub(super) fn second(&mut self, slice: &Slice) {
        if !self.on {
            return;
        }
        if !self.told_heads {
            self.told_heads = true;
            anstream::eprintln!(
                "  {:>8}  {:>12}  {:>10}  {:>10}  {:>8}",
                "second",
                "right",
                "p50",
                "p99",
                "failed"
            );
        }
        anstream::eprintln!("{}", line(&self.about, slice));
    }
}

fn line(about: &str, slice: &Slice) -> String {
    let Slice { second, right, errors, p50_ms, p99_ms, .. } = *slice;
    let [p50, p99] = [p50_ms, p99_ms].map(|value| format!("{} ms", milliseconds(value)));
    let line =
        format!("  {:>6} s  {right:>10}/s  {p50:>10}  {p99:>10}  {errors:>8}  {about}", second + 1);
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_a_line_of_right_answers_times_and_failures() {
        let slice = Slice {
            second: 4,
            intended: 2000,
            right: 1990,
            errors: 10,
            p50_ms: 0.2214,
            p99_ms: 91.27,
            ..Slice::default()
        };
        assert_eq!(line("", &slice), "       5 s        1990/s    0.221 ms     91.3 ms        10");
        assert!(line("at 4000/s", &slice).ends_with("10  at 4000/s"));
    }
}
