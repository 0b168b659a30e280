//! Classes of mistakes for a reader: a row a class, a cell a gate and
//! language, loud and silent told apart; open a row to see both programs beside
//! their corrected twins. Shared by the page and by a page of its own.

use minijinja::value::Serde;
use model::{CatchGate, DefectVariant, SideName};
use serde::Serialize;

use super::diff::{self, Mark};
use super::document::{CellRow, DefectRow, DefectsDocument, GateRow, Text, VariantRow};
use super::words::{CHOSEN, legend};
use crate::page::{self, PageError};

/// The looks of the table; both pages that hold it need them.
pub(crate) const CSS: &str = include_str!("defects.css");
/// The table itself.
pub(crate) const TABLE: (&str, &str) = ("defects.html", include_str!("defects.html"));

const OWN: &str = include_str!("own.html");

/// What `own.html` is filled with.
#[derive(Serialize)]
struct Page<'a> {
    looks: &'static str,
    css: &'static str,
    title: &'static str,
    pack: &'a str,
    version: &'a str,
    summary: String,
    date: String,
    repeat: &'a str,
    defects: TableView,
}

/// What `defects.html` is filled with.
#[derive(Serialize)]
pub(crate) struct TableView {
    sides: Vec<String>,
    gates: Vec<GateView>,
    groups: Vec<GroupView>,
    costs: Vec<CostView>,
    skipped: Vec<String>,
    legend: String,
    chosen: &'static str,
}

#[derive(Serialize)]
struct GateView {
    name: &'static str,
    title: &'static str,
}

/// Classes chosen to suit one side, or neither.
#[derive(Serialize)]
struct GroupView {
    title: String,
    defects: Vec<DefectView>,
}

#[derive(Serialize)]
struct DefectView {
    id: String,
    title: String,
    mistake: String,
    family: String,
    note: Option<String>,
    distilled: bool,
    surprises: Vec<String>,
    sources: Vec<(String, String, String)>,
    sides: Vec<SideView>,
}

#[derive(Serialize)]
struct SideView {
    title: String,
    summary: String,
    escape: Option<String>,
    cells: Vec<MarkView>,
    programs: Vec<ProgramView>,
}

#[derive(Serialize)]
struct MarkView {
    class: &'static str,
    sign: &'static str,
    told: String,
}

