//! Checks and steps in words, the same in every format, and by experiment:
//! forty of them must not be a wall, so that what did not come as expected is
//! told first and the rest is a number.

use model::Experiment;

use super::document::{AttemptRow, ClaimRow, VerifyDocument};

/// Up to this many attempts of a claim are told one by one.
pub(crate) const FEW: usize = 6;

/// What came of one probe or drill.
pub(crate) struct Tried<'a> {
    pub(crate) experiment: &'a Experiment,
    pub(crate) otherwise: Vec<&'a AttemptRow>,
    pub(crate) as_said: Vec<&'a AttemptRow>,
    pub(crate) untried: Vec<Untried<'a>>,
}

/// Attempts that were not made, for one reason.
pub(crate) struct Untried<'a> {
    pub(crate) why: &'a str,
    pub(crate) rows: Vec<&'a AttemptRow>,
}

impl ClaimRow {
    /// Its attempts by experiment, in the order of the pack.
    pub(crate) fn tried(&self) -> Vec<Tried<'_>> {
        let mut all: Vec<Tried<'_>> = Vec::new();
        for row in &self.attempts {
            match all.iter_mut().find(|tried| *tried.experiment == row.experiment) {
                Some(tried) => tried.add(row),
                None => {
                    let mut tried = Tried {
                        experiment: &row.experiment,
                        otherwise: Vec::new(),
                        as_said: Vec::new(),
                        untried: Vec::new(),
                    };
                    tried.add(row);
                    all.push(tried);
                }
            }
        }
        all
    }

    /// Whether its attempts are few enough to be told one by one.
    pub(crate) fn tried_little(&self) -> bool {
        self.attempts.len() <= FEW
    }
}

impl<'a> Tried<'a> {
    fn add(&mut self, row: &'a AttemptRow) {
        match row.as_said {
            Some(true) => self.as_said.push(row),
            Some(false) => self.otherwise.push(row),
            None => match self.untried.iter_mut().find(|untried| untried.why == row.seen) {
                Some(untried) => untried.rows.push(row),
                None => self.untried.push(Untried { why: &row.seen, rows: vec![row] }),
            },
        }
    }

    /// `16 checks as expected`, `1 not as expected, 15 checks as expected, 2 not tried`.
    pub(crate) fn summary(&self) -> String {
        let noun = match (self.experiment, self.as_said.len()) {
            (Experiment::Drill(_), 1) => "step",
            (Experiment::Drill(_), _) => "steps",
            (_, 1) => "check",
            (_, _) => "checks",
        };
        let untried = self.untried.iter().map(|untried| untried.rows.len()).sum();
        let part = |number: usize, words: &str| (number > 0).then(|| format!("{number} {words}"));
        let parts = [
            part(self.otherwise.len(), "not as expected"),
            part(self.as_said.len(), &format!("{noun} as expected")),
            part(untried, "not tried"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl Untried<'_> {
    /// `not tried (rust list, go list): not in --quick`.
    pub(crate) fn line(&self) -> String {
        let name = |row: &&AttemptRow| format!("{} {}", row.side, row.item);
        let names: Vec<String> = self.rows.iter().take(4).map(name).collect();
        let more = self.rows.len() - names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("not tried ({}{more}): {}", names.join(", "), self.why)
    }
}

impl VerifyDocument {
    /// What shows an experiment by itself.
    pub(crate) fn show_command(&self, experiment: &Experiment) -> String {
        let pack = self.frame.pack.as_ref().map(|pack| format!(" --pack {pack}"));
        format!("evenhand show {experiment}{}", pack.unwrap_or_default())
    }

    /// An experiment in a few words, as the pack has it.
    pub(crate) fn title_of(&self, experiment: &Experiment) -> Option<&str> {
        let mut titles = self.frame.titles.iter();
        titles.find(|(known, _)| known == experiment).map(|(_, title)| title.as_str())
    }
}

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
            Some(false) => format!("{} (expected: {})", self.seen, self.expected),
            Some(true) | None => self.seen.clone(),
        }
    }

    /// Everything in a line.
    pub(crate) fn line(&self) -> String {
        format!("{} {} · {}", self.experiment, self.item, self.short())
    }

    /// The same under the name of its experiment.
    pub(crate) fn short(&self) -> String {
        format!("{} · {} · {}: {}", self.about, self.asked(), self.outcome(), self.seen_words())
    }
}
