//! Decisions that come with a pack: to begin with, and to learn from.

use jiff::civil::Date;

use super::Decision;

/// A decision to begin with, and what is asked to make it the user's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// Its name, such as `control-plane`.
    pub id: String,
    /// What it is for, in a few words.
    pub title: String,
    /// Why its numbers are what they are.
    pub reasoning: String,
    /// At most ten.
    pub asks: Vec<Ask>,
    /// What it says if nothing is answered.
    pub decision: Decision,
    /// Its text in TOML, without what makes it a preset.
    pub text: String,
}

/// A question, and where the answer goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// As a person would ask.
    pub question: String,
    /// The key that the answer is for, such as `criteria.delivery.points`.
    pub set: String,
    /// What may be answered.
    pub kind: AskKind,
    /// Words to choose from.
    pub choices: Vec<String>,
    /// What is removed if the answer is "none"; nothing may be if there is none.
    pub none_removes: Option<String>,
}

named! {
    /// What may be answered.
    pub enum AskKind ("kind of answer") {
        /// A sentence.
        Text = "text",
        /// A number.
        Number = "number",
        /// Least, likely and most.
        Range = "range",
        /// One of the words.
        Choice = "choice",
        /// Yes or no.
        YesNo = "yes-no",
    }
}

/// What somebody answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// "I don't know": what the preset says stays, and is marked.
    Unknown,
    /// There is none.
    None,
    /// What the preset says is right.
    AsItIs,
    /// A sentence or a word.
    Text(String),
    /// A number.
    Number(f64),
    /// Least, likely and most.
    Range([f64; 3]),
    /// Yes or no.
    YesNo(bool),
}

/// A decision whose answer is known: by design, or since somebody made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// What somebody decided, if it is a public case.
    pub happened: Option<Happened>,
    /// What is decided.
    pub decision: Decision,
}

/// What somebody decided, and where they say so.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Whose decision.
    pub who: String,
    /// What they took: an option, or a split such as `go + rust`.
    pub chose: String,
    /// Where they say so.
    pub source: String,
    /// When it was read there.
    pub read: Date,
    /// Where the model and they differ: why.
    pub differs: Option<String>,
}
