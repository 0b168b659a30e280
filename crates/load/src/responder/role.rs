//! The responder as a process of its own.

use std::io::{self, BufRead};
use std::os::fd::AsFd;

use rustix::process::{Resource, Rlimit};
use rustix::thread::CpuSet;

use super::{Responder, ResponderOptions};

/// The first argument of a process that is to be a responder.
pub const RESPONDER_ROLE: &str = "--evenhand-responder-role";

/// If this process was started as a responder, is one and exits; otherwise returns at once.
///
/// It reads [`ResponderOptions`] as one line of JSON from stdin, writes its port as a line to stdout,
/// answers until stdin is closed (so it never outlives whoever started it) and writes
/// [`super::Served`] as a line of JSON.
pub fn enter() {
    if std::env::args_os().nth(1).is_some_and(|role| role == RESPONDER_ROLE) {
        std::process::exit(if serve().is_ok() { 0 } else { 1 });
    }
}

fn serve() -> io::Result<()> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let options: ResponderOptions = serde_json::from_str(&line)?;
    if let Some(processor) = options.processor.filter(|number| *number < CpuSet::MAX_CPU) {
        let mut processors = CpuSet::new();
        processors.set(processor);
        rustix::thread::sched_setaffinity(None, &processors)?;
    }
    allow_many_files();
    let responder = Responder::bind(&options)?;
    say(&responder.address().port().to_string())?;
    let served = responder.serve_until(io::stdin().as_fd())?;
    say(&serde_json::to_string(&served)?)
}

/// Stdout is where a role answers; a line is shorter than what a pipe takes at once.
fn say(line: &str) -> io::Result<()> {
    rustix::io::write(rustix::stdio::stdout(), format!("{line}\n").as_bytes())?;
    Ok(())
}

/// A connection each; where the limit stays as it is, taking one too many says so.
fn allow_many_files() {
    let maximum = rustix::process::getrlimit(Resource::Nofile).maximum;
    let _ = rustix::process::setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}
