//! `verify` as an edition: the guide itself in Markdown, a mark behind every
//! sentence, and a note for each mark at the end.
//!
//! Plain CommonMark with a few anchors, to be committed, sent or printed where
//! a page cannot go. A pack is data: raw HTML in its guide is shown as text.

use std::fmt::Write as _;

use model::Verdict;
use pulldown_cmark::{Event, Parser};

use super::document::{ClaimRow, SourceRow, VerifyDocument};
use super::tone::{did_not_survive, is_too_small, sign};
use crate::layout::plain;
use crate::markdown::{address, escaped};
use crate::place;

/// Rows of evidence of a note; the page and the JSON have all.
const MOST_ROWS: usize = 6;

/// Claims in the order in which their notes come.
struct Notes<'a> {
    document: &'a VerifyDocument,
    claims: Vec<&'a ClaimRow>,
}

impl VerifyDocument {
    /// The guide in Markdown with its verdicts.
    pub fn edition(&self) -> String {
        let mut notes = Notes { document: self, claims: Vec::new() };
        let guide = notes.guide();
        let other = notes.others();
        let sections = [
            self.edition_head(),
            guide,
            other,
            notes.all(),
            self.edition_place(),
            self.edition_foot(),
        ];
        let sections = sections.iter().map(|section| section.trim()).filter(|s| !s.is_empty());
        sections.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn edition_head(&self) -> String {
        let mut head = format!("# {}\n\n", escaped(&self.frame.title));
        let Some(run) = &self.run else {
            head.push_str("*Nothing has been run yet.*\n");
            return head;
        };
        let day = run.started.strftime("%-d %B %Y");
        let place = self.place_line().map(|line| escaped(&line)).unwrap_or_default();
        let _ = writeln!(head, "*Run on {day}: {place}. {}*\n", self.counts_line());
        let list = |chosen: fn(Option<Verdict>) -> bool| {
            let claims = self.claims.iter().filter(|claim| chosen(claim.verdict));
            let link = |claim: &ClaimRow| {
                let text = plain(&claim.text);
                let text = text.trim_end_matches('.');
                format!("{text} ([{}](#{}))", claim.phrase(), anchor(claim))
            };
            claims.map(link).collect::<Vec<_>>().join("; ")
        };
        let (fell, small) = (list(did_not_survive), list(is_too_small));
        if !fell.is_empty() {
            let _ = writeln!(head, "> **Did not survive here:** {fell}.\n");
        }
        if !small.is_empty() {
            let _ = writeln!(head, "> **Makes no difference that matters here:** {small}.\n");
        }
        if fell.is_empty() && small.is_empty() {
            let _ = writeln!(head, "> {}\n", self.survival_line());
        }
        let shown =
            |verdict: &&Verdict| self.claims.iter().any(|claim| claim.verdict == Some(**verdict));
        let signs = Verdict::ALL.iter().filter(shown);
        let signs = signs.map(|verdict| format!("{} {}", sign(Some(*verdict)), verdict.phrase()));
        let _ = writeln!(head, "Behind each sentence: {}.", signs.collect::<Vec<_>>().join(" · "));
        head
    }

    fn edition_place(&self) -> String {
        let Some(environment) = &self.environment else { return String::new() };
        let machine = &environment.machine;
        let mut text = "## Where it was run\n\n".to_owned();
        for (side, title) in &self.frame.sides {
            let Some(toolchain) = environment.toolchains.get(side) else { continue };
            let sees = environment.sees.get(side);
            let sees = sees.map(|s| format!("; its programs see {} {}", s.workers_name, s.workers));
            let toolchain = place::toolchain(toolchain, self.as_of);
            let toolchain = match toolchain.starts_with(title.as_str()) {
                true => toolchain,
                false => format!("{title}: {toolchain}"),
            };
            let line = format!("{toolchain}{}", sees.unwrap_or_default());
            let _ = writeln!(text, "- {}", escaped(&line));
        }
        let words = place::machine(environment).join(", ");
        for line in [
            format!("{}: {words}", machine.cpu),
            format!("{}, {} ({})", machine.system, machine.kernel, machine.architecture),
        ] {
            let _ = writeln!(text, "- {}", escaped(&line));
        }
        let apart = self.tells_apart();
        if !apart.is_empty() {
            let _ = writeln!(text, "- told apart, at worst: {}", apart.join(", "));
        }
        for remark in &self.remarks {
            let _ = writeln!(text, "- {}", escaped(remark));
        }
        text
    }

    fn edition_foot(&self) -> String {
        let (version, pack) = (&self.frame.version, escaped(&self.pack));
        match &self.run {
            Some(run) => format!(
                "evenhand {version}, {pack}, run {}, seed {}. Repeat: `{}`",
                run.id, run.seed, run.repeat
            ),
            None => format!("evenhand {version}, {pack}"),
        }
    }
}

impl<'a> Notes<'a> {
    /// The guide with its sentences in their places.
    fn guide(&mut self) -> String {
        const OPEN: &str = "{{claim:";
        let prose = without_html(&self.document.frame.prose);
        let mut text = String::with_capacity(prose.len() * 2);
        let mut rest = prose.as_str();
        while let Some(at) = rest.find(OPEN) {
            let Some(length) = rest[at..].find("}}") else { break };
            let id = rest[at + OPEN.len()..at + length].trim();
            text.push_str(&rest[..at]);
            match self.sentence(id) {
                Some(sentence) => text.push_str(&sentence),
                None => text.push_str(&rest[at..at + length + 2]),
            }
            rest = &rest[at + length + 2..];
        }
        text + rest
    }

