//! How far the toolchains that were measured lie behind the newest ones.

use std::collections::BTreeSet;

use model::{Comparison, RunFacts, SideName, ToolchainName, Version};

use crate::judgement::{Evidence, Finding, JudgedAttempt};

/// Releases behind the newest that need no mention.
const TOLERATED: u32 = 1;

/// A condition a side that the evidence is of, if its installed toolchain is
/// more than one release behind.
pub(crate) fn conditions(
    comparison: &Comparison,
    evidence: &[Evidence],
    attempts: &[JudgedAttempt],
    facts: &RunFacts,
) -> Vec<String> {
    let told = told_of(evidence, attempts);
    let sides = comparison.sides.iter().map(|side| &side.name);
    sides
        .filter(|side| told.contains(side))
        .filter_map(|side| condition(comparison, side, facts))
        .collect()
}

/// The sides whose installed toolchains something was seen of.
fn told_of<'a>(evidence: &'a [Evidence], attempts: &'a [JudgedAttempt]) -> BTreeSet<&'a SideName> {
    let seen = |row: &&Evidence| {
        !matches!(row.finding, Finding::NotRun { .. } | Finding::NotComparable { .. })
    };
    let rows = evidence.iter().filter(seen).flat_map(|row| [&row.numerator, &row.denominator]);
    let made = |row: &&JudgedAttempt| row.toolchain.is_installed() && row.as_said.is_some();
    rows.chain(attempts.iter().filter(made).map(|row| &row.side)).collect()
}

fn condition(comparison: &Comparison, side: &SideName, facts: &RunFacts) -> Option<String> {
    let ready = facts.run.environment.toolchains.get(side)?.ready_version()?;
    let installed: Version = ready.parse().ok()?;
    let language = comparison.languages.get(&comparison.side(side)?.language)?;
    let name: ToolchainName = "newest".parse().ok()?;
    let newest = language.toolchains.get(&name)?;
    let behind = if installed.major == newest.major {
        let releases = newest.minor.saturating_sub(installed.minor);
        (releases > TOLERATED).then(|| format!("{releases} releases"))?
    } else {
        (installed < *newest).then(|| "a major release".to_owned())?
    };
    Some(format!("with {side} {ready}, {behind} behind {newest}"))
}
