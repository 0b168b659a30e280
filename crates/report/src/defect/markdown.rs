//! `verify --defects` for a pull request: GitHub's Markdown.

use model::DefectVariant;

use super::document::{DefectRow, DefectsDocument};
use super::words::{CHOSEN, legend};
use crate::markdown::{code_span, escaped, folded, table, table_row};

impl DefectsDocument {
    /// The document in GitHub's Markdown.
    pub fn markdown(&self) -> String {
        let sections = [
            format!("## {}", escaped(&self.summary())),
            format!("{}\n\n{}", escaped(&legend()), CHOSEN),
            self.markdown_surprises(),
            self.markdown_classes(),
            folded("What each gate cost", &self.markdown_costs()),
            self.markdown_skipped(),
            format!("evenhand {}. Repeat: {}", self.frame.version, code_span(&self.run.repeat)),
        ];
        let sections = sections.iter().map(|section| section.trim()).filter(|s| !s.is_empty());
        sections.collect::<Vec<_>>().join("\n\n") + "\n"
    }

    fn markdown_surprises(&self) -> String {
        let told = self.defects.iter().flat_map(|defect| {
            let each = defect.surprises.iter();
            each.map(|surprise| format!("- **{}** {}\n", defect.id, escaped(surprise)))
        });
        told.collect()
    }

    fn markdown_classes(&self) -> String {
        let sides = &self.frame.sides;
        let heads: Vec<&str> =
            std::iter::once("class").chain(sides.iter().map(|(_, title)| title.as_str())).collect();
        let row = |defect: &DefectRow| {
            let cell = |side| {
                let one = |variant| defect.variant(side, variant).map(|row| row.summary());
                let escape = one(DefectVariant::Escape)
                    .map(|told| format!("<br>escape: {}", escaped(&told)));
                let bad = one(DefectVariant::Bad).unwrap_or_default();
                format!("{}{}", escaped(&bad), escape.unwrap_or_default())
            };
            let cells = sides.iter().map(|(side, _)| cell(side));
            let name = format!("{} ({})", escaped(defect.id.as_str()), escaped(&defect.title));
            table_row(&std::iter::once(name).chain(cells).collect::<Vec<_>>())
        };
        table(&heads, self.defects.iter().map(row))
    }

    fn markdown_costs(&self) -> String {
        let heads = ["", "gate", "tool", "programs", "runs", "wall", "cpu"];
        let rows = self.gates.iter().map(|row| {
            table_row(&[
                escaped(&row.language),
                row.gate.to_string(),
                escaped(&row.tool),
                row.programs.to_string(),
                row.runs.to_string(),
                row.wall(),
                row.cpu(),
            ])
        });
        table(&heads, rows)
    }

    fn markdown_skipped(&self) -> String {
        let told = self.skipped().into_iter();
        told.map(|(why, classes)| {
            format!("- not run: {} ({classes} of the classes)\n", escaped(&why))
        })
        .collect()
    }
}
