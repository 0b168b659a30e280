//! A JSON REST service: orders, kept in memory.
//!
//! It listens on `127.0.0.1:$PORT` and ends at SIGTERM or SIGINT, when what is under way is
//! finished or five seconds have passed.

mod api;
mod archive;
mod fault;
mod order;
mod store;

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

use crate::archive::Waiting;
use crate::store::Store;

/// How long requests that are under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);

/// Orders in the store from the start, so that there is something to read.
const SEEDED: u32 = 1000;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("json-rest: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let waiting = waiting(env::args().skip(1))?;
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
    serve(listener, waiting, ended).await
}

fn waiting(args: impl Iterator<Item = String>) -> Result<Waiting> {
    let mut waiting = Waiting::Apart;
    for arg in args {
        match arg.as_str() {
            "--block-workers" => waiting = Waiting::OnWorkers,
            unknown => bail!("{unknown}: no such option; there is --block-workers"),
        }
    }
    Ok(waiting)
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

async fn serve(
    listener: TcpListener,
    waiting: Waiting,
    ended: impl Future<Output = ()>,
) -> Result<()> {
    let (end, drain) = oneshot::channel::<()>();
    let router = api::router(Store::seeded(SEEDED), waiting);
    let listener = listener.tap_io(|stream| {
        // A connection on which this fails is about to end.
        let _ = stream.set_nodelay(true);
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
        // The sender is gone: that, too, is the end.
        let _ = drain.await;
    });
    let served = tokio::spawn(serving.into_future());

    ended.await;
    drop(end);
    match timeout(GRACE, served).await {
        Ok(served) => served?.context("serve"),
        Err(_) => {
            eprintln!("json-rest: gave up on requests that did not end");
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn a_request_under_way_is_answered_after_the_end_was_asked_for() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, Waiting::Apart, async {
            let _ = ended.await;
        }));

        let mut idle = TcpStream::connect(addr).await.unwrap();
        let mut stream = TcpStream::connect(addr).await.unwrap();
        stream
            .write_all(b"POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{")
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        drop(end);
        tokio::time::sleep(Duration::from_millis(100)).await;
        stream.write_all(b"}").await.unwrap();

        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
        assert_eq!(idle.read(&mut [0]).await.unwrap(), 0);
        serving.await.unwrap().unwrap();
    }

    #[test]
    fn options_are_told_from_mistakes() {
        for (args, expected) in [
            (vec![], Some(Waiting::Apart)),
            (vec!["--block-workers"], Some(Waiting::OnWorkers)),
            (vec!["--block"], None),
        ] {
            let found = waiting(args.into_iter().map(String::from)).ok();
            assert_eq!(found, expected);
        }
    }
}
