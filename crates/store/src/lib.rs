//! Where the facts of every run are kept: one SQLite file, rows that are
//! appended and never updated. What follows from them is worked out anew by
//! others each time, so nothing here knows of verdicts.
//!
//! [`Store`] writes, one process at a time, and what it has accepted is
//! committed: killing the process loses at most the trial in flight.
//! [`Reader`] reads, also while another process writes. The schema is
//! described column by column in `docs/store.md`.

mod column;
mod error;
mod lock;
mod read;
mod schema;
mod write;

pub use error::StoreError;
pub use read::{Reader, RunSummary};
pub use write::Store;
