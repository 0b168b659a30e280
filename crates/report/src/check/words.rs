//! Guards in words, the same in every format.

use judge::{EffectVerdict, GuardVerdict};
use model::Scale;

use super::document::{CheckDocument, ContractRow, Evidence, GuardRow};
use crate::compare::{EffectRow, MeasuredIn};
use crate::comparison::Compared;
use crate::quantity::{labelled, quantity, ratio};

/// What the exit code says.
pub(crate) fn exit_means(exit: u8) -> &'static str {
    match exit {
        0 => "nothing fails",
        1 => "a guard fails",
        3 => "something is not settled, which --strict does not let pass",
        4 => "the programs do not do the same",
        5 => "the evidence is too old",
        130 => "stopped before its end",
        _ => "a fault of Evenhand's",
    }
}

/// A sign beside the words, so that nothing rests on colour.
pub(crate) fn sign(verdict: GuardVerdict) -> &'static str {
    match verdict {
        GuardVerdict::Holds => "✓",
        GuardVerdict::Fails => "✗",
        GuardVerdict::Inconclusive => "?",
        GuardVerdict::NotJudged => "–",
    }
}

impl GuardRow {
    fn quantity(&self, value: f64) -> String {
        match &self.unit {
            MeasuredIn::Unit(unit) => quantity(value, *unit),
            MeasuredIn::Label(label) => labelled(value, label),
        }
    }

    /// `rust 0.61x of go (0.58 to 0.64)`, `rust 14 MiB (13.8 MiB to 14.1 MiB)`.
    pub(crate) fn seen(&self) -> Option<String> {
        let (words, ends) = match &self.against {
            Some(against) => {
                let compared = Compared {
                    numerator: self.side.as_str(),
                    denominator: against.as_str(),
                    scale: Scale::Ratio,
                    ratio: self.ratio,
                    difference: None,
                    low: self.low,
                    high: self.high,
                    counted: false,
                };
                let show = |value| self.quantity(value);
                (compared.words(show)?, compared.ends(show))
            }
            None => {
                let words = format!("{} {}", self.side, self.quantity(self.value?));
                let ends = match (self.low, self.high) {
                    (Some(low), Some(high)) => {
                        Some(format!("{} to {}", self.quantity(low), self.quantity(high)))
                    }
                    _ => None,
                };
                (words, ends)
            }
        };
        let ends = ends.map(|ends| format!(" ({ends})")).unwrap_or_default();
        Some(words + &ends)
    }

    /// `at most 0.80x`, `at most 20 MiB`.
    pub(crate) fn limit_words(&self) -> Option<String> {
        let limit = self.limit?;
        Some(match &self.against {
            Some(_) => format!("at most {}x", ratio(limit)),
            None => format!("at most {}", self.quantity(limit)),
        })
    }

    /// `margin 1.02 and 1 ms`; `no margin` if anything beyond the limit counts.
    pub(crate) fn margin_words(&self) -> String {
        let factor = (self.margin > 1.0).then(|| ratio(self.margin));
        let floor = (self.floor > 0.0).then(|| self.quantity(self.floor));
        let parts: Vec<String> = factor.into_iter().chain(floor).collect();
        match parts.is_empty() {
            true => "no margin".to_owned(),
            false => format!("margin {}", parts.join(" and ")),
        }
    }

    /// `fails, twice`, `holds`.
    pub(crate) fn verdict_words(&self) -> String {
        match self.confirmed {
            true => format!("{}, twice", self.verdict.phrase()),
            false => self.verdict.phrase().to_owned(),
        }
    }

    /// What is seen beside the limit where it holds; otherwise why not.
    pub(crate) fn line(&self) -> String {
        match (self.verdict, self.seen(), self.limit_words()) {
            (GuardVerdict::Holds, Some(seen), Some(limit)) => format!("{seen}, {limit}"),
            _ => self.why.clone(),
        }
    }

