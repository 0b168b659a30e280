//! `verify` on a terminal: at most eighty columns, what people disagree about
//! first, one or two lines a claim.
//!
//! Whatever a reader of the summary would count is listed; the rest folds into
//! a line each, or into a number. The path of the page is the one thing that
//! is never broken, because a broken path cannot be copied.

use model::{Standing, Verdict};

use super::document::{ClaimRow, VerifyDocument};
use super::tone::{Tone, tally};
use super::words;
use crate::Style;
use crate::layout::{WIDTH, columns, elide, plain, wrap};
use crate::place;
use crate::screen::Screen;

/// Up to this many claims, the evidence is spelled out below each.
const FEW: usize = 3;
/// More than this many claims with a reason each would fill a screen: those
/// that hold take one line then, the others three at most.
const MANY: usize = 16;
/// Columns of the ids, unless all are shorter.
const ID_COLUMNS: usize = 36;

impl VerifyDocument {
    /// The document for a terminal of eighty columns; `page` is where the page
    /// was written.
    pub fn text(&self, style: &Style, page: Option<&str>) -> String {
        let mut screen = Screen::new(style);
        screen.header(self);
        screen.place(self);
        let (full, rest): (Vec<&ClaimRow>, Vec<&ClaimRow>) =
            self.claims.iter().partition(|claim| self.is_listed(claim));
        screen.claims(self, &full);
        screen.folded(&rest);
        screen.summary(self);
        for remark in &self.remarks {
            screen.hanging("note", remark);
        }
        if let Some(page) = page {
            screen.line(&format!("page: {page}"));
        }
        screen.text
    }

    /// Whether a claim gets its own lines with its reason.
    fn is_listed(&self, claim: &ClaimRow) -> bool {
        if self.claims.len() <= FEW {
            return true;
        }
        match claim.verdict {
            None => claim.standing == Standing::Contested,
            Some(
                Verdict::NotRun | Verdict::Documented | Verdict::Judgement | Verdict::ByDesign,
            ) => false,
            Some(Verdict::Holds) => claim.standing == Standing::Contested,
            Some(_) => true,
        }
    }
}

/// The order of the summary: what stands, what stands in part, what does not,
/// what is open.
const COUNTED: [Verdict; 9] = [
    Verdict::Holds,
    Verdict::Depends,
    Verdict::NoDifference,
    Verdict::Differs,
    Verdict::DoesNotHold,
    Verdict::OutOfDate,
    Verdict::NotComparable,
    Verdict::Inconclusive,
    Verdict::NotRun,
];

