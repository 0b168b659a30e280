//! The laboratory: makes a plan, knows the place, builds programs, has them
//! agree on their answers, and measures them in blocks of random order.
//!
//! [`plan::choose`] turns a comparison and a selection into a plan, purely.
//! [`environment::know`] looks at machine and toolchains. [`run`] conducts the
//! plan and hands each observation to an [`Observer`] as it comes. Keeping
//! observations is the store's work, judging them the judge's.

mod agreement;
mod bench;
mod build;
mod count;
pub mod environment;
mod event;
pub mod input;
pub mod plan;
mod progress;
mod run;
mod schedule;
mod series;
mod survey;
mod timed_build;
mod toolchain;
mod trial;

pub use event::{Event, Observer, Step, Stop};
pub use plan::{PlanError, Selection};
pub use run::{Settings, run};
pub use survey::{Checked, survey, try_realtime};
