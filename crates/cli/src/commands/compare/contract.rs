//! From the command line to a contract.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::contract::{
    Allowance, AnswerTerms, Better, Case, CaseUse, CrossDecode, Decoded, EffectTerms, Effort,
    Measure, Normalise, OwnMetric, Pick, Running, Stream, Tolerance,
};
use model::{Contract, Language, LanguageId, Margin, Metric, Scale, WorkloadId};

use super::{serving, sides};
use crate::arguments::bounds::Named;
use crate::arguments::compare::{
    AnswerArguments, CompareArguments, MeasuringArguments, RunningArguments,
};
use crate::failure::Failure;

/// The contract that the command line makes.
pub(super) fn of(
    arguments: &CompareArguments,
    languages: &BTreeMap<LanguageId, Language>,
) -> Result<Contract, Failure> {
    let folder = std::env::current_dir()?;
    let sides = sides::sides(arguments, languages)?;
    let cases = cases(arguments)?;
    let (own, measures) = measures(&arguments.measuring, &sides, &cases)?;
    let contract = Contract {
        service: serving::service(&arguments.serving)?,
        name: name(arguments, &sides)?,
        folder,
        cases,
        each_case: arguments.measuring.each_case,
        answers: answers(&arguments.answers)?,
        effects: EffectTerms { look: !arguments.answers.no_effects, ..EffectTerms::default() },
        measures,
        own,
        allow: allowances(&arguments.answers),
        profile: arguments.sources.profile,
        running: Running {
            server_processors: arguments.serving.server_processors.clone(),
            generator_processor: arguments.serving.generator_processor,
            ..running(&arguments.running)?
        },
        effort: effort(&arguments.measuring),
        guards: Vec::new(),
        sides,
    };
    require_one_language(&contract)?;
    Ok(contract)
}

/// Instructions of two languages are not of one kind.
fn require_one_language(contract: &Contract) -> Result<(), Failure> {
    let mut known = contract.sides.iter().filter_map(|side| side.origin.language());
    let first = known.next();
    let two = known.any(|language| Some(language) != first);
    if two && contract.measure(Metric::Instructions).is_some() {
        return Err(Failure::usage("instructions are not compared across languages")
            .hint("leave them to two versions of one program: evenhand check --base REV"));
    }
    Ok(())
}

/// What the flags change in a contract that was read from a file.
pub(super) fn over(
    mut contract: Contract,
    arguments: &CompareArguments,
) -> Result<Contract, Failure> {
    let MeasuringArguments { metric, own, own_json, primary, margin, .. } = &arguments.measuring;
    let said = [
        ("--metric", !metric.is_empty()),
        ("--own", !own.is_empty()),
        ("--own-json", !own_json.is_empty()),
        ("--primary", !primary.is_empty()),
        ("--margin", !margin.is_empty()),
        ("--cases", arguments.running.cases.is_some()),
        ("--input", !arguments.running.input.is_empty()),
        ("--limits", arguments.running.limits.is_some()),
        ("--rate and its like", arguments.serving.drive()),
    ];
    if let Some((flag, _)) = said.iter().find(|(_, given)| *given) {
        return Err(Failure::usage(format!(
            "{flag}: a contract is compared, and says that itself"
        ))
        .hint("change evenhand.toml, or name the programs on the command line"));
    }
    let effort = &mut contract.effort;
    if let Some(budget) = arguments.measuring.budget {
        effort.budget_seconds = budget.as_secs_f64();
    }
    effort.most_pairs = arguments.measuring.pairs.unwrap_or(effort.most_pairs);
    contract.running.realtime |= arguments.running.realtime;
    contract.allow.extend(allowances(&arguments.answers));
    Ok(contract)
}

