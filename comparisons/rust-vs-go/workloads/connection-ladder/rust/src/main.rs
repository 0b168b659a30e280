//! What one more costs that waits, at each layer: a task, a task with an inbox, a TCP connection,
//! an HTTP connection, an HTTP connection over TLS.
//!
//! It listens when all that it was told to start is waiting. Run it at several numbers: the
//! difference in memory is that of the tasks or connections alone.

mod http;
mod layer;
mod tasks;
mod tcp;

use std::process::ExitCode;

use anyhow::{Context, Result};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::layer::Layer;

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (layer, port) = match layer::parse(&args, std::env::var("PORT").ok()) {
        Ok(parsed) => parsed,
        Err(fault) => {
            eprintln!("connection-ladder: {fault}\n{}", layer::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(layer, port).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("connection-ladder: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(layer: Layer, port: u16) -> Result<()> {
    // Go's runtime does so for every program.
    rlimit::increase_nofile_limit(u64::MAX).context("limit of open files")?;
    let terminated = signal(SignalKind::terminate()).context("signal")?;
    let interrupted = signal(SignalKind::interrupt()).context("signal")?;
    let waiting = match layer {
        Layer::Tasks(n) => tasks::sleep(n).await,
        Layer::Channels(n) => tasks::receive(n).await,
        Layer::Tcp | Layer::Http | Layer::Tls => Vec::new(),
    };

    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .context("bind")?;
    let workers = Handle::current().metrics().num_workers();
    eprintln!("workers={workers} memory_limit=none");

    let end = end(terminated, interrupted);
    match layer {
        Layer::Tasks(_) | Layer::Channels(_) | Layer::Tcp => tcp::serve(listener, end).await,
        Layer::Http => http::serve(listener, end).await.context("serve")?,
        Layer::Tls => http::serve_tls(listener, end).await.context("serve")?,
    }
    drop(waiting);
    Ok(())
}

async fn end(mut terminated: Signal, mut interrupted: Signal) {
    tokio::select! {
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
}
