//! A server that sends back what it is sent.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const BUFFER_LEN: usize = 4096;
/// How long clients that are being answered may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait where a client could not be accepted, for want of a descriptor for example.
const PAUSE: Duration = Duration::from_millis(10);

pub async fn serve(listener: TcpListener, end: impl Future<Output = ()>) {
    let clients = TaskTracker::new();
    let ended = CancellationToken::new();
    let mut end = std::pin::pin!(end);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    clients.spawn(attend(stream, ended.clone()));
                }
                Err(error) => {
                    eprintln!("connection-ladder: accept: {error}");
                    sleep(PAUSE).await;
                }
            },
            () = &mut end => break,
        }
    }
    drop(listener);
    ended.cancel();
    clients.close();
    if timeout(GRACE, clients.wait()).await.is_err() {
        eprintln!("connection-ladder: left clients unanswered");
    }
}

async fn attend(mut stream: TcpStream, ended: CancellationToken) {
    // A client that went away is no fault of the server.
    let _: io::Result<()> = async {
        stream.set_nodelay(true)?;
        let mut buffer = vec![0; BUFFER_LEN];
        loop {
            let read = tokio::select! {
                read = stream.read(&mut buffer) => read?,
                () = ended.cancelled() => return Ok(()),
            };
            if read == 0 {
                return Ok(());
            }
            stream.write_all(&buffer[..read]).await?;
        }
    }
    .await;
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn what_is_sent_comes_back_until_the_end() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel::<()>();
        let served = tokio::spawn(serve(listener, async {
            ended.await.unwrap();
        }));

        let mut client = TcpStream::connect(addr).await.unwrap();
        let sent: Vec<u8> = (0..9000_u32).map(|n| n as u8).collect();
        client.write_all(&sent).await.unwrap();
        let mut found = vec![0; sent.len()];
        client.read_exact(&mut found).await.unwrap();
        assert_eq!(found, sent);

        end.send(()).unwrap();
        served.await.unwrap();
        assert_eq!(client.read(&mut found).await.unwrap(), 0);
        assert!(TcpStream::connect(addr).await.is_err());
    }
}
