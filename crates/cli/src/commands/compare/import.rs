//! `evenhand compare --import`: results that other tools measured, under the
//! usual margins, marked as not made in pairs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ::pack::results::{self, Matched, MatchedRow, MatchedSide, ResultsError};
use judge::Apart;
use model::contract::{
    AnswerTerms, Case, CaseUse, EffectTerms, Effort, Measure, Origin, Running, Side,
};
use model::{CaseId, Contract, Margin, Metric, Profile, WorkloadId};
use report::compare::{CompareDocument, CompareInput};

use super::{ENDINGS, rendered};
use crate::arguments::compare::CompareArguments;
use crate::contest::VERSION;
use crate::failure::{Exit, Failure};
use crate::{conceal, output};

/// What the comparison is called if no name is given.
const NAME: &str = "imported";

pub(crate) fn run(arguments: &CompareArguments) -> Result<Exit, Failure> {
    let files = output::by_ending(&arguments.results.output, ENDINGS)?;
    let matched = matched(&arguments.import).map_err(|error| told(&error))?;
    let matched = chosen(matched, arguments)?;
    let apart = apart(&matched, arguments);
    let judgement = judge::unpaired(&apart, matched.remarks.clone());
    let contract = contract(&matched, &apart, arguments)?;
    let document = CompareDocument::new(&CompareInput {
        contract: &contract,
        facts: None,
        judgement: &judgement,
        version: VERSION,
        command: &command(),
        conceal: &conceal::words(),
    });
    for (path, format) in &files {
        output::write_file(path, &rendered(&document, *format, false)?)?;
    }
    output::print_text(&rendered(&document, arguments.results.format, true)?)?;
    let undecided = |row: &judge::MetricJudged| {
        row.primary && row.verdict == judge::MetricVerdict::Inconclusive
    };
    Ok(match arguments.results.strict && judgement.metrics.iter().any(undecided) {
        true => Exit::NothingMeasured,
        false => Exit::Done,
    })
}

fn matched(paths: &[PathBuf]) -> Result<Matched, ResultsError> {
    let read = |path: &PathBuf| Ok((path.clone(), results::read(path)?));
    results::matched(&paths.iter().map(read).collect::<Result<Vec<_>, ResultsError>>()?)
}

fn told(error: &ResultsError) -> Failure {
    Failure::usage(error.to_string()).hint(error.way_out())
}

/// Rows to judge; the first metric of the first file is what it is about, if
/// no other is named.
fn apart(matched: &Matched, arguments: &CompareArguments) -> Vec<Apart> {
    let measuring = &arguments.measuring;
    let first = matched.rows.first().map(|row| row.metric);
    let row = |row: &MatchedRow| Apart {
        metric: row.metric,
        unit_label: matches!(row.metric, Metric::Own(_)).then(|| row.unit.clone()),
        better: row.better,
        case: row.case.clone(),
        denominator: row.denominator.clone(),
        below: row.below.clone(),
        numerator: row.numerator.clone(),
        above: row.above.clone(),
        margin: margin(row.metric, arguments),
        primary: match measuring.primary.as_slice() {
            [] => Some(row.metric) == first,
            named => named.contains(&row.metric),
        },
        warnings: row.notes.clone(),
    };
    matched.rows.iter().map(row).collect()
}

/// As named; no margin is no floor either, as for everything measured here.
fn margin(metric: Metric, arguments: &CompareArguments) -> Margin {
    let usual = metric.comparison_margin();
    let named = arguments.measuring.margin.iter().rfind(|named| named.metric == metric);
    named.map_or(usual, |named| Margin {
        factor: named.factor,
        floor: if named.factor > 1.0 { usual.floor } else { 0.0 },
    })
}

/// The rows of the metrics that were asked for.
fn chosen(matched: Matched, arguments: &CompareArguments) -> Result<Matched, Failure> {
    let measuring = &arguments.measuring;
    let wanted = measuring.metric.as_slice();
    let margins = measuring.margin.iter().map(|margin| margin.metric);
    let named = wanted.iter().copied().chain(measuring.primary.iter().copied()).chain(margins);
    let mut there: Vec<Metric> = Vec::new();
    for row in &matched.rows {
        if !there.contains(&row.metric) {
            there.push(row.metric);
        }
    }
    if let Some(unknown) = named.into_iter().find(|metric| !there.contains(metric)) {
        let names: Vec<&str> = there.iter().map(Metric::name).collect();
        return Err(Failure::usage(format!("{unknown} is not in the results"))
            .hint(format!("in them are {}", names.join(", "))));
    }
    let kept = |row: &MatchedRow| wanted.is_empty() || wanted.contains(&row.metric);
    let rows = matched.rows.into_iter().filter(kept).collect();
    Ok(Matched { rows, ..matched })
}

/// What the document shows around the numbers: sides and cases.
fn contract(
    matched: &Matched,
    apart: &[Apart],
    arguments: &CompareArguments,
) -> Result<Contract, Failure> {
    let name = arguments.results.name.as_deref().unwrap_or(NAME);
    let name: WorkloadId =
        name.parse().map_err(|error: model::IdError| Failure::usage(error.to_string()))?;
    let mut cases: Vec<Case> = Vec::new();
    for id in matched.rows.iter().filter_map(|row| row.case.as_ref()) {
        if cases.iter().all(|case| case.id != *id) {
            cases.push(case(id));
        }
    }
    let mut measures: BTreeMap<Metric, Measure> = BTreeMap::new();
    for row in apart {
        let Apart { metric, margin, primary, .. } = *row;
        measures.insert(metric, Measure { metric, margin, primary });
    }
    Ok(Contract {
        service: None,
        name,
        folder: std::env::current_dir()?,
        sides: matched.sides.iter().map(side).collect(),
        each_case: !cases.is_empty(),
        cases,
        answers: AnswerTerms::default(),
        effects: EffectTerms { look: false, ..EffectTerms::default() },
        measures: measures.into_values().collect(),
        own: Vec::new(),
        allow: Vec::new(),
        profile: Profile::Default,
        running: Running::default(),
        effort: Effort::default(),
        guards: Vec::new(),
    })
}

fn case(id: &CaseId) -> Case {
    Case {
        drive: None,
        id: id.clone(),
        args: Vec::new(),
        stdin: None,
        exit: None,
        used: CaseUse::Measured,
    }
}

fn side(side: &MatchedSide) -> Side {
    Side {
        env: BTreeMap::new(),
        name: side.name.clone(),
        origin: Origin::Program { path: PathBuf::from(&side.told) },
        args: Vec::new(),
        toolchain: None,
    }
}

fn command() -> String {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let quoted = shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default();
    format!("evenhand {quoted}")
}
