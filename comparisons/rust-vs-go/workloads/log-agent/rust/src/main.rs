//! Follows a log file through its renamings, and sends what is written to it to a sink, in batches
//! that arrive in order and at least once.
//!
//! The sink at the address `SINK` tells an agent of which group it is, and so what to do. On the
//! port `PORT` the agent tells its own state.
//!
//! `tail` reads lines from a `source` on a thread of its own, where `record` gives them a form and
//! `batch` packs them. `ship` sends them and saves the `position` up to which that is done.

mod batch;
mod config;
mod position;
mod record;
mod ship;
mod source;
mod status;
mod tail;

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

use crate::config::Config;
use crate::ship::Shipper;
use crate::tail::Tail;

/// How long it may take to send what was read when the end is asked for.
const GRACE: Duration = Duration::from_secs(5);

/// How many batches may wait to be sent. Behind them, reading waits.
const WAITING_BATCHES: usize = 4;

#[tokio::main]
async fn main() -> ExitCode {
    let (Some(group), None) = (env::args().nth(1), env::args().nth(2)) else {
        eprintln!("usage: log-agent GROUP");
        return ExitCode::from(2);
    };
    let workers = Handle::current().metrics().num_workers();
    eprintln!("workers={workers} memory_limit=none");

    match run(&group).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("log-agent: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(group: &str) -> Result<()> {
    let mut end = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;

    let client = ship::client()?;
    let sink = format!("http://{}", env::var("SINK").context("SINK")?);
    let config = Config::fetch(&client, &sink, group)
        .await
        .context("config")?;
    let (watcher, changes) = tail::watch(&config.path)?;
    let tail = Tail::open(&config, changes)?;
    tokio::spawn(status::serve(status::listen().await?));

    let (batches, waiting) = mpsc::channel(WAITING_BATCHES);
    let mut reading = spawn_blocking(move || tail.follow(&batches));
    let shipper = Shipper::new(client, &sink, config.checkpoint);
    let mut shipping = tokio::spawn(shipper.run(waiting));

    tokio::select! {
        _ = end.recv() => {}
        _ = interrupt.recv() => {}
        read = &mut reading => return flatten(read),
        shipped = &mut shipping => return flatten(shipped),
    }
    drop(watcher);
    timeout(GRACE, async {
        flatten(reading.await)?;
        flatten(shipping.await)
    })
    .await
    .context("lines are not sent")?
}

/// What a task ended with, or that it panicked.
fn flatten(ended: Result<Result<()>, JoinError>) -> Result<()> {
    ended?
}
