//! Untimed runs that look where a timed run must not.
//!
//! Peak memory comes from here, always with its source: `ru_maxrss` of a child begins at its
//! spawner's resident size, so a timed run cannot tell it. So do side effects, how a subject takes a
//! reader that goes away, and counts of instructions. A probe's times mean nothing.

mod effects;
mod instructions;
mod memory;
mod pipe;

pub use effects::{EffectsProbe, EffectsReading, Seen, effects};
pub use instructions::{InstructionSource, Instructions, instructions, instructions_by};
pub use memory::{CgroupVersion, MemoryProbe, MemoryReading, MemorySource, Way, memory, memory_by};
pub use pipe::{ClosedPipe, closed_pipe};
