//! The presets of a pack, each with what it comes to as it stands.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Style;
use crate::screen::Screen;

/// Every preset of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PresetsDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// By name.
    pub presets: Vec<PresetRow>,
}

/// A preset and what it comes to if nothing in it is changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PresetRow {
    /// Its name.
    pub id: String,
    /// `no_option`, `by_constraint`, `either`, `choose`, `lean` or `not_settled`.
    pub outcome: &'static str,
    /// What to take; null where nothing is.
    pub choice: Option<String>,
    /// Every option.
    pub options: Vec<PresetOption>,
    /// What it is for.
    #[serde(skip)]
    pub title: String,
    /// Why its numbers are what they are.
    #[serde(skip)]
    pub reasoning: String,
    /// The choice, as people write it.
    #[serde(skip)]
    pub choice_title: Option<String>,
}

/// An option of a preset.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PresetOption {
    /// Its name.
    pub name: String,
    /// Share of the draws in which it is nearly as good as the best.
    pub safe: f64,
}

impl PresetsDocument {
    /// For a terminal of eighty columns.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        let strong = style.strong;
        for preset in &self.presets {
            let comes_to =
                super::words::outcome_title(preset.outcome, preset.choice_title.as_deref());
            screen.line(&format!("{strong}{}{strong:#}  {}", preset.id, preset.title));
            screen.indented(&format!("As it stands: {comes_to}."), 4);
            screen.indented(&preset.reasoning, 4);
            screen.line("");
        }
        screen.indented("Begin with one: evenhand decide --new NAME. What it comes to as it stands is what its own numbers say; yours decide.", 0);
        screen.text
    }
}