    /// `measured now`, `stored 2 days ago`.
    pub(crate) fn evidence_words(&self) -> String {
        evidence(self.evidence, self.age_seconds)
    }
}

fn evidence(evidence: Evidence, age_seconds: Option<i64>) -> String {
    match (evidence, age_seconds) {
        (Evidence::Fresh, _) => "measured now".to_owned(),
        (Evidence::Stored, Some(seconds)) => format!("stored {} ago", age(seconds)),
        (Evidence::Stored, None) => "stored".to_owned(),
        (Evidence::Expired, _) => "too old".to_owned(),
    }
}

/// `5 minutes`, `1 day`, in the largest unit of which there is one.
fn age(seconds: i64) -> String {
    const UNITS: [(i64, &str); 4] =
        [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];
    let seconds = seconds.max(0);
    let fits = UNITS.into_iter().find(|(length, _)| seconds >= *length);
    let (length, noun) = fits.unwrap_or((1, "second"));
    match seconds / length {
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    }
}

impl ContractRow {
    pub(crate) fn evidence_words(&self) -> String {
        let words = evidence(self.evidence, self.age_seconds);
        match self.second_set {
            true => format!("{words}; a failure was looked for in a second set"),
            false => words,
        }
    }

    /// Whether there is evidence at all.
    pub(crate) fn is_measured(&self) -> bool {
        self.evidence != Evidence::Expired
    }

    /// Side effects that are apart and may not be.
    pub(crate) fn apart(&self) -> impl Iterator<Item = &EffectRow> {
        self.effects.iter().filter(|row| row.verdict == EffectVerdict::Differs)
    }

    /// `same`, or what is apart.
    pub(crate) fn effects_summary(&self) -> String {
        let lines = crate::compare::effects::lines(&self.effects);
        match lines.is_empty() {
            true => "not looked at".to_owned(),
            false => lines.into_iter().map(|line| line.words).collect::<Vec<_>>().join("; "),
        }
    }
}

impl CheckDocument {
    /// `2 hold · 1 fails`.
    pub(crate) fn tallies(&self) -> Vec<String> {
        const ORDER: [(GuardVerdict, &str, &str); 4] = [
            (GuardVerdict::Fails, "fails", "fail"),
            (GuardVerdict::Inconclusive, "inconclusive", "inconclusive"),
            (GuardVerdict::NotJudged, "not judged", "not judged"),
            (GuardVerdict::Holds, "holds", "hold"),
        ];
        let tally = |(verdict, one, more): (GuardVerdict, &str, &str)| match self
            .guards
            .iter()
            .filter(|guard| guard.verdict == verdict)
            .count()
        {
            0 => None,
            1 => Some(format!("1 {one}")),
            number => Some(format!("{number} {more}")),
        };
        ORDER.into_iter().filter_map(tally).collect()
    }

    /// What was checked: `agent`, or its sides against a revision.
    pub(crate) fn title(&self) -> String {
        let names: Vec<&str> = self.contracts.iter().map(|row| row.name.as_str()).collect();
        match &self.base {
            Some(base) => format!("{} against {base}", names.join(", ")),
            None => names.join(", "),
        }
    }

    /// The guards of one contract.
    pub(crate) fn guards_of<'a>(
        &'a self,
        contract: &'a ContractRow,
    ) -> impl Iterator<Item = &'a GuardRow> {
        self.guards.iter().filter(move |guard| guard.contract == contract.name)
    }
}

#[cfg(test)]
mod tests {
    use super::age;

    #[test]
    fn ages_are_in_the_largest_unit_of_which_there_is_one() {
        let shown = [-3, 0, 1, 59, 61, 7_200, 86_399, 86_400, 1_209_600].map(age);
        assert_eq!(
            shown,
            [
                "0 seconds",
                "0 seconds",
                "1 second",
                "59 seconds",
                "1 minute",
                "2 hours",
                "23 hours",
                "1 day",
                "14 days"
            ]
        );
    }
}
