//! Packs that are wrong in one way each, and what is said about it.
//!
//! Every test takes the small pack that is right, makes the slip a person
//! would make, and shows the faults as text.

mod claims;
mod comparison;
mod draft;
mod drills;
mod form;
mod languages;
mod predicates;
mod probes;
mod serve;
mod workloads;

pub(crate) const COUNT: &str = "workloads/count/workload.toml";
pub(crate) const HELLO: &str = "workloads/hello/workload.toml";
pub(crate) const SPEED: &str = "claims/speed.toml";
pub(crate) const HABITS: &str = "claims/habits.toml";
pub(crate) const MISTAKES: &str = "claims/mistakes.toml";
pub(crate) const SIZED: &str = "workloads/sized/workload.toml";
pub(crate) const QUOTES: &str = "probes/quotes/probe.toml";
pub(crate) const CHECKING: &str = "drills/checking/drill.toml";
pub(crate) const SCRIPT: &str = "languages/script.toml";
