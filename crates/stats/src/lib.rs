//! From samples to statements: is B above A, below it, or the same within a margin?
//!
//! [`judge_pairs`] takes the pairs of a run (one run of each side, in random order) and hands back an
//! [`Estimate`]: the median ratio, an interval that may be looked at after every pair, e-values, and how
//! the interval lies against a margin fixed beforehand. [`fixed`] does the same for a number of pairs
//! declared before the run, [`exact`] for quantities without noise. [`judge_pairs_against`] and
//! [`judge_values`] hold a side against a bound. [`multiplicity`] judges many cells at once;
//! [`resolution`] says beforehand what a machine can tell apart. For results that others measured
//! without pairs there is [`unpaired`], and [`welch`] is what others make of them.
//!
//! Everything here is a pure function of its arguments: no clock, no random numbers, no I/O. Collecting
//! pairs in random order is left to the caller, and so is the meaning of a verdict for a claim.
//! The reasoning and its sources are in `docs/methodology.md`.

pub mod binomial;
mod estimate;
pub mod exact;
pub mod fixed;
mod margin;
pub mod mean;
pub mod multiplicity;
mod pair;
mod paired;
pub mod percentile;
mod projection;
pub mod proportion;
mod rank_sum;
mod relation;
mod resolution;
pub mod sequence;
pub mod sign;
pub mod unpaired;
mod welch;

pub use estimate::{EValues, Estimate, Method, Relation, Spread, Warning};
pub use margin::{Claimed, Margin, UnusableMargin};
pub use pair::{Outcome, Pair, PerSide, Scale, Voids};
pub use paired::{judge_pairs, judge_pairs_against, judge_values};
pub use projection::Projection;
pub use resolution::resolution;
pub use sequence::{ConfidenceSequence, Interval};
pub use unpaired::UnpairedEstimate;
pub use welch::welch;

/// Error level of every interval and verdict: a true value is ever left outside in at most 5 % of runs.
pub const ALPHA: f64 = 0.05;

/// False discovery rate held over the cells of one run, for [`multiplicity::e_bh`].
pub const Q: f64 = 0.05;
