//! One program of a defect, judged.

use std::collections::BTreeMap;

use model::{AtRun, CatchGate, DefectProgram, DefectVariant, Expectation, SideName};

use super::observed::{Ending, Looked, Observed, Shows, TestSeen};

/// A program and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedProgram {
    /// Whose.
    pub side: SideName,
    /// Which.
    pub variant: DefectVariant,
    /// Why the language has no such mistake; then nothing else is said.
    pub cannot_arise: Option<String>,
    /// Whether the compiler refused it, with whatever code; `None`: it was not asked.
    pub refused: Option<bool>,
    /// Whether the case says that it does no harm, and so it was seen.
    pub harmless: bool,
    /// The first gate that the case expects to catch it; `None`: none.
    pub expected: Option<CatchGate>,
    /// The first that did.
    pub caught_at: Option<CatchGate>,
    /// Whether it announces itself without any tool: the compiler refuses it, or a plain run
    /// fails with a message.
    pub loud: bool,
    /// How often, where it is caught: (runs that showed it, runs).
    pub rate: Option<(u32, u32)>,
    /// Wall seconds of the gate that caught it, for this program.
    pub cost_seconds: Option<f64>,
    /// How plain runs ended; `None`: it does not come to one.
    pub ending: Option<Ending>,
    /// Test without trigger.
    pub quiet_test: Option<TestSeen>,
    /// Test with trigger.
    pub trigger_test: Option<TestSeen>,
    /// What each tool said, in the order of the gates.
    pub tools: Vec<ToolSaid>,
}

/// What one tool said of a program.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolSaid {
    /// Its gate.
    pub gate: CatchGate,
    /// Its name.
    pub tool: String,
    /// What it comes to.
    pub word: Word,
    /// Codes that count.
    pub codes: Vec<String>,
    /// Codes about something else.
    pub others: Vec<String>,
}

/// What a tool's words come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It caught the mistake.
    Caught,
    /// It said nothing.
    Quiet,
    /// It spoke of something else, or says the same of the fixed program.
    Beside,
    /// Nothing can be said, and why.
    NotRun(String),
}

/// Judges a program beside its fixed twin.
pub(super) fn judged(
    program: &DefectProgram,
    seen: &Observed<'_>,
    fixed: &Observed<'_>,
) -> JudgedProgram {
    let empty = BTreeMap::new();
    let (expected, at_run, cannot_arise) = match &program.expected {
        Expectation::CannotArise { reason } => (&empty, None, Some(reason.clone())),
        Expectation::Tried { caught, at_run, .. } => (caught, *at_run, None),
    };
    let tools: Vec<ToolSaid> =
        seen.tools.iter().map(|looked| said(looked, expected, seen, fixed)).collect();
    let caught_at =
        tools.iter().filter(|tool| tool.word == Word::Caught).map(|tool| tool.gate).min();
    let best = caught_at.and_then(|gate| best(seen, gate, expected, fixed));
    let ending = seen.ending;
    let right = ending.is_some_and(|ending| ending.shows() == Shows::Right);
    let refused = seen.at(CatchGate::G0).next().map(|_| seen.refused);
    JudgedProgram {
        side: program.side.clone(),
        variant: program.variant,
        cannot_arise,
        expected: expected.keys().next().copied(),
        caught_at,
        refused,
        harmless: at_run == Some(AtRun::Right) && right && caught_at.is_none(),
        loud: caught_at == Some(CatchGate::G0)
            || ending.is_some_and(|ending| ending.shows() == Shows::Loud),
        rate: best.map(|(_, shown, runs)| (shown, runs)),
        cost_seconds: best.map(|(seconds, ..)| seconds),
        ending,
        quiet_test: seen.tests.get(&CatchGate::Quiet).copied(),
        trigger_test: seen.tests.get(&CatchGate::Trigger).copied(),
        tools,
    }
}

type Caughts = BTreeMap<CatchGate, Vec<String>>;

fn said(
    looked: &Looked<'_>,
    expected: &Caughts,
    seen: &Observed<'_>,
    fixed: &Observed<'_>,
) -> ToolSaid {
    let counting = counting(looked, expected, fixed);
    let others: Vec<String> =
        looked.codes.keys().filter(|code| !counting.contains(code)).cloned().collect();
    let word = match looked.why_not(seen.ending) {
        Some(why) => Word::NotRun(why),
        None if !counting.is_empty() => Word::Caught,
        None if others.is_empty() => Word::Quiet,
        None => Word::Beside,
    };
    ToolSaid {
        gate: looked.gate,
        tool: looked.row.tool.clone(),
        word,
        codes: counting.into_iter().cloned().collect(),
        others,
    }
}

/// Codes that the case names, and that are not said of the fixed twin by a tool that looked at it;
/// none where the twin does not pass.
fn counting<'l>(
    looked: &'l Looked<'_>,
    expected: &Caughts,
    fixed: &Observed<'_>,
) -> Vec<&'l String> {
    let of_twin = fixed.at(looked.gate).find(|twin| twin.row.tool == looked.row.tool);
    let (Some(twin), None, true) = (of_twin, &looked.row.not_run, fixed.passes()) else {
        return Vec::new();
    };
    let named = expected.get(&looked.gate).map(Vec::as_slice).unwrap_or_default();
    let counts = |code: &&String| named.contains(code) && !twin.codes.contains_key(*code);
    looked.codes.keys().filter(counts).collect()
}

/// The tool at a gate that catches most often: its seconds, runs that showed it, runs.
fn best(
    seen: &Observed<'_>,
    gate: CatchGate,
    expected: &Caughts,
    fixed: &Observed<'_>,
) -> Option<(f64, u32, u32)> {
    let rates = seen.at(gate).filter_map(|looked| {
        let counting = counting(looked, expected, fixed);
        let shown: u32 = counting.iter().map(|code| looked.codes[*code]).sum();
        let runs = looked.row.runs.len().max(1) as u32;
        (shown > 0).then_some((looked.row.seconds, shown.min(runs), runs))
    });
    rates.max_by(|a, b| {
        let share = |(_, shown, runs): &(f64, u32, u32)| f64::from(*shown) / f64::from(*runs);
        share(a).total_cmp(&share(b)).then(b.0.total_cmp(&a.0))
    })
}
