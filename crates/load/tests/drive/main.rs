//! The generator as a process, against servers that behave and servers that do not.

mod faults;
mod order;
mod responding;
mod server;
mod stalling;
mod window;
