//! Sends batches, one at a time, each until it is taken.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Client, StatusCode};
use thiserror::Error;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::batch::Batch;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);
const FIRST_DELAY: Duration = Duration::from_millis(20);
const MAX_DELAY: Duration = Duration::from_secs(1);

pub fn client() -> reqwest::Result<Client> {
    Client::builder().timeout(REQUEST_TIMEOUT).build()
}

pub struct Shipper {
    client: Client,
    url: String,
    checkpoint: PathBuf,
}

/// Why a batch was not taken.
#[derive(Debug, Error)]
enum Fault {
    #[error(transparent)]
    Unanswered(#[from] reqwest::Error),
    #[error("{0}")]
    Busy(StatusCode),
    /// No repetition helps.
    #[error("rejected: {0}")]
    Rejected(StatusCode),
}

impl Shipper {
    pub fn new(client: Client, sink: &str, checkpoint: PathBuf) -> Self {
        let url = format!("{sink}/batches");
        Self {
            client,
            url,
            checkpoint,
        }
    }

    pub async fn run(self, mut batches: mpsc::Receiver<Batch>) -> Result<()> {
        while let Some(batch) = batches.recv().await {
            self.deliver(&batch).await;
            batch
                .end
                .save(&self.checkpoint)
                .with_context(|| self.checkpoint.display().to_string())?;
        }
        Ok(())
    }

    /// Sends a batch until it is taken or rejected.
    async fn deliver(&self, batch: &Batch) {
        let mut delay = FIRST_DELAY;
        loop {
            match self.post(batch).await {
                Ok(()) => return,
                Err(fault @ Fault::Rejected(_)) => {
                    let Batch { id, lines, .. } = batch;
                    eprintln!("log-agent: batch {id} of {lines} lines: {fault}");
                    return;
                }
                Err(Fault::Unanswered(_) | Fault::Busy(_)) => sleep(jittered(delay)).await,
            }
            delay = MAX_DELAY.min(delay * 2);
        }
    }

    async fn post(&self, batch: &Batch) -> Result<(), Fault> {
        let response = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/x-ndjson")
            .header(CONTENT_ENCODING, "gzip")
            .header("batch-id", &batch.id)
            .body(batch.body.clone())
            .send()
            .await?;
        let status = response.status();
        // Read to its end, so that the connection is used again.
        response.bytes().await?;
        match status {
            status if status.is_success() => Ok(()),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Err(Fault::Busy(status)),
            status if status.is_server_error() => Err(Fault::Busy(status)),
            status => Err(Fault::Rejected(status)),
        }
    }
}

/// Keeps agents that failed together from coming back together.
fn jittered(delay: Duration) -> Duration {
    delay.mul_f64(0.5 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::sync::{Arc, Mutex};

    use flate2::read::GzDecoder;
    use tempfile::tempdir;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::batch::Packer;
    use crate::position::Position;
    use crate::source::Line;

    fn packed(text: &[u8]) -> Batch {
        let start = Position {
            inode: 7,
            offset: 0,
        };
        let end = Position {
            inode: 7,
            offset: 2,
        };
        let mut packer = Packer::new(6, start);
        packer.add(&Line { text, end }).unwrap();
        packer.take().unwrap()
    }

    /// One request: its head, and its body unpacked.
    async fn request(connection: &mut TcpStream) -> (String, String) {
        let mut bytes = Vec::new();
        loop {
            connection.read_buf(&mut bytes).await.unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let Some((head, _)) = text.split_once("\r\n\r\n") else {
                continue;
            };
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let body = head.len() + 4;
            if bytes.len() < body + length.unwrap().parse::<usize>().unwrap() {
                continue;
            }
            let mut plain = String::new();
            GzDecoder::new(&bytes[body..])
                .read_to_string(&mut plain)
                .unwrap();
            return (head.to_owned(), plain);
        }
    }

    /// A sink that gives one answer a connection, and keeps what it was sent. No answer: it hangs up.
    async fn sink(answers: &'static [&str]) -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let requests = Arc::clone(&seen);
        tokio::spawn(async move {
            for answer in answers {
                let (mut connection, _) = listener.accept().await.unwrap();
                let (head, body) = request(&mut connection).await;
                let id = head
                    .lines()
                    .find_map(|line| line.strip_prefix("batch-id: "));
                requests
                    .lock()
                    .unwrap()
                    .push(format!("{} {body}", id.unwrap()));
                connection.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        (address, seen)
    }

    #[tokio::test]
    async fn a_batch_is_sent_until_it_is_taken() {
        let (address, requests) = sink(&[
            "HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
            "",
            "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n",
        ])
        .await;
        let folder = tempdir().unwrap();
        let saved = folder.path().join("checkpoint");
        let (batches, waiting) = mpsc::channel(1);
        batches.send(packed(b"a")).await.unwrap();
        drop(batches);

        let shipper = Shipper::new(client().unwrap(), &address, saved.clone());
        shipper.run(waiting).await.unwrap();

        let wanted = "7:0-7:2 {\"raw\":\"a\"}\n";
        assert_eq!(*requests.lock().unwrap(), [wanted; 3]);
        let end = Position {
            inode: 7,
            offset: 2,
        };
        assert_eq!(Position::load(&saved).unwrap(), Some(end));
    }

    #[tokio::test]
    async fn a_batch_that_is_rejected_is_not_sent_again() {
        let (address, _) = sink(&["HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"]).await;
        let shipper = Shipper::new(client().unwrap(), &address, PathBuf::new());
        let fault = shipper.post(&packed(b"a")).await.unwrap_err();
        assert!(matches!(fault, Fault::Rejected(StatusCode::NOT_FOUND)));
    }
}
