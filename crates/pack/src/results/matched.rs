//! Which results are compared with which: commands of one file with each other,
//! benchmarks of one name from several files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::contract::Better;
use model::{CaseId, Metric, SideName};

use super::{ResultsError, TheirResult, Tool, sides};

/// Most names that are spelled out in a sentence.
const FEW: usize = 4;

/// What is to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// Two or more; the first is the denominator.
    pub sides: Vec<MatchedSide>,
    /// A row a benchmark, metric and side beyond the first, in the order of the first file.
    pub rows: Vec<MatchedRow>,
    /// What each side is, what did not match, what to know.
    pub remarks: Vec<String>,
}

/// A side of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedSide {
    /// Made of the command, the benchmark or the file.
    pub name: SideName,
    /// The command, the benchmark or the file itself.
    pub told: String,
}

/// One metric of one benchmark on two sides.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedRow {
    /// The benchmark, if there are several.
    pub case: Option<CaseId>,
    /// What was measured.
    pub metric: Metric,
    /// What the values are in.
    pub unit: String,
    /// Which end is the better one.
    pub better: Better,
    /// The first side.
    pub denominator: SideName,
    /// Another side.
    pub numerator: SideName,
    /// The first side's values.
    pub below: Vec<f64>,
    /// The other side's values.
    pub above: Vec<f64>,
    /// What to know of either side's values.
    pub notes: Vec<String>,
}

/// All results of a side.
struct Group<'a> {
    side: MatchedSide,
    path: &'a Path,
    results: Vec<&'a TheirResult>,
}

/// Finds what is compared. Of one file: its commands, or the two benchmarks in
/// it. Of several files: benchmarks of the same name, a side a file; or the one
/// benchmark in each, whatever their names.
///
/// # Errors
/// If there is nothing to compare, or no telling what is meant.
pub fn matched(files: &[(PathBuf, Vec<TheirResult>)]) -> Result<Matched, ResultsError> {
    match files {
        [(path, results)] => within(path, results),
        files => between(files),
    }
}

fn within(path: &Path, results: &[TheirResult]) -> Result<Matched, ResultsError> {
    let names = names(results);
    let commands = results.iter().all(|result| result.tool == Tool::Hyperfine);
    if let [name] = names[..]
        && !(commands && repeated(results))
    {
        return Err(ResultsError::Alone { path: path.to_owned(), name: name.to_owned() });
    }
    let parts = match commands {
        true => commands_of(results),
        false => names.iter().map(|name| of_name(results, name)).collect(),
    };
    if !commands && parts.len() != 2 {
        let (path, count) = (path.to_owned(), names.len());
        return Err(ResultsError::Ambiguous { path, count, names: few(&names) });
    }
    let told: Vec<&str> =
        parts.iter().filter_map(|part| Some(part.first()?.name.as_str())).collect();
    let named = match commands {
        true => sides::of_commands(&told),
        false => sides::of_names(&told),
    };
    let groups = named.into_iter().zip(&told).zip(parts);
    let groups: Vec<Group<'_>> = groups
        .map(|((name, told), results)| Group {
            side: MatchedSide { name, told: (*told).to_owned() },
            path,
            results,
        })
        .collect();
    compared(&groups, &[None])
}

fn between(files: &[(PathBuf, Vec<TheirResult>)]) -> Result<Matched, ResultsError> {
    let paths: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    let groups: Vec<Group<'_>> = sides::of_files(&paths)
        .into_iter()
        .zip(files)
        .map(|(name, (path, results))| {
            let told = match names(results)[..] {
                [one] => format!("{one}, {}", path.display()),
                _ => path.display().to_string(),
            };
            Group { side: MatchedSide { name, told }, path, results: results.iter().collect() }
        })
        .collect();
    if files.iter().all(|(_, results)| names(results).len() == 1) {
        return compared(&groups, &[None]);
    }
    let all: Vec<Option<&str>> = groups.iter().fold(Vec::new(), |mut all, group| {
        for result in &group.results {
            if !all.contains(&Some(result.name.as_str())) {
                all.push(Some(&result.name));
            }
        }
        all
    });
    compared(&groups, &all)
}

