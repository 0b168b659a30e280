//! One claim: its rows of evidence, its verdict, its reason.

use jiff::civil::Date;
use model::{
    Cell, Claim, ClaimKind, Comparison, Pairs, PlanMode, Predicate, Relation, RunFacts, Source,
    Standing, Verdict,
};
use stats::multiplicity::{Hypothesis, accepted};
use stats::{Claimed, EValues, Estimate, Q};

use crate::attempt::Tried;
use crate::count::Counted;
use crate::defect::{self, NamedClasses};
use crate::judgement::{Evidence, Finding, JudgedAttempt, JudgedClaim};
use crate::{age, all, attempt, cell, count, fact, lint, processors, rule, slope, wording};

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
                claimed: cell::claimed(cell.claimed.unwrap_or(Relation::Inside)),
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

/// What is concluded of a claim, and from what.
struct Concluded {
    verdict: Verdict,
    reason: String,
    evidence: Vec<Evidence>,
    attempts: Vec<JudgedAttempt>,
    classes: Vec<NamedClasses>,
}

const OTHER_EDITION: &str =
    "tried with another edition of the pack, and not as expected by this one; run it again";

impl Concluded {
    /// From something other than rows.
    fn bare((verdict, reason): (Verdict, String)) -> Self {
        Self { verdict, reason, evidence: Vec::new(), attempts: Vec::new(), classes: Vec::new() }
    }

    fn by_rows(verdict: Verdict, reason: String, evidence: Vec<Evidence>) -> Self {
        Self { evidence, ..Self::bare((verdict, reason)) }
    }

