//! `load` on a terminal: one screen of at most eighty columns, what cannot be
//! believed first.

use anstyle::Style as Ansi;

use super::document::LoadDocument;
use super::words::{HEADS, cell, cells, number};
use crate::Style;
use crate::layout::wrap;
use crate::screen::Screen;

/// Columns of a label.
const LABEL: usize = 9;
/// Where words begin beside it.
const INDENT: usize = LABEL + 3;
/// Seconds that are shown one by one, the last ones.
const MOST_SECONDS: usize = 8;
/// Columns of a quantile.
const CELL: usize = 9;

impl LoadDocument {
    /// The document for a terminal of eighty columns.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        screen.load_head(self);
        screen.say("asked", Ansi::new(), &self.asked_words());
        screen.say("achieved", Ansi::new(), &self.achieved_words());
        if self.valid && self.measured() {
            screen.say("believe", style.stands, &format!("yes: {}", self.believed_words()));
        }
        if let Some(capacity) = self.capacity_words() {
            screen.say("capacity", style.strong, &capacity);
        }
        match self.has_times() {
            true => screen.quantiles(self),
            false if self.measured() => screen.last_seconds(self),
            false => {}
        }
        screen.failures(self);
        screen.beside(self);
        screen.text
    }
}

impl Screen<'_> {
    fn load_head(&mut self, document: &LoadDocument) {
        let Style { strong, falls, partly, .. } = *self.style;
        let title = document.title();
        let title = format!("evenhand {} · load {title}", document.frame.version);
        self.toned_lines(strong, &title);
        if let Some(partial) = document.partial_words() {
            self.toned_lines(partly, &partial);
        }
        let Some(alarm) = document.alarm() else { return };
        self.toned_lines(falls, &alarm);
        for why in &document.invalid_because {
            self.bullet(why, 2);
        }
    }

    fn toned_lines(&mut self, tone: Ansi, words: &str) {
        for (at, line) in wrap(words, 0, 2).iter().enumerate() {
            let indent = if at == 0 { "" } else { "  " };
            self.line(&format!("{indent}{tone}{line}{tone:#}"));
        }
    }

    /// A label, and words in a tone hanging beside it.
    fn say(&mut self, label: &str, tone: Ansi, words: &str) {
        for (at, line) in wrap(words, INDENT, INDENT).iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.line(&format!("  {label:<LABEL$} {tone}{line}{tone:#}"));
        }
    }

    fn quantiles(&mut self, document: &LoadDocument) {
        let faint = self.style.faint;
        if document.capacity.is_some() {
            let at = format!("at {} requests a second:", number(document.asked_rate));
            self.say("", faint, &at);
        }
        let row = |cells: &[String]| cells.iter().map(|cell| format!("{cell:>CELL$}")).collect();
        let heads: String = row(&HEADS.map(str::to_owned));
        self.line(&format!("  {faint}{:<LABEL$} {heads}{faint:#}", "ms"));
        let mut rows = vec![
            ("response", self.style.strong, &document.response),
            ("service", Ansi::new(), &document.service),
            ("lag", faint, &document.lag),
        ];
        if document.frame.fresh {
            rows.push(("connect", faint, &document.connect));
        }
        for (label, tone, quantiles) in rows {
            let cells: String = row(&cells(quantiles));
            self.line(&format!("  {label:<LABEL$} {tone}{cells}{tone:#}"));
        }
        let told = "response counts from when a request was meant to be sent, service from when it \
                    was; lag is how late the generator itself was";
        match document.gap_words() {
            Some(gap) => self.say("", self.style.partly, &gap),
            None => self.say("", faint, told),
        }
        if let Some(censored) = document.censored_words() {
            self.say("", self.style.partly, &censored);
        }
    }

    /// Of a drive that was stopped before the generator could tell more.
    fn last_seconds(&mut self, document: &LoadDocument) {
        let faint = self.style.faint;
        let row = |cells: [String; 6]| -> String {
            cells.iter().map(|cell| format!("{cell:>CELL$}")).collect()
        };
        let heads = ["second", "right", "failed", "p50 ms", "p99 ms", "max ms"];
        self.line(&format!("  {:<LABEL$} {faint}{}{faint:#}", "", row(heads.map(str::to_owned))));
        let skipped = document.slices.len().saturating_sub(MOST_SECONDS);
        for slice in &document.slices[skipped..] {
            let cells = row([
                (slice.second + 1).to_string(),
                number(slice.right as f64),
                number(slice.errors as f64),
                cell(slice.p50_ms),
                cell(slice.p99_ms),
                cell(slice.max_ms),
            ]);
            self.line(&format!("  {:<LABEL$} {cells}", ""));
        }
    }

    fn failures(&mut self, document: &LoadDocument) {
        let lines = document.error_lines();
        let tone = if lines.is_empty() { self.style.stands } else { self.style.falls };
        self.say("errors", tone, &document.errors_summary());
        for line in lines {
            let words = format!("{} {}: {}", number(line.count as f64), line.name, line.meaning);
            self.say("", Ansi::new(), &words);
        }
    }

    fn beside(&mut self, document: &LoadDocument) {
        if let Some(server) = document.server_words() {
            self.say("server", Ansi::new(), &server);
        }
        if let Some(generator) = document.generator_words() {
            self.say("generator", self.style.faint, &generator);
        }
        self.say("machine", self.style.faint, &document.machine_words());
    }
}
