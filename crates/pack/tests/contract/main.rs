//! evenhand.toml and evenhand.lock: what reads, what is said about what does
//! not, and what is written.

mod document;
mod draft;
mod faults;
mod folders;
mod invented;
mod invented_service;
mod locks;
mod reading;
mod serving;
mod spoilt;
mod writing;
