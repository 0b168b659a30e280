//! HTTP/1.1 as bytes (RFC 9112): a [`Message`] to send, and an [`Answer`] read as it comes.
//!
//! Nothing here knows a socket or a clock. An answer is read from pieces of any size with the same
//! result, in bounded memory: heads up to 64 KiB are kept, bodies only counted and, where somebody
//! wants to know, hashed.

mod answer;
mod chunked;
mod message;
#[cfg(test)]
mod tests;

pub(crate) use answer::{Answer, Cut, Fed, Garbage};
pub(crate) use message::Message;
