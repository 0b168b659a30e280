//! What has to hold: who is out, who is in, and of whom nobody knows.

use model::Decision;
use model::decision::{Must, Requires};

use crate::column::{Columns, Place, quantile};
use crate::option::Assignment;
use crate::recommendation::{MustFlip, MustMet, Relaxed, Stand};

/// Met at most this often: out.
const OUT: f64 = 0.05;
/// Met at least this often: in.
const IN: f64 = 0.95;
/// What is known of nobody.
const UNKNOWN: f64 = 0.5;

/// How often each option meets each must.
pub(crate) fn held(
    decision: &Decision,
    options: &[Assignment],
    columns: &mut Columns,
) -> Vec<Vec<MustMet>> {
    let of = |option: &Assignment, columns: &mut Columns| {
        let musts = decision.musts.iter().enumerate();
        musts.map(|(index, must)| met(decision, must, index, option, columns)).collect()
    };
    options.iter().map(|option| of(option, columns)).collect()
}

fn met(
    decision: &Decision,
    must: &Must,
    index: usize,
    option: &Assignment,
    columns: &mut Columns,
) -> MustMet {
    let components = decision.components.iter().enumerate();
    let where_it_holds = components
        .filter(|(_, component)| must.component.as_ref().is_none_or(|id| id == &component.id))
        .map(|(at, _)| at);
    let mut worst = MustMet { must: index, probability: 1.0, value: None };
    let mut all: Option<Vec<bool>> = None;
    for component in where_it_holds {
        match of_component(decision, must, option, component, columns) {
            Seen::Known(probability) => worst.probability = worst.probability.min(probability),
            Seen::Drawn { met, typical } => {
                worst.value = Some(further(must, worst.value, typical));
                all = Some(match all {
                    None => met,
                    Some(before) => {
                        before.iter().zip(&met).map(|(one, other)| *one && *other).collect()
                    }
                });
            }
        }
    }
    if let Some(all) = all {
        let share = all.iter().filter(|met| **met).count() as f64 / all.len() as f64;
        worst.probability = worst.probability.min(share);
    }
    worst
}

/// The value that is further from what is required.
fn further(must: &Must, one: Option<f64>, other: f64) -> f64 {
    match (&must.requires, one) {
        (_, None) => other,
        (Requires::AtLeast { .. }, Some(one)) => one.min(other),
        (_, Some(one)) => one.max(other),
    }
}

enum Seen {
    Known(f64),
    Drawn { met: Vec<bool>, typical: f64 },
}

fn of_component(
    decision: &Decision,
    must: &Must,
    option: &Assignment,
    component: usize,
    columns: &mut Columns,
) -> Seen {
    let taken = option.of[component];
    let Some(criterion) = must.requires.criterion() else {
        return Seen::Known(of_fact(decision, must, taken));
    };
    let position = decision.criteria.iter().position(|known| &known.id == criterion);
    let Some(criterion) = position else { return Seen::Known(UNKNOWN) };
    if !columns.is_known(Place { criterion, option: taken, component }) {
        return Seen::Known(UNKNOWN);
    }
    let column = columns.of_option(criterion, option, component);
    let met = column.iter().map(|value| must.requires.is_met_by(*value)).collect();
    Seen::Drawn { met, typical: quantile(&column, 0.5) }
}

fn of_fact(decision: &Decision, must: &Must, option: usize) -> f64 {
    let Requires::Fact { fact, is } = &must.requires else { return UNKNOWN };
    let known = decision.facts.iter().find(|known| &known.id == fact);
    let holds = known.and_then(|known| known.holds.get(&decision.options[option]));
    match holds {
        Some(holds) if holds == is => 1.0,
        Some(_) => 0.0,
        None => UNKNOWN,
    }
}

/// Where an option stands, by all its musts.
pub(crate) fn stand(musts: &[MustMet]) -> Stand {
    let stands = musts.iter().map(|must| of_probability(must.probability));
    stands.max().unwrap_or(Stand::In)
}

