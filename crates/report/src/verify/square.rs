//! A table of two by two, of a claim that holds four programs against each other both ways: what the
//! change does to each side's program, beside what the choice of the side does.

use model::SideName;

use super::document::{ClaimRow, EvidenceRow};
use crate::quantity::quantity;

/// Two programs, each with a change and without.
pub(crate) struct Square {
    /// What was measured and where.
    pub(crate) title: String,
    /// Heads of the columns: empty, without, with, the effect.
    pub(crate) heads: [String; 4],
    /// Two programs with their values and the effect of the change, and the effect of the side.
    pub(crate) rows: [[String; 4]; 3],
}

/// What the programs are called that nothing is said of.
const AS_IT_IS: &str = "as it is";

impl ClaimRow {
    /// The squares among its evidence, the first of each four programs.
    pub(crate) fn squares(&self) -> Vec<Square> {
        let mut squares = Vec::new();
        let mut used: Vec<&EvidenceRow> = Vec::new();
        for (at, first) in self.evidence.iter().enumerate() {
            for second in &self.evidence[at + 1..] {
                let taken = used.iter().any(|row| same_place(row, first));
                let found = if taken { None } else { self.square(first, second) };
                if let Some(square) = found {
                    used.push(first);
                    squares.push(square);
                }
            }
        }
        squares
    }

    /// `first` and `second` hold each a changed program against the one without the change.
    fn square(&self, first: &EvidenceRow, second: &EvidenceRow) -> Option<Square> {
        let word = change(first)?;
        if !same_place(first, second) || change(second)? != word {
            return None;
        }
        let beside = |top: &SideName, below: &SideName| {
            let row = self.evidence.iter().find(|row| {
                let same = (&row.numerator == top && &row.denominator == below)
                    || (&row.numerator == below && &row.denominator == top);
                same && same_place(row, first)
            })?;
            Some(row.with_on_top(top.as_str()))
        };
        let without = beside(&first.denominator, &second.denominator)?;
        let with = beside(&first.numerator, &second.numerator)?;
        let row = |row: &EvidenceRow| {
            [
                row.denominator.to_string(),
                value(row, &row.denominator),
                value(row, &row.numerator),
                effect(row),
            ]
        };
        let sides = format!("{} of {}", first.denominator, second.denominator);
        Some(Square {
            title: format!("{}, {}", first.subject(), first.place()),
            heads: [
                String::new(),
                AS_IT_IS.to_owned(),
                word.to_owned(),
                format!("{word} of {AS_IT_IS}"),
            ],
            rows: [
                row(first),
                row(second),
                [sides, effect(&without), effect(&with), String::new()],
            ],
        })
    }
}

/// What the program on top is, beyond the one below: `bounded` of `go-bounded` and `go`.
fn change(row: &EvidenceRow) -> Option<&str> {
    row.numerator.as_str().strip_prefix(row.denominator.as_str())?.strip_prefix('-')
}

fn same_place(one: &EvidenceRow, other: &EvidenceRow) -> bool {
    let place = |row: &EvidenceRow| {
        (row.experiment.clone(), row.case.clone(), row.metric.clone(), row.profile, row.tier)
    };
    place(one) == place(other)
}

fn value(row: &EvidenceRow, side: &SideName) -> String {
    row.values.of(side).map_or_else(|| "–".to_owned(), |value| quantity(*value, row.unit))
}

/// `56x (50 to 60)`, without the names that head the column.
fn effect(row: &EvidenceRow) -> String {
    let Some(headline) = row.headline() else { return "–".to_owned() };
    let named = headline.strip_prefix(row.numerator.as_str()).map(str::trim_start);
    let bare = named.unwrap_or(&headline).replace(&format!(" of {}", row.denominator), "");
    bare.trim().to_owned()
}
