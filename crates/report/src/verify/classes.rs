//! Classes of mistakes that a claim names: both directions, each with what
//! stops it on either side.

use judge::NamedClasses;
use model::{ClassTest, DefectId, SideName};
use schemars::JsonSchema;
use serde::Serialize;

use super::document::ClaimRow;

/// Classes with something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassesRow {
    /// What is said of them.
    pub test: ClassTest,
    /// The side that it is said of.
    pub side: SideName,
    /// Whether the sentence stands on this list; else it is the other direction.
    pub claimed: bool,
    /// The classes.
    pub classes: Vec<ClassRow>,
}

/// One class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassRow {
    /// Its id.
    pub defect: DefectId,
    /// What stops it on that side.
    pub here: String,
    /// What stops it on the other.
    pub there: String,
}

impl ClassesRow {
    pub(crate) fn of(named: &NamedClasses) -> Self {
        let class = |found: &judge::ClassFound| ClassRow {
            defect: found.defect.clone(),
            here: found.here.clone(),
            there: found.there.clone(),
        };
        Self {
            test: named.test,
            side: named.side.clone(),
            claimed: named.claimed,
            classes: named.found.iter().map(class).collect(),
        }
    }

    /// What they have in common, in words.
    pub(crate) fn title(&self) -> String {
        judge::class_wording(self.test, &self.side)
    }

    /// Their names, or that there is none.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.classes.iter().map(|class| class.defect.as_str()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    }
}

impl ClaimRow {
    /// A line a list: `rust earlier: …`.
    pub(crate) fn class_lines(&self) -> Vec<String> {
        self.classes.iter().map(|list| format!("{}: {}", list.title(), list.names())).collect()
    }
}
