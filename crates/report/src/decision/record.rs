//! What became of a record's reasons.

use decide::Watched;
use jiff::civil::Date;
use model::decision::{Record, Watch, WatchKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Style;
use crate::quantity::labelled;
use crate::screen::Screen;

/// A record, looked at again.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RecordDocument {
    /// Version of this shape: 1.
    pub schema: u32,
    /// The record's file.
    pub record: String,
    /// The decision's file.
    pub decision: String,
    /// The outcome when it was decided.
    pub outcome: String,
    /// What was taken then; null: nothing.
    pub choice: Option<String>,
    /// The outcome by what is known now.
    pub outcome_now: String,
    /// What would be taken now; null: nothing.
    pub choice_now: Option<String>,
    /// The day on which it was decided.
    #[schemars(with = "String")]
    pub decided: Date,
    /// The day from which its reasons have to be looked at again.
    #[schemars(with = "String")]
    pub expires: Date,
    /// Whether that day has come.
    pub expired: bool,
    /// Whether the decision's file says something else than it did.
    pub changed: bool,
    /// What was to be watched.
    pub watches: Vec<WatchRow>,
    /// The code that the command ends with.
    pub exit: u8,
    /// What it says, in words.
    pub exit_means: String,
}

/// Something that would turn the decision, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WatchRow {
    /// What it is.
    pub kind: WatchKind,
    /// The criterion, or the must; with option and component where it is a value.
    pub of: String,
    /// Points or the typical value when it was decided.
    pub was: Option<f64>,
    /// What it is now; null of a must, and where the decision does not have it any more.
    pub now: Option<f64>,
    /// Where it turns.
    pub at: Option<f64>,
    /// To which options.
    pub to: Vec<String>,
    /// `stands`, `crossed` or `gone`.
    pub state: &'static str,
}

/// What the document is made of.
#[derive(Debug, Clone, Copy)]
pub struct RecordInput<'a> {
    /// The record's file, as it was given.
    pub file: &'a str,
    /// What it says.
    pub record: &'a Record,
    /// What became of its watches.
    pub watched: &'a [Watched],
    /// The outcome and the choice by what is known now.
    pub now: (&'a str, Option<&'a str>),
    /// SHA-256 of the decision's values now.
    pub hash: &'a str,
    /// Today.
    pub as_of: Date,
}

impl RecordDocument {
    /// The view of a record that was looked at again.
    pub fn new(input: &RecordInput<'_>) -> Self {
        let record = input.record;
        let watches: Vec<WatchRow> = record
            .watches
            .iter()
            .zip(input.watched)
            .map(|(watch, state)| row(watch, *state))
            .collect();
        let expired = input.as_of >= record.expires;
        // A choice that became a leaning is no choice any more.
        let settled = |outcome: &str| matches!(outcome, "choose" | "by_constraint" | "either");
        let turned = record.choice.as_deref() != input.now.1
            || (settled(&record.outcome) && !settled(input.now.0));
        let crossed = watches.iter().any(|watch| watch.state == "crossed");
        let (exit, exit_means) = match () {
            () if crossed || turned => (1, "a reason has turned: decide again"),
            () if expired => (5, "its reasons are too old: look at them again"),
            () => (0, "the decision stands"),
        };
        Self {
            schema: 1,
            record: input.file.to_owned(),
            decision: record.decision.clone(),
            outcome: record.outcome.clone(),
            choice: record.choice.clone(),
            outcome_now: input.now.0.to_owned(),
            choice_now: input.now.1.map(str::to_owned),
            decided: record.decided,
            expires: record.expires,
            expired,
            changed: record.hash != input.hash,
            watches,
            exit,
            exit_means: exit_means.to_owned(),
        }
    }

    /// For a terminal of eighty columns.
    pub fn text(&self, style: &Style) -> String {
        let mut screen = Screen::new(style);
        let strong = style.strong;
        screen.line(&format!("{strong}{}{strong:#}", self.record));
        screen.hanging(
            "decided",
            &format!("{}, {}", said(&self.outcome, self.choice.as_deref()), self.decided),
        );
        screen.hanging("now", &said(&self.outcome_now, self.choice_now.as_deref()));
        let until = if self.expired { "too old since" } else { "valid until" };
        screen.hanging("age", &format!("{until} {}", self.expires));
        if self.changed {
            screen.hanging(
                "note",
                &format!("{} says something else than it did then", self.decision),
            );
        }
        for watch in &self.watches {
            let tone = match watch.state {
                "crossed" => style.falls,
                "gone" => style.partly,
                _ => style.stands,
            };
            screen.line(&format!(
                "  {tone}{:<9}{tone:#} {}",
                watch.state,
                crate::layout::elide(&watch.words(), 66)
            ));
        }
        let tone = if self.exit == 0 { style.stands } else { style.falls };
        screen.line(&format!("{tone}{} (exit {}){tone:#}", self.exit_means, self.exit));
        if self.exit != 0 {
            screen.indented(
                &format!("evenhand decide {} --adr DIR records it anew", self.decision),
                2,
            );
        }
        screen.text
    }
}

impl WatchRow {
    fn words(&self) -> String {
        let number = |value: Option<f64>| value.map_or("-".to_owned(), |value| labelled(value, ""));
        match self.kind {
            WatchKind::Must => format!("{} keeps {} out", self.of, self.to.join(", ")),
            _ => format!(
                "{}: {} now, {} then, turns at {} to {}",
                self.of,
                number(self.now),
                number(self.was),
                number(self.at),
                self.to.join(", ")
            ),
        }
    }
}

fn said(outcome: &str, choice: Option<&str>) -> String {
    super::words::outcome_title(outcome, choice)
}

fn row(watch: &Watch, state: Watched) -> WatchRow {
    let (state, now) = match state {
        Watched::Stands(now) => ("stands", now),
        Watched::Crossed(now) => ("crossed", now),
        Watched::Gone => ("gone", None),
    };
    let what = match watch.kind {
        WatchKind::Weight => " points",
        _ => "",
    };
    let option = watch.option.as_ref().map(|option| format!(" with {option}")).unwrap_or_default();
    let component = watch.component.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
    WatchRow {
        kind: watch.kind,
        of: format!("{}{what}{option}{component}", watch.of),
        was: watch.was,
        now,
        at: watch.at,
        to: watch.to.clone(),
        state,
    }
}
