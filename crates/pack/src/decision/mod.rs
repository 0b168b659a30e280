//! decision.toml, presets and scenarios.
//!
//! [`read`] hands over a [`Decision`] in which every name names something and
//! every number can be used, or all faults at once. [`presets`] and
//! [`scenarios`] are those that a pack brings; [`with`] puts a value at a key,
//! as `--what-if` and the answers to a preset's questions do. docs/decide.md
//! and docs/decision-format.md describe the file.
//!
//! Whether what a decision refers to is in the store is for the caller to find
//! out.

mod amend;
mod criterion;
mod differences;
mod evidence;
mod must;
mod part;
mod preset;
mod record;

use std::path::Path;
use std::sync::Arc;

use model::decision::{Criterion, Preset, Scenario, Weights};
use model::{Decision, SideName};
use serde_json::Value;

pub use amend::{KeyError, NotAnswer, answered, begun_from, parsed_answer, value_at, with};
pub use differences::differences;
pub use preset::{MOST_ASKS, presets, scenarios};
pub(crate) use preset::{all, dangling};
pub use record::record;

use crate::document::{Document, Guide, Sheet};
use crate::fault::{Fault, Faults};
use crate::shape::{DecisionFile, Text};

pub(crate) const GUIDE: Guide = Guide {
    page: "docs/decision-format.md",
    missing: "`evenhand decide --new` writes one; docs/decision-format.md shows every key",
    hyphens: true,
};

/// Days after which a record has to be looked at again, and after which a run
/// is not believed any more, if the file does not say: two releases of Go and
/// four of Rust lie in half a year.
const HALF_A_YEAR: u32 = 180;

/// Ten years.
const LONGEST_DAYS: u32 = 3653;

/// More components would be more splits than anybody can weigh.
const MOST_COMPONENTS: usize = 6;

/// Reads a decision.toml.
///
/// # Errors
/// The first thing that does not fit the form of the file; if all does, every
/// fault in what it says.
pub fn read(path: &Path) -> Result<Decision, Faults> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let document = Document::open_by(&GUIDE, path, name).map_err(|fault| Faults(vec![fault]))?;
    of_document(&document).map(|parsed| parsed.decision)
}

/// Reads the text of a decision, which faults call `name`.
///
/// # Errors
/// As those of [`read`].
pub fn parse(name: &str, text: &str) -> Result<Decision, Faults> {
    of_document(&Document::new(&GUIDE, name.to_owned(), Arc::from(text)))
        .map(|parsed| parsed.decision)
}

/// The text as a value whose keys are sorted: what a digest is made of, so that
/// comments and order do not count.
///
/// # Errors
/// When the text is not TOML.
pub fn canonical(text: &str) -> Result<String, toml::de::Error> {
    let value: Value = toml::from_str(text)?;
    Ok(sorted(value).to_string())
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.into_iter().collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            entries.into_iter().map(|(key, value)| (key, sorted(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// What a file says.
struct Read {
    decision: Decision,
    preset: Option<Preset>,
    scenario: Option<Scenario>,
}

fn of_document(document: &Document) -> Result<Read, Faults> {
    let one = |fault: Fault| Faults(vec![fault]);
    let file: DecisionFile = document.decode().map_err(one)?;
    let mut sheet = Sheet::new(document);
    let decision = meaning(&mut sheet, &file);
    let id = document.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    let preset = preset::preset(&mut sheet, &file, id, decision.as_ref());
    let scenario = preset::scenario(&mut sheet, &file, id, decision.as_ref());
    let faults = sheet.finish();
    match decision {
        Some(decision) if faults.is_empty() => Ok(Read { decision, preset, scenario }),
        _ => Err(Faults(faults)),
    }
}

/// What the parts of a file may refer to.
struct Ground<'a> {
    options: &'a [SideName],
    components: &'a [model::decision::Component],
    criteria: &'a [Criterion],
}

fn meaning(sheet: &mut Sheet, file: &DecisionFile) -> Option<Decision> {
    let options = options(sheet, file);
    let components = part::components(sheet, file, &options);
    let criteria = criterion::criteria(sheet, file, &components);
    part::relevance(sheet, file, &criteria);
    let ground = Ground { options: &options, components: &components, criteria: &criteria };
    let facts = must::facts(sheet, file, &options);
    let edges = part::edges(sheet, file, &ground);
    let musts = must::musts(sheet, file, &ground, &facts);
    let evidence = evidence::evidence(sheet, file, &ground);
    criterion::that_matter(sheet, file, &criteria, &musts);
    let incumbent = option_named(sheet, file.incumbent.as_ref(), &options);
    let team = option_named(sheet, file.team.as_ref(), &options);
    let weights = file.weights.as_ref().and_then(|word| sheet.word(word));
    Some(Decision {
        question: question(sheet, &file.question)?,
        preset: file.from.as_ref().map(|from| from.get_ref().clone()),
        incumbent,
        team,
        weights: weights.unwrap_or(Weights::Considered),
        seed: u64::from(file.seed.unwrap_or(1)),
        valid_days: valid_days(sheet, file),
        open: file.open.clone(),
        options,
        components,
        edges,
        facts,
        musts,
        criteria,
        evidence,
    })
}

fn question(sheet: &mut Sheet, given: &Text) -> Option<String> {
    let text = given.get_ref().trim();
    if text.is_empty() {
        sheet.fault(given.span(), "the question is empty", "write what is to be decided");
        return None;
    }
    Some(text.to_owned())
}

fn valid_days(sheet: &mut Sheet, file: &DecisionFile) -> u32 {
    let Some(given) = &file.valid_days else { return HALF_A_YEAR };
    let help = "write how many days its reasons will hold, such as 180";
    match *given.get_ref() {
        0 => sheet.fault(given.span(), "a record that is never valid decides nothing", help),
        days if days > LONGEST_DAYS => {
            sheet.fault(given.span(), "no reason holds for more than ten years", help);
        }
        _ => {}
    }
    *given.get_ref()
}

fn options(sheet: &mut Sheet, file: &DecisionFile) -> Vec<SideName> {
    let given = file.options.get_ref();
    sheet.no_duplicates("option", given);
    if given.len() < 2 {
        let what = match given.first() {
            Some(only) => {
                format!("there is one option, \"{}\": nothing is to decide", only.get_ref())
            }
            None => "there is no option".to_owned(),
        };
        let help = "name two at least: options = [\"ONE\", \"OTHER\"]";
        sheet.fault(file.options.span(), what, help);
    }
    given.iter().filter_map(|option| sheet.id(option)).collect()
}

/// An option by its name.
fn option_named(sheet: &mut Sheet, given: Option<&Text>, options: &[SideName]) -> Option<SideName> {
    let given = given?;
    let found = options.iter().find(|option| option.as_str() == given.get_ref());
    if found.is_none() {
        sheet.unknown(given, "option", "options", options.iter().map(SideName::as_str));
    }
    found.cloned()
}
