//! From a comparison and a selection to a [`Plan`]: pure, nothing is looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::progress::PILOT_BLOCKS;
use model::{
    Activity, Cell, Claim, ClaimId, Comparison, DefectId, DrillId, Experiment, Plan, PlanMode,
    Predicate, ProbeId, Workload, WorkloadId,
};

/// What the user asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// These claims; empty: all.
    pub claims: Vec<ClaimId>,
    /// How much of them.
    pub mode: PlanMode,
    /// Seconds for timed blocks; `None`: the mode's own.
    pub budget_seconds: Option<f64>,
    /// Every order and padding is drawn from it.
    pub seed: u64,
    /// Whether timed trials are to run under a real-time priority.
    pub realtime: bool,
}

/// A selection that a plan cannot be made of.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// No such claim.
    #[error("no claim `{id}` in {pack}{near}")]
    UnknownClaim {
        /// As asked for.
        id: ClaimId,
        /// Where.
        pack: String,
        /// A likely meaning, or nothing.
        near: String,
    },
    /// What was chosen has experiments, but none that the mode includes.
    #[error("--{mode} leaves nothing to run: nothing of it is marked {mode}; use --full")]
    Empty {
        /// What emptied the plan.
        mode: PlanMode,
    },
}

/// Seconds for the timed blocks when no budget is given.
fn default_budget(mode: PlanMode) -> f64 {
    match mode {
        PlanMode::Quick => 240.0,
        PlanMode::Full => 1800.0,
    }
}

/// Pairs after which a series stops, whatever its cells say.
fn most_pairs(mode: PlanMode) -> u32 {
    match mode {
        PlanMode::Quick => 200,
        PlanMode::Full => 1000,
    }
}

/// Chooses the claims and lays out their cells.
///
/// # Errors
/// An unknown claim, or a selection that leaves nothing to run.
pub fn choose(comparison: &Comparison, selection: &Selection) -> Result<Plan, PlanError> {
    let claims = chosen(comparison, &selection.claims)?;
    let mut cells: Vec<Cell> = Vec::new();
    let mut workloads: BTreeSet<WorkloadId> = BTreeSet::new();
    let mut probes: BTreeSet<ProbeId> = BTreeSet::new();
    let mut drills: BTreeSet<DrillId> = BTreeSet::new();
    let mut defects: BTreeSet<DefectId> = BTreeSet::new();
    for claim in &claims {
        for cell in comparison.cells_of(claim, selection.mode) {
            workloads.insert(cell.series.workload.clone());
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        workloads.extend(workloads_of_facts(comparison, claim, selection.mode));
        for experiment in claim.experiments() {
            match experiment {
                Experiment::Probe(id)
                    if is_tried(&comparison.probes, &id, |p| p.quick, selection) =>
                {
                    probes.insert(id);
                }
                Experiment::Drill(id)
                    if is_tried(&comparison.drills, &id, |d| d.quick, selection) =>
                {
                    drills.insert(id);
                }
                Experiment::Defect(id)
                    if is_tried(&comparison.defects, &id, |d| d.quick, selection) =>
                {
                    defects.insert(id);
                }
                _ => {}
            }
        }
    }
    // What rests on a source or on the reader needs no run to be judged.
    let measurable = claims.iter().any(|claim| !claim.experiments().is_empty());
    let nothing = workloads.is_empty() && probes.is_empty() && drills.is_empty();
    if measurable && nothing && defects.is_empty() {
        return Err(PlanError::Empty { mode: selection.mode });
    }
    Ok(Plan {
        mode: selection.mode,
        claims: claims.iter().map(|claim| claim.id.clone()).collect(),
        workloads: workloads.into_iter().collect(),
        probes: probes.into_iter().collect(),
        drills: drills.into_iter().collect(),
        defects: defects.into_iter().collect(),
        cells,
        seed: selection.seed,
        budget_seconds: selection.budget_seconds.unwrap_or(default_budget(selection.mode)),
        most_pairs: most_pairs(selection.mode),
        realtime: selection.realtime,
    })
}

/// Whether a probe or drill is part of what the user asked for.
fn is_tried<Id: Ord, T>(
    all: &BTreeMap<Id, T>,
    id: &Id,
    quick: impl Fn(&T) -> bool,
    selection: &Selection,
) -> bool {
    all.get(id).is_some_and(|found| selection.mode == PlanMode::Full || quick(found))
}

/// The workloads whose facts a claim asks for.
fn workloads_of_facts(
    comparison: &Comparison,
    claim: &Claim,
    mode: PlanMode,
) -> BTreeSet<WorkloadId> {
    let Some(Predicate::Fact { facts }) = &claim.predicate else { return BTreeSet::new() };
    let ids = facts.iter().map(|fact| &fact.workload);
    ids.filter(|id| in_mode(comparison, id, mode)).cloned().collect()
}

fn chosen<'a>(comparison: &'a Comparison, wanted: &[ClaimId]) -> Result<Vec<&'a Claim>, PlanError> {
    if let Some(id) = wanted.iter().find(|id| comparison.claim(id).is_none()) {
        let slug = id.as_str().rsplit('/').next().unwrap_or_default();
        let near = comparison.claims.iter().find(|claim| claim.id.as_str().contains(slug));
        return Err(PlanError::UnknownClaim {
            id: id.clone(),
            pack: comparison.pack.clone(),
            near: near.map_or_else(
                || "; `evenhand verify --list` shows them all".to_owned(),
                |claim| format!("; did you mean {}?", claim.id),
            ),
        });
    }
    let selected = |claim: &&Claim| wanted.is_empty() || wanted.contains(&claim.id);
    Ok(comparison.claims.iter().filter(selected).collect())
}

