//! From what was judged to what is shown.

use std::collections::BTreeMap;
use std::path::Path;

use judge::{Ending, GateCost, JudgedDefect, JudgedProgram, TestSeen, ToolSaid, Word};
use model::{Comparison, Defect, DefectId, DefectVariant, RunFacts, SideName, Suits};

use super::document::{
    CellRow, DefectRow, DefectsDocument, EndingRow, Frame, GateRow, SCHEMA, SkippedRow, TestRow,
    Text, VariantRow,
};
use crate::conceal;
use crate::verify::{RunHead, RunView, SourceRow};

/// The level of the intervals of rates.
const LEVEL: f64 = 0.95;

/// The texts of programs, by defect, side and variant.
pub type DefectTexts = BTreeMap<(DefectId, SideName, DefectVariant), String>;

/// Every text of these defects; `read` reads a file of the pack.
pub fn texts<'a>(
    comparison: &Comparison,
    ids: impl IntoIterator<Item = &'a DefectId>,
    read: impl Fn(&Path) -> Option<String>,
) -> DefectTexts {
    let mut texts = DefectTexts::new();
    for defect in ids.into_iter().filter_map(|id| comparison.defects.get(id)) {
        for program in defect.programs.iter().filter(|program| program.is_tried()) {
            let file = file(comparison, &program.side, program.variant);
            let text = read(&defect.folder.join(file));
            let key = (defect.id.clone(), program.side.clone(), program.variant);
            texts.extend(text.map(|text| (key, text)));
        }
    }
    texts
}

fn file(comparison: &Comparison, side: &SideName, variant: DefectVariant) -> String {
    let language = comparison.side(side).and_then(|side| comparison.languages.get(&side.language));
    let form = language.and_then(|language| language.corpus.as_ref());
    format!("{variant}.{}", form.map_or("", |form| form.extension.as_str()))
}

/// What a document of defects is made from.
#[derive(Debug, Clone, Copy)]
pub struct DefectsInput<'a> {
    /// The pack.
    pub comparison: &'a Comparison,
    /// What was judged.
    pub judged: &'a [JudgedDefect],
    /// What each tool cost.
    pub costs: &'a [GateCost],
    /// The run.
    pub run: RunView<'a>,
    /// The texts of the programs.
    pub texts: &'a DefectTexts,
    /// Evenhand's own version.
    pub version: &'a str,
    /// Words that must not be shown, each with what stands for it.
    pub conceal: &'a [(String, String)],
}

impl DefectsDocument {
    /// The document of what was judged.
    pub fn new(input: &DefectsInput<'_>) -> Self {
        let comparison = input.comparison;
        let facts: &RunFacts = input.run.facts;
        let repeat = conceal::open(input.run.repeat, input.conceal);
        Self {
            schema: SCHEMA,
            defects: rows(comparison, input.judged, input.texts, input.conceal),
            gates: input.costs.iter().map(|cost| GateRow::of(comparison, cost)).collect(),
            pack: comparison.pack.clone(),
            environment: conceal::place(&facts.run.environment, input.conceal),
            run: RunHead::of(facts, repeat),
            frame: Frame {
                title: comparison.title.clone(),
                version: input.version.to_owned(),
                sides: comparison.sides.iter().map(|s| (s.name.clone(), s.title.clone())).collect(),
                pack: input.run.pack.map(|pack| conceal::open(pack, input.conceal)),
            },
        }
    }
}

impl GateRow {
    pub(crate) fn of(comparison: &Comparison, cost: &GateCost) -> Self {
        Self {
            language: language(comparison, &cost.side),
            gate: cost.gate,
            tool: cost.tool.clone(),
            version: cost.version.clone(),
            programs: cost.programs,
            runs: cost.runs,
            wall_ms: cost.seconds * 1000.0,
            cpu_ms: cost.cpu_seconds * 1000.0,
        }
    }
}

/// A row a class that was tried.
pub(crate) fn rows(
    comparison: &Comparison,
    judged: &[JudgedDefect],
    texts: &DefectTexts,
    conceal: &[(String, String)],
) -> Vec<DefectRow> {
    let row = |judged: &JudgedDefect| {
        let defect = comparison.defects.get(&judged.id)?;
        Some(row(comparison, defect, judged, texts, conceal))
    };
    judged.iter().filter_map(row).collect()
}

