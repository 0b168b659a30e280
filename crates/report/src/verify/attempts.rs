//! Checks and steps in words, the same in every format.

use super::document::AttemptRow;

impl AttemptRow {
    /// `rust 1.95.0`; the toolchain's name where it is not the installed one.
    pub(crate) fn asked(&self) -> String {
        match (self.version.as_str(), self.toolchain.is_installed()) {
            ("", true) => self.side.to_string(),
            ("", false) => format!("{} {}", self.side, self.toolchain),
            (version, true) => format!("{} {version}", self.side),
            (version, false) => format!("{} {version} ({})", self.side, self.toolchain),
        }
    }

    /// What it came to against what was expected, in a word or two.
    pub(crate) fn outcome(&self) -> &'static str {
        match self.as_said {
            Some(true) => "as expected",
            Some(false) => "not as expected",
            None => "not tried",
        }
    }

    /// What was seen; where it was not what was expected, both.
    pub(crate) fn seen_words(&self) -> String {
        match self.as_said {
            Some(false) => format!("expected: {}; seen: {}", self.expected, self.seen),
            Some(true) | None => self.seen.clone(),
        }
    }

    /// Everything in a line.
    pub(crate) fn line(&self) -> String {
        format!(
            "{} {} · {} · {} · {}: {}",
            self.experiment,
            self.item,
            self.about,
            self.asked(),
            self.outcome(),
            self.seen_words()
        )
    }
}