fn in_mode(comparison: &Comparison, workload: &WorkloadId, mode: PlanMode) -> bool {
    match mode {
        PlanMode::Full => true,
        PlanMode::Quick => comparison.workloads.get(workload).is_some_and(|w| w.quick),
    }
}

/// How long a run will take at most, told before it starts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Pilots and timed blocks.
    pub measuring_seconds: f64,
    /// Building every program once, if none is in the cache.
    pub building_seconds: f64,
}

/// Seconds that building one program of one side takes, roughly.
const BUILD_SECONDS: f64 = 6.0;
/// Seconds that a trial takes beside the program's own time, roughly.
const TRIAL_SECONDS: f64 = 0.01;

/// How long a plan will take at most.
pub fn forecast(comparison: &Comparison, plan: &Plan) -> Forecast {
    let sides = comparison.sides.len() as f64;
    let pilot = |workload: &Workload| {
        let series = plan.series().into_iter().filter(|series| {
            series.workload == workload.id
                && matches!(series.activity, Activity::Run | Activity::Memory)
        });
        let trials = series.count() as f64 * f64::from(PILOT_BLOCKS) * sides * 2.0;
        trials * (workload.expected_seconds + TRIAL_SECONDS)
    };
    let workloads = workloads(comparison, plan);
    let builds: usize = workloads.iter().map(|workload| workload.profiles.len()).sum();
    let pilots: f64 = workloads.iter().map(|workload| pilot(workload)).sum();
    Forecast {
        measuring_seconds: plan.budget_seconds.max(pilots + plan.budget_seconds / 4.0),
        building_seconds: builds as f64 * sides * BUILD_SECONDS,
    }
}

/// The workloads that a plan touches, quickest first.
pub fn workloads<'a>(comparison: &'a Comparison, plan: &Plan) -> Vec<&'a Workload> {
    let mut workloads: Vec<&Workload> =
        plan.workloads.iter().filter_map(|id| comparison.workloads.get(id)).collect();
    workloads.sort_by(|a, b| a.expected_seconds.total_cmp(&b.expected_seconds));
    workloads
}
