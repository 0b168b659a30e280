//! `compare` for an issue or a pull request: GitHub's Markdown, answers and
//! metrics in the open, the rest folded away.

use std::fmt::Write as _;

use super::document::{CaseRow, CompareDocument, MetricRow};
use super::effects;
use crate::markdown::{code_block, code_span, escaped, folded, table, table_row};
use crate::place;
use crate::quantity::{quantity, ratio};
use crate::verify::words::{checked, coarsest, told_apart};
use model::Unit;

impl CompareDocument {
    /// The document in GitHub's Markdown.
    pub fn markdown(&self) -> String {
        let sections = [
            format!("## {}: {}", escaped(self.name.as_str()), escaped(&self.sides_line())),
            self.markdown_answers(),
            self.markdown_metrics(),
            folded("Side effects", &self.markdown_effects()),
            folded("Each side against itself", &self.markdown_self_check()),
            folded("Programs and machine", &self.markdown_place()),
            self.markdown_foot(),
        ];
        let sections = sections.iter().map(|section| section.trim()).filter(|s| !s.is_empty());
        sections.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn markdown_answers(&self) -> String {
        let mut text = format!("- **Answers**: {}\n", escaped(&self.answers.summary()));
        for allowance in self.allowances() {
            let _ = writeln!(text, "  - {}", escaped(&allowance));
        }
        let effects: Vec<String> =
            self.effect_lines().iter().map(|line| escaped(&line.words)).collect();
        if !effects.is_empty() {
            let _ = writeln!(text, "- **Side effects**: {}", effects.join("; "));
        }
        if let Some(withheld) = &self.withheld {
            let why = escaped(&withheld.why.join("; "));
            let _ =
                writeln!(text, "- **Numbers withheld**: {why}. {}", escaped(&withheld.way_on()));
        }
        if let Some(first) = &self.first_difference {
            let more = self.answers.more().map(|more| format!(" (and {more})"));
            let _ = write!(
                text,
                "\n{}{}:\n\n{}",
                escaped(&first.title()),
                more.unwrap_or_default(),
                difference(first)
            );
        }
        text
    }

    fn markdown_metrics(&self) -> String {
        let mut text = String::new();
        for group in self.groups() {
            if let Some(heading) = &group.heading {
                let _ = writeln!(text, "### {}\n", escaped(heading));
            }
            let rows = group.rows.iter().map(|row| self.metric_row(row));
            let heads = ["metric", "seen", "interval", "values", "verdict", "basis"];
            let _ = writeln!(text, "{}", table(&heads, rows));
        }
        for why in self.marks() {
            let _ = writeln!(text, "**!** {}\n", escaped(why));
        }
        text
    }

    fn metric_row(&self, row: &MetricRow) -> String {
        let mark = if row.marked.is_some() { "**!** " } else { "" };
        let label = escaped(&self.label(row));
        let label = if row.primary { format!("**{label}**") } else { label };
        let basis = row.basis().into_iter().chain([row.margin_words()]);
        let mut basis: Vec<String> = basis.map(|words| escaped(&words)).collect();
        basis.extend(row.notes().iter().map(|note| escaped(note)));
        table_row(&[
            format!("{mark}{label}"),
            escaped(&row.comparison().unwrap_or_default()),
            row.interval().map(|interval| escaped(&interval)).unwrap_or_default(),
            escaped(&row.absolute().unwrap_or_default()),
            escaped(&row.verdict_words()),
            basis.join("<br>"),
        ])
    }

    fn markdown_effects(&self) -> String {
        let rows = self.effects.iter().map(|row| {
            let mut seen: Vec<String> = row.reason.iter().map(|why| escaped(why)).collect();
            seen.extend(row.seen().iter().map(|seen| escaped(seen)));
            table_row(&[
                effects::title(row.effect).to_owned(),
                escaped(&row.counts()),
                row.verdict.phrase().to_owned(),
                seen.join("<br>"),
            ])
        });
        table(&["effect", "counts", "verdict", "seen"], rows)
    }

    fn markdown_self_check(&self) -> String {
        let rows = self.self_check.iter().map(|check| {
            let end = |value: Option<f64>| value.map_or("–".to_owned(), ratio);
            table_row(&[
                escaped(&checked(check)),
                check.metric.to_string(),
                check.side.to_string(),
                format!("{}x ({} to {})", ratio(check.ratio), end(check.low), end(check.high)),
                told_apart(check).unwrap_or_else(|| "unknown".to_owned()),
            ])
        });
        table(&["of", "metric", "side", "one run of the other", "told apart"], rows)
    }

    fn markdown_place(&self) -> String {
        let programs = self.programs.iter().map(|program| {
            table_row(&[
                program.side.to_string(),
                quantity(program.bytes as f64, Unit::Bytes),
                escaped(program.toolchain.as_deref().unwrap_or("built before")),
                escaped(&program.about()),
                code_span(&program.digest()),
            ])
        });
        let mut text = table(&["side", "size", "built by", "content", "SHA-256"], programs);
        text.push('\n');
        for (name, value) in &self.frame.setting {
            let _ = writeln!(text, "- {name}: {}", escaped(value));
        }
        if let Some(environment) = &self.environment {
            let mut machine = self.toolchains();
            machine.push(place::machine(environment).join(", "));
            machine.extend(
                coarsest(&self.self_check).into_iter().map(|apart| format!("{apart} told apart")),
            );
            let _ = writeln!(text, "- {}", escaped(&machine.join(" · ")));
        }
        text
    }

    fn markdown_foot(&self) -> String {
        let remarks = self.remarks.iter().map(|remark| format!("- {}\n", escaped(remark)));
        let mut foot: String = remarks.collect();
        let _ = write!(foot, "\nevenhand {}", self.frame.version);
        if let Some(run) = &self.run {
            let _ = write!(foot, ", run {}, seed {}", run.id, run.seed);
        }
        let _ = write!(foot, ". Repeat: {}", code_span(&self.frame.command));
        foot
    }
}

fn difference(first: &CaseRow) -> String {
    code_block(&first.lines().join("\n"))
}