/// Rows of every name; without a name all results of a side are of one benchmark.
fn compared(groups: &[Group<'_>], names: &[Option<&str>]) -> Result<Matched, ResultsError> {
    let Some((first, others)) = groups.split_first() else {
        return Ok(Matched { sides: Vec::new(), rows: Vec::new(), remarks: Vec::new() });
    };
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut left = Vec::new();
    for name in names {
        let case = name.and_then(|name| case(&mut taken, name));
        for other in others {
            let pairs = meet(first, other, *name);
            left.extend(pairs.left);
            rows.extend(pairs.rows.into_iter().map(|row| MatchedRow { case: case.clone(), ..row }));
        }
    }
    if rows.is_empty() {
        return Err(nothing(first, others));
    }
    let mut remarks: Vec<String> =
        groups.iter().map(|group| format!("{}: {}", group.side.name, group.side.told)).collect();
    remarks.extend(unmatched(groups, &left));
    remarks.extend(settings(groups));
    let sides = groups.iter().map(|group| group.side.clone()).collect();
    Ok(Matched { sides, rows, remarks })
}

/// What two sides have of a benchmark.
struct Met {
    rows: Vec<MatchedRow>,
    /// Whose, and what, without a counterpart.
    left: Vec<(SideName, String)>,
}

fn meet(first: &Group<'_>, other: &Group<'_>, name: Option<&str>) -> Met {
    let (below, above) = (metrics(first, name), metrics(other, name));
    let mut met = Met { rows: Vec::new(), left: Vec::new() };
    let pairs = [(first, &below, &above), (other, &above, &below)];
    for (side, own, others) in pairs {
        let alone = |one: &&Pooled<'_>| !others.iter().any(|other| other.like(one));
        let lost: Vec<&Pooled<'_>> = own.iter().filter(alone).collect();
        let whole = lost.len() == own.len();
        let told = |one: &Pooled<'_>| match (name, whole) {
            (Some(name), true) => name.to_owned(),
            (Some(name), false) => format!("{name} ({})", one.unit),
            (None, _) => one.unit.to_owned(),
        };
        met.left.extend(lost.into_iter().map(|one| (side.side.name.clone(), told(one))));
    }
    for a in &below {
        let Some(b) = above.iter().find(|b| b.like(a)) else { continue };
        met.rows.push(MatchedRow {
            case: None,
            metric: a.metric,
            unit: a.unit.to_owned(),
            better: a.better,
            denominator: first.side.name.clone(),
            numerator: other.side.name.clone(),
            below: a.values.clone(),
            above: b.values.clone(),
            notes: notes((&first.side.name, a), (&other.side.name, b)),
        });
    }
    met
}

/// What both say once, and what one says under its name.
fn notes(below: (&SideName, &Pooled<'_>), above: (&SideName, &Pooled<'_>)) -> Vec<String> {
    let both = |note: &&&str| below.1.notes.contains(note) && above.1.notes.contains(note);
    let shared = below.1.notes.iter().filter(both).map(|note| (*note).to_owned());
    let own = [below, above].into_iter().flat_map(|(side, pooled)| {
        let own = pooled.notes.iter().filter(|note| !both(note));
        own.map(move |note| format!("{side}: {note}"))
    });
    shared.chain(own).collect()
}

/// All values of one metric of a benchmark, of every time it was measured.
struct Pooled<'a> {
    metric: Metric,
    unit: &'a str,
    better: Better,
    values: Vec<f64>,
    notes: Vec<&'a str>,
}

impl Pooled<'_> {
    fn like(&self, other: &Pooled<'_>) -> bool {
        self.metric == other.metric && self.unit == other.unit
    }
}

