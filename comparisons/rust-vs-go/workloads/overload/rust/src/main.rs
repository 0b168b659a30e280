//! A service in front of something slow that takes so many requests at once and no more.
//!
//! It listens on `127.0.0.1:$PORT` and ends at SIGTERM or SIGINT, when what is under way is
//! finished or five seconds have passed.

mod api;
mod pool;

use std::env;
use std::future::Future;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::pool::Pool;

/// How long requests that are under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("overload: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let pool = pool(env::args().skip(1))?;
    let port: u16 = env::var("PORT")
        .context("PORT")?
        .parse()
        .context("PORT: not the number of a port")?;
    let ended = end_asked_for()?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| format!("bind port {port}"))?;
    eprintln!(
        "workers={} memory_limit=none",
        Handle::current().metrics().num_workers()
    );
    serve(listener, pool, ended).await
}

fn pool(args: impl Iterator<Item = String>) -> Result<Pool> {
    let mut pool = Pool::unbounded();
    for arg in args {
        match arg.as_str() {
            "--bounded" => pool = Pool::bounded(),
            unknown => bail!("{unknown}: no such option; there is --bounded"),
        }
    }
    Ok(pool)
}

/// Completes with the first SIGTERM or SIGINT.
fn end_asked_for() -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).context("SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

async fn serve(listener: TcpListener, pool: Pool, ended: impl Future<Output = ()>) -> Result<()> {
    let (end, drain) = oneshot::channel::<()>();
    let listener = listener.tap_io(|stream| {
        // A connection on which this fails is about to end.
        let _ = stream.set_nodelay(true);
    });
    let serving = axum::serve(listener, api::router(pool)).with_graceful_shutdown(async {
        // The sender is gone: that, too, is the end.
        let _ = drain.await;
    });
    let served = tokio::spawn(serving.into_future());

    ended.await;
    drop(end);
    match timeout(GRACE, served).await {
        Ok(served) => served?.context("serve"),
        Err(_) => {
            eprintln!("overload: gave up on requests that did not end");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_told_from_mistakes() {
        for (arg, is_known) in [("--bounded", true), ("--unbounded", false)] {
            assert_eq!(pool([arg.to_owned()].into_iter()).is_ok(), is_known);
        }
    }
}