fn name(
    arguments: &CompareArguments,
    sides: &[model::contract::Side],
) -> Result<WorkloadId, Failure> {
    let name = match &arguments.results.name {
        Some(name) => name.clone(),
        None => sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>().join("-and-"),
    };
    name.parse().map_err(|error: model::IdError| Failure::usage(format!("--name: {error}")))
}

fn cases(arguments: &CompareArguments) -> Result<Vec<Case>, Failure> {
    let RunningArguments { cases, input, start_up, .. } = &arguments.running;
    let mut all = match cases {
        Some(folder) => pack::contract::cases(folder)?,
        None => Vec::new(),
    };
    for case in &mut all {
        case.args.extend(arguments.arguments.iter().cloned());
        case.exit = case.exit.or(arguments.answers.exit);
    }
    let plain = |id: &str, stdin: Option<PathBuf>| -> Result<Case, Failure> {
        Ok(Case {
            drive: None,
            id: id.parse().map_err(|error: model::IdError| Failure::usage(error.to_string()))?,
            args: arguments.arguments.clone(),
            stdin,
            exit: arguments.answers.exit,
            used: CaseUse::Measured,
        })
    };
    for (number, path) in input.iter().enumerate() {
        let id =
            if input.len() == 1 { "input".to_owned() } else { format!("input-{}", number + 1) };
        all.push(plain(&id, Some(sides::absolute(path)?))?);
    }
    all.extend(serving::cases(&arguments.serving, &arguments.arguments)?);
    if all.is_empty() {
        all.push(plain("run", None)?);
    }
    if let Some(text) = start_up {
        let args = sides::words("--start-up", text)?;
        all.push(Case { args, used: CaseUse::StartUp, ..plain("start-up", None)? });
    }
    Ok(all)
}

fn answers(given: &AnswerArguments) -> Result<AnswerTerms, Failure> {
    let normalise = given.normalise.iter().map(|text| match text.split_once("=>") {
        Some((pattern, replacement)) => {
            Ok(Normalise { pattern: pattern.to_owned(), replacement: replacement.to_owned() })
        }
        None => Err(Failure::usage(format!("--normalise {text}: there is no => in it"))
            .hint(r"such as --normalise 'took \d+ ms=>took T'")),
    });
    let cross_decode = match &given.cross_decode {
        Some(text) => {
            Some(CrossDecode { args: sides::words("--cross-decode", text)?, gives: Decoded::Same })
        }
        None => None,
    };
    Ok(AnswerTerms {
        rule: given.answers,
        tolerance: given.tolerance.map(|relative| Tolerance { relative, absolute: 0.0 }),
        normalise: normalise.collect::<Result<_, _>>()?,
        exit: !given.any_exit,
        closed_pipe: given.closed_pipe,
        size_within: given.size_within,
        cross_decode,
        files: given.file.clone(),
    })
}

fn allowances(given: &AnswerArguments) -> Vec<Allowance> {
    let allow =
        |Named { name, value }: &Named| Allowance { name: name.clone(), reason: value.clone() };
    given.allow.iter().map(allow).collect()
}

fn running(given: &RunningArguments) -> Result<Running, Failure> {
    let words = |what, text: &Option<String>| match text {
        Some(text) => sides::words(what, text),
        None => Ok(Vec::new()),
    };
    let limits = given.limits.unwrap_or_default();
    Ok(Running {
        directory: given.cwd.as_deref().map(sides::absolute).transpose()?,
        env: given.env.iter().map(|text| variable(text)).collect::<Result<_, _>>()?,
        prepare: words("--prepare", &given.prepare)?,
        conclude: words("--conclude", &given.conclude)?,
        processors: limits.processors,
        memory: limits.memory,
        deadline_seconds: given.deadline.as_secs_f64(),
        realtime: given.realtime,
        ..Running::default()
    })
}

fn variable(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => match std::env::var(text) {
            Ok(value) => Ok((text.to_owned(), value)),
            Err(_) => Err(Failure::usage(format!("--env {text}: there is no such variable here"))
                .hint(format!("give it a value: --env {text}=VALUE"))),
        },
    }
}

