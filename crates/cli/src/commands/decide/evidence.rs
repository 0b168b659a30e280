//! What the store has for a decision, and the commands that would measure the
//! rest.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use model::decision::{Basis, Found, Measured, Quantity, RunRef};
use model::{
    ClaimId, Comparison, Decision, Environment, PlanMode, RunEnd, RunFacts, ToolchainState,
};
use report::decision::ClaimSaid;
use store::{Reader, RunSummary, Store};

use super::settled::Ground;
use crate::failure::Failure;

/// What was looked for, and what was found.
pub(super) struct Sought {
    pub(super) found: Found,
    /// One place for each evidence.
    pub(super) commands: Vec<Option<String>>,
    pub(super) claims: BTreeMap<ClaimId, ClaimSaid>,
}

impl Sought {
    pub(super) fn of(decision: &Decision, ground: &Ground) -> Result<Self, Failure> {
        let cited = cited(decision);
        let names_pack = |run: &RunRef| run.workload.is_some();
        let of_pack =
            decision.evidence.iter().filter_map(|known| known.basis.run()).any(names_pack);
        let comparison = match of_pack || !cited.is_empty() {
            true => Some(crate::commands::read(&ground.pack, &ground.cache)?),
            false => None,
        };
        if let Some(comparison) = &comparison {
            known_workloads(decision, comparison)?;
        }
        let commands = commands(decision, comparison.as_ref());
        let of_edges = decision
            .edges
            .iter()
            .any(|edge| edge.cost.as_ref().is_some_and(|cost| cost.run.is_some()));
        let of_evidence = decision.evidence.iter().any(|known| known.basis.run().is_some());
        let asked = of_edges || of_evidence || !cited.is_empty();
        let reader = match asked && ground.store.exists() {
            true => Some(Store::open_for_reading(&ground.store)?),
            false => None,
        };
        let Some(reader) = reader else {
            let claims = unsaid(&cited);
            return Ok(Self { found: Found::default(), commands, claims });
        };
        let mut shelf =
            Shelf { runs: reader.runs()?, reader: &reader, facts: BTreeMap::new(), ground };
        let mut found = Found::default();
        for known in &decision.evidence {
            found.evidence.push(match (&known.basis, known.basis.run()) {
                (Basis::Value { .. }, Some(run)) => shelf.measured(run, Quantity::Value)?,
                (_, Some(run)) => shelf.measured(run, Quantity::Ratio)?,
                (_, None) => None,
            });
        }
        for edge in &decision.edges {
            let run = edge.cost.as_ref().and_then(|cost| cost.run.as_ref());
            found.edges.push(match run {
                Some(run) => shelf.measured(run, Quantity::Difference)?,
                None => None,
            });
        }
        let claims = match &comparison {
            Some(comparison) => shelf.claims(comparison, &cited)?,
            None => BTreeMap::new(),
        };
        Ok(Self { found, commands, claims })
    }
}

/// Every workload that evidence names is one of the pack's.
fn known_workloads(decision: &Decision, comparison: &Comparison) -> Result<(), Failure> {
    let named = decision.evidence.iter().filter_map(|known| known.basis.run());
    let named = named.filter(|run| run.name == comparison.pack);
    let unknown = named
        .filter_map(|run| run.workload.as_ref())
        .find(|workload| !comparison.workloads.contains_key(*workload));
    let Some(workload) = unknown else { return Ok(()) };
    let known = comparison.workloads.keys().map(|id| id.as_str());
    Err(Failure::usage(format!("no workload \"{workload}\" in {}", comparison.pack))
        .hint(pack::choices(workload.as_str(), "workloads", known)))
}

/// Claims that a decision cites.
fn cited(decision: &Decision) -> BTreeSet<ClaimId> {
    let of_criteria = decision.criteria.iter().filter_map(|criterion| criterion.claim.clone());
    of_criteria.chain(decision.facts.iter().filter_map(|fact| fact.claim.clone())).collect()
}

fn unsaid(cited: &BTreeSet<ClaimId>) -> BTreeMap<ClaimId, ClaimSaid> {
    cited.iter().map(|id| (id.clone(), ClaimSaid { verdict: None, day: None })).collect()
}

/// The runs of a store, read when they are asked for.
struct Shelf<'a> {
    reader: &'a Reader,
    /// Newest first.
    runs: Vec<RunSummary>,
    facts: BTreeMap<usize, RunFacts>,
    ground: &'a Ground,
}

