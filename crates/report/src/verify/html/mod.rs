//! `verify` for a reader: one file that needs no network, a guide first, with
//! the verdict beside every sentence and the evidence folded under it.
//!
//! `page.html` is the order of the page, `claim.html` one sentence, `page.css`
//! its own looks and `page.js` the two things that markup cannot do: opening a
//! sentence that was linked to, and copying it. Without the script everything
//! can still be read.

mod cells;
mod claim;
mod lineup;
mod place;
mod tried;

use std::collections::BTreeSet;

use minijinja::value::Serde;
use model::Verdict;
use serde::Serialize;

use super::document::{ClaimRow, VerifyDocument};
use super::tone::{did_not_survive, is_too_small, sign};
use crate::defect;
use crate::layout::elide;
use crate::page::itself::{self, CheckView};
use crate::page::{self, PageError, day};
use crate::prose;

const TEMPLATES: [(&str, &str); 3] = [
    ("page.html", include_str!("page.html")),
    ("claim.html", include_str!("claim.html")),
    defect::html::TABLE,
];

/// What `page.html` is filled with.
#[derive(Serialize)]
struct Page<'a> {
    looks: &'static str,
    css: String,
    script: &'static str,
    title: &'a str,
    version: &'a str,
    pack: &'a str,
    text_date: String,
    as_of: String,
    run: Option<place::RunView>,
    place_line: Option<String>,
    counts: String,
    fell: Vec<Named>,
    small: Vec<Named>,
    survival: String,
    guide: String,
    contents: Vec<(String, String)>,
    other: Vec<Group>,
    cells: cells::CellsView,
    defects: Option<defect::html::TableView>,
    self_check: Vec<CheckView>,
    apart: Vec<String>,
    machine: Vec<crate::place::Term>,
    sides: Vec<place::SideView>,
    profiles: Vec<String>,
    workloads: Vec<place::WorkloadView>,
    tried: Vec<(String, String)>,
    sources: Vec<place::SourceView>,
    not_run: Vec<Reason>,
    remarks: &'a [String],
    verdicts: Vec<place::VerdictView>,
}

/// A sentence to link to.
#[derive(Serialize)]
struct Named {
    id: String,
    text: String,
    phrase: &'static str,
    sign: &'static str,
}

/// Claims that the guide has no place for, by group.
#[derive(Serialize)]
struct Group {
    title: String,
    claims: Vec<String>,
}

/// Claims that were not run, by reason.
#[derive(Serialize)]
struct Reason {
    reason: String,
    claims: Vec<Named>,
}

impl VerifyDocument {
    /// The page, complete in one file.
    ///
    /// # Errors
    /// If a template and what fills it do not fit each other.
    pub fn html(&self) -> Result<String, PageError> {
        let templates = page::templates(&TEMPLATES)?;
        let cells = cells::Cells::of(self);
        let mut writer = claim::Writer { document: self, cells: &cells, templates: &templates };
        let guide = writer.guide()?;
        let other = writer.groups(&guide.shown)?;
        let page = Page {
            looks: page::LOOKS,
            css: [include_str!("page.css"), defect::html::CSS].concat(),
            script: include_str!("page.js"),
            title: &self.frame.title,
            version: &self.frame.version,
            pack: &self.pack,
            text_date: day(self.frame.text_date),
            as_of: day(self.as_of),
            run: place::run(self),
            place_line: self.place_line(),
            counts: self.counts_line(),
            fell: self.named(|claim| did_not_survive(claim.verdict)),
            small: self.named(|claim| is_too_small(claim.verdict)),
            survival: self.survival_line(),
            guide: guide.html,
            contents: guide.headings,
            other,
            cells: cells.view(self),
            defects: self.defect_table(),
            self_check: itself::rows(&self.self_check),
            apart: self.tells_apart(),
            machine: self.environment.as_ref().map(crate::place::terms).unwrap_or_default(),
            sides: place::sides(self),
            profiles: place::profiles(self),
            workloads: place::workloads(self),
            tried: tried::all(self),
            sources: place::sources(self),
            not_run: self.not_run(),
            remarks: &self.remarks,
            verdicts: place::legend(),
        };
        Ok(templates.get_template("page.html")?.render(Serde(page))?)
    }

