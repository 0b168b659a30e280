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

/// Up to this many claims, the evidence is spelled out below each.
const FEW: usize = 3;
/// Where text begins beside a label.
const INDENT: usize = 12;
/// Columns of the ids, unless all are shorter.
const ID_COLUMNS: usize = 36;

impl VerifyDocument {
    /// The document for a terminal of eighty columns; `page` is where the page
    /// was written.
    pub fn text(&self, style: &Style, page: Option<&str>) -> String {
        let mut screen = Screen { style, text: String::new() };
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
        match claim.verdict {
            None => claim.standing == Standing::Contested,
            Some(Verdict::NotRun | Verdict::Documented | Verdict::Judgement) => {
                self.claims.len() <= FEW
            }
            Some(Verdict::ByDesign) => false,
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

struct Screen<'a> {
    style: &'a Style,
    text: String,
}

impl Screen<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A label in a column of its own, its text hanging beside it.
    fn hanging(&mut self, label: &str, text: &str) {
        for (at, line) in wrap(text, INDENT, INDENT).iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.line(&format!("  {label:<9} {line}"));
        }
    }

    /// Items that are kept whole where they can be, three columns apart,
    /// hanging after a label.
    fn items(&mut self, label: &str, items: &[String]) {
        let mut lines: Vec<String> = Vec::new();
        for item in items.iter().map(|item| plain(item)) {
            match lines.last_mut() {
                Some(line) if INDENT + columns(line) + 3 + columns(&item) <= WIDTH => {
                    line.push_str("   ");
                    line.push_str(&item);
                }
                _ => lines.push(item),
            }
        }
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            if INDENT + columns(line) > WIDTH {
                self.hanging(label, line);
            } else {
                self.line(&format!("  {label:<9} {line}"));
            }
        }
    }

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
        let mut machine = vec![words::machine(environment).join(", ")];
        let toolchains = document.frame.sides.iter().filter_map(|(side, _)| {
            let toolchain = environment.toolchains.get(side)?;
            Some(words::toolchain(toolchain, document.as_of))
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
        for claim in claims {
            self.claim(claim, widest);
            if document.claims.len() <= FEW {
                self.evidence(claim);
            }
        }
    }

    fn claim(&mut self, claim: &ClaimRow, widest: usize) {
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
            self.indented(reason, HANGING);
        }
    }

    fn evidence(&mut self, claim: &ClaimRow) {
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
        for attempt in &claim.attempts {
            self.bullet(&attempt.line(), 6);
        }
        for source in &claim.sources {
            let checked = source.checked.map(|date| format!(", checked {date}"));
            let words =
                format!("{}, {}{}", source.title, source.publisher, checked.unwrap_or_default());
            self.bullet(&format!("source: {words}"), 6);
        }
    }

    fn indented(&mut self, text: &str, indent: usize) {
        for line in wrap(text, indent, indent) {
            self.line(&format!("{:indent$}{line}", ""));
        }
    }

    fn bullet(&mut self, text: &str, indent: usize) {
        for (at, line) in wrap(text, indent + 2, indent + 2).iter().enumerate() {
            let mark = if at == 0 { "-" } else { " " };
            self.line(&format!("{:indent$}{mark} {line}", ""));
        }
    }

    /// One line each for what is true by design and the like; a line a reason
    /// for what was not run; numbers for the rest.
    fn folded(&mut self, claims: &[&ClaimRow]) {
        let counted = [Verdict::Documented, Verdict::Judgement, Verdict::NotRun];
        let folds = |claim: &&&ClaimRow| claim.verdict.is_none_or(|v| !counted.contains(&v));
        let folded: Vec<&&ClaimRow> = claims.iter().filter(folds).collect();
        let widest = folded.iter().map(|claim| columns(claim.id.as_str())).max().unwrap_or(0);
        for claim in folded {
            let phrase = claim.phrase();
            let text = if claim.verdict.is_some() { &claim.reason } else { &claim.text };
            self.one_line(claim, widest.min(ID_COLUMNS), phrase, text);
        }
        for (reason, claims) in not_run_by_reason(claims) {
            let ids: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
            let shown = ids.iter().take(4).copied().collect::<Vec<_>>().join(", ");
            let more = ids.len().saturating_sub(4);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let faint = self.style.faint;
            let text = format!("not run ({}): {reason}: {shown}{more}", ids.len());
            for (at, line) in wrap(&text, 2, 6).iter().enumerate() {
                let indent = if at == 0 { 2 } else { 6 };
                self.line(&format!("{:indent$}{faint}{line}{faint:#}", ""));
            }
        }
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

fn not_run_by_reason<'a>(claims: &[&'a ClaimRow]) -> Vec<(&'a str, Vec<&'a ClaimRow>)> {
    let mut groups: Vec<(&str, Vec<&ClaimRow>)> = Vec::new();
    for claim in claims.iter().filter(|claim| claim.verdict == Some(Verdict::NotRun)) {
        match groups.iter_mut().find(|(reason, _)| *reason == claim.reason) {
            Some((_, group)) => group.push(claim),
            None => groups.push((&claim.reason, vec![claim])),
        }
    }
    groups
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
        let mut coarsest: Vec<(model::Metric, f64)> = Vec::new();
        for check in &self.self_check {
            let Some(factor) = check.tells_apart else { continue };
            match coarsest.iter_mut().find(|(metric, _)| *metric == check.metric) {
                Some((_, most)) => *most = most.max(factor),
                None => coarsest.push((check.metric, factor)),
            }
        }
        let words = |(metric, factor): (model::Metric, f64)| {
            format!("{} {}", metric, crate::quantity::percent(factor))
        };
        coarsest.into_iter().map(words).collect()
    }
}