    /// What was tried with another edition of the pack may have been another
    /// program: it bears a sentence out or says nothing.
    fn by_attempts(
        (verdict, reason): (Verdict, String),
        rows: Vec<Tried>,
        same_edition: bool,
    ) -> Self {
        let refuted = matches!(verdict, Verdict::DoesNotHold | Verdict::OutOfDate);
        let (verdict, reason) = match refuted && !same_edition {
            true => (Verdict::NotRun, OTHER_EDITION.to_owned()),
            false => (verdict, reason),
        };
        let attempts = rows.into_iter().map(|tried| tried.row).collect();
        Self { attempts, ..Self::bare((verdict, reason)) }
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
    let concluded = match &claim.predicate {
        None => Concluded::bare(without_predicate(comparison, claim, as_of)),
        Some(predicate) if needs_run(predicate) && !facts.run.plan.claims.contains(&claim.id) => {
            let why = format!("not in this run; `evenhand verify {}` runs it", claim.id);
            Concluded::bare((Verdict::NotRun, why))
        }
        Some(predicate) => by_predicate(comparison, claim, predicate, facts, cells),
    };
    let (verdict, cut) =
        processors::at_most(concluded.verdict, comparison, &concluded.evidence, facts);
    let mut conditions = match verdict {
        Verdict::Depends => wording::conditions(&concluded.evidence),
        _ => Vec::new(),
    };
    conditions.extend(cut);
    conditions.extend(age::conditions(comparison, &concluded.evidence, &concluded.attempts, facts));
    JudgedClaim {
        id: claim.id.clone(),
        verdict: Some(verdict),
        reason: concluded.reason,
        conditions,
        experiments: claim.experiments(),
        evidence: concluded.evidence,
        attempts: concluded.attempts,
        classes: concluded.classes,
    }
}

/// Whether a predicate looks at what was seen, not at the comparison.
fn needs_run(predicate: &Predicate) -> bool {
    !matches!(predicate, Predicate::Lint(_))
}

fn by_predicate(
    comparison: &Comparison,
    claim: &Claim,
    predicate: &Predicate,
    facts: &RunFacts,
    cells: &JudgedCells<'_>,
) -> Concluded {
    match predicate {
        Predicate::Ratio { .. } => {
            let (rows, expected) = planned_rows(comparison, claim, facts, cells);
            let findings = rows.iter().map(|row| &row.finding).zip(expected.iter().copied());
            let verdict = rule::ratio(&findings.collect::<Vec<_>>());
            Concluded::by_rows(verdict, wording::ratio(&rows, &expected), rows)
        }
        Predicate::Exists { witness, .. } => {
            let (rows, _) = planned_rows(comparison, claim, facts, cells);
            let findings: Vec<&Finding> = rows.iter().map(|row| &row.finding).collect();
            let verdict = rule::exists(&findings, *witness);
            Concluded::by_rows(verdict, wording::exists(&rows, *witness), rows)
        }
        Predicate::Slope { expect, slope, .. } => {
            let rows: Vec<Evidence> =
                slope::evidence(comparison, claim, slope, facts).into_iter().collect();
            let findings: Vec<_> = rows.iter().map(|row| (&row.finding, *expect)).collect();
            Concluded::by_rows(rule::ratio(&findings), wording::slope(&rows, *expect), rows)
        }
        Predicate::Fact { facts: selectors } => {
            let planned = &facts.run.plan.workloads;
            let rows: Vec<Evidence> = selectors
                .iter()
                .filter(|selector| planned.contains(&selector.workload))
                .filter_map(|selector| fact::evidence(comparison, selector, facts))
                .collect();
            by_facts(claim, rows)
        }
        Predicate::All { experiments } => {
            let rows = attempt::rows(comparison, experiments, facts);
            let same_edition = facts.run.pack_hash == comparison.hash;
            Concluded::by_attempts(all::verdict(&rows, claim.standing), rows, same_edition)
        }
        Predicate::Count { numerator, denominator, expect, by, experiments } => {
            let rows = attempt::rows(comparison, experiments, facts);
            let counted = Counted { numerator, denominator, expect: *expect, by: *by };
            let same_edition = facts.run.pack_hash == comparison.hash;
            let concluded = count::verdict(&counted, &rows, claim.standing);
            Concluded::by_attempts(concluded, rows, same_edition)
        }
        Predicate::Classes { lists, defects, experiments } => {
            let judged = defect::defects(comparison, &facts.caught, defects);
            let rows = attempt::rows(comparison, experiments, facts);
            let (verdict, reason, classes) = defect::verdict(lists, &judged, claim.standing);
            let others = (!rows.is_empty()).then(|| all::verdict(&rows, claim.standing));
            let concluded = match others {
                Some(other) if other.0 != Verdict::Holds && other.0 != Verdict::ByDesign => other,
                _ => (verdict, reason),
            };
            let same_edition = facts.run.pack_hash == comparison.hash;
            Concluded { classes, ..Concluded::by_attempts(concluded, rows, same_edition) }
        }
        Predicate::Lint(lint) => Concluded::bare(lint::verdict(comparison, *lint, claim.standing)),
    }
}

/// The rows of the cells that the run's mode includes, and what is said of
/// each; all of them if none is.
fn planned_rows(
    comparison: &Comparison,
    claim: &Claim,
    facts: &RunFacts,
    cells: &JudgedCells<'_>,
) -> (Vec<Evidence>, Vec<Relation>) {
    let planned = comparison.cells_of(claim, facts.run.plan.mode);
    let (wanted, else_why) = if planned.is_empty() {
        (comparison.cells_of(claim, PlanMode::Full), cell::NOT_QUICK)
    } else {
        (planned, cell::LATER)
    };
    let rows = wanted.iter().map(|cell| cells.evidence(cell, facts, else_why)).collect();
    (rows, wanted.iter().filter_map(|cell| cell.claimed).collect())
}

fn by_facts(claim: &Claim, rows: Vec<Evidence>) -> Concluded {
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
    Concluded::by_rows(verdict, reason, rows)
}

fn without_predicate(comparison: &Comparison, claim: &Claim, as_of: Date) -> (Verdict, String) {
    match claim.kind {
        ClaimKind::Documented => (Verdict::Documented, documented(comparison, claim, as_of)),
        ClaimKind::Judgement => (
            Verdict::Judgement,
            "not measurable here: it depends on the team, and your own estimate decides".to_owned(),
        ),
        ClaimKind::Measured | ClaimKind::Static => {
            let why = claim.not_yet.as_deref().unwrap_or("no experiment yet");
            (Verdict::NotRun, why.to_owned())
        }
    }
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
