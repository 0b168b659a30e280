//! All programs of a case beside each other, with what was seen of each.

use judge::{LinedUp, Lineup};
use model::{CaseId, Experiment, Metric, Profile, SideName, Tier};
use schemars::JsonSchema;
use serde::Serialize;

use super::document::{ClaimRow, EvidenceRow, VerifyDocument};
use super::words::metric_title;
use crate::quantity::quantity;

/// A case that more than two programs were driven in.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct LineupRow {
    /// Where, such as `workload/resp-cache`.
    #[schemars(with = "String")]
    pub experiment: Experiment,
    /// The workload's case.
    pub case: Option<CaseId>,
    /// How the programs were built.
    pub profile: Profile,
    /// How far the programs' authors went.
    pub tier: Tier,
    /// What the case measures.
    pub metrics: Vec<Metric>,
    /// Each side with its variants behind it.
    pub programs: Vec<ProgramRow>,
}

/// One program of a line-up.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProgramRow {
    /// The side or variant.
    pub side: SideName,
    /// The side whose program it is, under settings of its own.
    pub of: SideName,
    /// Turns that came to their end.
    pub turns: u32,
    /// Medians over them, in each metric's unit.
    pub medians: ByMetric,
}

/// Values by metric, in the order of the case; a JSON object.
#[derive(Debug, Clone, PartialEq)]
pub struct ByMetric(pub Vec<(Metric, f64)>);

impl Serialize for ByMetric {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(metric, value)| (metric, value)))
    }
}

impl JsonSchema for ByMetric {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ByMetric".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, f64>>::json_schema(generator)
    }
}

impl LineupRow {
    pub(super) fn of(lineup: &Lineup) -> Self {
        let series = &lineup.series;
        let program = |one: &LinedUp| {
            let medians = lineup.metrics.iter();
            let medians = medians.filter_map(|metric| Some((*metric, *one.medians.get(metric)?)));
            ProgramRow {
                side: one.side.clone(),
                of: one.of.clone(),
                turns: one.turns,
                medians: ByMetric(medians.collect()),
            }
        };
        Self {
            experiment: Experiment::Workload(series.workload.clone()),
            case: series.case.clone(),
            profile: series.profile,
            tier: series.tier,
            metrics: lineup.metrics.clone(),
            programs: lineup.programs.iter().map(program).collect(),
        }
    }

    fn is_of(&self, row: &EvidenceRow) -> bool {
        (&self.experiment, &self.case, self.profile, self.tier)
            == (&row.experiment, &row.case, row.profile, row.tier)
    }

    /// Where: `resp-cache live-250`.
    pub(super) fn title(&self) -> String {
        let case = self.case.as_ref().map(|case| format!(" {case}")).unwrap_or_default();
        format!("{}{case}", self.experiment.name())
    }

    /// What the columns are called, that of the programs first.
    pub(super) fn heads(&self) -> Vec<String> {
        let metrics = self.metrics.iter().map(|metric| metric_title(*metric));
        std::iter::once("program".to_owned()).chain(metrics).collect()
    }
}

impl ProgramRow {
    pub(super) fn median(&self, metric: Metric) -> Option<f64> {
        self.medians.0.iter().find(|(known, _)| *known == metric).map(|(_, value)| *value)
    }

    /// Its cells under [`LineupRow::heads`], that of its name left out.
    pub(super) fn cells(&self, metrics: &[Metric]) -> Vec<String> {
        let cell = |metric: &Metric| match self.median(*metric) {
            Some(value) => quantity(value, metric.unit()),
            None => "–".to_owned(),
        };
        metrics.iter().map(cell).collect()
    }
}

impl VerifyDocument {
    /// The line-ups that stand with a claim: each with the one that says most of it.
    pub(super) fn lineups_of(&self, claim: &ClaimRow) -> Vec<&LineupRow> {
        let says = |claim: &ClaimRow, lineup: &LineupRow| {
            claim.evidence.iter().filter(|row| lineup.is_of(row)).count()
        };
        let is_here = |lineup: &&LineupRow| {
            let mut most: Option<(&ClaimRow, usize)> = None;
            for one in &self.claims {
                let here = says(one, lineup);
                if here > most.map_or(0, |(_, most)| most) {
                    most = Some((one, here));
                }
            }
            most.is_some_and(|(one, _)| one.id == claim.id)
        };
        self.lineups.iter().filter(is_here).collect()
    }
}
