//! One client: commands in, replies out.

use std::io;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::command;
use crate::resp::{self, Reply};
use crate::store::Store;

const BUFFER_LEN: usize = 4096;

pub struct Connection<S> {
    stream: S,
    input: BytesMut,
    output: BytesMut,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    pub fn new(stream: S) -> Self {
        Self {
            stream,
            input: BytesMut::with_capacity(BUFFER_LEN),
            output: BytesMut::with_capacity(BUFFER_LEN),
        }
    }

    /// Answers what has been read, then waits for more; until the client is gone or no longer
    /// understood, or the end is asked for while there is nothing left to answer.
    pub async fn serve(mut self, store: &Store, end: impl Future<Output = ()>) -> io::Result<()> {
        let mut end = std::pin::pin!(end);
        loop {
            let is_understood = self.answer_all(store).await?;
            self.flush().await?;
            if !is_understood {
                return Ok(());
            }
            let read = tokio::select! {
                read = self.stream.read_buf(&mut self.input) => read?,
                () = &mut end => return Ok(()),
            };
            if read == 0 {
                return Ok(());
            }
        }
    }

    /// Answers whole commands, of which a client may have sent many at once.
    async fn answer_all(&mut self, store: &Store) -> io::Result<bool> {
        loop {
            match resp::take_command(&mut self.input) {
                Ok(None) => return Ok(true),
                Ok(Some(words)) if words.is_empty() => continue,
                Ok(Some(words)) => command::answer(words, store).write(&mut self.output),
                Err(fault) => {
                    Reply::Error(fault.to_string()).write(&mut self.output);
                    return Ok(false);
                }
            }
            if self.output.len() >= BUFFER_LEN {
                self.flush().await?;
            }
        }
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.stream.write_all_buf(&mut self.output).await
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn commands_that_were_sent_at_once_are_answered_in_order() {
        let (mut client, stream) = tokio::io::duplex(64);
        let served = tokio::spawn(async move {
            let store = Store::new(None);
            Connection::new(stream).serve(&store, pending()).await
        });
        let request = "*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n".repeat(500);
        let (mut reader, mut writer) = tokio::io::split(&mut client);
        let (written, read) = tokio::join!(writer.write_all(request.as_bytes()), async {
            let mut found = vec![0; (1..=500).map(|n: u32| format!(":{n}\r\n").len()).sum()];
            reader.read_exact(&mut found).await.map(|_| found)
        });
        written.unwrap();
        let expected: String = (1..=500).map(|n| format!(":{n}\r\n")).collect();
        assert_eq!(String::from_utf8(read.unwrap()).unwrap(), expected);

        drop(client);
        served.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn who_is_not_understood_is_told_and_left() {
        let store = Store::new(None);
        let (mut client, stream) = tokio::io::duplex(1024);
        client
            .write_all(b"*1\r\n$4\r\nPING\r\nGET / HTTP/1.1\r\n\r\n")
            .await
            .unwrap();
        Connection::new(stream)
            .serve(&store, pending())
            .await
            .unwrap();
        let mut found = String::new();
        client.read_to_string(&mut found).await.unwrap();
        assert_eq!(
            found,
            "+PONG\r\n-ERR Protocol error: expected '*', got 'G'\r\n"
        );
    }

    #[tokio::test]
    async fn half_a_command_does_not_put_off_the_end() {
        let store = Store::new(None);
        let (mut client, stream) = tokio::io::duplex(1024);
        client.write_all(b"*1\r\n$4\r\nPI").await.unwrap();
        Connection::new(stream)
            .serve(&store, ready(()))
            .await
            .unwrap();
    }
}
