//! What can be looked up in the comparison itself.

use model::{Comparison, Lint, Standing, Verdict};
use regex::Regex;

/// Words by which claims would be added up to a rank or a total.
const RANKING: &str = r"(?ix)
    \b winners? \b
  | \b wins \s+ overall \b
  | \b overall \s+ (better|best|score|rank) \b
  | \b (better|best) \s+ (language \s+)? overall \b
  | \b total \s+ score \b
  | \b scor(e|es|ed|ing) \s+ (of \s+)? \d
  | \b \d+ (\.\d+)? \s* (/|out\s+of) \s* 10 \b
  | \b rank(s|ed)? \s* (\#|no\.?|number)? \s* \d
  | \b rank(s|ed)? \s+ (first|second|last|above|below) \b
";
/// Words before it that turn such a sentence round.
const DENIAL: &str = r"(?i)\b(no|not|nor|never|neither|nobody|without|wrong)\b|n't\b";
/// A date that somebody wrote instead of one that is worked out.
const DATED: &str = r"(?i)\b\d{4}-\d{2}-\d{2}\b|\blast\s+(verified|checked|reviewed)\b";

/// The verdict and its reason.
pub(crate) fn verdict(
    comparison: &Comparison,
    lint: Lint,
    standing: Standing,
) -> (Verdict, String) {
    let (found, carried) = match lint {
        Lint::EveryClassHasAWorkload => return every_class(comparison, standing),
        Lint::NoRanking => (
            first(comparison, ranking),
            "no sentence ranks the sides or adds them up, and verdicts are counted, never summed",
        ),
        Lint::NoTypedDates => {
            (first(comparison, dated), "every date on the page is worked out from sources and runs")
        }
    };
    match (found, standing) {
        (Some(found), _) => (Verdict::DoesNotHold, found),
        (None, Standing::Contested) => (Verdict::Holds, carried.to_owned()),
        (None, Standing::ByDesign | Standing::Frame) => (Verdict::ByDesign, carried.to_owned()),
    }
}

fn every_class(comparison: &Comparison, standing: Standing) -> (Verdict, String) {
    let workloads = comparison.workloads.values();
    if comparison.classes.is_empty() {
        return (Verdict::NotRun, "the comparison names no kind of software".to_owned());
    }
    if workloads.clone().all(|workload| workload.classes.is_empty()) {
        let why = "no workload says which kind of software it stands for";
        return (Verdict::NotRun, why.to_owned());
    }
    let mut covered: Vec<String> = Vec::new();
    let mut gaps: Vec<&str> = Vec::new();
    for class in &comparison.classes {
        match workloads.clone().find(|workload| workload.classes.contains(class)) {
            Some(workload) => covered.push(format!("{class} ({})", workload.id)),
            None => gaps.push(class),
        }
    }
    if !gaps.is_empty() {
        let (some, all) = (covered.len(), comparison.classes.len());
        let reason = format!("{some} of {all} have one; without: {}", gaps.join(", "));
        return (Verdict::DoesNotHold, reason);
    }
    let verdict = match standing {
        Standing::ByDesign => Verdict::ByDesign,
        Standing::Contested | Standing::Frame => Verdict::Holds,
    };
    (verdict, covered.join(", "))
}

/// The first place in the claims and the guide that a search finds.
fn first(comparison: &Comparison, search: fn(&str) -> Option<String>) -> Option<String> {
    let claims = comparison.claims.iter().map(|claim| (claim.id.to_string(), claim.text.as_str()));
    let prose = comparison.prose.split("\n\n").map(|paragraph| ("the guide".to_owned(), paragraph));
    claims.chain(prose).find_map(|(place, text)| {
        let found = search(text)?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(format!("{place} says: {found}"))
    })
}

/// A sentence that ranks, unless it denies doing so.
fn ranking(text: &str) -> Option<String> {
    let (ranking, denial) = (Regex::new(RANKING).ok()?, Regex::new(DENIAL).ok()?);
    let sentence = text.split_inclusive(['.', ';', '!', '?']).find(|sentence| {
        let found = ranking.find(sentence);
        found.is_some_and(|found| !denial.is_match(&sentence[..found.start()]))
    })?;
    Some(sentence.to_owned())
}

fn dated(text: &str) -> Option<String> {
    let found = Regex::new(DATED).ok()?.find(text)?;
    Some(found.as_str().to_owned())
}
