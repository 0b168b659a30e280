//! One sentence on the page: its words, its chip, and what unfolds under it.

use minijinja::Environment;
use minijinja::value::Serde;
use model::{Profile, SideName};
use serde::Serialize;

use super::cells::Cells;
use super::lineup::{self, LineupView, SquareView};
use super::tried::{self, TriedView};
use crate::page::{PageError, day};
use crate::prose;
use crate::quantity::quantity;
use crate::verify::document::{ClaimRow, EvidenceRow, VerifyDocument};
use crate::verify::tone::{Tone, sign};
use crate::verify::{ClassRow, ClassesRow, SourceRow};

/// More rows of evidence than this stand in a table first, with their figures
/// folded under it.
const FEW_ROWS: usize = 4;

pub(super) struct Writer<'a> {
    pub(super) document: &'a VerifyDocument,
    pub(super) cells: &'a Cells,
    pub(super) templates: &'a Environment<'a>,
}

#[derive(Serialize)]
struct ClaimView {
    id: String,
    reference: String,
    text: String,
    phrase: &'static str,
    sign: &'static str,
    tone: &'static str,
    reason: String,
    conditions: Vec<String>,
    rows: Vec<RowView>,
    many_rows: bool,
    many_conditions: bool,
    mixed_builds: bool,
    squares: Vec<SquareView>,
    lineups: Vec<LineupView>,
    tried: Vec<TriedView>,
    classes: Vec<ClassesView>,
    built: Vec<String>,
    place: Option<String>,
    suits: Option<String>,
    sources: Vec<SourceView>,
    dates: Vec<String>,
    repeat: String,
    markdown: String,
}

#[derive(Serialize)]
struct RowView {
    subject: String,
    place: String,
    program: String,
    build: String,
    short: String,
    headline: Option<String>,
    absolute: Option<String>,
    finding: String,
    svg: Option<String>,
    small: Vec<String>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct SourceView {
    title: String,
    publisher: String,
    url: Option<String>,
    checked: Option<String>,
}

impl Writer<'_> {
    /// What stands in the guide for a claim: the sentence with its evidence,
    /// or the bare sentence if it was not chosen.
    pub(super) fn placed(&self, id: &str) -> Result<Option<String>, PageError> {
        if let Some(claim) = self.document.claims.iter().find(|claim| claim.id.as_str() == id) {
            return self.claim(claim).map(Some);
        }
        Ok(self.known(id).map(prose::sentence))
    }

    /// The second time a guide names a claim: the sentence, linked to the first.
    pub(super) fn again(&self, id: &str) -> Option<String> {
        let text = self.known(id)?;
        Some(format!("<a href=\"#{id}\">{}</a>", prose::sentence(text)))
    }

    fn known(&self, id: &str) -> Option<&str> {
        let claims = &self.document.frame.all_claims;
        claims.iter().find(|(known, _)| known.as_str() == id).map(|(_, text)| text.as_str())
    }

    pub(super) fn claim(&self, claim: &ClaimRow) -> Result<String, PageError> {
        let template = self.templates.get_template("claim.html")?;
        Ok(template.render(Serde(self.view(claim)))?)
    }

    fn view(&self, claim: &ClaimRow) -> ClaimView {
        let document = self.document;
        let mode = document.run.as_ref().map(|run| format!(" --{}", run.mode)).unwrap_or_default();
        ClaimView {
            id: claim.id.to_string(),
            reference: claim.reference.clone(),
            text: prose::sentence(&claim.text),
            phrase: claim.phrase(),
            sign: sign(claim.verdict),
            tone: Tone::of(claim.verdict).class(),
            reason: claim.reason.clone(),
            conditions: claim.conditions.clone(),
            rows: claim.evidence.iter().map(|row| self.row(row)).collect(),
            many_conditions: claim.conditions.len() > FEW_ROWS,
            mixed_builds: claim.evidence.windows(2).any(|two| two[0].build() != two[1].build()),
            many_rows: claim.evidence.len() > FEW_ROWS,
            squares: lineup::squares(claim),
            lineups: lineup::lineups(document, claim),
            tried: tried::view(document, claim),
            classes: classes(document, claim),
            built: self.built(claim),
            place: document.place_line().filter(|_| claim.was_looked_at()),
            suits: claim.suits.as_ref().map(|side| document.side_title(side.as_str())),
            sources: claim.sources.iter().map(source).collect(),
            dates: self.dates(claim),
            repeat: format!("{}{mode}", document.command(claim)),
            markdown: document.markdown_of(claim),
        }
    }

