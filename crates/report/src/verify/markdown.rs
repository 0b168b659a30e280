//! `verify` for an issue or a pull request: GitHub's Markdown, verdicts in a
//! table, everything else folded away.

use std::fmt::Write as _;

use model::{Standing, Verdict};

use super::document::{ClaimRow, EvidenceRow, VerifyDocument};
use super::tone::{did_not_survive, is_too_small, sign};
use super::words;
use crate::markdown::{address, escaped, folded, table, table_row};
use crate::place;
use crate::quantity::ratio;

impl VerifyDocument {
    /// The document in GitHub's Markdown.
    pub fn markdown(&self) -> String {
        let sections = [
            self.markdown_head(),
            self.markdown_verdicts(),
            folded("Evidence", &self.markdown_evidence()),
            folded("By design, documented, left to your judgement", &self.markdown_frame()),
            folded("Not run", &self.markdown_not_run()),
            folded("Each side against itself", &self.markdown_self_check()),
            self.markdown_foot(),
        ];
        let sections = sections.iter().map(|section| section.trim()).filter(|s| !s.is_empty());
        sections.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn markdown_head(&self) -> String {
        let mut head = format!("## {}\n\n", escaped(&self.frame.title));
        if let Some(line) = self.place_line() {
            let _ = writeln!(head, "{}\n", escaped(&line));
        }
        let tallies = self.tallies();
        if !tallies.is_empty() {
            let _ = writeln!(head, "**{}**\n", tallies.join(" · "));
        }
        for claim in self.claims.iter().filter(|claim| did_not_survive(claim.verdict)) {
            let phrase = claim.verdict.map_or("", Verdict::phrase);
            let _ = writeln!(head, "> **Did not survive** ({phrase}): {}  ", escaped(&claim.text));
        }
        for claim in self.claims.iter().filter(|claim| is_too_small(claim.verdict)) {
            let text = escaped(&claim.text);
            let _ = writeln!(head, "> **Makes no difference that matters here**: {text}  ");
        }
        head
    }

    fn markdown_verdicts(&self) -> String {
        let rows = self.claims.iter().filter(|claim| {
            claim.standing == Standing::Contested && claim.verdict != Some(Verdict::NotRun)
        });
        let row = |claim: &ClaimRow| {
            let verdict = claim.verdict.map_or("", Verdict::phrase);
            let verdict = verdict.replace(' ', "&nbsp;");
            let cells = [
                format!("{}&nbsp;{verdict}", sign(claim.verdict)),
                format!("{}<br>`{}`", escaped(&claim.text), claim.id),
                reasons(claim),
            ];
            table_row(&cells)
        };
        table(&["verdict", "claim", "why"], rows.map(row))
    }

    fn markdown_evidence(&self) -> String {
        let mut text = String::new();
        let shown =
            |claim: &&ClaimRow| claim.was_looked_at() && claim.verdict != Some(Verdict::NotRun);
        for claim in self.claims.iter().filter(shown) {
            let mut rows = table(
                &["what", "where", "seen", "values", "basis", "shows"],
                claim.evidence.iter().map(evidence_row),
            );
            if !rows.is_empty() && !claim.attempts.is_empty() {
                rows.push('\n');
            }
            rows.push_str(&self.markdown_attempts(claim));
            rows.push_str(&self.markdown_beside(claim));
            let _ = writeln!(text, "**`{}`** {}\n\n{rows}", claim.id, escaped(&claim.text));
        }
        if text.is_empty() { text } else { text + &format!("Repeat one: `{}`", self.any_claim()) }
    }

    /// Effects two by two, and all programs of a case beside each other.
    fn markdown_beside(&self, claim: &ClaimRow) -> String {
        let mut text = String::new();
        for square in claim.squares() {
            let rows = square.rows.iter().map(|row| table_row(row));
            let heads = square.heads.each_ref().map(String::as_str);
            let _ = write!(text, "\n{}\n\n{}", escaped(&square.title), table(&heads, rows));
        }
        for lineup in self.lineups_of(claim) {
            let rows = lineup.programs.iter().map(|program| {
                let mut cells = vec![program.side.to_string()];
                cells.extend(program.cells(&lineup.metrics));
                table_row(&cells)
            });
            let heads = lineup.heads();
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            let _ = write!(text, "\n{}, medians\n\n{}", lineup.title(), table(&heads, rows));
        }
        text
    }

    /// An item an experiment, and below it what was not as expected.
    pub(super) fn markdown_attempts(&self, claim: &ClaimRow) -> String {
        let mut text = String::new();
        for line in claim.class_lines() {
            let _ = writeln!(text, "- {}", escaped(&line));
        }
        for tried in claim.tried() {
            let title = self.title_of(tried.experiment).map(escaped);
            let title = title.map(|title| format!(", {title}")).unwrap_or_default();
            let _ = writeln!(text, "- `{}`{title}: {}", tried.experiment, tried.summary());
            for attempt in &tried.otherwise {
                let _ = writeln!(text, "  - {}", escaped(&attempt.short()));
            }
            for untried in &tried.untried {
                let _ = writeln!(text, "  - {}", escaped(&untried.line()));
            }
        }
        text
    }

    fn markdown_frame(&self) -> String {
        let apart = [Verdict::ByDesign, Verdict::Documented, Verdict::Judgement];
        let rows = self.claims.iter().filter(|claim| {
            claim.verdict.is_some_and(|verdict| {
                apart.contains(&verdict)
                    || (claim.standing != Standing::Contested && verdict != Verdict::NotRun)
            })
        });
        let line = |claim: &ClaimRow| {
            let verdict = claim.verdict.map_or("", Verdict::phrase);
            let sources: Vec<String> = claim
                .sources
                .iter()
                .map(|source| format!("[{}]({})", escaped(&source.title), address(&source.url)))
                .collect();
            let sources = if sources.is_empty() {
                String::new()
            } else {
                format!(" ({})", sources.join(", "))
            };
            format!("- `{}` **{verdict}**: {}{sources}\n", claim.id, escaped(&claim.text))
        };
        rows.map(line).collect()
    }

    fn markdown_not_run(&self) -> String {
        let rows = self.claims.iter().filter(|claim| claim.verdict == Some(Verdict::NotRun));
        rows.map(|claim| format!("- `{}`: {}\n", claim.id, escaped(&claim.reason))).collect()
    }

    fn markdown_self_check(&self) -> String {
        let rows = self.self_check.iter().map(|check| {
            let end = |value: Option<f64>| value.map_or("–".to_owned(), ratio);
            table_row(&[
                words::checked(check),
                check.metric.to_string(),
                check.side.to_string(),
                format!("{}x ({} to {})", ratio(check.ratio), end(check.low), end(check.high)),
                words::told_apart(check).unwrap_or_else(|| "unknown".to_owned()),
            ])
        });
        table(&["workload", "metric", "side", "one run of the other", "told apart"], rows)
    }

    fn markdown_foot(&self) -> String {
        let remarks = self.remarks.iter().map(|remark| format!("- {}\n", escaped(remark)));
        let mut foot: String = remarks.collect();
        let _ = write!(foot, "\nevenhand {}", self.frame.version);
        if let Some(run) = &self.run {
            let _ = write!(foot, ", run {}, seed {}. Repeat: `{}`", run.id, run.seed, run.repeat);
        }
        foot
    }

    /// Machine and toolchains on one line; `None` if nothing was run.
    pub(crate) fn place_line(&self) -> Option<String> {
        let environment = self.environment.as_ref()?;
        let toolchains = self.frame.sides.iter().filter_map(|(side, _)| {
            let toolchain = environment.toolchains.get(side)?;
            Some(place::toolchain(toolchain, self.as_of))
        });
        let machine = place::machine(environment).join(", ");
        let mut parts: Vec<String> = toolchains.collect();
        parts.push(machine);
        Some(parts.join(" · "))
    }

    /// A sentence to quote elsewhere, with what makes it checkable.
    pub(crate) fn markdown_of(&self, claim: &ClaimRow) -> String {
        let mut text = format!("> {}\n\n", escaped(&claim.text));
        let verdict = claim.verdict.map_or("not judged", Verdict::phrase);
        let _ = write!(text, "{} **{verdict}**", sign(claim.verdict));
        if !claim.reason.is_empty() {
            let _ = write!(text, ": {}", escaped(&claim.reason));
        }
        text.push('\n');
        for row in claim.evidence.iter().filter(|row| row.headline().is_some()) {
            let values = row.absolute().map(|values| format!("; {values}"));
            let _ = writeln!(
                text,
                "- {}, {}: {}{}",
                escaped(&row.subject()),
                row.place(),
                row.headline().unwrap_or_default(),
                values.unwrap_or_default()
            );
        }
        text.push_str(&self.markdown_attempts(claim));
        if let Some(line) = self.place_line() {
            let date = self.run.as_ref().map(|run| run.started.strftime("%Y-%m-%d").to_string());
            let _ = writeln!(text, "\n{} · {}", escaped(&line), date.unwrap_or_default());
        }
        let _ = write!(text, "\nRepeat: `{}`", self.command(claim));
        text
    }
}

fn reasons(claim: &ClaimRow) -> String {
    const MOST: usize = 4;
    let mut parts = vec![escaped(&claim.reason)];
    parts.extend(claim.conditions.iter().take(MOST).map(|condition| escaped(condition)));
    let more = claim.conditions.len().saturating_sub(MOST);
    parts.extend((more > 0).then(|| format!("and {more} more, under Evidence")));
    parts.join("<br>")
}

fn evidence_row(row: &EvidenceRow) -> String {
    let basis = [row.basis(), row.margin_words()].into_iter().flatten().collect::<Vec<_>>();
    let mut shows = vec![escaped(&row.finding_words())];
    shows.extend(row.warnings.iter().map(|warning| escaped(warning)));
    table_row(&[
        escaped(&row.subject()),
        escaped(&row.place()),
        row.headline().unwrap_or_default(),
        row.absolute().unwrap_or_default(),
        basis.join(", "),
        shows.join("<br>"),
    ])
}
