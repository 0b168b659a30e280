//! Accepts clients until the end is asked for, and sees them out.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::connection::Connection;
use crate::store::Store;

/// How long clients that are being answered may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);
/// How long to wait where a client could not be accepted, for want of a descriptor for example.
const PAUSE: Duration = Duration::from_millis(10);

pub async fn serve(listener: TcpListener, store: Arc<Store>, end: impl Future<Output = ()>) {
    let clients = TaskTracker::new();
    let ended = CancellationToken::new();
    let mut end = std::pin::pin!(end);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let (store, ended) = (Arc::clone(&store), ended.clone());
                    clients.spawn(async move { attend(stream, &store, ended).await });
                }
                Err(error) => {
                    eprintln!("resp-cache: accept: {error}");
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
        eprintln!("resp-cache: left clients unanswered");
    }
}

async fn attend(stream: TcpStream, store: &Store, ended: CancellationToken) {
    // A client that went away is no fault of the server.
    let _: io::Result<()> = async {
        stream.set_nodelay(true)?;
        Connection::new(stream)
            .serve(store, ended.cancelled())
            .await
    }
    .await;
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn at_the_end_idle_clients_are_left_and_no_more_accepted() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel::<()>();
        let store = Arc::new(Store::new(None));
        let served = tokio::spawn(serve(listener, store, async {
            ended.await.unwrap();
        }));

        let mut client = TcpStream::connect(addr).await.unwrap();
        client.write_all(b"*1\r\n$4\r\nPING\r\n").await.unwrap();
        let mut pong = [0; 7];
        client.read_exact(&mut pong).await.unwrap();
        assert_eq!(&pong, b"+PONG\r\n");

        end.send(()).unwrap();
        served.await.unwrap();
        assert_eq!(client.read(&mut pong).await.unwrap(), 0);
        assert!(TcpStream::connect(addr).await.is_err());
    }
}