impl Screen<'_> {
    fn header(&mut self, document: &VerifyDocument) {
        let counts = document.coverage;
        let seen = match document.run {
            Some(_) => format!("{} run", counts.run),
            None => "nothing run yet".to_owned(),
        };
        let noun = if counts.claims == 1 { "claim" } else { "claims" };
        let words = format!(
            "evenhand {} · {} · {} {noun}, {} contested · {seen}",
            document.frame.version, document.pack, counts.claims, counts.contested
        );
        for line in wrap(&words, 0, 2) {
            let indent = if self.text.is_empty() { "" } else { "  " };
            let strong = self.style.strong;
            self.line(&format!("{indent}{strong}{line}{strong:#}"));
        }
    }

    fn place(&mut self, document: &VerifyDocument) {
        let Some(environment) = &document.environment else { return };
        let mut machine = vec![place::machine(environment).join(", ")];
        let toolchains = document.frame.sides.iter().filter_map(|(side, _)| {
            let toolchain = environment.toolchains.get(side)?;
            Some(place::toolchain(toolchain, document.as_of))
        });
        machine.extend(toolchains);
        self.items("machine", &machine);
        let sees = document.frame.sides.iter().filter_map(|(side, _)| {
            let sees = environment.sees.get(side)?;
            Some(format!("{side} {} {}", sees.workers_name, sees.workers))
        });
        let sees: Vec<String> = sees.collect();
        if !sees.is_empty() {
            self.items("sees", &sees);
        }
        let itself = document.tells_apart();
        if !itself.is_empty() {
            let mut items = vec!["this machine can tell apart".to_owned()];
            items.extend(itself);
            self.items("itself", &items);
        }
    }

    fn claims(&mut self, document: &VerifyDocument, claims: &[&ClaimRow]) {
        let widest = claims.iter().map(|claim| columns(claim.id.as_str())).max();
        let widest = widest.unwrap_or(0).min(ID_COLUMNS);
        let crowded = claims.len() > MANY;
        for claim in claims {
            match (crowded, claim.verdict) {
                (true, Some(Verdict::Holds)) => {
                    self.one_line(claim, widest, claim.phrase(), &claim.reason);
                }
                (true, _) => self.claim(claim, widest, 2),
                (false, _) => self.claim(claim, widest, usize::MAX),
            }
            if document.claims.len() <= FEW {
                self.evidence(document, claim);
            }
        }
    }

    /// The claim with at most so many lines of its reason below it.
    fn claim(&mut self, claim: &ClaimRow, widest: usize, most: usize) {
        const HANGING: usize = 6;
        let reason = if claim.verdict.is_some() { &claim.reason } else { &claim.text };
        let phrase = claim.phrase();
        let id = claim.id.as_str();
        let head = 2 + columns(id).max(widest) + 2 + columns(phrase);
        let fits = head + 2 + columns(&plain(reason)) <= WIDTH;
        let strong = self.style.strong;
        let tone = Tone::of(claim.verdict).style(self.style);
        let pad = " ".repeat(widest.saturating_sub(columns(id)));
        let verdict = format!("{tone}{phrase}{tone:#}");
        if head > WIDTH {
            for line in wrap(id, 2, 2) {
                self.line(&format!("  {strong}{line}{strong:#}"));
            }
            self.line(&format!("  {verdict}"));
        } else {
            let reason = if fits { plain(reason) } else { String::new() };
            self.line(&format!("  {strong}{id}{strong:#}{pad}  {verdict}  {reason}"));
        }
        if !fits {
            let room = most.saturating_mul(WIDTH - HANGING - 6);
            self.indented(&elide(reason, room), HANGING);
        }
    }

    fn evidence(&mut self, document: &VerifyDocument, claim: &ClaimRow) {
        for row in &claim.evidence {
            let words = [Some(row.subject()), Some(row.place()), row.headline(), row.absolute()];
            let mut parts: Vec<String> = words.into_iter().flatten().collect();
            parts.push(row.finding_words());
            parts.extend(row.basis());
            parts.extend(row.margin_words());
            self.bullet(&parts.join(" · "), 6);
            for warning in &row.warnings {
                self.indented(warning, 10);
            }
        }
        self.attempts(document, claim);
        for source in &claim.sources {
            let checked = source.checked.map(|date| format!(", checked {date}"));
            let words =
                format!("{}, {}{}", source.title, source.publisher, checked.unwrap_or_default());
            self.bullet(&format!("source: {words}"), 6);
        }
    }

    /// One by one where they are few; otherwise what was not as expected, and
    /// the rest as a number.
    fn attempts(&mut self, document: &VerifyDocument, claim: &ClaimRow) {
        for line in claim.class_lines() {
            self.bullet(&line, 6);
        }
        if claim.tried_little() {
            for attempt in &claim.attempts {
                self.bullet(&attempt.line(), 6);
            }
            return;
        }
        for tried in claim.tried() {
            let title = document.title_of(tried.experiment);
            let title = title.map(|title| format!("{title} · ")).unwrap_or_default();
            self.bullet(&format!("{title}{}", tried.summary()), 6);
            for attempt in &tried.otherwise {
                self.indented(&attempt.line(), 10);
            }
            for untried in &tried.untried {
                self.indented(&untried.line(), 10);
            }
            self.indented(&document.show_command(tried.experiment), 10);
        }
    }

    /// What is true by design and the like, one line each where they are few;
    /// what was not run, a line a kind of reason; numbers for the rest.
    fn folded(&mut self, claims: &[&ClaimRow]) {
        let counted = [Verdict::Documented, Verdict::Judgement, Verdict::NotRun];
        let folds = |claim: &&&ClaimRow| claim.verdict.is_none_or(|v| !counted.contains(&v));
        let folded: Vec<&ClaimRow> = claims.iter().copied().filter(|c| folds(&c)).collect();
        if folded.len() > MANY && folded.iter().all(|claim| claim.verdict.is_some()) {
            for verdict in Verdict::ALL {
                let alike = folded.iter().filter(|claim| claim.verdict == Some(*verdict));
                let ids: Vec<&str> = alike.map(|claim| claim.id.as_str()).collect();
                self.by_dimension(verdict.phrase(), &ids);
            }
        } else {
            let widest = folded.iter().map(|claim| columns(claim.id.as_str())).max().unwrap_or(0);
            for claim in folded {
                let phrase = claim.phrase();
                let text = if claim.verdict.is_some() { &claim.reason } else { &claim.text };
                self.one_line(claim, widest.min(ID_COLUMNS), phrase, text);
            }
        }
        for (reason, claims) in not_run_by_reason(claims) {
            let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
            let shown = ids.iter().take(3).copied().collect::<Vec<_>>().join(", ");
            let more = ids.len().saturating_sub(3);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.faintly(&format!("not run ({}): {reason}: {shown}{more}", ids.len()));
        }
    }

    /// `by design (25): scope/rust-control, go-services · shared/tests`.
    fn by_dimension(&mut self, phrase: &str, ids: &[&str]) {
        if ids.is_empty() {
            return;
        }
        let mut text = format!("{phrase} ({}): ", ids.len());
        let mut last = "";
        for (at, id) in ids.iter().enumerate() {
            let (dimension, slug) = id.split_once('/').unwrap_or(("", id));
            match (at, dimension == last) {
                (0, _) => text.push_str(id),
                (_, true) => text.extend([", ", slug]),
                (_, false) => text.extend([" · ", id]),
            }
            last = dimension;
        }
        self.faintly(&text);
    }

    fn one_line(&mut self, claim: &ClaimRow, widest: usize, phrase: &str, text: &str) {
        let faint = self.style.faint;
        let head = format!("{:widest$}  {phrase}  ", claim.id);
        let room = (WIDTH - 2).saturating_sub(columns(&head));
        let line = match room {
            0..8 => elide(claim.id.as_str(), WIDTH - 2),
            _ => head + &elide(text, room),
        };
        self.line(&format!("  {faint}{}{faint:#}", line.trim_end()));
    }

    fn summary(&mut self, document: &VerifyDocument) {
        let mut parts = document.tallies();
        let frame = [
            (Verdict::ByDesign, "by design"),
            (Verdict::Documented, "documented"),
            (Verdict::Judgement, "left to your judgement"),
        ];
        let of = |verdict| document.claims.iter().filter(|c| c.verdict == Some(verdict)).count();
        for (verdict, phrase) in frame {
            if of(verdict) > 0 {
                parts.push(format!("{} {phrase}", of(verdict)));
            }
        }
        if parts.is_empty() {
            return;
        }
        let strong = self.style.strong;
        let text = glued(&parts);
        for line in wrap(&text, 2, 2) {
            let line = line.replace('\u{a0}', " ");
            self.line(&format!("  {strong}{line}{strong:#}"));
        }
    }
}

