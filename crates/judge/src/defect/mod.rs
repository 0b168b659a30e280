//! Classes of mistakes: where each program is caught, how loudly, and whether
//! that is what the case expects.
//!
//! A catch counts only if the tool says a code that the case names, of the bad
//! program and not of the fixed one. What a tool says of something else, a
//! time-out, and a tool that failed by itself catch nothing.

mod classes;
mod gates;
mod observed;
mod program;
mod surprise;

use std::collections::BTreeMap;

use model::{
    CatchGate, Caught, Comparison, Defect, DefectId, DefectVariant, Expectation, SideName, Suits,
};

pub(crate) use classes::verdict;
pub use classes::{ClassFound, NamedClasses, wording as class_wording};
pub use gates::GateCost;
pub use observed::{Ending, Shows, TestSeen};
pub use program::{JudgedProgram, ToolSaid, Word};

use observed::Observed;

/// A class of mistakes, as it was seen.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedDefect {
    /// Which.
    pub id: DefectId,
    /// Whom it was chosen to suit.
    pub suits: Suits,
    /// Every program, side by side, in the order of the pack.
    pub programs: Vec<JudgedProgram>,
    /// What was seen and not expected, or expected and not seen; in words.
    pub surprises: Vec<String>,
    /// Gates at which nothing can be said.
    pub skipped: Vec<Skipped>,
}

/// A tool that said nothing, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Whose tool.
    pub side: SideName,
    /// Its gate.
    pub gate: CatchGate,
    /// The tool.
    pub tool: String,
    /// In words, with the way out.
    pub reason: String,
}

impl JudgedDefect {
    /// The program of a side in a variant.
    pub fn program(&self, side: &SideName, variant: DefectVariant) -> Option<&JudgedProgram> {
        self.programs.iter().find(|program| &program.side == side && program.variant == variant)
    }

    /// Whether anything of it was tried.
    pub fn is_tried(&self) -> bool {
        self.programs.iter().any(|program| !program.tools.is_empty())
    }
}

/// What was seen of these defects, in this order.
pub fn defects(
    comparison: &Comparison,
    caught: &[Caught],
    wanted: &[DefectId],
) -> Vec<JudgedDefect> {
    let found = wanted.iter().filter_map(|id| comparison.defects.get(id));
    found.map(|defect| judged(comparison, defect, caught)).collect()
}

/// What each tool cost, over all programs that it was given.
pub fn gate_costs(comparison: &Comparison, caught: &[Caught]) -> Vec<GateCost> {
    gates::costs(comparison, caught)
}

fn judged(comparison: &Comparison, defect: &Defect, caught: &[Caught]) -> JudgedDefect {
    let rows: Vec<&Caught> = caught.iter().filter(|row| row.defect == defect.id).collect();
    let mut programs = Vec::new();
    let mut surprises = Vec::new();
    for program in &defect.programs {
        let of = |variant| Observed::of(comparison, defect, &program.side, variant, &rows);
        let seen = of(program.variant);
        let fixed = of(DefectVariant::Fixed);
        let judged = program::judged(program, &seen, &fixed);
        if let Expectation::Tried { caught, at_run, beside } = &program.expected {
            let expected = surprise::Expected { caught, at_run: *at_run, beside };
            let met = surprise::Met { defect, seen: &seen, fixed: &fixed };
            let place = format!("{} {}", program.side, program.variant);
            let told = met.surprises(program.variant, &expected);
            surprises.extend(told.into_iter().map(|what| format!("{place}: {what}")));
        }
        programs.push(judged);
    }
    let skipped = skipped(&rows);
    JudgedDefect {
        id: defect.id.clone(),
        suits: defect.suits.clone(),
        programs,
        surprises,
        skipped,
    }
}

/// The last that is known of each tool.
fn skipped(rows: &[&Caught]) -> Vec<Skipped> {
    let mut last: BTreeMap<_, &Caught> = BTreeMap::new();
    for row in rows {
        last.insert((&row.side, row.gate, &row.tool, row.variant), row);
    }
    let mut told: Vec<Skipped> = Vec::new();
    for row in last.into_values() {
        let known = told
            .iter()
            .any(|old| (&old.side, old.gate, &old.tool) == (&row.side, row.gate, &row.tool));
        if let Some(reason) = row.not_run.as_ref().filter(|_| !known) {
            told.push(Skipped {
                side: row.side.clone(),
                gate: row.gate,
                tool: row.tool.clone(),
                reason: reason.clone(),
            });
        }
    }
    told
}