#[derive(Serialize)]
struct ProgramView {
    title: String,
    summary: String,
    about: String,
    lines: Vec<(&'static str, String)>,
    told: Vec<String>,
}

#[derive(Serialize)]
struct CostView {
    cells: [String; 7],
}

impl DefectsDocument {
    /// The page, complete in one file.
    ///
    /// # Errors
    /// If a template and what fills it do not fit each other.
    pub fn html(&self) -> Result<String, PageError> {
        let templates = page::templates(&[TABLE, ("own.html", OWN)])?;
        let page = Page {
            looks: page::LOOKS,
            css: CSS,
            title: "Mistakes, and where each is caught",
            pack: &self.frame.title,
            version: &self.frame.version,
            summary: self.summary(),
            date: self.run.started.strftime("%-d %B %Y").to_string(),
            repeat: &self.run.repeat,
            defects: table(&self.defects, &self.gates, &self.frame.sides),
        };
        Ok(templates.get_template("own.html")?.render(Serde(page))?)
    }
}

/// The table of these classes.
pub(crate) fn table(
    defects: &[DefectRow],
    gates: &[GateRow],
    sides: &[(SideName, String)],
) -> TableView {
    let gate = |&gate: &CatchGate| GateView { name: gate.name(), title: gate.title() };
    let mut skipped: Vec<String> = Vec::new();
    for row in defects.iter().flat_map(|defect| &defect.skipped) {
        let told = format!("{}, {} ({}): {}", row.language, row.gate, row.tool, row.reason);
        if !skipped.contains(&told) {
            skipped.push(told);
        }
    }
    TableView {
        sides: sides.iter().map(|(_, title)| title.clone()).collect(),
        gates: CatchGate::CATCHING.iter().map(gate).collect(),
        groups: groups(defects, sides),
        costs: gates.iter().map(cost).collect(),
        skipped,
        legend: legend(),
        chosen: CHOSEN,
    }
}

fn cost(row: &GateRow) -> CostView {
    CostView {
        cells: [
            row.language.clone(),
            row.gate.to_string(),
            row.tool.clone(),
            row.programs.to_string(),
            row.runs.to_string(),
            row.wall(),
            row.cpu(),
        ],
    }
}

fn groups(defects: &[DefectRow], sides: &[(SideName, String)]) -> Vec<GroupView> {
    let chosen =
        sides.iter().map(|(side, title)| (side.to_string(), format!("Chosen to suit {title}")));
    let neutral = ("neutral".to_owned(), "Chosen to suit neither".to_owned());
    let groups = chosen.chain([neutral]).map(|(suits, title)| {
        let of_group = defects.iter().filter(|defect| defect.suits == suits);
        GroupView { title, defects: of_group.map(|defect| view(defect, sides)).collect() }
    });
    groups.filter(|group| !group.defects.is_empty()).collect()
}

fn view(defect: &DefectRow, sides: &[(SideName, String)]) -> DefectView {
    let sources = defect.sources.iter();
    DefectView {
        id: defect.id.to_string(),
        title: defect.title.clone(),
        mistake: defect.mistake.clone(),
        family: defect.family.clone(),
        note: defect.note.clone(),
        distilled: defect.distilled,
        surprises: defect.surprises.clone(),
        sources: sources.map(|s| (s.title.clone(), s.publisher.clone(), s.url.clone())).collect(),
        sides: sides.iter().map(|(side, title)| side_view(defect, side, title)).collect(),
    }
}

fn side_view(defect: &DefectRow, side: &SideName, title: &str) -> SideView {
    let bad = defect.variant(side, DefectVariant::Bad);
    let escape = defect.variant(side, DefectVariant::Escape);
    let cells = CatchGate::CATCHING.iter().map(|gate| bad.map_or(NOTHING, |bad| mark(bad, *gate)));
    SideView {
        title: title.to_owned(),
        summary: bad.map(VariantRow::summary).unwrap_or_default(),
        escape: escape.map(VariantRow::summary),
        cells: cells.collect(),
        programs: programs(defect, side),
    }
}

const NOTHING: MarkView = MarkView { class: "none", sign: "", told: String::new() };

/// One cell: what a gate comes to for a program as first written.
fn mark(row: &VariantRow, gate: CatchGate) -> MarkView {
    let view = |class, sign, told: &str| MarkView { class, sign, told: told.to_owned() };
    if row.cannot_arise.is_some() {
        return view("cannot", "∅", "cannot arise");
    }
    // The linter in a compiler has its say only of what compiles.
    if row.caught_at == Some(CatchGate::G0) && gate != CatchGate::G0 {
        return NOTHING;
    }
    let tools: Vec<&CellRow> = row.tools.iter().filter(|tool| tool.gate == gate).collect();
    let caught = tools.iter().find(|tool| tool.said == "caught");
    if let Some(tool) = caught {
        let first = row.caught_at == Some(gate);
        let told = format!("{}: {}", tool.tool, tool.codes.join(", "));
        let class = if first { "caught first" } else { "caught" };
        return view(class, if first { "●" } else { "○" }, &told);
    }
    if gate == CatchGate::G4
        && let Some(word) = row.at_run()
    {
        return match word {
            "loud" => view("loud", "!", "fails loudly, of something else"),
            "hangs" => view("hangs", "…", "hangs"),
            "silent" => view("silent", "~", "silently wrong"),
            _ if row.harmless => view("right", "✓", "harmless as written"),
            _ => view("quiet", "✓", "right in these runs"),
        };
    }
    match tools.iter().find(|tool| tool.said == "not-run") {
        Some(tool) => view("dark", "?", tool.reason.as_deref().unwrap_or("not run")),
        None if tools.is_empty() => NOTHING,
        None if tools.iter().any(|tool| tool.said == "beside") => {
            let told: Vec<&str> =
                tools.iter().flat_map(|tool| &tool.beside).map(String::as_str).collect();
            view("quiet", "·", &format!("speaks of something else: {}", told.join(", ")))
        }
        None => view("quiet", "–", "says nothing"),
    }
}

/// What is shown of a side: each mistake beside the fixed program.
fn programs(defect: &DefectRow, side: &SideName) -> Vec<ProgramView> {
    let text = |variant| {
        let mut texts = defect.texts.iter();
        texts.find(|text| &text.side == side && text.variant == variant)
    };
    let fixed = text(DefectVariant::Fixed);
    let of = |variant: DefectVariant| {
        let row = defect.variant(side, variant)?;
        if let Some(why) = &row.cannot_arise {
            return Some(ProgramView {
                title: "Cannot arise".to_owned(),
                summary: String::new(),
                about: why.clone(),
                lines: Vec::new(),
                told: Vec::new(),
            });
        }
        Some(ProgramView {
            title: if variant == DefectVariant::Bad {
                "As first written"
            } else {
                "In another guise"
            }
            .to_owned(),
            summary: row.summary(),
            about: row.about.clone(),
            lines: changes(text(variant)?, fixed),
            told: told(row),
        })
    };
    [DefectVariant::Bad, DefectVariant::Escape].into_iter().filter_map(of).collect()
}

fn changes(bad: &Text, fixed: Option<&Text>) -> Vec<(&'static str, String)> {
    let Some(fixed) = fixed else {
        return bad.text.lines().map(|line| ("same", line.to_owned())).collect();
    };
    let lines = diff::lines(&bad.text, &fixed.text).into_iter();
    let class = |mark| match mark {
        Mark::Same => "same",
        Mark::Gone => "gone",
        Mark::Come => "come",
    };
    lines.map(|(mark, line)| (class(mark), line)).collect()
}

/// What each tool said, and the two tests.
fn told(row: &VariantRow) -> Vec<String> {
    let tools = row.tools.iter().filter(|tool| CatchGate::CATCHING.contains(&tool.gate));
    let tools = tools.filter_map(|tool| {
        let words = match tool.said {
            "caught" => tool.codes.join(", "),
            "beside" => format!("of something else: {}", tool.beside.join(", ")),
            "not-run" => format!("not run: {}", tool.reason.as_deref().unwrap_or_default()),
            _ => return None,
        };
        Some(format!("{} {}: {words}", tool.gate, tool.tool))
    });
    let test = |test: Option<super::TestRow>, name: &str| {
        test.map(|test| format!("test {name} trigger: {}", test.word()))
    };
    let tests = [test(row.test_without_trigger, "without"), test(row.test_with_trigger, "with")];
    tools.chain(tests.into_iter().flatten()).collect()
}
