//! What a verdict means for its sentence: the one place that maps verdicts to
//! emphasis, for terminal and page alike.

use anstyle::Style as Ansi;
use model::Verdict;

use crate::Style;

/// How a sentence came out of the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It stands.
    Stands,
    /// It stands in part, or what it says is too small to matter.
    Partly,
    /// It does not stand.
    Falls,
    /// Nothing can be said.
    Open,
    /// It was not for a measurement to decide.
    Apart,
}

impl Tone {
    pub(crate) fn of(verdict: Option<Verdict>) -> Self {
        match verdict {
            Some(Verdict::Holds | Verdict::ByDesign) => Self::Stands,
            Some(Verdict::Depends | Verdict::Differs | Verdict::NoDifference) => Self::Partly,
            Some(Verdict::DoesNotHold | Verdict::OutOfDate | Verdict::NotComparable) => Self::Falls,
            Some(Verdict::Inconclusive | Verdict::NotRun) | None => Self::Open,
            Some(Verdict::Documented | Verdict::Judgement) => Self::Apart,
        }
    }

    /// A word for style sheets.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Partly => "partly",
            Self::Falls => "falls",
            Self::Open => "open",
            Self::Apart => "apart",
        }
    }

    pub(crate) fn style(self, style: &Style) -> Ansi {
        match self {
            Self::Stands => style.stands,
            Self::Partly => style.partly,
            Self::Falls => style.falls,
            Self::Open | Self::Apart => style.faint,
        }
    }
}

/// A sign beside the verdict's words, so that nothing rests on colour.
pub(crate) fn sign(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Holds) => "✓",
        Some(Verdict::ByDesign) => "≡",
        Some(Verdict::Depends) => "◐",
        Some(Verdict::Differs) => "≠",
        Some(Verdict::NoDifference) => "≈",
        Some(Verdict::DoesNotHold) => "✗",
        Some(Verdict::OutOfDate) => "↺",
        Some(Verdict::NotComparable) => "∦",
        Some(Verdict::Inconclusive) => "?",
        Some(Verdict::Documented) => "§",
        Some(Verdict::Judgement) => "◇",
        Some(Verdict::NotRun) | None => "–",
    }
}

/// A sentence that was refuted.
pub(crate) fn did_not_survive(verdict: Option<Verdict>) -> bool {
    matches!(verdict, Some(Verdict::DoesNotHold | Verdict::OutOfDate))
}

/// A sentence that may well be true, and makes no difference that matters here.
pub(crate) fn is_too_small(verdict: Option<Verdict>) -> bool {
    verdict == Some(Verdict::NoDifference)
}

/// The verdict with its number: `26 hold`, `1 depends`.
pub(crate) fn tally(verdict: Verdict, number: usize) -> String {
    let phrase = match (verdict, number == 1) {
        (Verdict::Holds, false) => "hold",
        (Verdict::DoesNotHold, false) => "do not hold",
        (Verdict::Depends, false) => "depend",
        (Verdict::Differs, false) => "differ, size unclear",
        (verdict, _) => verdict.phrase(),
    };
    format!("{number} {phrase}")
}
