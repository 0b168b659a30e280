//! Two decisions held against each other: before and after a change, or two
//! files.

use super::document::DecisionDocument;
use crate::Style;
use crate::quantity::labelled;
use crate::screen::Screen;

/// Two decisions, each with the name it goes by.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// The first.
    pub before: (&'a str, &'a DecisionDocument),
    /// The second.
    pub after: (&'a str, &'a DecisionDocument),
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
        let stated = self.stated();
        for (at, line) in stated.iter().enumerate() {
            screen.hanging(if at == 0 { "changed" } else { "" }, line);
        }
        if stated.is_empty() {
            screen.hanging("changed", "no criterion, must or option; evidence alone may differ");
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

    fn stated(&self) -> Vec<String> {
        let (before, after) = (self.before.1, self.after.1);
        let mut said = Vec::new();
        for row in &before.criteria {
            let Some(other) = after.criteria.iter().find(|other| other.criterion == row.criterion)
            else {
                said.push(format!("{} is no criterion any more", row.criterion));
                continue;
            };
            for (what, was, is) in [
                ("points", row.points, other.points),
                ("floor", row.floor, other.floor),
                ("goal", row.goal, other.goal),
            ] {
                if was != is {
                    said.push(format!(
                        "{}: {what} {}, then {}",
                        row.criterion,
                        labelled(was, ""),
                        labelled(is, "")
                    ));
                }
            }
        }
        let new = after
            .criteria
            .iter()
            .filter(|row| before.criteria.iter().all(|old| old.criterion != row.criterion));
        said.extend(new.map(|row| format!("{} is a criterion now", row.criterion)));
        for must in &before.musts {
            match after.musts.iter().find(|other| other.must == must.must) {
                None => said.push(format!("“{}” need not hold any more", must.must)),
                Some(other) if other.requires != must.requires => {
                    said.push(format!(
                        "“{}”: {}, then {}",
                        must.must, must.requires, other.requires
                    ));
                }
                Some(_) => {}
            }
        }
        let new =
            after.musts.iter().filter(|must| before.musts.iter().all(|old| old.must != must.must));
        said.extend(new.map(|must| format!("“{}” has to hold now: {}", must.must, must.requires)));
        said
    }
}
