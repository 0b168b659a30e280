//! Facts of programs: what was counted against what the sentence says.

use std::collections::BTreeMap;

use model::{
    Activity, Comparison, FactExpectation, FactProbeKind, FactSelector, NoteKind, Profile,
    RunFacts, Scale, SideName, Tier, Unit,
};

use crate::cell::blame;
use crate::judgement::{Evidence, Finding, Subject};

/// A row for a fact.
pub(crate) fn evidence(
    comparison: &Comparison,
    selector: &FactSelector,
    facts: &RunFacts,
) -> Option<Evidence> {
    let workload = comparison.workloads.get(&selector.workload)?;
    let probe = workload.facts.iter().find(|probe| probe.id == selector.fact)?;
    let counts = counts(selector, facts);
    let mut sides = comparison.sides.iter().map(|side| &side.name);
    let (numerator, denominator) = (sides.next()?.clone(), sides.next()?.clone());
    let finding = finding(selector, probe.profile, facts, &counts);
    let difference = match (counts.get(&numerator), counts.get(&denominator)) {
        (Some(top), Some(below)) => Some(top - below),
        _ => None,
    };
    Some(Evidence {
        workload: selector.workload.clone(),
        case: match &probe.kind {
            FactProbeKind::StderrLines { case, .. } => Some(case.clone()),
            _ => None,
        },
        activity: Activity::Artefact,
        subject: Subject::Fact { id: probe.id.to_string(), about: probe.about.clone() },
        unit: Unit::Count,
        profile: probe.profile,
        tier: Tier::Idiomatic,
        numerator,
        denominator,
        scale: Scale::Difference,
        ratio: None,
        difference,
        low: None,
        high: None,
        level: None,
        pairs: u32::from(!counts.is_empty()),
        voids: BTreeMap::new(),
        margin: None,
        floor: None,
        finding,
        favours: None,
        values: counts,
        spread: BTreeMap::new(),
        warnings: Vec::new(),
    })
}

fn counts(selector: &FactSelector, facts: &RunFacts) -> BTreeMap<SideName, f64> {
    let ours =
        |fact: &&model::Fact| fact.workload == selector.workload && fact.fact == selector.fact;
    facts.facts.iter().filter(ours).map(|fact| (fact.side.clone(), fact.count as f64)).collect()
}

fn finding(
    selector: &FactSelector,
    profile: Profile,
    facts: &RunFacts,
    counts: &BTreeMap<SideName, f64>,
) -> Finding {
    let mut as_said = true;
    for (side, expected) in &selector.expect {
        let Some(count) = counts.get(side) else {
            return Finding::NotRun { why: why_missing(selector, profile, side, facts) };
        };
        as_said &= match expected {
            FactExpectation::Present => *count > 0.0,
            FactExpectation::Absent => *count == 0.0,
        };
    }
    Finding::Fact { as_said }
}

fn why_missing(
    selector: &FactSelector,
    profile: Profile,
    side: &SideName,
    facts: &RunFacts,
) -> String {
    let about_it = |note: &model::Note| match note.kind {
        NoteKind::Contained => false,
        // Such a note begins with its fact's id.
        NoteKind::Fact => note.text.starts_with(&format!("{}:", selector.fact)),
        _ => true,
    };
    let speaks = |note: &&model::Note| {
        about_it(note)
            && note.workload.as_ref().is_none_or(|workload| workload == &selector.workload)
            && note.profile.is_none_or(|noted| noted == profile)
            && note.side.as_ref().is_none_or(|noted| noted == side)
    };
    facts.notes.iter().find(speaks).map_or_else(
        || "not counted before the run was stopped; run it again to go on".to_owned(),
        blame,
    )
}