fn row(
    comparison: &Comparison,
    defect: &Defect,
    judged: &JudgedDefect,
    texts: &DefectTexts,
    conceal: &[(String, String)],
) -> DefectRow {
    let of_defect = texts.iter().filter(|((id, ..), _)| id == &defect.id);
    let texts = of_defect.map(|((_, side, variant), text)| Text {
        side: side.clone(),
        variant: *variant,
        file: file(comparison, side, *variant),
        text: text.clone(),
    });
    let skipped = judged.skipped.iter().map(|skipped| SkippedRow {
        gate: skipped.gate,
        reason: conceal::open(&skipped.reason, conceal),
        tool: skipped.tool.clone(),
        language: language(comparison, &skipped.side),
    });
    let sources = defect.sources.iter().filter_map(|key| comparison.sources.get(key));
    DefectRow {
        id: defect.id.clone(),
        suits: match &judged.suits {
            Suits::Neutral => "neutral".to_owned(),
            Suits::Side(side) => side.to_string(),
        },
        variants: judged
            .programs
            .iter()
            .map(|one| variant(comparison, defect, one, conceal))
            .collect(),
        unexpected: !judged.surprises.is_empty(),
        skipped: skipped.collect(),
        surprises: judged.surprises.clone(),
        title: defect.title.clone(),
        family: defect.family.clone(),
        mistake: defect.mistake.clone(),
        distilled: defect.distilled,
        note: defect.note.clone(),
        sources: sources.map(SourceRow::of).collect(),
        texts: texts.collect(),
    }
}

fn variant(
    comparison: &Comparison,
    defect: &Defect,
    judged: &JudgedProgram,
    conceal: &[(String, String)],
) -> VariantRow {
    let program = defect.program(&judged.side, judged.variant);
    let at_catch = judged.tools.iter().filter(|tool| Some(tool.gate) == judged.caught_at);
    let runs = judged.caught_at.is_some_and(|gate| gate.runs());
    VariantRow {
        language: language(comparison, &judged.side),
        variant: judged.variant,
        expected: judged.expected,
        caught_at: judged.caught_at,
        loud: judged.loud,
        rate: judged.rate.map_or(0.0, |(shown, runs)| f64::from(shown) / f64::from(runs)),
        cost_ms: judged.cost_seconds.map(|seconds| seconds * 1000.0),
        codes: at_catch.flat_map(|tool| tool.codes.clone()).collect(),
        interval: judged.rate.filter(|_| runs).map(|(shown, runs)| {
            let (low, high) = judge::rate_interval(shown, runs, LEVEL);
            [low, high]
        }),
        cannot_arise: judged.cannot_arise.clone(),
        harmless: judged.harmless,
        ending: judged.ending.map(ending),
        test_without_trigger: judged.quiet_test.map(test),
        test_with_trigger: judged.trigger_test.map(test),
        tools: judged.tools.iter().map(|tool| cell(tool, conceal)).collect(),
        side: judged.side.clone(),
        about: program.map(|program| program.about.clone()).unwrap_or_default(),
    }
}

fn cell(tool: &ToolSaid, conceal: &[(String, String)]) -> CellRow {
    let (said, reason) = match &tool.word {
        Word::Caught => ("caught", None),
        Word::Quiet => ("quiet", None),
        Word::Beside => ("beside", None),
        Word::NotRun(why) => ("not-run", Some(conceal::open(why, conceal))),
    };
    CellRow {
        gate: tool.gate,
        tool: tool.tool.clone(),
        said,
        codes: tool.codes.clone(),
        beside: tool.others.clone(),
        reason,
    }
}

fn ending(ending: Ending) -> EndingRow {
    let Ending { right, silent, loud, hang } = ending;
    EndingRow { right, silent, loud, hang }
}

fn test(seen: TestSeen) -> TestRow {
    let TestSeen { passed, failed, hung } = seen;
    TestRow { passed, failed, hung }
}

/// The language of a side; the side's own name where the pack has no such side any more.
fn language(comparison: &Comparison, side: &SideName) -> String {
    comparison.side(side).map_or(side.to_string(), |side| side.language.to_string())
}
