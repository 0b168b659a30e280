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
        let quick = self.workloads.get(&slope.workload).is_some_and(|workload| workload.quick);
        if mode == PlanMode::Quick && !quick {
            return Vec::new();
        }
        let cell = |rung: &Rung| Cell {
            series: Series {
                workload: slope.workload.clone(),
                activity: Activity::giving(slope.metric),
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
    let activity = Activity::giving(metric);
    let margin = Margin {
        factor: selector.margin.unwrap_or(metric.default_margin()),
        floor: selector.floor.unwrap_or(metric.default_floor()),
    };
    let cases = match activity {
        Activity::Run | Activity::Memory | Activity::Instructions => workload
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

fn pairs_of(metric: Metric, workload: &Workload) -> Pairs {
    match Activity::giving(metric) {
        Activity::Artefact => Pairs::Exact,
        Activity::BuildClean | Activity::BuildIncremental => Pairs::Fixed(workload.build_pairs),
        Activity::Run | Activity::Memory | Activity::Instructions => Pairs::Sequential,
    }
}
