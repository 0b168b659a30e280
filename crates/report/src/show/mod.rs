//! A probe, drill or workload by itself: its programs and commands, what was
//! expected, and what each tool said, word for word.

mod document;
mod text;

pub use document::{
    ExperimentDocument, ItemRow, ProgramRow, ShowInput, SourceFile, Told, WorkloadDocument,
};
