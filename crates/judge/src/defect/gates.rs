//! What each gate costs.

use std::collections::BTreeMap;

use model::{CatchGate, Caught, Comparison, SideName};

/// One tool over the programs that it was given.
#[derive(Debug, Clone, PartialEq)]
pub struct GateCost {
    /// Whose.
    pub side: SideName,
    /// Its gate.
    pub gate: CatchGate,
    /// Its name.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// Programs.
    pub programs: u32,
    /// Runs of them.
    pub runs: u32,
    /// Wall seconds, of all of them one after the other.
    pub seconds: f64,
    /// Processor seconds.
    pub cpu_seconds: f64,
}

/// Sides in the order of the pack, tools in the order of their gates.
pub(super) fn costs(comparison: &Comparison, caught: &[Caught]) -> Vec<GateCost> {
    let place = |side: &SideName| comparison.sides.iter().position(|known| &known.name == side);
    let mut costs: BTreeMap<(Option<usize>, CatchGate, &str), GateCost> = BTreeMap::new();
    for row in caught.iter().filter(|row| row.not_run.is_none()) {
        let key = (place(&row.side), row.gate, row.tool.as_str());
        let cost = costs.entry(key).or_insert_with(|| GateCost {
            side: row.side.clone(),
            gate: row.gate,
            tool: row.tool.clone(),
            version: row.version.clone(),
            programs: 0,
            runs: 0,
            seconds: 0.0,
            cpu_seconds: 0.0,
        });
        cost.programs += 1;
        cost.runs += row.runs.len() as u32;
        cost.seconds += row.seconds;
        cost.cpu_seconds += row.cpu_seconds;
    }
    costs.into_values().collect()
}
