//! A cache that speaks RESP2, the protocol of Redis, over TCP.
//!
//! Before it listens it fills itself with as much as `--live-megabytes` says, the same in every
//! run, so that what a request costs can be seen over how much is alive.

mod command;
mod connection;
mod fill;
mod options;
mod resp;
mod server;
mod store;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};

use crate::options::Options;
use crate::store::Store;

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1), std::env::var("PORT").ok()) {
        Ok(options) => options,
        Err(fault) => {
            eprintln!("resp-cache: {fault}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("resp-cache: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<()> {
    let store = Arc::new(Store::new(options.max_entries));
    fill::fill(&store, options.live_megabytes);

    let mut terminated = signal(SignalKind::terminate()).context("signal")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("signal")?;
    let listener = TcpListener::bind(("127.0.0.1", options.port))
        .await
        .context("bind")?;
    let workers = Handle::current().metrics().num_workers();
    eprintln!("workers={workers} memory_limit=none");

    server::serve(listener, store, async move {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = interrupted.recv() => {}
        }
    })
    .await;
    Ok(())
}
