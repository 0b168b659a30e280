//! An HTTP service that tells its own status in JSON.
//!
//! It binds a port of the loopback interface, asks itself once over a real connection, prints the
//! answer, and serves until standard input ends.

mod client;
mod server;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{self, AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long requests that are under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    match run(io::stdin(), io::stdout()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("idle-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(mut stdin: impl AsyncRead + Unpin, stdout: impl AsyncWrite + Unpin) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("bind")?;
    let addr = listener.local_addr().context("bind")?;
    let (end, ended) = oneshot::channel::<()>();
    let serving = axum::serve(listener, server::router()).with_graceful_shutdown(async {
        // The sender is gone: that, too, is the end.
        let _ = ended.await;
    });
    let served = tokio::spawn(serving.into_future());

    announce(addr, stdout).await?;
    io::copy(&mut stdin, &mut io::sink())
        .await
        .context("stdin")?;

    drop(end);
    timeout(GRACE, served)
        .await
        .context("shut down")??
        .context("serve")
}

/// Prints what the server at `addr` says of itself.
async fn announce(addr: SocketAddr, mut stdout: impl AsyncWrite + Unpin) -> Result<()> {
    let mut status = client::get(addr, "/status")
        .await
        .context("first request")?;
    status.push('\n');
    stdout
        .write_all(status.as_bytes())
        .await
        .context("stdout")?;
    stdout.flush().await.context("stdout")
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test]
    async fn it_serves_until_standard_input_ends() {
        let (end, stdin) = io::duplex(64);
        let (output, mut stdout) = io::duplex(1024);
        let running = tokio::spawn(run(stdin, output));

        let expected = b"{\"service\":\"idle-server\",\"ready\":true,\"requests\":1}\n";
        let mut found = vec![0; expected.len()];
        stdout.read_exact(&mut found).await.unwrap();
        assert_eq!(found, expected);
        assert!(!running.is_finished());

        drop(end);
        running.await.unwrap().unwrap();
    }
}
