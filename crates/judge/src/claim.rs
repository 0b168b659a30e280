//! One claim: its rows of evidence, its verdict, its reason.

use jiff::civil::Date;
use model::{
    Cell, Claim, ClaimKind, Comparison, Pairs, PlanMode, Predicate, RunFacts, Source, Standing,
    Verdict,
};
use stats::multiplicity::{Hypothesis, accepted};
use stats::{Claimed, EValues, Estimate, Q};

use crate::judgement::{Evidence, Finding, JudgedClaim};
use crate::{cell, fact, rule, wording};

/// Every planned cell with its estimate and what the rule over the whole run
/// allows to be said of it.
pub(crate) struct JudgedCells<'a> {
    cells: Vec<(&'a Cell, Option<Estimate>, Option<Claimed>)>,
}

impl<'a> JudgedCells<'a> {
    pub(crate) fn of(facts: &'a RunFacts) -> Self {
        let estimates: Vec<(&Cell, Option<Estimate>)> =
            facts.run.plan.cells.iter().map(|c| (c, cell::estimate(c, facts))).collect();
        let sequential: Vec<Hypothesis> = estimates
            .iter()
            .filter(|(cell, _)| cell.pairs == Pairs::Sequential)
            .map(|(cell, estimate)| Hypothesis {
                claimed: cell::claimed(cell.claimed),
                e_values: estimate.as_ref().and_then(|e| e.e_values).unwrap_or(EValues::NOTHING),
            })
            .collect();
        let mut held = accepted(&sequential, Q).into_iter();
        let cells = estimates
            .into_iter()
            .map(|(cell, estimate)| {
                let sequential = cell.pairs == Pairs::Sequential;
                let accepted = if sequential { held.next().flatten() } else { None };
                (cell, estimate, accepted)
            })
            .collect();
        Self { cells }
    }

    fn evidence(&self, wanted: &Cell, facts: &RunFacts, else_why: &str) -> Evidence {
        match self.cells.iter().find(|(cell, ..)| *cell == wanted) {
            Some((cell, estimate, accepted)) => {
                cell::evidence(cell, facts, estimate.as_ref(), *accepted)
            }
            None => cell::not_run(wanted, else_why.to_owned()),
        }
    }
}

/// Judges one claim.
pub(crate) fn judge(
    comparison: &Comparison,
    claim: &Claim,
    facts: &RunFacts,
    cells: &JudgedCells<'_>,
    as_of: Date,
) -> JudgedClaim {
    let (verdict, reason, evidence) = match &claim.predicate {
        None => without_predicate(comparison, claim, as_of),
        Some(_) if !facts.run.plan.claims.contains(&claim.id) => {
            let why = format!("not in this run; `evenhand verify {}` runs it", claim.id);
            (Verdict::NotRun, why, Vec::new())
        }
        Some(Predicate::Fact { facts: selectors }) => {
            let planned = &facts.run.plan.workloads;
            let rows: Vec<Evidence> = selectors
                .iter()
                .filter(|selector| planned.contains(&selector.workload))
                .filter_map(|selector| fact::evidence(comparison, selector, facts))
                .collect();
            by_facts(claim, rows)
        }
        Some(predicate) => by_cells(predicate, planned_rows(comparison, claim, facts, cells)),
    };
    let conditions = match verdict {
        Verdict::Depends => wording::conditions(&evidence),
        _ => Vec::new(),
    };
    JudgedClaim {
        id: claim.id.clone(),
        verdict: Some(verdict),
        reason,
        conditions,
        experiments: claim.experiments(),
        evidence,
        attempts: Vec::new(),
    }
}

/// The rows of the cells that the run's mode includes; all of them if none is.
fn planned_rows(
    comparison: &Comparison,
    claim: &Claim,
    facts: &RunFacts,
    cells: &JudgedCells<'_>,
) -> Vec<Evidence> {
    const LATER: &str = "this cell or its margin is newer than the run; run it again";
    const NOT_QUICK: &str = "not in --quick; use --full";
    let planned = comparison.cells_of(claim, facts.run.plan.mode);
    let (wanted, else_why) = if planned.is_empty() {
        (comparison.cells_of(claim, PlanMode::Full), NOT_QUICK)
    } else {
        (planned, LATER)
    };
    wanted.iter().map(|cell| cells.evidence(cell, facts, else_why)).collect()
}

fn by_cells(predicate: &Predicate, rows: Vec<Evidence>) -> (Verdict, String, Vec<Evidence>) {
    let findings: Vec<&Finding> = rows.iter().map(|row| &row.finding).collect();
    let (verdict, reason) = match predicate {
        Predicate::Exists { witness, .. } => {
            (rule::exists(&findings, *witness), wording::exists(&rows, *witness))
        }
        Predicate::Ratio { expect, .. } => {
            (rule::ratio(&findings, *expect), wording::ratio(&rows, *expect))
        }
        _ => (Verdict::NotRun, String::new()),
    };
    (verdict, reason, rows)
}

fn by_facts(claim: &Claim, rows: Vec<Evidence>) -> (Verdict, String, Vec<Evidence>) {
    let any = |wanted: fn(&Finding) -> bool| rows.iter().any(|row| wanted(&row.finding));
    let verdict = if rows.is_empty() || any(|f| matches!(f, Finding::NotRun { .. })) {
        Verdict::NotRun
    } else if any(|f| *f == Finding::Fact { as_said: false }) {
        Verdict::DoesNotHold
    } else if claim.standing == Standing::ByDesign {
        Verdict::ByDesign
    } else {
        Verdict::Holds
    };
    let reason = if rows.is_empty() {
        "none of its programs is in --quick; use --full".to_owned()
    } else {
        wording::facts(&rows)
    };
    (verdict, reason, rows)
}

fn without_predicate(
    comparison: &Comparison,
    claim: &Claim,
    as_of: Date,
) -> (Verdict, String, Vec<Evidence>) {
    let (verdict, reason) = match claim.kind {
        ClaimKind::Documented => (Verdict::Documented, documented(comparison, claim, as_of)),
        ClaimKind::Judgement => (
            Verdict::Judgement,
            "not measurable here: it depends on the team, and your own estimate decides".to_owned(),
        ),
        ClaimKind::Measured | ClaimKind::Static => {
            let why = claim.not_yet.as_deref().unwrap_or("no experiment yet");
            (Verdict::NotRun, why.to_owned())
        }
    };
    (verdict, reason, Vec::new())
}

fn documented(comparison: &Comparison, claim: &Claim, as_of: Date) -> String {
    let sources = claim.sources.iter().filter_map(|key| comparison.sources.get(key));
    let told = sources.map(|source| {
        let checked = match source.checked {
            Some(date) => format!(", compared {date}"),
            None => ", not yet compared".to_owned(),
        };
        let late = if overdue(source, as_of).is_some() { " (too long ago)" } else { "" };
        format!("{}{checked}{late}", source.title)
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Days since a source was compared, if that is more than it allows.
pub(crate) fn overdue(source: &Source, as_of: Date) -> Option<i32> {
    let checked = source.checked?;
    let days = (as_of - checked).get_days();
    let most = i32::try_from(source.max_age_days?).unwrap_or(i32::MAX);
    (days > most).then_some(days)
}