fn effort(given: &MeasuringArguments) -> Effort {
    let usual = Effort::default();
    Effort {
        budget_seconds: given.budget.map_or(usual.budget_seconds, |budget| budget.as_secs_f64()),
        most_pairs: given.pairs.unwrap_or(usual.most_pairs),
        ..usual
    }
}

/// Metrics of the user's own, and everything that is measured.
fn measures(
    given: &MeasuringArguments,
    sides: &[model::contract::Side],
    cases: &[Case],
) -> Result<(Vec<OwnMetric>, Vec<Measure>), Failure> {
    let own = own(given)?;
    let mut metrics = match given.metric.as_slice() {
        [] => Metric::of_comparison(sides, cases),
        named => named.to_vec(),
    };
    metrics.extend(own.iter().map(|own| Metric::Own(own.name)));
    metrics.extend(given.primary.iter().copied());
    let mut measures: Vec<Measure> = Vec::new();
    for metric in metrics {
        if measures.iter().all(|measure| measure.metric != metric) {
            measures.push(Measure::of(metric));
        }
    }
    for measure in &mut measures {
        if let Metric::Own(name) = measure.metric
            && own.iter().all(|own| own.name != name)
        {
            return Err(Failure::usage(format!("no metric `{name}`"))
                .hint(format!("say how it is read: --own {name}=REGEX or --own-json {name}=PATH"))
                .hint(format!("or one of {}", known_metrics())));
        }
        measure.primary = given.primary.contains(&measure.metric);
    }
    for margin in &given.margin {
        let measure = measures.iter_mut().find(|measure| measure.metric == margin.metric);
        let Some(measure) = measure else {
            return Err(Failure::usage(format!("--margin: {} is not measured", margin.metric))
                .hint(format!("add it: --metric {}", margin.metric)));
        };
        // No margin is no floor either: whatever can be told apart is told.
        let floor = if margin.factor > 1.0 { measure.margin.floor } else { 0.0 };
        measure.margin = Margin { factor: margin.factor, floor };
    }
    match measures.iter().filter(|measure| measure.primary).count() {
        0 => {
            if let Some(first) = measures.first_mut() {
                first.primary = true;
            }
        }
        1..=3 => {}
        n => {
            return Err(Failure::usage(format!("--primary: {n} metrics are too many"))
                .hint("three at most decide when measuring ends; the others are measured beside"));
        }
    }
    Ok((own, measures))
}

fn known_metrics() -> String {
    Metric::ALL.iter().map(|metric| metric.name().to_owned()).collect::<Vec<_>>().join(", ")
}

fn own(given: &MeasuringArguments) -> Result<Vec<OwnMetric>, Failure> {
    let patterns =
        given.own.iter().map(|one| (one, Stream::Stderr, Pick::Pattern(one.value.clone())));
    let paths =
        given.own_json.iter().map(|one| (one, Stream::Stdout, Pick::Json(one.value.clone())));
    let mut own = Vec::new();
    for (named, stream, pick) in patterns.chain(paths) {
        let name: model::MetricName = named
            .name
            .parse()
            .map_err(|error: model::IdError| Failure::usage(format!("--own: {error}")))?;
        if named.name.parse::<Metric>().is_ok() {
            return Err(Failure::usage(format!("--own {name}: that is a metric of Evenhand's"))
                .hint("take another name"));
        }
        let more = given.more_is_better.contains(&named.name);
        let better = if more { Better::More } else { Better::Less };
        let unit = String::new();
        own.push(OwnMetric { name, stream, pick, unit, better, scale: Scale::Ratio });
    }
    Ok(own)
}

/// Where a contract is looked for when no side is named.
pub(super) fn in_folder() -> Option<PathBuf> {
    let path = Path::new("evenhand.toml");
    path.exists().then(|| path.to_owned())
}
