//! `check` for a log: a line a guard, and more where one does not hold.

use anstyle::Style as Ansi;
use judge::GuardVerdict;

use super::document::{CheckDocument, ContractRow, GuardRow};
use super::words::sign;
use crate::Style;
use crate::layout::{WIDTH, columns, cut, wrap};
use crate::screen::Screen;

/// Columns of the names of guards, unless all are shorter.
const LONGEST: usize = 24;
/// Where words begin beside a label.
const INDENT: usize = 12;
/// Most lines of the first difference.
const MOST_LINES: usize = 12;

impl CheckDocument {
    /// The document for a log of eighty columns.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        let noun = if self.guards.len() == 1 { "guard" } else { "guards" };
        let title = self.title();
        let words = format!("evenhand {} · {title} · {} {noun}", self.version, self.guards.len());
        screen.wrapped(style.strong, &words);
        for contract in &self.contracts {
            if self.contracts.len() > 1 {
                screen.wrapped(style.strong, &contract.name);
            }
            screen.contract(contract);
            let guards: Vec<&GuardRow> = self.guards_of(contract).collect();
            let widest = guards.iter().map(|guard| columns(&guard.name)).max().unwrap_or(0);
            for guard in guards {
                screen.guard(guard, widest.min(LONGEST));
            }
            for remark in &contract.remarks {
                screen.hanging("note", remark);
            }
        }
        let tone = if self.exit == 0 { style.stands } else { style.falls };
        let mut parts = self.tallies();
        parts.push(format!("{} (exit {})", self.exit_means, self.exit));
        screen.wrapped(tone, &parts.join(" · "));
        screen.text
    }
}

impl Screen<'_> {
    fn wrapped(&mut self, tone: Ansi, words: &str) {
        for (at, line) in wrap(words, 0, 2).iter().enumerate() {
            let indent = if at == 0 { "" } else { "  " };
            self.line(&format!("{indent}{tone}{line}{tone:#}"));
        }
    }

    fn contract(&mut self, contract: &ContractRow) {
        self.hanging("evidence", &contract.evidence_words());
        self.hanging("answers", &contract.answers.summary());
        if let Some(first) = &contract.first_difference {
            self.hanging("", &first.title());
            for line in first.lines().iter().take(MOST_LINES) {
                let indent = INDENT + 2;
                self.line(&format!("{:indent$}{}", "", cut(line, WIDTH - indent)));
            }
        }
        self.hanging("effects", &contract.effects_summary());
        for seen in contract.apart().flat_map(|row| row.seen()) {
            self.hanging("", &seen);
        }
    }

    fn guard(&mut self, guard: &GuardRow, widest: usize) {
        const HANGING: usize = 6;
        let tone = match guard.verdict {
            GuardVerdict::Holds => self.style.stands,
            GuardVerdict::Fails => self.style.falls,
            GuardVerdict::Inconclusive => self.style.partly,
            GuardVerdict::NotJudged => self.style.faint,
        };
        let verdict = format!("{} {}", sign(guard.verdict), guard.verdict_words());
        let strong = self.style.strong;
        let (line, name) = (guard.line(), crate::layout::elide(&guard.name, WIDTH - 40));
        let pad = " ".repeat(widest.saturating_sub(columns(&name)));
        let head = 2 + columns(&name) + pad.len() + 2 + columns(&verdict);
        let fits = head + 2 + columns(&line) <= WIDTH;
        let beside = if fits { format!("  {line}") } else { String::new() };
        self.line(&format!("  {strong}{name}{strong:#}{pad}  {tone}{verdict}{tone:#}{beside}"));
        let below = (!fits).then_some(line.as_str()).into_iter().chain(guard.notice.as_deref());
        for words in below {
            self.indented(words, HANGING);
        }
    }
}