fn metrics<'a>(group: &Group<'a>, name: Option<&str>) -> Vec<Pooled<'a>> {
    let mut pooled: Vec<Pooled<'a>> = Vec::new();
    let wanted = |result: &&&TheirResult| name.is_none_or(|name| result.name == name);
    for result in group.results.iter().filter(wanted) {
        let notes = result.notes.iter().map(String::as_str);
        match pooled.iter_mut().find(|one| one.metric == result.metric && one.unit == result.unit) {
            Some(one) => {
                one.values.extend(&result.values);
                one.notes.extend(notes);
            }
            None => pooled.push(Pooled {
                metric: result.metric,
                unit: &result.unit,
                better: result.better,
                values: result.values.clone(),
                notes: notes.collect(),
            }),
        }
    }
    pooled
}

/// The benchmark's name as a case; a number is added to what is taken.
fn case<'a>(taken: &mut BTreeMap<String, &'a str>, name: &'a str) -> Option<CaseId> {
    let short = sides::short(name);
    let mut names = std::iter::once(short.clone()).chain((2..).map(|n| format!("{short}-{n}")));
    let free = names.find(|slug| taken.get(slug).is_none_or(|known| *known == name))?;
    taken.insert(free.clone(), name);
    free.parse().ok()
}

fn unmatched(groups: &[Group<'_>], left: &[(SideName, String)]) -> Vec<String> {
    let told = groups.iter().filter_map(|group| {
        let mut names: Vec<&str> = Vec::new();
        for (side, name) in left {
            if *side == group.side.name && !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let only = format!("not compared, only in {}: {}", group.side.name, few(&names));
        (!names.is_empty()).then_some(only)
    });
    told.collect()
}

/// Places that are not the same.
fn settings(groups: &[Group<'_>]) -> Vec<String> {
    let mut told = Vec::new();
    let mut keys: Vec<&String> = groups
        .iter()
        .flat_map(|group| &group.results)
        .flat_map(|one| one.settings.keys())
        .collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let values: Vec<(&SideName, String)> =
            groups.iter().map(|group| (&group.side.name, setting(group, key))).collect();
        if values.iter().any(|(_, value)| *value != values[0].1) {
            let values: Vec<String> =
                values.iter().map(|(side, value)| format!("{side} {value}")).collect();
            told.push(format!("measured in different places: {key} is {}", values.join(", ")));
        }
    }
    told
}

fn setting(group: &Group<'_>, key: &str) -> String {
    let mut values: Vec<&str> = group
        .results
        .iter()
        .map(|result| result.settings.get(key).map_or("not known", String::as_str))
        .collect();
    values.sort_unstable();
    values.dedup();
    values.join(" and ")
}

fn nothing(first: &Group<'_>, others: &[Group<'_>]) -> ResultsError {
    let other = others.first().map_or(first, |other| other);
    let names = [first, other].map(|group| {
        let mut names: Vec<String> = Vec::new();
        for result in &group.results {
            let name = format!("{} in {}", result.name, result.unit);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        few(&names.iter().map(String::as_str).collect::<Vec<_>>())
    });
    ResultsError::NothingInCommon {
        first: first.path.to_owned(),
        other: other.path.to_owned(),
        names: names.join("; "),
    }
}

fn names(results: &[TheirResult]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for result in results {
        if !names.contains(&result.name.as_str()) {
            names.push(&result.name);
        }
    }
    names
}

fn of_name<'a>(results: &'a [TheirResult], name: &str) -> Vec<&'a TheirResult> {
    results.iter().filter(|result| result.name == name).collect()
}

/// Whether one command was measured twice in one file.
fn repeated(results: &[TheirResult]) -> bool {
    results.iter().filter(|result| result.metric == Metric::Wall).count() > 1
}

/// A part a command, in their order: each begins with its wall time.
fn commands_of(results: &[TheirResult]) -> Vec<Vec<&TheirResult>> {
    let mut parts: Vec<Vec<&TheirResult>> = Vec::new();
    for result in results {
        match parts.last_mut() {
            Some(part) if result.metric != Metric::Wall => part.push(result),
            _ => parts.push(vec![result]),
        }
    }
    parts
}

fn few(names: &[&str]) -> String {
    let shown = names[..names.len().min(FEW)].join(", ");
    match names.len().saturating_sub(FEW) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