    fn row(&self, row: &EvidenceRow) -> RowView {
        let mut small: Vec<String> = row.basis().into_iter().chain(row.margin_words()).collect();
        small.extend(row.spread.0.iter().map(|(side, [low, high])| {
            let (low, high) = (quantity(*low, row.unit), quantity(*high, row.unit));
            format!("{side} mostly {low} to {high}")
        }));
        small.extend(row.voids.0.iter().filter(|(_, voids)| *voids > 0).map(|(side, voids)| {
            let pairs = if *voids == 1 { "pair" } else { "pairs" };
            format!("{voids} {pairs} void: {side} failed")
        }));
        RowView {
            subject: row.subject(),
            place: row.place(),
            program: row.program(),
            build: row.build(),
            short: row.finding_in_short(),
            headline: row.headline(),
            absolute: row.absolute(),
            finding: row.finding_words(),
            svg: self.cells.svg(row),
            small,
            warnings: row.warnings.clone(),
        }
    }

    /// What the artefacts contain, once for sides that are alike.
    fn built(&self, claim: &ClaimRow) -> Vec<String> {
        let mut profiles: Vec<Profile> = claim.evidence.iter().map(|row| row.profile).collect();
        profiles.sort();
        profiles.dedup();
        profiles.into_iter().map(|profile| self.document.profile_line(profile)).collect()
    }

    fn dates(&self, claim: &ClaimRow) -> Vec<String> {
        let document = self.document;
        let mut dates = vec![format!("text of {}", day(document.frame.text_date))];
        if let Some(run) = document.run.as_ref().filter(|_| claim.was_looked_at()) {
            dates.push(format!("evidence of {}", run.started.strftime("%-d %B %Y")));
        }
        let read = claim.sources.iter().filter_map(|source| source.checked).min();
        dates.extend(read.map(|date| format!("sources read on {}", day(date))));
        let due = claim.sources.iter().filter_map(SourceRow::due).min();
        dates.extend(due.map(|date| match date < document.as_of {
            true => format!("overdue since {}", day(date)),
            false => format!("to be read again by {}", day(date)),
        }));
        dates
    }
}

fn source(source: &SourceRow) -> SourceView {
    SourceView {
        title: prose::sentence(&source.title),
        publisher: source.publisher.clone(),
        url: citation(&source.url),
        checked: source.checked.map(day),
    }
}

/// An address that may be a link: only of the web.
pub(super) fn citation(url: &str) -> Option<String> {
    ["https://", "http://"].iter().any(|start| url.starts_with(start)).then(|| url.to_owned())
}

impl VerifyDocument {
    /// As people write the side's name.
    pub(super) fn side_title(&self, side: &str) -> String {
        let sides = self.frame.sides.iter();
        let known = sides.filter(|(name, _)| name.as_str() == side).map(|(_, title)| title).next();
        known.map_or_else(|| side.to_owned(), Clone::clone)
    }

    /// `static: Rust stripped …; Go stripped …`, once if both are alike.
    pub(super) fn profile_line(&self, profile: Profile) -> String {
        let contents: Vec<(&str, &str)> = self
            .frame
            .sides
            .iter()
            .filter_map(|(side, title)| {
                let content = self.frame.contents.get(&(profile, side.clone()))?;
                Some((title.as_str(), content.as_str()))
            })
            .collect();
        let alike = contents.windows(2).all(|two| two[0].1 == two[1].1);
        let words = match contents.first() {
            Some((_, content)) if alike => (*content).to_owned(),
            Some(_) => {
                let each = contents.iter().map(|(title, content)| format!("{title}: {content}"));
                each.collect::<Vec<_>>().join("; ")
            }
            None => return profile.to_string(),
        };
        format!("{profile}: {words}")
    }
}

/// A list of classes.
#[derive(Serialize)]
struct ClassesView {
    title: String,
    other: String,
    classes: Vec<ClassRow>,
}

fn classes(document: &VerifyDocument, claim: &ClaimRow) -> Vec<ClassesView> {
    let other = |side: &SideName| {
        let mut sides = document.frame.sides.iter().map(|(name, _)| name);
        sides.find(|name| *name != side).map(ToString::to_string).unwrap_or_default()
    };
    let view = |list: &ClassesRow| ClassesView {
        title: list.title(),
        other: other(&list.side),
        classes: list.classes.clone(),
    };
    claim.classes.iter().map(view).collect()
}
