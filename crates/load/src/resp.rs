//! RESP2, the protocol of Redis: commands out, replies in.
//!
//! A [`Command`] is encoded as the array of bulk strings that every client sends. A [`ReplyReader`] is
//! fed whatever the socket gave, split anywhere, and says where a reply ends; it keeps no bytes, so a
//! large answer costs no memory. The whole reply, raw, is what a golden hash is taken over, and an
//! error at its top (`-ERR`) is what another status is to HTTP; an error inside an array is content.
//! Source: the RESP specification, <https://redis.io/docs/latest/develop/reference/protocol-spec/>.

mod command;
mod reply;

pub use command::Command;
pub use reply::{Progress, ReplyReader, RespError};