    fn defect_table(&self) -> Option<defect::html::TableView> {
        let table = || defect::html::table(&self.defects, &self.gates, &self.frame.sides);
        (!self.defects.is_empty()).then(table)
    }

    fn named(&self, chosen: impl Fn(&ClaimRow) -> bool) -> Vec<Named> {
        self.claims.iter().filter(|claim| chosen(claim)).map(named).collect()
    }

    /// What became of the sentences that were tested, if none fell.
    pub(super) fn survival_line(&self) -> String {
        let settled = |verdict: &Verdict| {
            !matches!(verdict, Verdict::NotRun | Verdict::Documented | Verdict::Judgement)
        };
        let verdicts: Vec<Verdict> =
            self.claims.iter().filter_map(|claim| claim.verdict).filter(settled).collect();
        let all_stand = verdicts.iter().all(|v| matches!(v, Verdict::Holds | Verdict::ByDesign));
        match (verdicts.is_empty(), all_stand) {
            (true, _) => "No sentence was put to the test in this run.".to_owned(),
            (false, true) => "Every sentence that was put to the test here stands.".to_owned(),
            (false, false) => {
                "No sentence was refuted here; some depend on conditions or could not be settled."
                    .to_owned()
            }
        }
    }

    pub(super) fn counts_line(&self) -> String {
        let counts = self.coverage;
        let part = |number: u32, one: &str, more: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{number} {more}")),
        };
        let parts = [
            part(counts.claims, "sentence", "sentences"),
            part(counts.contested, "contested", "contested"),
            part(counts.run, "tested here", "tested here"),
            part(counts.documented, "rests on a dated source", "rest on a dated source"),
            part(counts.judgement, "is left to your judgement", "are left to your judgement"),
            part(counts.not_run, "not run", "not run"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn not_run(&self) -> Vec<Reason> {
        let mut groups: Vec<Reason> = Vec::new();
        for claim in self.claims.iter().filter(|c| c.verdict == Some(Verdict::NotRun)) {
            match groups.iter_mut().find(|group| group.reason == claim.reason) {
                Some(group) => group.claims.push(named(claim)),
                None => {
                    groups.push(Reason { reason: claim.reason.clone(), claims: vec![named(claim)] })
                }
            }
        }
        groups
    }
}

fn named(claim: &ClaimRow) -> Named {
    Named {
        id: claim.id.to_string(),
        text: elide(&claim.text, 90).replace('`', ""),
        phrase: claim.phrase(),
        sign: sign(claim.verdict),
    }
}

/// The guide with its claims, and which of them it showed.
struct Guide {
    html: String,
    headings: Vec<(String, String)>,
    shown: BTreeSet<String>,
}

impl claim::Writer<'_> {
    fn guide(&mut self) -> Result<Guide, PageError> {
        let mut shown = BTreeSet::new();
        let mut fault = None;
        let prose = prose::guide(&self.document.frame.prose, |id| {
            if !shown.insert(id.to_owned()) {
                return self.again(id);
            }
            let placed = self.placed(id);
            placed.unwrap_or_else(|error| {
                fault = Some(error);
                None
            })
        });
        match fault {
            Some(error) => Err(error),
            None => Ok(Guide { html: prose.html, headings: prose.headings, shown }),
        }
    }

    fn groups(&self, shown: &BTreeSet<String>) -> Result<Vec<Group>, PageError> {
        let mut groups = Vec::new();
        for (id, title) in &self.document.frame.dimensions {
            let claims = self.document.claims.iter();
            let claims = claims.filter(|c| &c.dimension == id && !shown.contains(c.id.as_str()));
            let claims = claims.map(|c| self.claim(c)).collect::<Result<Vec<_>, _>>()?;
            if !claims.is_empty() {
                groups.push(Group { title: title.clone(), claims });
            }
        }
        Ok(groups)
    }
}
