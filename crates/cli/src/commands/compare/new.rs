//! `evenhand compare --new`: a workload of the pack as a start of one's own,
//! both sides with cases and a contract that guards them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use model::contract::{
    self, AnswerTerms, CaseUse, EffectTerms, Effort, Guard, GuardLimit, Measure, Origin, Running,
    Side,
};
use model::{Comparison, Contract, Language, LanguageId, Metric, Profile, Program, Tier, Workload};

use crate::arguments::DEFAULT_PACK;
use crate::failure::{Exit, Failure};
use crate::output;

/// How many times the other side's value a new guard lets pass: a start, to be
/// drawn tighter by what is seen.
const FIRST_LIMIT: f64 = 3.0;

/// Days that evidence of a new guard is good for.
const MAX_AGE: u32 = 14;

pub(super) fn run(
    named: &[String],
    languages: &BTreeMap<LanguageId, Language>,
    cache: &Path,
) -> Result<Exit, Failure> {
    let [id, folder] = named else {
        return Err(Failure::usage("--new takes a workload and a folder"));
    };
    let comparison = lab::generated(&crate::commands::read(DEFAULT_PACK, cache)?, cache)?;
    let workload = workload(&comparison, id)?;
    let folder = empty(Path::new(folder))?;
    for program in idiomatic(workload) {
        copy(&program.folder, &folder.join(program.side.as_str()))?;
    }
    let inputs = lab::input::prepare(workload, cache)?;
    copy(&inputs, &folder.join("inputs"))?;
    let contract = contract(workload, &folder, languages)?;
    let written = folder.join("evenhand.toml");
    output::write_file(&written, &pack::contract::write(&contract))?;
    super::write::lock(&contract, &written, Vec::new())?;
    let place = folder.display();
    output::print_text(&format!(
        "{place}: {} as {}, with {} cases, inputs, and a contract\n\
         next: cd {place} && evenhand compare, then evenhand check\n",
        workload.title,
        contract.sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>().join(" and "),
        contract.cases.len(),
    ))?;
    Ok(Exit::Done)
}

fn workload<'a>(comparison: &'a Comparison, id: &str) -> Result<&'a Workload, Failure> {
    let found = comparison.workloads.values().find(|workload| workload.id.as_str() == id);
    found.ok_or_else(|| {
        let known = comparison.workloads.keys().map(|id| id.as_str());
        Failure::usage(format!("no workload `{id}` in {DEFAULT_PACK}")).hint(pack::choices(
            id,
            "workloads",
            known,
        ))
    })
}

fn idiomatic(workload: &Workload) -> impl Iterator<Item = &Program> {
    workload.programs.iter().filter(|program| program.tier == Tier::Idiomatic)
}

/// A folder with nothing in it, made if it is not there.
fn empty(folder: &Path) -> Result<PathBuf, Failure> {
    let refused =
        |error: io::Error| Failure::usage(format!("cannot make {}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(refused)?;
    if fs::read_dir(folder).map_err(refused)?.next().is_some() {
        return Err(Failure::usage(format!("{} is not empty", folder.display()))
            .hint("name a folder that is not there yet"));
    }
    super::sides::absolute(folder)
}

/// Copies a folder but for what was built in it.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if !entry.file_type()?.is_dir() {
            fs::copy(entry.path(), target)?;
        } else if entry.file_name() != "target" {
            copy(&entry.path(), &target)?;
        }
    }
    Ok(())
}

fn contract(
    workload: &Workload,
    folder: &Path,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<Contract, Failure> {
    let mut sides: Vec<Side> = idiomatic(workload)
        .filter(|program| languages.contains_key(&program.language))
        .map(|program| Side {
            env: BTreeMap::new(),
            name: program.side.clone(),
            origin: Origin::Project {
                language: program.language.clone(),
                folder: folder.join(program.side.as_str()),
                package: None,
                binary: None,
                features: Vec::new(),
            },
            args: Vec::new(),
            toolchain: None,
        })
        .collect();
    sides.sort_by(|a, b| a.name.cmp(&b.name));
    let cases: Vec<contract::Case> =
        workload.cases.iter().map(|case| copied(case, folder)).collect();
    let mut measures: Vec<Measure> = vec![Measure { primary: true, ..Measure::of(Metric::Cpu) }];
    measures.extend([Metric::Wall, Metric::Memory, Metric::Size].map(Measure::of));
    if cases.iter().any(|case| case.used == CaseUse::StartUp) {
        measures.push(Measure::of(Metric::StartUp));
    }
    let name = workload.id.clone();
    Ok(Contract {
        service: None,
        name,
        folder: folder.to_owned(),
        guards: guards(&sides),
        sides,
        cases,
        each_case: false,
        answers: AnswerTerms { rule: workload.answers, ..AnswerTerms::default() },
        effects: EffectTerms::default(),
        measures,
        own: Vec::new(),
        allow: Vec::new(),
        profile: Profile::ReleasePractice,
        running: Running { directory: Some(folder.join("inputs")), ..Running::default() },
        effort: Effort::default(),
    })
}

fn copied(case: &model::Case, folder: &Path) -> contract::Case {
    let used = match case.metrics.as_slice() {
        [] => CaseUse::Compared,
        [Metric::StartUp] => CaseUse::StartUp,
        _ => CaseUse::Measured,
    };
    contract::Case {
        drive: None,
        id: case.id.clone(),
        args: case.args.iter().map(|arg| arg.replace("{input:", "").replace('}', "")).collect(),
        stdin: case.stdin.as_ref().map(|input| folder.join("inputs").join(input)),
        exit: Some(case.exit),
        used,
    }
}

fn guards(sides: &[Side]) -> Vec<Guard> {
    let [against, others @ ..] = sides else { return Vec::new() };
    let guard = |side: &Side, metric: Metric| Guard {
        name: format!("{}-{metric}", side.name),
        metric,
        case: None,
        side: side.name.clone(),
        limit: GuardLimit::Of { against: against.name.clone(), at_most: FIRST_LIMIT },
        margin: metric.comparison_margin(),
        max_age_days: MAX_AGE,
    };
    others
        .iter()
        .flat_map(|side| [Metric::Cpu, Metric::Memory].map(|metric| guard(side, metric)))
        .collect()
}
