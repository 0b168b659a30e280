//! Which cells a claim speaks of: the same for planning and for judging.

use crate::{
    Activity, Cell, CellSelector, Claim, Comparison, Margin, Metric, Pairs, PlanMode, Predicate,
    Relation, Rung, Series, SideName, SlopeSelector, Witness, Workload,
};

impl Comparison {
    /// The cells that a claim speaks of, as far as the mode includes them.
    pub fn cells_of(&self, claim: &Claim, mode: PlanMode) -> Vec<Cell> {
        let (numerator, denominator, claimed, selectors) = match &claim.predicate {
            Some(Predicate::Ratio { numerator, denominator, expect, cells }) => {
                (numerator, denominator, *expect, cells)
            }
            Some(Predicate::Exists { numerator, denominator, witness, cells }) => {
                (numerator, denominator, likely_witness(*witness), cells)
            }
            Some(Predicate::Slope { numerator, denominator, expect, slope }) => {
                return self.rungs(slope, (numerator, denominator), *expect, mode);
            }
            Some(
                Predicate::Fact { .. }
                | Predicate::All { .. }
                | Predicate::Count { .. }
                | Predicate::Classes { .. }
                | Predicate::Lint(_),
            )
            | None => return Vec::new(),
        };
        let sides = (numerator, denominator);
        selectors
            .iter()
            .filter_map(|selector| Some((selector, self.workloads.get(&selector.workload)?)))
            .filter(|(selector, workload)| match mode {
                PlanMode::Full => true,
                PlanMode::Quick => selector.quick && workload.quick,
            })
            .flat_map(|(selector, workload)| {
                let sides = selector.between.as_ref().map_or(sides, |(top, below)| (top, below));
                expand(selector, workload, sides, selector.expect.unwrap_or(claimed))
            })
            .collect()
    }

    /// A cell a rung, all with the same declared number of pairs.
    fn rungs(
        &self,
        slope: &SlopeSelector,
        (numerator, denominator): (&SideName, &SideName),
        claimed: Relation,
        mode: PlanMode,
    ) -> Vec<Cell> {
        let Some(workload) = self.workloads.get(&slope.workload) else { return Vec::new() };
        if mode == PlanMode::Quick && !workload.quick {
            return Vec::new();
        }
        let cell = |rung: &Rung| Cell {
            series: Series {
                workload: slope.workload.clone(),
                activity: activity_of(slope.metric, Some(&rung.case), workload),
                case: Some(rung.case.clone()),
                profile: slope.profile,
                tier: slope.tier,
            },
            metric: slope.metric,
            numerator: numerator.clone(),
            denominator: denominator.clone(),
            claimed: Some(claimed),
            margin: slope.margin(),
            pairs: Pairs::Fixed(slope.pairs),
        };
        slope.rungs.iter().map(cell).collect()
    }
}

impl SlopeSelector {
    /// What counts as a difference between two slopes.
    pub fn margin(&self) -> Margin {
        Margin { factor: self.margin.unwrap_or(self.metric.default_margin()), floor: self.floor }
    }
}

/// The relation by which a witness is most often carried.
fn likely_witness(witness: Witness) -> Relation {
    match witness {
        Witness::NotBelow | Witness::NotAbove => Relation::Inside,
    }
}

fn expand(
    selector: &CellSelector,
    workload: &Workload,
    (numerator, denominator): (&SideName, &SideName),
    claimed: Relation,
) -> Vec<Cell> {
    let metric = selector.metric;
    let activity = activity_of(metric, selector.case.as_ref(), workload);
    let margin = Margin {
        factor: selector.margin.unwrap_or(metric.default_margin()),
        floor: selector.floor.unwrap_or(metric.default_floor()),
    };
    let cases = match activity {
        Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve => workload
            .cases
            .iter()
            .filter(|case| selector.case.as_ref().is_none_or(|wanted| wanted == &case.id))
            .filter(|case| case.metrics.contains(&metric))
            .map(|case| Some(case.id.clone()))
            .collect(),
        Activity::Artefact | Activity::BuildClean | Activity::BuildIncremental => vec![None],
    };
    let cell = |(profile, case): (_, Option<_>)| Cell {
        series: Series {
            workload: workload.id.clone(),
            activity,
            case,
            profile,
            tier: selector.tier,
        },
        metric,
        numerator: numerator.clone(),
        denominator: denominator.clone(),
        claimed: Some(claimed),
        margin,
        pairs: pairs_of(metric, workload),
    };
    let profiles = selector.profiles.iter();
    profiles.flat_map(|p| cases.iter().map(|c| (*p, c.clone()))).map(cell).collect()
}

/// A number that a program tells may come of a run or of a drive: the cases that measure it say.
fn activity_of(metric: Metric, case: Option<&crate::CaseId>, workload: &Workload) -> Activity {
    let measures = |one: &&crate::workload::Case| {
        case.is_none_or(|id| id == &one.id) && one.metrics.contains(&metric)
    };
    let drives = workload.cases.iter().find(measures).is_some_and(|case| case.drive.is_some());
    if drives { Activity::Serve } else { Activity::giving(metric) }
}

fn pairs_of(metric: Metric, workload: &Workload) -> Pairs {
    match Activity::giving(metric) {
        Activity::Artefact => Pairs::Exact,
        Activity::BuildClean | Activity::BuildIncremental => Pairs::Fixed(workload.build_pairs),
        Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve => {
            Pairs::Sequential
        }
    }
}
