//! What would turn the answer, in words.

use decide::{EvidenceFlip, MustFlip, WeightFlip};

use super::super::document::titled;
use super::super::input::DecisionInput;
use super::super::rows::FlipRow;
use super::{about, labelled, listed, title, within};

/// All of them: points and values nearest first, then musts.
pub(super) fn flips(input: &DecisionInput<'_>) -> Vec<FlipRow> {
    let answer = input.recommendation;
    let mut values: Vec<&EvidenceFlip> = answer.evidence_flips.iter().collect();
    values.sort_by(|one, other| {
        let far = |flip: &EvidenceFlip| {
            let criterion =
                input.decision.criterion(&input.decision.evidence[flip.evidence].criterion);
            let width = criterion.map_or(1.0, |of| (of.goal - of.floor).abs());
            (flip.at - flip.now.1).abs() / width
        };
        other.inside.cmp(&one.inside).then(far(one).total_cmp(&far(other)))
    });
    let weights = answer.weight_flips.iter().map(|flip| weight(input, flip));
    let values = values.into_iter().map(|flip| evidence(input, flip));
    let musts = answer.must_flips.iter().map(|flip| must(input, flip));
    weights.chain(values).chain(musts).collect()
}

fn weight(input: &DecisionInput<'_>, flip: &WeightFlip) -> FlipRow {
    let criterion = &input.decision.criteria[flip.criterion];
    let to = &input.recommendation.options[flip.to];
    let all: f64 = input.decision.criteria.iter().map(|of| of.points).sum();
    let more = if flip.at > flip.stated { "more" } else { "less" };
    let words = format!(
        "{} matters {more}: {} points instead of {}: {}",
        criterion.id,
        about(flip.at, ""),
        labelled(flip.stated, ""),
        titled(input, to)
    );
    FlipRow {
        kind: "weight",
        of: criterion.id.to_string(),
        option: None,
        component: None,
        now: Some(flip.stated),
        at: Some(flip.at),
        inside: None,
        to: vec![to.name.clone()],
        words,
        others: Some(all - criterion.points),
    }
}

fn evidence(input: &DecisionInput<'_>, flip: &EvidenceFlip) -> FlipRow {
    let decision = input.decision;
    let known = &decision.evidence[flip.evidence];
    let unit = decision.criterion(&known.criterion).map_or("", |of| of.unit.as_str());
    let to = &input.recommendation.options[flip.to];
    let several = decision.components.len() > 1;
    // What is said of all of them is told and watched of all.
    let component = known.component.clone().filter(|_| several);
    let place = component.as_ref().map(|component| format!(" of {component}")).unwrap_or_default();
    let beyond = if flip.at > flip.now.1 { "or more" } else { "or less" };
    let likely = if flip.inside { ", which it may be" } else { "" };
    let value = match about(flip.at, unit) == about(flip.now.1, unit) {
        true => {
            format!("a little {} than {}", beyond.trim_start_matches("or "), within(flip.now, unit))
        }
        false => format!("{} {beyond}, not {}{likely}", about(flip.at, unit), within(flip.now, "")),
    };
    let with = title(input, &known.option);
    let words = format!("{}{place} with {with} is {value}: {}", known.criterion, titled(input, to));
    FlipRow {
        kind: "evidence",
        of: known.criterion.to_string(),
        option: Some(known.option.clone()),
        component,
        now: Some(flip.now.1),
        at: Some(flip.at),
        inside: Some(flip.inside),
        to: vec![to.name.clone()],
        words,
        others: None,
    }
}

fn must(input: &DecisionInput<'_>, flip: &MustFlip) -> FlipRow {
    let must = &input.decision.musts[flip.must];
    let options = flip.returns.iter().map(|option| &input.recommendation.options[*option]);
    let titles: Vec<String> = options.clone().map(|rated| titled(input, rated)).collect();
    let is = if titles.len() == 1 { "is an option" } else { "are options" };
    FlipRow {
        kind: "must",
        of: must.id.to_string(),
        option: None,
        component: None,
        now: None,
        at: None,
        inside: None,
        to: options.map(|rated| rated.name.clone()).collect(),
        words: format!("{} need not hold: {} {is} again", must.id, listed(&titles)),
        others: None,
    }
}
