//! From well-formed files to the model: words become values, references are
//! followed, and whatever leads nowhere, stands twice or cannot be is a fault.
//! Each part goes on after a fault, so that one reading finds them all.

mod between;
mod cell;
mod claim;
mod classes;
mod comparison;
mod corpus;
mod defect;
mod drill;
mod experiment;
mod fact;
mod gate;
mod input;
mod language;
mod predicate;
mod probe;
mod program;
mod project;
mod prose;
mod serve;
mod slope;
mod toolchain;
mod workload;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use model::decision::Scenario;
use model::{
    Activity, Defect, DefectId, Dimension, Drill, DrillId, Language, LanguageId, Metric, Probe,
    ProbeId, Side, SideName, Source, Workload, WorkloadId,
};

pub(crate) use claim::Claims;
pub(crate) use comparison::{comparison, sources};
pub(crate) use corpus::corpus;
pub(crate) use defect::defect;
pub(crate) use drill::drill;
pub(crate) use input::{KINDS as INPUT_KINDS, kind as input_kind};
pub(crate) use language::language;
pub(crate) use predicate::{KINDS as PREDICATE_KINDS, RELATIONS};
pub(crate) use probe::probe;
pub(crate) use prose::placed_once;
pub(crate) use workload::workload;

use crate::document::Sheet;
use crate::spanned::Spanned;

/// What a claim or workload may refer to.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    pub(crate) sides: Vec<Side>,
    pub(crate) classes: Vec<String>,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) languages: BTreeMap<LanguageId, Language>,
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) workloads: BTreeMap<WorkloadId, Workload>,
    pub(crate) probes: BTreeMap<ProbeId, Probe>,
    pub(crate) drills: BTreeMap<DrillId, Drill>,
    pub(crate) defects: BTreeMap<DefectId, Defect>,
    pub(crate) decisions: BTreeMap<String, Scenario>,
}

impl Ground {
    /// The side of that name, or a fault.
    fn side(&self, sheet: &mut Sheet, given: &Spanned<String>) -> Option<&Side> {
        let found = self.sides.iter().find(|side| side.name.as_str() == given.get_ref());
        // That there are none at all is told once.
        if found.is_none() && !self.sides.is_empty() {
            sheet.unknown(given, "side", "sides", self.sides.iter().map(|s| s.name.as_str()));
        }
        found
    }

    fn side_name(&self, sheet: &mut Sheet, given: &Spanned<String>) -> Option<SideName> {
        self.side(sheet, given).map(|side| side.name.clone())
    }

    /// Whom something suits: a side, or nobody if not said.
    fn suits(&self, sheet: &mut Sheet, given: Option<&Spanned<String>>) -> model::Suits {
        let side = given.filter(|word| word.get_ref() != "neutral");
        side.and_then(|word| self.side_name(sheet, word))
            .map_or(model::Suits::Neutral, model::Suits::Side)
    }
}

/// Which of the comparison's kinds of software something stands for.
fn classes(sheet: &mut Sheet, ground: &Ground, given: &[Spanned<String>]) -> Vec<String> {
    sheet.no_duplicates("class", given);
    for word in given.iter().filter(|word| !ground.classes.contains(word.get_ref())) {
        let known = ground.classes.iter().map(String::as_str);
        sheet.unknown(word, "class", "classes of comparison.toml", known);
    }
    given.iter().map(|word| word.get_ref().clone()).collect()
}

/// Whether the metric is read from a run or drive of a case; the others belong to the
/// artefact or to its building.
fn is_of_a_run(metric: Metric) -> bool {
    matches!(
        Activity::giving(metric),
        Activity::Run | Activity::Memory | Activity::Instructions | Activity::Serve
    )
}

/// Whether the metric is read while a program serves; one of a pack's own may be.
fn is_of_a_drive(metric: Metric) -> bool {
    Activity::giving(metric) == Activity::Serve
}

/// A metric that packs have; others are those of contracts.
fn metric(sheet: &mut Sheet, word: &Spanned<String>) -> Option<Metric> {
    let metric = sheet.word(word)?;
    if metric == Metric::Interference {
        let help = "remove it; a block with too much of it is made again";
        sheet.fault(word.span(), "interference is a condition, and never compared", help);
        return None;
    }
    let alone = matches!(metric, Metric::Faults | Metric::Switches | Metric::Instructions);
    if alone {
        sheet.fault(
            word.span(),
            format!("{metric} is not measured in packs"),
            "remove it; `evenhand compare` measures it between programs of your own",
        );
    }
    (!alone).then_some(metric)
}

/// The words for a list of profiles; release practice if none is given.
fn profiles(
    sheet: &mut Sheet,
    given: Option<&Spanned<Vec<Spanned<String>>>>,
) -> Vec<model::Profile> {
    let Some(list) = given else { return vec![model::Profile::ReleasePractice] };
    if list.get_ref().is_empty() {
        sheet.fault(
            list.span(),
            "no profile is given",
            "name one, or leave out the key: release-practice",
        );
    }
    sheet.no_duplicates("profile", list.get_ref());
    list.get_ref().iter().filter_map(|word| sheet.word(word)).collect()
}

/// Whether a path of the pack stays where it belongs; a fault if not.
fn stays_inside(sheet: &mut Sheet, path: &Spanned<String>) -> bool {
    let inside = Path::new(path.get_ref())
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !inside {
        sheet.fault(
            path.span(),
            format!("\"{}\" leads out of its folder", path.get_ref()),
            "write a relative path without `..`: only files of the pack are unpacked with it",
        );
    }
    inside
}

/// The ids that are declared, for "did you mean".
fn names<T: ToString>(ids: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}
