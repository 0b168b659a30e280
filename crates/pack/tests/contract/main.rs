//! evenhand.toml and evenhand.lock: what reads, and what is said about what
//! does not.

mod draft;
mod reading;
