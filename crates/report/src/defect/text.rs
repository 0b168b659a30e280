//! `verify --defects` on a terminal.

use model::DefectVariant;

use super::document::{DefectRow, DefectsDocument};
use super::words::{CHOSEN, legend};
use crate::Style;
use crate::layout::elide;
use crate::screen::Screen;

/// Columns of a class's name.
const NAME: usize = 24;
/// Columns of one side.
const SIDE: usize = 26;

impl DefectsDocument {
    /// The document for a terminal of eighty columns.
    pub fn text(&self, style: &Style, page: Option<&str>) -> String {
        let mut screen = Screen::new(style);
        let strong = style.strong;
        screen.line(&format!("{strong}{}{strong:#}", self.pack));
        screen.indented(&self.summary(), 2);
        screen.line("");
        let heads = self.frame.sides.iter().map(|(side, _)| format!("{side:<SIDE$} "));
        screen.line(&format!("  {:<NAME$} {}", "", heads.collect::<String>()));
        for defect in &self.defects {
            self.class(&mut screen, defect);
        }
        screen.line("");
        screen.faintly(&legend());
        screen.faintly(CHOSEN);
        self.costs(&mut screen);
        for (why, classes) in self.skipped() {
            screen.hanging("not run", &format!("{why} · {classes} of the classes"));
        }
        if let Some(page) = page {
            screen.line("");
            screen.hanging("page", page);
        }
        screen.text
    }

    fn class(&self, screen: &mut Screen<'_>, defect: &DefectRow) {
        let falls = screen.style.falls;
        let cells = |variant| {
            let cell = |side| defect.variant(side, variant).map(|row| row.cell(SIDE));
            let cells = self.frame.sides.iter().map(|(side, _)| cell(side).unwrap_or_default());
            cells.map(|cell| format!("{cell:<SIDE$} ")).collect::<String>()
        };
        let name = elide(defect.id.as_str(), NAME);
        screen.line(&format!("  {name:<NAME$} {}", cells(DefectVariant::Bad)));
        let escapes = cells(DefectVariant::Escape);
        if !escapes.trim().is_empty() {
            let faint = screen.style.faint;
            screen.line(&format!(
                "  {faint}{:<NAME$} {}{faint:#}",
                "  in another guise",
                escapes.trim_end()
            ));
        }
        for surprise in &defect.surprises {
            screen.indented(&format!("{falls}unexpected{falls:#} {surprise}"), 4);
        }
    }

    fn costs(&self, screen: &mut Screen<'_>) {
        if self.gates.is_empty() {
            return;
        }
        screen.line("");
        screen.line(&format!(
            "  {:<6} {:<4} {:<28} {:>8} {:>6} {:>10} {:>10}",
            "cost", "gate", "tool", "programs", "runs", "wall", "cpu"
        ));
        for row in &self.gates {
            screen.line(&format!(
                "  {:<6} {:<4} {:<28} {:>8} {:>6} {:>10} {:>10}",
                row.language,
                row.gate,
                elide(&row.tool, 28),
                row.programs,
                row.runs,
                row.wall(),
                row.cpu(),
            ));
        }
    }
}
