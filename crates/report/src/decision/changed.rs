//! Two decisions held against each other: before and after a change, or two
//! files.

use model::decision::KeyChange;

use super::document::DecisionDocument;
use crate::Style;
use crate::screen::Screen;

/// Two decisions, each with the name it goes by.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// The first.
    pub before: (&'a str, &'a DecisionDocument),
    /// The second.
    pub after: (&'a str, &'a DecisionDocument),
    /// Each key that differs, with what stood there and what stands there now.
    pub keys: &'a [KeyChange],
}

impl Changed<'_> {
    /// For a terminal of eighty columns: outcome and options side by side, then
    /// what was stated differently.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        let strong = style.strong;
        for (name, document) in [self.before, self.after] {
            screen.line(&format!("{strong}{name}{strong:#}"));
            screen.indented(&document.summary, 2);
        }
        screen.line("");
        let same = self.before.1.words.outcome == self.after.1.words.outcome;
        let answer = match same {
            true => format!("the same: {}", self.after.1.words.outcome),
            false => {
                format!("{}, then {}", self.before.1.words.outcome, self.after.1.words.outcome)
            }
        };
        screen.hanging("answer", &answer);
        for line in self.safe() {
            screen.hanging("", &line);
        }
        for (at, change) in self.keys.iter().enumerate() {
            let said =
                |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let line = format!("{}: {}, then {}", change.key, said(&change.was), said(&change.is));
            screen.hanging(if at == 0 { "changed" } else { "" }, &line);
        }
        if self.keys.is_empty() {
            screen.hanging("changed", "nothing");
        }
        screen.text
    }

    /// How often each option is nearly as good as the best, before and after.
    fn safe(&self) -> Vec<String> {
        let percent = |document: &DecisionDocument, name: &str| {
            let option = document.options.iter().find(|option| option.name == name);
            option.map_or("not there".to_owned(), |option| match option.standing {
                "out" => "ruled out".to_owned(),
                _ => format!("{:.0} %", option.safe * 100.0),
            })
        };
        let all = self.names();
        let told = all.iter().map(|name| {
            let (before, after) = (percent(self.before.1, name), percent(self.after.1, name));
            format!("{name}: nearly as good as the best in {before}, then {after}")
        });
        told.collect()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for option in self.before.1.options.iter().chain(&self.after.1.options) {
            if !names.contains(&option.name) {
                names.push(option.name.clone());
            }
        }
        names
    }
}
