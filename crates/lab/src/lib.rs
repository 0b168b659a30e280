//! The laboratory: makes a plan, knows the place, builds programs, has them
//! agree on their answers, and measures them in blocks of random order.
//!
//! [`plan::choose`] turns a comparison and a selection into a plan, purely.
//! [`environment::know`] looks at machine and toolchains. [`run`] conducts the
//! plan and hands each observation to an [`Observer`] as it comes. Keeping
//! observations is the store's work, judging them the judge's.

mod agreement;
mod attempts;
mod bench;
mod build;
mod came;
pub mod compare;
mod count;
mod defects;
mod diagnostics;
mod drill;
pub mod environment;
mod event;
mod generate;
pub mod input;
mod licences;
mod number;
pub mod plan;
mod probe;
mod progress;
mod run;
mod schedule;
mod series;
mod service;
mod source_lines;
mod survey;
mod switch;
mod timed_build;
mod toolchain;
mod trial;

pub use attempts::Deadlines;
pub use defects::keys as defect_keys;
pub use event::{Event, Observer, Step, Stop, Weighed};
pub use generate::{GenerateError, generated};
pub use licences::{
    LicenceCheck, LicenceFault, LicenceNote, LicenceProblem, ProgramName, ProgramOf, licences,
};
pub use plan::{PlanError, Selection};
pub use run::{Settings, run};
pub use survey::{Checked, survey, try_realtime};
