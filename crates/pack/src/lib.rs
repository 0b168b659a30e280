//! From TOML to the model, or to faults with file, line, caret and a way out.
//!
//! [`read`] takes a folder with a `comparison.toml` and hands over a
//! [`model::Comparison`] in which every reference is known to lead somewhere.
//! Shape comes first (of every file that does not fit its form, the first
//! fault); when every file fits, meaning (all faults of all files).
//! [`Pack`] is a comparison embedded in the binary, to be unpacked before it is
//! read. [`contract`] reads and writes evenhand.toml, two programs of the user's
//! own. [`schemas`] describes the files to editors. The formats are described
//! in docs/pack-format.md and docs/contract-format.md.
//!
//! Nothing here starts a process: that a toolchain is there, that programs
//! build and that inputs have their hashes is for `lab` to find out.

pub mod contract;
pub mod decision;
mod document;
mod embedded;
mod fault;
mod files;
mod inputs;
mod languages;
mod meaning;
mod nearest;
mod quantity;
mod read;
pub mod results;
pub mod scaffold;
mod schema;
mod service;
mod shape;
mod spanned;

pub use contract::lock;
pub use embedded::{Pack, UnpackError};
pub use fault::{Fault, Faults};
pub use inputs::{DeclaredInput, inputs};
pub use languages::languages;
pub use nearest::choices;
pub use read::read;
pub use schema::{FileSchema, schemas};
