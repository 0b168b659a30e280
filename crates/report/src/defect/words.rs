//! Programs of defects in words, the same in every format.

use model::{CatchGate, DefectVariant, SideName};

use crate::layout::{cut, elide};

use super::document::{DefectRow, DefectsDocument, EndingRow, GateRow, TestRow, VariantRow};

impl DefectRow {
    /// The program of a side in a variant.
    pub(super) fn variant(&self, side: &SideName, variant: DefectVariant) -> Option<&VariantRow> {
        self.variants.iter().find(|row| &row.side == side && row.variant == variant)
    }
}

impl VariantRow {
    /// `G2 errcheck, silent`, `cannot arise`, `never, hangs`.
    pub(super) fn summary(&self) -> String {
        if self.cannot_arise.is_some() {
            return "cannot arise".to_owned();
        }
        if self.tools.is_empty() {
            return "not tried".to_owned();
        }
        let caught = match self.caught_at {
            Some(gate) => format!("{gate} {}", self.codes.join(", ")),
            None if self.harmless => return "harmless as written".to_owned(),
            None if self.ending.is_none() => return "not known".to_owned(),
            None => "never".to_owned(),
        };
        let rate = match self.interval {
            Some([low, high]) if self.rate < 1.0 => {
                let percent = |share: f64| format!("{:.0}", share * 100.0);
                let (rate, low, high) = (percent(self.rate), percent(low), percent(high));
                format!(" in {rate} % of runs ({low} to {high})")
            }
            _ => String::new(),
        };
        match self.at_run() {
            Some(ending) if self.caught_at != Some(CatchGate::G4) => {
                format!("{caught}{rate}, {ending}")
            }
            _ => format!("{caught}{rate}"),
        }
    }

    /// The same in so many columns: the gate and the ending are always there.
    pub(super) fn cell(&self, columns: usize) -> String {
        let Some(gate) = self.caught_at else { return elide(&self.summary(), columns) };
        let first = self.codes.first().map_or("", String::as_str);
        let code = first.rsplit("::").next().unwrap_or_default();
        let ending = match self.at_run() {
            Some(ending) if gate != CatchGate::G4 => format!(", {ending}"),
            _ => String::new(),
        };
        let room = columns.saturating_sub(gate.name().len() + 1 + ending.len());
        format!("{gate} {}{ending}", cut(code, room))
    }

    /// How a plain run ends: `loud`, `silent`, `hangs`, `right`.
    pub(super) fn at_run(&self) -> Option<&'static str> {
        self.ending.map(EndingRow::word)
    }
}

impl EndingRow {
    pub(super) fn word(self) -> &'static str {
        if self.loud > 0 {
            "loud"
        } else if self.hang > 0 {
            "hangs"
        } else if self.silent > 0 {
            "silent"
        } else {
            "right"
        }
    }
}

impl TestRow {
    pub(super) fn word(self) -> &'static str {
        match (self.failed, self.hung) {
            (0, 0) => "passes",
            (0, _) => "hangs",
            _ if self.passed > 0 => "fails at times",
            _ => "fails",
        }
    }
}

impl GateRow {
    /// `3.2 s`, of the command and all runs.
    pub(super) fn wall(&self) -> String {
        seconds(self.wall_ms)
    }

    pub(super) fn cpu(&self) -> String {
        seconds(self.cpu_ms)
    }
}

fn seconds(ms: f64) -> String {
    crate::quantity::quantity(ms / 1000.0, model::Unit::Seconds)
}

impl DefectsDocument {
    pub(super) fn surprises(&self) -> usize {
        self.defects.iter().filter(|defect| defect.unexpected).count()
    }

    /// Each reason once, with where it holds.
    pub(super) fn skipped(&self) -> Vec<(String, usize)> {
        let mut told: Vec<(String, usize)> = Vec::new();
        for row in self.defects.iter().flat_map(|defect| &defect.skipped) {
            let what = format!("{} {} ({}): {}", row.language, row.gate, row.tool, row.reason);
            match told.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count += 1,
                None => told.push((what, 1)),
            }
        }
        told
    }

    /// What the table is, and is not.
    pub(super) fn summary(&self) -> String {
        let classes = self.defects.len();
        let noun = if classes == 1 { "class" } else { "classes" };
        let unexpected = match self.surprises() {
            0 => "nothing otherwise than expected".to_owned(),
            1 => "1 with something its case does not expect".to_owned(),
            some => format!("{some} with something their cases do not expect"),
        };
        let dark = self.defects.iter().filter(|defect| !defect.skipped.is_empty()).count();
        let dark = match dark {
            0 => String::new(),
            some => format!(", {some} not at every gate"),
        };
        format!("{classes} {noun} of mistakes, {unexpected}{dark}")
    }
}

/// That nothing may be summed up.
pub(super) const CHOSEN: &str =
    "The classes are chosen, not sampled: how many a language catches says nothing.";

/// The gates in a line.
pub(super) fn legend() -> String {
    let gates = CatchGate::CATCHING.iter().map(|gate| format!("{gate} {}", gate.title()));
    gates.collect::<Vec<_>>().join(" · ")
}