/// The parts joined by dots, to be broken only between them.
fn glued(parts: &[String]) -> String {
    let whole = |part: &String| part.replace(' ', "\u{a0}");
    parts.iter().map(whole).collect::<Vec<_>>().join(" · ")
}

/// Claims that were not run by the gist of the reason, the most first.
fn not_run_by_reason<'a>(claims: &[&'a ClaimRow]) -> Vec<(&'a str, Vec<&'a ClaimRow>)> {
    let mut groups: Vec<(&str, Vec<&ClaimRow>)> = Vec::new();
    let not_run = || claims.iter().filter(|claim| claim.verdict == Some(Verdict::NotRun));
    let many = not_run().count() > FEW;
    for claim in not_run() {
        let reason = if many { gist(&claim.reason) } else { &claim.reason };
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, group)) => group.push(claim),
            None => groups.push((reason, vec![claim])),
        }
    }
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.len()));
    groups
}

/// What several claims wait for in common: `waits for bridges: a panic on
/// either side` waits for bridges, and `rust, list of cross-build: not in
/// --quick` is not in --quick.
fn gist(reason: &str) -> &str {
    match reason.strip_prefix("waits for ") {
        Some(rest) => {
            let end = rest.find([',', ':']).unwrap_or(rest.len());
            &reason[..reason.len() - rest.len() + end]
        }
        None => reason.rsplit_once(": ").map_or(reason, |(_, gist)| gist),
    }
}

impl VerifyDocument {
    /// How many contested claims have each verdict, in words.
    pub(crate) fn tallies(&self) -> Vec<String> {
        let contested = |verdict: Verdict| {
            let claims = self.claims.iter().filter(|c| c.standing == Standing::Contested);
            claims.filter(|claim| claim.verdict == Some(verdict)).count()
        };
        let numbers = COUNTED.iter().map(|verdict| (*verdict, contested(*verdict)));
        numbers.filter(|(_, number)| *number > 0).map(|(v, number)| tally(v, number)).collect()
    }

    /// The coarsest that was told apart a metric: `cpu ±1 %`.
    pub(crate) fn tells_apart(&self) -> Vec<String> {
        words::coarsest(&self.self_check)
    }
}

#[cfg(test)]
mod tests {
    use super::gist;

    #[test]
    fn reasons_that_wait_for_one_thing_are_alike() {
        assert_eq!(gist("waits for bridges: a panic on either side"), "waits for bridges");
        assert_eq!(gist("waits for bridges, both ways"), "waits for bridges");
        assert_eq!(gist("rust, list of cross-build: not in --quick"), "not in --quick");
        assert_eq!(gist("not in --quick"), "not in --quick");
    }
}
