//! `compare` for a reader: one file that needs no network and no script.
//! Answers and side effects first, then every metric on one axis, pair by
//! pair, and in figures; last where it was run and how to repeat it.

mod figures;
mod plots;

use judge::EffectVerdict;
use minijinja::value::Serde;
use model::Unit;
use serde::Serialize;

use super::document::{CompareDocument, EffectRow, MetricRow};
use super::effects;
use crate::page::itself::{self, CheckView};
use crate::page::{self, PageError};
use crate::place::{self, Term, term};
use crate::quantity::quantity;
use crate::verify::words::coarsest;

const TEMPLATES: [(&str, &str); 1] = [("compare.html", include_str!("compare.html"))];

/// What `compare.html` is filled with.
#[derive(Serialize)]
struct Page<'a> {
    looks: &'static str,
    css: &'static str,
    title: String,
    version: &'a str,
    side_names: Vec<&'a str>,
    first: String,
    place_line: String,
    date: Option<String>,
    numbers: Vec<String>,
    callout: &'static str,
    answers: String,
    effects_summary: Vec<String>,
    withheld: Option<WithheldView<'a>>,
    marks: Vec<&'a str>,
    difference: Option<DifferenceView>,
    more_differences: Vec<DifferenceView>,
    allowed: Vec<String>,
    effects: Vec<EffectView>,
    axis: Option<String>,
    groups: Vec<plots::GroupView>,
    single_pairs: bool,
    counted: bool,
    plots: Vec<plots::PairsView>,
    figures: Vec<figures::FigureView>,
    by_place: bool,
    self_check: Vec<CheckView>,
    apart: Vec<String>,
    machine: Vec<Term>,
    setting: Vec<Term>,
    programs: Vec<ProgramView<'a>>,
    remarks: &'a [String],
    command: &'a str,
    run: Option<String>,
    unpaired: bool,
}

#[derive(Serialize)]
struct WithheldView<'a> {
    why: &'a [String],
    way_on: String,
}

#[derive(Serialize)]
struct DifferenceView {
    title: String,
    text: String,
}

#[derive(Serialize)]
struct EffectView {
    title: &'static str,
    values: Vec<String>,
    tone: &'static str,
    verdict: &'static str,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ProgramView<'a> {
    side: &'a str,
    size: String,
    toolchain: &'a str,
    about: String,
    digest: String,
}

impl CompareDocument {
    /// The page, complete in one file.
    ///
    /// # Errors
    /// If a template and what fills it do not fit each other.
    pub fn html(&self) -> Result<String, PageError> {
        let templates = page::templates(&TEMPLATES)?;
        let template = templates.get_template("compare.html")?;
        Ok(template.render(Serde(self.page()))?)
    }

    fn page(&self) -> Page<'_> {
        let plots = plots::Plots::of(self);
        let mut differences = self
            .answers
            .by_case
            .iter()
            .map(|case| DifferenceView { title: case.title(), text: case.lines().join("\n") });
        let effects_pass = self.effects.iter().all(|row| row.verdict != EffectVerdict::Differs);
        Page {
            looks: page::LOOKS,
            css: include_str!("compare.css"),
            title: format!("{}: {}", self.name, self.sides_line()),
            version: &self.frame.version,
            side_names: self.sides.iter().map(|side| side.name.as_str()).collect(),
            first: self.sides.first().map(|side| side.name.to_string()).unwrap_or_default(),
            place_line: self.place_line(),
            date: self.run.as_ref().map(|run| run.started.strftime("%-d %B %Y").to_string()),
            numbers: self.numbers(),
            callout: match (self.run.is_some(), self.answers.verdict.lets_pass() && effects_pass) {
                (false, _) => "unknown",
                (true, true) => "none",
                (true, false) => "some",
            },
            answers: self.answers.summary(),
            effects_summary: self.effect_lines().into_iter().map(|line| line.words).collect(),
            withheld: self
                .withheld
                .as_ref()
                .map(|withheld| WithheldView { why: &withheld.why, way_on: withheld.way_on() }),
            marks: self.marks(),
            difference: differences.next(),
            more_differences: differences.collect(),
            allowed: self.allowances(),
            effects: self.effects.iter().map(effect).collect(),
            axis: plots.axis(),
            groups: plots.groups(),
            single_pairs: self.metrics.iter().any(|row| row.pairs_seen.len() > 1),
            counted: plots.any_counted(),
            plots: plots.pairs(),
            figures: figures::of(self),
            by_place: self.metrics.iter().any(|row| !row.by_position.0.is_empty()),
            self_check: itself::rows(&self.self_check),
            apart: coarsest(&self.self_check),
            machine: self.environment.as_ref().map(place::terms).unwrap_or_default(),
            setting: self.setting(),
            programs: self.programs(),
            remarks: &self.remarks,
            command: &self.frame.command,
            run: self.run_line(),
            unpaired: self.metrics.iter().any(|row| row.unpaired),
        }
    }

    /// What decides, in a sentence each.
    fn numbers(&self) -> Vec<String> {
        let primary = self.metrics.iter().filter(|row| row.primary);
        let words = |row: &MetricRow| {
            Some(format!("{}: {}, {}", self.full_label(row), row.headline()?, row.verdict_words()))
        };
        primary.filter_map(words).take(3).collect()
    }

    fn setting(&self) -> Vec<Term> {
        let setting = self.frame.setting.iter();
        let mut terms = vec![term("Built as", self.profile.to_string())];
        terms.extend(setting.map(|(name, value)| term(*name, value.clone())));
        terms
    }

    fn programs(&self) -> Vec<ProgramView<'_>> {
        let programs = self.programs.iter().map(|program| ProgramView {
            side: program.side.as_str(),
            size: quantity(program.bytes as f64, Unit::Bytes),
            toolchain: program.toolchain.as_deref().unwrap_or("built before"),
            about: program.about(),
            digest: program.digest(),
        });
        programs.collect()
    }

    fn run_line(&self) -> Option<String> {
        let run = self.run.as_ref()?;
        let stamp = run.started.strftime("%Y-%m-%d %H:%M UTC");
        Some(format!("run {}, {stamp}, seed {}", run.id, run.seed))
    }
}

fn effect(row: &EffectRow) -> EffectView {
    let mut notes: Vec<String> = row.reason.clone().into_iter().collect();
    notes.extend(row.seen());
    EffectView {
        title: effects::title(row.effect),
        values: row.values.0.iter().map(|(_, value)| row.quantity(*value)).collect(),
        tone: match row.verdict {
            EffectVerdict::Same => "stands",
            EffectVerdict::Differs => "falls",
            EffectVerdict::Allowed => "partly",
            EffectVerdict::Unseen => "open",
        },
        verdict: row.verdict.phrase(),
        notes,
    }
}