/// Where one must puts an option.
pub(crate) fn of_probability(probability: f64) -> Stand {
    match probability {
        p if p <= OUT => Stand::Out,
        p if p >= IN => Stand::In,
        _ => Stand::Unproven,
    }
}

/// Who returns if one must is dropped.
pub(crate) fn flips(
    decision: &Decision,
    musts: &[Vec<MustMet>],
    standing: &[Stand],
) -> Vec<MustFlip> {
    let returning = |dropped: usize| {
        let out = standing.iter().enumerate().filter(|(_, stand)| **stand == Stand::Out);
        out.filter(|(option, _)| without(&musts[*option], &[dropped]) != Stand::Out)
            .map(|(option, _)| option)
            .collect::<Vec<usize>>()
    };
    let all = 0..decision.musts.len();
    all.map(|must| MustFlip { must, returns: returning(must) })
        .filter(|flip| !flip.returns.is_empty())
        .collect()
}

fn without(musts: &[MustMet], dropped: &[usize]) -> Stand {
    let kept: Vec<MustMet> =
        musts.iter().filter(|must| !dropped.contains(&must.must)).cloned().collect();
    stand(&kept)
}

/// The musts whose relaxing costs least and brings an option back: the fewest;
/// among as few a limit before a fact, and the limit that is missed by least.
pub(crate) fn cheapest(
    decision: &Decision,
    options: &[Assignment],
    musts: &[Vec<MustMet>],
    columns: &mut Columns,
) -> Option<Relaxed> {
    let of = |option: usize| {
        let missed = musts[option].iter().filter(|met| met.stand() == Stand::Out);
        let missed: Vec<usize> = missed.map(|met| met.must).collect();
        let price: f64 = missed.iter().map(|must| price(decision, *must, &musts[option])).sum();
        (missed, price, option)
    };
    let all = (0..options.len()).map(of);
    let (missed, _, option) =
        all.min_by(|one, other| one.0.len().cmp(&other.0.len()).then(one.1.total_cmp(&other.1)))?;
    let limits =
        missed.iter().map(|must| needed(decision, *must, &options[option], columns)).collect();
    Some(Relaxed { musts: missed, limits, returns: option })
}

/// How much is missed, as a ratio's logarithm; a fact is missed wholly.
fn price(decision: &Decision, must: usize, of: &[MustMet]) -> f64 {
    const WHOLLY: f64 = 1e3;
    let limit = match &decision.musts[must].requires {
        Requires::Fact { .. } => return WHOLLY,
        Requires::AtMost { limit, .. } | Requires::AtLeast { limit, .. } => *limit,
    };
    match of.iter().find(|met| met.must == must).and_then(|met| met.value) {
        Some(value) if value > 0.0 && limit > 0.0 => (value / limit).ln().abs().min(WHOLLY),
        Some(value) => (value - limit).abs().min(WHOLLY),
        None => WHOLLY,
    }
}

/// The limit that the option would keep, in the criterion's unit.
fn needed(
    decision: &Decision,
    must: usize,
    option: &Assignment,
    columns: &mut Columns,
) -> Option<f64> {
    let must = &decision.musts[must];
    let id = must.requires.criterion()?;
    let criterion = decision.criteria.iter().position(|known| &known.id == id)?;
    let at = match must.requires {
        Requires::AtLeast { .. } => 1.0 - IN,
        _ => IN,
    };
    let components = 0..decision.components.len();
    let here =
        |at: &usize| must.component.as_ref().is_none_or(|id| id == &decision.components[*at].id);
    let ends = components
        .filter(here)
        .map(|component| quantile(&columns.of_option(criterion, option, component), at));
    match must.requires {
        Requires::AtLeast { .. } => ends.reduce(f64::min),
        _ => ends.reduce(f64::max),
    }
}
