//! Whether every side does the same beside its answer.

use std::collections::BTreeMap;

use model::{Contract, Effect, EffectSeen, RunFacts, SideName};

use super::judged::{EffectJudged, EffectVerdict};

/// Lines told of one side's effects.
const TOLD: usize = 3;

/// A row an effect of which anything was counted.
pub(super) fn judge(contract: &Contract, facts: &RunFacts) -> Vec<EffectJudged> {
    if !contract.effects.look {
        return Vec::new();
    }
    let row = |effect: &Effect| {
        let seen: Vec<&EffectSeen> =
            facts.effects.iter().filter(|one| one.effect == *effect).collect();
        (!seen.is_empty()).then(|| of(contract, *effect, &seen))
    };
    Effect::ALL.iter().filter_map(row).collect()
}

/// Why nothing may be told, a line an effect that differs.
pub(super) fn objections(effects: &[EffectJudged]) -> Vec<String> {
    let apart = effects.iter().filter(|one| one.verdict == EffectVerdict::Differs);
    apart
        .map(|one| format!("side effects differ: {}", one.reason.as_deref().unwrap_or_default()))
        .collect()
}

fn of(contract: &Contract, effect: Effect, seen: &[&EffectSeen]) -> EffectJudged {
    let names = contract.sides.iter().map(|side| &side.name);
    let values: BTreeMap<SideName, Option<u64>> =
        names.clone().map(|side| (side.clone(), total(side, seen))).collect();
    let (verdict, reason) = verdict(contract, effect, &values, seen);
    let told = names.filter_map(|side| Some((side.clone(), told(side, seen)?))).collect();
    EffectJudged { effect, values, verdict, reason, told }
}

/// The sum over the cases; `None` if a part of it, or all, is unknown.
fn total(side: &SideName, seen: &[&EffectSeen]) -> Option<u64> {
    let mut own = seen.iter().filter(|one| &one.side == side).peekable();
    own.peek()?;
    own.try_fold(0_u64, |sum, one| Some(sum.saturating_add(one.count?)))
}

fn told(side: &SideName, seen: &[&EffectSeen]) -> Option<String> {
    let mut lines: Vec<&str> = Vec::new();
    for one in seen.iter().filter(|one| &one.side == side && one.count != Some(0)) {
        lines.extend(one.told.as_deref().filter(|line| !lines.contains(line)));
    }
    lines.truncate(TOLD);
    (!lines.is_empty()).then(|| lines.join("; "))
}

fn verdict(
    contract: &Contract,
    effect: Effect,
    values: &BTreeMap<SideName, Option<u64>>,
    seen: &[&EffectSeen],
) -> (EffectVerdict, Option<String>) {
    let order = contract.sides.iter().map(|side| &side.name);
    let counts: Option<Vec<(&SideName, u64)>> =
        order.map(|side| Some((side, (*values.get(side)?)?))).collect();
    let Some(counts) = counts else {
        return (EffectVerdict::Unseen, Some(unseen(values, seen)));
    };
    let Some((first, others)) = counts.split_first() else { return (EffectVerdict::Same, None) };
    let apart: Vec<String> = others
        .iter()
        .filter(|other| lie_apart(contract, effect, first.1, other.1))
        .map(|other| format!("{effect}: {} {}, {} {}", first.0, first.1, other.0, other.1))
        .collect();
    let allowance = contract.allow.iter().find(|allowance| allowance.effect() == Some(effect));
    match (apart.is_empty(), allowance) {
        (true, _) => (EffectVerdict::Same, None),
        (false, Some(allowance)) => (EffectVerdict::Allowed, Some(allowance.reason.clone())),
        (false, None) => (EffectVerdict::Differs, Some(apart.join("; "))),
    }
}

/// Beyond the factor, and bytes beyond the absolute margin too. Waiting for
/// storage or not is no matter of degree.
fn lie_apart(contract: &Contract, effect: Effect, a: u64, b: u64) -> bool {
    let (least, most) = (a.min(b), a.max(b));
    let terms = &contract.effects;
    let by_factor = most as f64 > least as f64 * terms.factor.max(1.0);
    match effect {
        Effect::Syncs if least == 0 => most > 0,
        _ if effect.is_bytes() => by_factor && most - least > terms.bytes,
        _ => by_factor,
    }
}

fn unseen(values: &BTreeMap<SideName, Option<u64>>, seen: &[&EffectSeen]) -> String {
    let unknown = values.iter().filter(|(_, count)| count.is_none());
    let told = unknown.map(|(side, _)| {
        let why = seen.iter().find(|one| &one.side == side && one.count.is_none());
        let why = why.and_then(|one| one.told.as_deref()).unwrap_or("it was not counted");
        format!("{side}: {why}")
    });
    told.collect::<Vec<_>>().join("; ")
}
