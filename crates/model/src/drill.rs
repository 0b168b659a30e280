//! A drill: the steps of a tool in a fresh copy of a small project.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::{DrillId, Edit, ItemId, SideName, Suits, ToolchainName};

named! {
    /// What a step says will come of its command.
    pub enum StepExpectation ("expectation") {
        /// It ends with success.
        Passes = "passes",
        /// It ends with failure.
        Fails = "fails",
    }
}

/// Steps of a tool, a project a side.
#[derive(Debug, Clone, PartialEq)]
pub struct Drill {
    /// The folder's name.
    pub id: DrillId,
    /// A few words for tables.
    pub title: String,
    /// What is done, one or two sentences.
    pub about: String,
    /// Whom it was chosen to suit.
    pub suits: Suits,
    /// The drill's folder in the unpacked pack; a side's project is the folder
    /// of its name below it, if there is one.
    pub folder: PathBuf,
    /// Every side's steps in order.
    pub steps: Vec<DrillStep>,
    /// Whether it belongs to `--quick`.
    pub quick: bool,
}

impl Drill {
    /// The steps of a side, in order.
    pub fn steps_of(&self, side: &SideName) -> impl Iterator<Item = &DrillStep> {
        self.steps.iter().filter(move |step| &step.side == side)
    }
}

/// One command and what is expected of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillStep {
    /// Unique on its side; the same on two sides is the same job.
    pub id: ItemId,
    /// Whose it is.
    pub side: SideName,
    /// What is done, in a line.
    pub about: String,
    /// A change made to the project before the command.
    pub edit: Option<Edit>,
    /// The command, run in the fresh folder; `{out}` is a folder for products,
    /// `{arch}` the machine's architecture.
    pub command: Vec<String>,
    /// What is expected.
    pub expect: StepExpectation,
    /// An expression that its output has to match.
    pub says: Option<String>,
    /// Whether its standard output has to be empty.
    pub silent: bool,
    /// A file that has to be there afterwards.
    pub makes: Option<String>,
    /// Variables added for this step.
    pub environment: BTreeMap<String, String>,
    /// Which toolchain does it.
    pub toolchain: ToolchainName,
    /// Programs that have to be on `PATH`.
    pub needs: Vec<String>,
    /// How to get them.
    pub hint: Option<String>,
    /// Whether it may fetch something.
    pub network: bool,
}
