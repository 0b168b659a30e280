//! Where receipts are: behind a call that blocks its thread, as drivers without an asynchronous
//! interface, name resolution and files do.

use std::thread;
use std::time::Duration;

const ANSWERS_AFTER: Duration = Duration::from_millis(20);

/// Which thread is blocked meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// One of those that tokio keeps for blocking calls.
    Apart,
    /// One of the few that run all tasks, which then wait with it.
    OnWorkers,
}

/// The receipt of an order. Blocks.
pub fn receipt(order: u32) -> String {
    thread::sleep(ANSWERS_AFTER);
    format!("R-{order:06}")
}
