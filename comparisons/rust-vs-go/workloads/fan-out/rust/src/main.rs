//! An aggregator: asks several backends for the parts of an item at once and answers with what came
//! within the deadline.

mod backend;
mod gather;
mod gauge;
mod service;

use std::env;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::select;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::backend::Backend;
use crate::gather::{Gatherer, Tie};
use crate::gauge::Gauge;
use crate::service::Service;

/// How long requests that are under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fan-out: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let mut tie = Tie::ToRequest;
    for arg in env::args().skip(1) {
        match arg.as_str() {
            "--detached" => tie = Tie::None,
            _ => bail!("unknown argument {arg:?}"),
        }
    }
    let port: u16 = env::var("PORT").context("PORT")?.parse().context("PORT")?;
    let backend = Backend::new(&env::var("BACKEND").context("BACKEND")?)?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .context("bind")?;
    eprintln!(
        "workers={} memory_limit=none",
        Handle::current().metrics().num_workers()
    );
    let gatherer = Gatherer {
        backend,
        tie,
        under_way: Gauge::default(),
    };
    serve(listener, Service::new(gatherer)).await
}

/// Serves until it is asked to end, and then finishes what is under way.
async fn serve(listener: TcpListener, service: Service) -> Result<()> {
    let mut term = signal(SignalKind::terminate()).context("signal")?;
    let mut int = signal(SignalKind::interrupt()).context("signal")?;
    let (end, ended) = oneshot::channel::<()>();

    let listener = listener.tap_io(|stream| {
        // A connection on which this fails is about to end.
        let _ = stream.set_nodelay(true);
    });
    let serving = axum::serve(listener, service::router(Arc::new(service)));
    let serving = serving.with_graceful_shutdown(async {
        // The sender is gone: that is the end.
        let _ = ended.await;
    });
    let mut served = tokio::spawn(serving.into_future());

    select! {
        served = &mut served => return served?.context("serve"),
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    drop(end);
    match timeout(GRACE, served).await {
        Ok(served) => served?.context("serve"),
        Err(_) => Ok(()), // Who has not ended by now is cut off.
    }
}
