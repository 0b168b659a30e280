//! Threads of the operating system, of the standard library's default size.

use std::io;
use std::sync::{Arc, Barrier};
use std::thread::{self, JoinHandle};

/// Starts `n` threads; returns how many were joined.
///
/// # Errors
/// When the machine refuses a thread. Those that run keep waiting, until the process ends.
pub fn climb(n: usize) -> io::Result<usize> {
    let all_started = Arc::new(Barrier::new(n + 1));
    let threads = (0..n)
        .map(|started| {
            let all_started = Arc::clone(&all_started);
            thread::Builder::new()
                .spawn(move || all_started.wait())
                .map_err(|error| refused(started, n, &error))
        })
        .collect::<io::Result<Vec<_>>>()?;
    all_started.wait();
    Ok(threads
        .into_iter()
        .map(JoinHandle::join)
        .filter(Result::is_ok)
        .count())
}

fn refused(started: usize, n: usize, error: &io::Error) -> io::Error {
    let reason = format!(
        "only {started} of {n} threads could be started: {error} \
         (see ulimit -u, pids.max of the cgroup, kernel.threads-max, vm.max_map_count)"
    );
    io::Error::new(error.kind(), reason)
}