    /// The sentence and its mark; without a mark if it was not chosen.
    fn sentence(&mut self, id: &str) -> Option<String> {
        let document = self.document;
        if let Some(claim) = document.claims.iter().find(|claim| claim.id.as_str() == id) {
            return Some(self.marked(claim));
        }
        let mut known = document.frame.all_claims.iter();
        known.find(|(known, _)| known.as_str() == id).map(|(_, text)| plain(text))
    }

    /// The words of a verdict stand in the text only where a reader must not
    /// miss them.
    fn marked(&mut self, claim: &'a ClaimRow) -> String {
        if !self.claims.iter().any(|known| known.id == claim.id) {
            self.claims.push(claim);
        }
        let number = self.number(claim);
        let words = match did_not_survive(claim.verdict) {
            true => format!("{} {} {number}", sign(claim.verdict), claim.phrase()),
            false => format!("{} {number}", sign(claim.verdict)),
        };
        format!("{} <sup>[{words}](#{})</sup>", plain(&claim.text), anchor(claim))
    }

    fn number(&self, claim: &ClaimRow) -> usize {
        let place = self.claims.iter().position(|known| known.id == claim.id);
        place.map_or(0, |place| place + 1)
    }

    /// Claims that the guide has no place for, by group.
    fn others(&mut self) -> String {
        let document = self.document;
        let mut text = String::new();
        for (id, title) in &document.frame.dimensions {
            let placed = |claim: &&ClaimRow| self.claims.iter().any(|known| known.id == claim.id);
            let of_group = document.claims.iter().filter(|claim| &claim.dimension == id);
            let left: Vec<&ClaimRow> = of_group.filter(|claim| !placed(claim)).collect();
            if !left.is_empty() {
                let sentences: Vec<String> =
                    left.into_iter().map(|claim| self.marked(claim)).collect();
                let _ = writeln!(text, "### {}\n\n{}\n", escaped(title), sentences.join("\n\n"));
            }
        }
        if text.is_empty() { text } else { format!("## More sentences\n\n{text}") }
    }

    fn all(&self) -> String {
        let notes: Vec<String> = self.claims.iter().map(|claim| self.note(claim)).collect();
        if notes.is_empty() {
            return String::new();
        }
        format!("## What each sentence stands on\n\n{}", notes.join("\n"))
    }

    fn note(&self, claim: &ClaimRow) -> String {
        let document = self.document;
        let number = self.number(claim);
        let reason = match claim.reason.as_str() {
            "" => String::new(),
            reason => format!(": {}", escaped(reason)),
        };
        let mut text = format!(
            "<a id=\"{}\"></a>**{number} · {} {}** · `{}`{reason}\n\n",
            anchor(claim),
            sign(claim.verdict),
            claim.phrase(),
            claim.id
        );
        for condition in claim.conditions.iter().take(MOST_ROWS) {
            let _ = writeln!(text, "- {}", escaped(condition));
        }
        self.rows(claim, &mut text);
        text.push_str(&document.markdown_attempts(claim));
        for source in &claim.sources {
            let _ = writeln!(text, "- Source: {}", cited(source));
        }
        let _ = writeln!(text, "- Repeat: `{}`", document.command(claim));
        text
    }

    /// Measured rows; conditions already told them where there are any.
    fn rows(&self, claim: &ClaimRow, text: &mut String) {
        let told = claim.conditions.len();
        let rows: Vec<_> = claim.evidence.iter().filter(|row| row.headline().is_some()).collect();
        let most = if told > 1 { 0 } else { MOST_ROWS };
        for row in rows.iter().take(most) {
            let values = row.absolute().map(|values| format!("; {values}"));
            let headline = row.headline().unwrap_or_default();
            let line = format!(
                "{}, {}: {headline}{}",
                row.subject(),
                row.place(),
                values.unwrap_or_default()
            );
            let _ = writeln!(text, "- {}", escaped(&line));
        }
        let left = match told {
            0 | 1 => rows.len().saturating_sub(most),
            _ => told.saturating_sub(MOST_ROWS),
        };
        if left > 0 {
            let _ = writeln!(text, "- and {left} more: `{}`", self.document.command(claim));
        }
    }
}

/// The place of a claim's note: the same in every edition.
fn anchor(claim: &ClaimRow) -> String {
    claim.id.as_str().replace('/', "-")
}

fn cited(source: &SourceRow) -> String {
    let title = format!("[{}]({})", escaped(&source.title), address(&source.url));
    let read = source.checked.map(|date| format!(", read {date}"));
    let due = source.due().map(|date| format!(", to be read again by {date}"));
    format!(
        "{title}, {}{}{}",
        escaped(&source.publisher),
        read.unwrap_or_default(),
        due.unwrap_or_default()
    )
}

/// The guide with its raw HTML, if it has any, made into text.
fn without_html(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut done = 0;
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
            text.push_str(&markdown[done..range.start]);
            text.push_str(&markdown[range.clone()].replace('<', "&lt;"));
            done = range.end;
        }
    }
    text + &markdown[done..]
}

#[cfg(test)]
mod tests {
    use super::without_html;

    #[test]
    fn raw_html_of_a_guide_becomes_text() {
        let guide = "<script>x</script>\n\na <b>b</b> < c `<d>`\n";
        let text = "&lt;script>x&lt;/script>\n\na &lt;b>b&lt;/b> < c `<d>`\n";
        assert_eq!(without_html(guide), text);
    }
}
