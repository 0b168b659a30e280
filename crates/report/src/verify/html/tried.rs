//! Checks and steps on the page: by experiment, what did not come as expected
//! open to the eye, the rest behind a line that counts it.

use model::Experiment;
use serde::Serialize;

use crate::verify::document::{AttemptRow, ClaimRow, VerifyDocument};

#[derive(Serialize)]
pub(super) struct TriedView {
    experiment: String,
    title: Option<String>,
    summary: String,
    shown: Vec<AttemptView>,
    untried: Vec<String>,
    folded: Vec<AttemptView>,
    show: String,
}

#[derive(Serialize)]
struct AttemptView {
    tone: &'static str,
    sign: &'static str,
    outcome: &'static str,
    item: String,
    about: String,
    asked: String,
    seen: String,
}

/// What was tried for a claim, an experiment at a time.
pub(super) fn view(document: &VerifyDocument, claim: &ClaimRow) -> Vec<TriedView> {
    let all_shown = claim.tried_little();
    let of_one = |tried: crate::verify::attempts::Tried<'_>| {
        let as_said: Vec<AttemptView> = tried.as_said.iter().map(|row| attempt(row)).collect();
        let (mut shown, folded) =
            if all_shown { (as_said, Vec::new()) } else { (Vec::new(), as_said) };
        shown.splice(0..0, tried.otherwise.iter().map(|row| attempt(row)));
        TriedView {
            experiment: tried.experiment.to_string(),
            title: document.title_of(tried.experiment).map(str::to_owned),
            summary: tried.summary(),
            shown,
            untried: tried.untried.iter().map(|untried| untried.line()).collect(),
            folded,
            show: document.show_command(tried.experiment),
        }
    };
    claim.tried().into_iter().map(of_one).collect()
}

fn attempt(attempt: &AttemptRow) -> AttemptView {
    let (tone, sign) = match attempt.as_said {
        Some(true) => ("as-said", "✓"),
        Some(false) => ("not-as-said", "✗"),
        None => ("not-tried", "–"),
    };
    AttemptView {
        tone,
        sign,
        outcome: attempt.outcome(),
        item: attempt.item.to_string(),
        about: attempt.about.clone(),
        asked: attempt.asked(),
        seen: attempt.seen_words(),
    }
}

/// Every probe and drill that some claim here stands on, in a few words.
pub(super) fn all(document: &VerifyDocument) -> Vec<(String, String)> {
    let mut used: Vec<&Experiment> =
        document.claims.iter().flat_map(|claim| &claim.experiments).collect();
    used.sort();
    used.dedup();
    let titled = |experiment: &Experiment| {
        Some((experiment.to_string(), document.title_of(experiment)?.to_owned()))
    };
    used.into_iter().filter_map(titled).collect()
}
