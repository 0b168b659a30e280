//! `load` for an issue or a pull request: GitHub's Markdown, quantiles in the
//! open, the rest folded away.

use std::fmt::Write as _;

use super::document::LoadDocument;
use super::rows::{QuantilesRow, StepRow};
use super::words::{HEADS, cells, number, time};
use crate::markdown::{code_span, escaped, folded, table, table_row};

impl LoadDocument {
    /// The document in GitHub's Markdown.
    pub fn markdown(&self) -> String {
        let sections = [
            format!("## {}", escaped(&self.title())),
            self.markdown_alarm(),
            self.markdown_summary(),
            self.markdown_quantiles(),
            self.markdown_errors(),
            folded("Rates that were tried", &self.markdown_steps()),
            folded("Second by second", &self.markdown_slices()),
            format!(
                "evenhand {}, seed {}. Repeat: {}",
                self.frame.version,
                self.asked.seed,
                code_span(&self.frame.command)
            ),
        ];
        let sections = sections.iter().map(|section| section.trim()).filter(|s| !s.is_empty());
        sections.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn markdown_alarm(&self) -> String {
        let mut text = String::new();
        if let Some(partial) = self.partial_words() {
            let _ = writeln!(text, "**{}**\n", escaped(&partial));
        }
        if let Some(alarm) = self.alarm() {
            let _ = writeln!(text, "**{}**\n", escaped(&alarm));
            for why in &self.invalid_because {
                let _ = writeln!(text, "- {}", escaped(why));
            }
        }
        text
    }

    fn markdown_summary(&self) -> String {
        let believed = (self.valid && self.measured()).then(|| self.believed_words());
        let lines = [
            ("Asked", Some(self.asked_words())),
            ("Achieved", Some(self.achieved_words())),
            ("Believe", believed),
            ("Capacity", self.capacity_words()),
            ("Errors", Some(self.errors_summary())),
            ("Server", self.server_words()),
            ("Generator", self.generator_words()),
            ("Machine", Some(self.machine_words())),
        ];
        let line = |(name, words): (&str, Option<String>)| {
            words.map(|words| format!("- **{name}**: {}\n", escaped(&words)))
        };
        lines.into_iter().filter_map(line).collect()
    }

    fn markdown_quantiles(&self) -> String {
        if !self.has_times() {
            return String::new();
        }
        let row = |name: &str, quantiles: &QuantilesRow| {
            let cells = std::iter::once(name.to_owned()).chain(cells(quantiles));
            table_row(&cells.collect::<Vec<_>>())
        };
        let mut rows = vec![
            row("**response**", &self.response),
            row("service", &self.service),
            row("lag", &self.lag),
        ];
        if self.frame.fresh {
            rows.push(row("connect", &self.connect));
        }
        let heads: Vec<&str> = std::iter::once("ms").chain(HEADS).collect();
        let mut text = table(&heads, rows.into_iter());
        let notes = [self.gap_words(), self.censored_words()];
        for note in notes.into_iter().flatten() {
            let _ = write!(text, "\n{}\n", escaped(&note));
        }
        text
    }

    fn markdown_errors(&self) -> String {
        let rows = self.error_lines().into_iter().map(|line| {
            table_row(&[
                format!("`{}`", line.name),
                number(line.count as f64),
                escaped(&line.meaning),
            ])
        });
        table(&["error", "requests", "meaning"], rows)
    }

    fn markdown_steps(&self) -> String {
        let Some(capacity) = &self.capacity else { return String::new() };
        let row = |step: &StepRow| {
            table_row(&[
                number(step.rate),
                number(step.achieved_rate),
                step.bounded_ms.map(time).unwrap_or_default(),
                number(step.failed as f64),
                if step.passed { "yes".to_owned() } else { escaped(&step.because.join("; ")) },
            ])
        };
        let bounded = capacity.slo.split('<').next().unwrap_or_default();
        let heads = ["asked", "sent", bounded, "failed", "within"];
        table(&heads, self.steps.iter().map(row))
    }

    fn markdown_slices(&self) -> String {
        let rows = self.slices.iter().map(|slice| {
            table_row(&[
                slice.second.to_string(),
                number(slice.intended as f64),
                number(slice.right as f64),
                number(slice.errors as f64),
                time(slice.p50_ms),
                time(slice.p99_ms),
                time(slice.max_ms),
            ])
        });
        table(&["second", "asked", "right", "failed", "p50", "p99", "max"], rows)
    }
}
