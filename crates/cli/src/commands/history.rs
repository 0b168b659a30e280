//! `evenhand history`: past runs, and what each says of a claim.

use jiff::Zoned;
use model::{RunFacts, Verdict};
use report::history::{HistoryDocument, PastRun, PastVerdict};
use store::{RunSummary, Store};

use super::verify;
use crate::arguments::HistoryArguments;
use crate::failure::{Exit, Failure, Kind};
use crate::{conceal, folders, output};

pub(crate) fn run(arguments: &HistoryArguments) -> Result<Exit, Failure> {
    let cache = folders::cache()?;
    let comparison = super::read(&arguments.pack.pack, &cache)?;
    verify::require_known(&arguments.claims, &arguments.pack, &comparison)?;
    let path = folders::store(arguments.store.as_deref())?;
    let nothing = || {
        Failure::usage(format!("no run of {} in {}", comparison.pack, path.display()))
            .hint("`evenhand verify` makes one")
    };
    if !path.exists() {
        return Err(nothing());
    }
    let reader = Store::open_for_reading(&path)?;
    let runs = reader.runs()?.into_iter().filter(|run| run.pack == comparison.pack);
    let mut past = Vec::new();
    for summary in runs.take(arguments.most) {
        let facts = reader.facts_of(&summary.id)?;
        let judged = match arguments.claims.as_slice() {
            [] => Vec::new(),
            claims => judge::judge(&comparison, &facts, claims, Zoned::now().date())
                .claims
                .into_iter()
                .map(|claim| PastVerdict {
                    claim: claim.id,
                    verdict: claim.verdict.unwrap_or(Verdict::NotRun),
                    reason: claim.reason,
                })
                .collect(),
        };
        past.push(past_run(&summary, &facts, judged, &comparison.hash));
    }
    if past.is_empty() {
        return Err(nothing());
    }
    let document = HistoryDocument { schema: 1, pack: comparison.pack.clone(), runs: past }
        .concealing(&conceal::words());
    let text = match arguments.json {
        true => document.json().map_err(|error| Failure::new(Kind::Bug, &error))?,
        false => document.text(&output::style()),
    };
    output::print_text(&text)?;
    Ok(Exit::Done)
}

fn past_run(
    summary: &RunSummary,
    facts: &RunFacts,
    verdicts: Vec<PastVerdict>,
    pack_hash: &str,
) -> PastRun {
    let toolchains = facts.run.environment.toolchains.iter().map(|(side, toolchain)| {
        format!("{side} {}", toolchain.ready_version().unwrap_or("not usable"))
    });
    PastRun {
        id: summary.id.clone(),
        started: summary.started,
        mode: summary.mode,
        end: summary.end.map(|(end, _)| end),
        trials: summary.trials,
        toolchains: toolchains.collect(),
        same_pack: summary.pack_hash == pack_hash,
        verdicts,
    }
}
