//! A page service: HTML from rows of PostgreSQL.

mod pages;
mod service;
mod store;

use std::env;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::select;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::store::Store;

/// How long requests that are under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("html-sql: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let port: u16 = env::var("PORT").context("PORT")?.parse().context("PORT")?;
    let database = env::var("DATABASE_URL").context("DATABASE_URL")?;
    let store = Store::open(&database).await.context("database")?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .context("bind")?;
    eprintln!(
        "workers={} memory_limit=none",
        Handle::current().metrics().num_workers()
    );
    serve(listener, service::router(store)).await
}

/// Serves until it is asked to end, and then finishes what is under way.
async fn serve(listener: TcpListener, router: Router) -> Result<()> {
    let mut term = signal(SignalKind::terminate()).context("signal")?;
    let mut int = signal(SignalKind::interrupt()).context("signal")?;
    let (end, ended) = oneshot::channel::<()>();

    let listener = listener.tap_io(|stream| {
        // A connection on which this fails is about to end.
        let _ = stream.set_nodelay(true);
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
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
