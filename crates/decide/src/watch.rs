//! What a record promised to look at again, held against what is known now.

use model::Decision;
use model::decision::{Record, Watch, WatchKind};

use crate::recommendation::{Recommendation, Stand};

/// What became of one watch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Watched {
    /// It has not turned; the value is what it is now, if it has one.
    Stands(Option<f64>),
    /// It has.
    Crossed(Option<f64>),
    /// The decision does not have it any more.
    Gone,
}

/// Every watch of a record, in its order.
pub fn watched(record: &Record, decision: &Decision, now: &Recommendation) -> Vec<Watched> {
    record.watches.iter().map(|watch| one(watch, decision, now)).collect()
}

/// Whether what was taken would be taken again.
pub fn choice_stands(record: &Record, now: &Recommendation) -> bool {
    let chosen = now.outcome.choice.map(|choice| now.options[choice].name.as_str());
    chosen == record.choice.as_deref()
}

fn one(watch: &Watch, decision: &Decision, now: &Recommendation) -> Watched {
    let value = match watch.kind {
        WatchKind::Must => return must(watch, decision, now),
        WatchKind::Weight => points(watch, decision),
        WatchKind::Evidence => typical(watch, decision, now),
    };
    match (value, watch.was, watch.at) {
        (Some(value), Some(was), Some(at))
            if (at > was && value >= at) || (at < was && value <= at) =>
        {
            Watched::Crossed(Some(value))
        }
        (Some(value), ..) => Watched::Stands(Some(value)),
        (None, ..) => Watched::Gone,
    }
}

/// Its points beside the others' as they were: what counts is the share.
fn points(watch: &Watch, decision: &Decision) -> Option<f64> {
    let found = decision.criteria.iter().find(|criterion| criterion.id.as_str() == watch.of)?;
    let all: f64 = decision.criteria.iter().map(|criterion| criterion.points).sum();
    let scale = watch.others.map_or(1.0, |then| then / (all - found.points));
    Some(found.points * scale).filter(|points| points.is_finite())
}

fn typical(watch: &Watch, decision: &Decision, now: &Recommendation) -> Option<f64> {
    let criterion = decision.criteria.iter().position(|known| known.id.as_str() == watch.of)?;
    let option = decision.options.iter().position(|known| Some(known) == watch.option.as_ref())?;
    let component = match &watch.component {
        Some(id) => decision.components.iter().position(|known| &known.id == id)?,
        None => 0,
    };
    let pure = now.options.iter().find(|rated| rated.of.iter().all(|taken| *taken == option))?;
    Some(pure.criteria[criterion].values.get(component)?.1)
}

fn must(watch: &Watch, decision: &Decision, now: &Recommendation) -> Watched {
    let Some(must) = decision.musts.iter().position(|must| must.id.as_str() == watch.of) else {
        return Watched::Crossed(None);
    };
    let kept_out = now.options.iter().filter(|rated| watch.to.contains(&rated.name));
    let stands: Vec<Stand> = kept_out.map(|rated| rated.musts[must].stand()).collect();
    match () {
        () if stands.iter().any(|stand| *stand != Stand::Out) => Watched::Crossed(None),
        () if stands.len() < watch.to.len() => Watched::Gone,
        () => Watched::Stands(None),
    }
}