impl Shelf<'_> {
    /// The newest complete run that has it and is young enough.
    fn measured(&mut self, of: &RunRef, quantity: Quantity) -> Result<Option<Measured>, Failure> {
        for at in 0..self.runs.len() {
            let run = &self.runs[at];
            let named = run.id.as_str() == of.name
                || run.pack == of.name
                || run.pack.strip_prefix("compare:") == Some(of.name.as_str());
            let complete = run.end.is_some_and(|(end, _)| end == RunEnd::Complete);
            let day = run.started.to_zoned(TimeZone::UTC).date();
            let age_days = i64::from((self.ground.as_of - day).get_days());
            // One from the future is not believed: a clock was set back.
            let young = age_days >= -1 && age_days <= i64::from(of.max_age_days);
            if !(named && complete && young) {
                continue;
            }
            let facts = self.facts_of(at)?;
            let values = judge::taken(facts, of, quantity);
            if !values.is_empty() {
                let toolchains = toolchains(&facts.run.environment);
                let (run, age_days) = (facts.run.id.clone(), age_days.max(0));
                return Ok(Some(Measured { run, day, age_days, values, toolchains }));
            }
        }
        Ok(None)
    }

    fn facts_of(&mut self, at: usize) -> Result<&RunFacts, Failure> {
        if !self.facts.contains_key(&at) {
            let facts = self.reader.facts_of(&self.runs[at].id)?;
            self.facts.insert(at, facts);
        }
        Ok(&self.facts[&at])
    }

    /// What the newest run that has a claim says of it.
    fn claims(
        &mut self,
        comparison: &Comparison,
        cited: &BTreeSet<ClaimId>,
    ) -> Result<BTreeMap<ClaimId, ClaimSaid>, Failure> {
        let mut said = unsaid(cited);
        let as_of = self.ground.as_of;
        for at in 0..self.runs.len() {
            let open: Vec<ClaimId> = said
                .iter()
                .filter(|(_, said)| said.verdict.is_none())
                .map(|(id, _)| id.clone())
                .collect();
            if open.is_empty() || self.runs[at].pack != comparison.pack {
                continue;
            }
            let facts = self.facts_of(at)?;
            let day = facts.run.started.to_zoned(TimeZone::UTC).date();
            let has: Vec<ClaimId> =
                open.into_iter().filter(|id| facts.run.plan.claims.contains(id)).collect();
            if has.is_empty() {
                continue;
            }
            for claim in judge::judge(comparison, facts, &has, as_of).claims {
                said.insert(claim.id, ClaimSaid { verdict: claim.verdict, day: Some(day) });
            }
        }
        Ok(said)
    }
}

fn toolchains(environment: &Environment) -> String {
    let ready =
        environment.toolchains.iter().filter_map(|(id, toolchain)| match &toolchain.state {
            ToolchainState::Ready { version, .. } => Some(format!("{id} {version}")),
            ToolchainState::Missing { .. } | ToolchainState::TooOld { .. } => None,
        });
    ready.collect::<Vec<_>>().join(", ")
}

/// For each evidence that names a run: what would make one.
fn commands(decision: &Decision, comparison: Option<&Comparison>) -> Vec<Option<String>> {
    let of = |known: &model::decision::Evidence| {
        let run = known.basis.run()?;
        Some(match (&run.workload, comparison) {
            (Some(workload), Some(comparison)) => of_pack(comparison, run, workload.as_str()),
            _ => of_contract(decision, run),
        })
    };
    decision.evidence.iter().map(of).collect()
}

/// The first claim that measures it, else one that runs the workload.
fn of_pack(comparison: &Comparison, run: &RunRef, workload: &str) -> String {
    let measures = |claim: &&model::Claim| {
        comparison.cells_of(claim, PlanMode::Full).iter().any(|cell| {
            cell.series.workload.as_str() == workload
                && (run.case.is_none() || run.case == cell.series.case)
                && (cell.metric == run.metric || run.case.is_some())
        })
    };
    let runs_it = |claim: &&model::Claim| {
        claim.experiments().iter().any(|experiment| {
            matches!(experiment, model::Experiment::Workload(id) if id.as_str() == workload)
        })
    };
    let claims = &comparison.claims;
    match claims.iter().find(measures).or_else(|| claims.iter().find(runs_it)) {
        Some(claim) => format!("evenhand verify {}", claim.id),
        None => format!("evenhand verify --pack {}", run.name),
    }
}

fn of_contract(decision: &Decision, run: &RunRef) -> String {
    let begins = decision.components.iter().any(|component| {
        component.workload.as_ref().is_some_and(|workload| workload.as_str() == run.name)
    });
    let name = &run.name;
    match begins {
        true => format!("evenhand compare --new {name} ./{name} && cd {name} && evenhand compare"),
        false => format!("evenhand compare --contract {name}/evenhand.toml"),
    }
}
