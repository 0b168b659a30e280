//! Differences between what a case expects of a program and what was seen.

use std::collections::BTreeMap;

use model::{AtRun, CatchGate, Defect, DefectVariant};

use super::observed::{Observed, Shows};

/// What the case says of one program.
pub(super) struct Expected<'e> {
    pub(super) caught: &'e BTreeMap<CatchGate, Vec<String>>,
    pub(super) at_run: Option<AtRun>,
    pub(super) beside: &'e [String],
}

/// A program beside its twins.
pub(super) struct Met<'m, 'f> {
    pub(super) defect: &'m Defect,
    pub(super) seen: &'m Observed<'f>,
    pub(super) fixed: &'m Observed<'f>,
}

impl Met<'_, '_> {
    /// Each in words; none where nothing was tried.
    pub(super) fn surprises(&self, variant: DefectVariant, expected: &Expected<'_>) -> Vec<String> {
        if !self.seen.is_tried() {
            return Vec::new();
        }
        match variant {
            DefectVariant::Fixed => self.of_fixed(),
            DefectVariant::Bad | DefectVariant::Escape => self.of_mistake(expected),
        }
    }

    fn of_mistake(&self, expected: &Expected<'_>) -> Vec<String> {
        let mut told = Vec::new();
        let refused = self.seen.codes_at(CatchGate::G0).into_iter().next().is_some();
        for &gate in CatchGate::CATCHING {
            let seen = self.seen.codes_at(gate);
            let of_fixed = self.fixed.codes_at(gate);
            let named = expected.caught.get(&gate).map(Vec::as_slice).unwrap_or_default();
            for code in named {
                let looked = self.seen.at(gate).next().is_some();
                let missing = !seen.contains(code.as_str()) && !self.seen.is_dark(gate, code);
                if missing && (looked || refused) {
                    told.push(format!("{gate} was expected to say {code}, and did not"));
                }
                if of_fixed.contains(code.as_str()) {
                    told.push(format!("{gate} says {code} of the fixed program as well"));
                }
            }
            let explained = |code: &&&str| {
                named.iter().chain(expected.beside).any(|known| known == **code)
                    || of_fixed.contains(**code)
            };
            for code in seen.iter().filter(|code| !explained(code)) {
                told.push(format!("{gate} says {code}, which the case does not expect"));
            }
        }
        told.extend(self.quiet_test_fails());
        told.extend(self.other_ending(expected.at_run));
        told
    }

    fn other_ending(&self, expected: Option<AtRun>) -> Option<String> {
        let (ending, expected) = (self.seen.ending?, expected?);
        // A loud end is told as a code of its gate.
        if ending.is(expected) || ending.shows() == Shows::Loud {
            return None;
        }
        Some(format!(
            "a plain run was expected to end {expected}; of {}: {} right, {} silently wrong, {} hung",
            ending.runs(),
            ending.right,
            ending.silent,
            ending.hang,
        ))
    }

    fn quiet_test_fails(&self) -> Option<String> {
        let test = self.seen.tests.get(&CatchGate::Quiet)?;
        let failed = test.failed + test.hung;
        (failed > 0).then(|| "the test without the trigger does not pass".to_owned())
    }

    /// Every gate stays quiet, but that an opt-in lint may speak of what the case is not about: what
    /// it says of the mistake as well counts for nothing there.
    fn of_fixed(&self) -> Vec<String> {
        let mut told = Vec::new();
        for &gate in CatchGate::CATCHING {
            if gate != CatchGate::G2Plus {
                let said = self.seen.codes_at(gate).into_iter();
                told.extend(said.map(|code| format!("{gate} says {code}")));
            }
        }
        told.extend(self.quiet_test_fails());
        if let Some(test) = self.seen.tests.get(&CatchGate::Trigger)
            && test.failed + test.hung > 0
        {
            told.push("the test with the trigger does not pass".to_owned());
        }
        if let Some(ending) = self.seen.ending.filter(|ending| ending.shows() != Shows::Right) {
            let wrong = ending.runs() - ending.right;
            told.push(format!(
                "{wrong} of {} plain runs do not end with {:?}",
                ending.runs(),
                self.defect.right(),
            ));
        }
        told
    }
}
