//! Tasks of an executor: futures that are polled by a few threads.

use std::io;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::sync::Barrier;

/// Starts `n` tasks on a runtime as it is by default, one worker thread a core; returns how many
/// were joined.
///
/// # Errors
/// When the runtime cannot be started.
pub fn climb(n: usize) -> io::Result<usize> {
    Runtime::new()?.block_on(async {
        let all_started = Arc::new(Barrier::new(n + 1));
        let tasks: Vec<_> = (0..n)
            .map(|_| {
                let all_started = Arc::clone(&all_started);
                tokio::spawn(async move { all_started.wait().await })
            })
            .collect();
        all_started.wait().await;

        let mut done = 0;
        for task in tasks {
            task.await?;
            done += 1;
        }
        Ok(done)
    })
}
