//! The generator over TLS and HTTP/2 as a process.

use serde::{Deserialize, Serialize};

use super::Over;
use crate::order::Order;

/// First argument of a process that is to be a generator over TLS or HTTP/2.
pub const HYPER_ROLE: &str = "--evenhand-hyper-load-role";

/// What such a process reads from its standard input, as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderOver {
    /// What to send.
    pub order: Order,
    /// What it travels over.
    pub over: Over,
}

/// If this process has been started as a generator over TLS or HTTP/2, carries out the
/// [`OrderOver`] on its standard input, writes the same lines as the plain generator and exits;
/// otherwise returns at once.
pub fn enter() {
    crate::role::serve(HYPER_ROLE, |OrderOver { order, over }, tell| {
        super::drive(&order, &over, tell)
    });
}
