//! `check` as the comment under a pull request: one table, the rest folded.

use std::fmt::Write as _;

use judge::GuardVerdict;

use super::document::{CheckDocument, ContractRow, GuardRow};
use super::words::{self, sign};
use crate::markdown::{code_block, code_span, escaped, folded, table, table_row};

/// The comment's first line, by which a bot finds it again. It never changes.
pub const MARKER: &str = "<!-- evenhand-check -->";

impl CheckDocument {
    /// The document in GitHub's Markdown; its first line is [`MARKER`].
    pub fn markdown(&self) -> String {
        let mark = if self.exit == 0 { "✓" } else { "✗" };
        let tallies = self.tallies().join(" · ");
        let head = format!(
            "{MARKER}\n### {mark} {}: {}\n\n{}",
            escaped(&self.title()),
            self.exit_means,
            escaped(&tallies)
        );
        let mut sections = vec![head, self.markdown_guards(), self.markdown_details()];
        sections.extend(self.contracts.iter().map(|contract| self.markdown_same(contract)));
        sections.push(format!("evenhand {}. Repeat: {}", self.version, code_span(&self.command)));
        let sections = sections.iter().map(|section| section.trim()).filter(|s| !s.is_empty());
        sections.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn markdown_guards(&self) -> String {
        let mut rows: Vec<String> = Vec::new();
        for contract in &self.contracts {
            let of = |what: &str| match self.contracts.len() {
                1 => what.to_owned(),
                _ => format!("{what}, {}", escaped(&contract.name)),
            };
            let evidence = contract.evidence_words();
            rows.push(table_row(&[
                same_sign(contract.is_measured(), contract.answers.verdict.lets_pass()),
                of("answers"),
                escaped(&contract.answers.summary()),
                String::new(),
                escaped(&evidence),
            ]));
            rows.push(table_row(&[
                same_sign(!contract.effects.is_empty(), contract.apart().next().is_none()),
                of("side effects"),
                escaped(&contract.effects_summary()),
                String::new(),
                escaped(&evidence),
            ]));
            rows.extend(
                self.guards_of(contract).map(|guard| {
                    guard_row(guard, &of(&code_span(&guard.name).replace('|', "\\|")))
                }),
            );
        }
        table(&["", "guard", "seen", "limit", "evidence"], rows.into_iter())
    }

    /// Why, guard by guard: what fails in the open, the rest folded.
    fn markdown_details(&self) -> String {
        let several = self.contracts.len() > 1;
        let line = |guard: &GuardRow| {
            let notice = guard.notice.as_ref().map(|notice| format!("; {}", escaped(notice)));
            let of =
                if several { format!(", {}", escaped(&guard.contract)) } else { String::new() };
            format!(
                "- {} {}{of}: {}{}\n",
                sign(guard.verdict),
                code_span(&guard.name),
                escaped(&guard.why),
                notice.unwrap_or_default()
            )
        };
        let fails = |guard: &&GuardRow| guard.verdict == GuardVerdict::Fails;
        let open: String = self.guards.iter().filter(fails).map(line).collect();
        let rest: String = self.guards.iter().filter(|guard| !fails(guard)).map(line).collect();
        format!("{open}\n{}", folded("Why, guard by guard", &rest))
    }

    fn markdown_same(&self, contract: &ContractRow) -> String {
        let mut text = String::new();
        if let Some(first) = &contract.first_difference {
            let _ = writeln!(
                text,
                "{}:\n\n{}",
                escaped(&first.title()),
                code_block(&first.lines().join("\n"))
            );
        }
        let mut details: String =
            contract.remarks.iter().map(|remark| format!("- {}\n", escaped(remark))).collect();
        if let Some(place) = &contract.place {
            let _ = writeln!(details, "- {}", escaped(place));
        }
        if let Some(run) = &contract.run {
            let _ = writeln!(details, "- run {}, seed {}", run.id, run.seed);
        }
        text + &folded(&format!("Where and how: {}", escaped(&contract.name)), &details)
    }
}

fn guard_row(guard: &GuardRow, name: &str) -> String {
    let limit = guard.limit_words().map(|limit| format!("{limit}, {}", guard.margin_words()));
    table_row(&[
        format!("{}&nbsp;{}", sign(guard.verdict), guard.verdict_words().replace(' ', "&nbsp;")),
        name.to_owned(),
        escaped(&guard.seen().unwrap_or_else(|| guard.why.clone())),
        escaped(&limit.unwrap_or_default()),
        escaped(&guard.evidence_words()),
    ])
}

/// A sign for answers or side effects; none of what was not looked at.
fn same_sign(looked_at: bool, same: bool) -> String {
    let sign = match (looked_at, same) {
        (false, _) => GuardVerdict::NotJudged,
        (true, true) => GuardVerdict::Holds,
        (true, false) => GuardVerdict::Fails,
    };
    words::sign(sign).to_owned()
}
