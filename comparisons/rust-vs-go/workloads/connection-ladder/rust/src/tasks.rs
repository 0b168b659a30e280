//! Tasks that wait without a connection.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// Messages that an inbox holds before who sends has to wait.
const INBOX_LEN: usize = 16;
const LONG: Duration = Duration::from_secs(24 * 60 * 60);

/// What keeps tasks waiting: with it gone, they end.
pub type Inbox = mpsc::Sender<Vec<u8>>;

/// Starts tasks that sleep, and returns when all of them do.
pub async fn sleep(n: usize) -> Vec<Inbox> {
    let (started, all_started) = mpsc::channel(1);
    for _ in 0..n {
        let started: mpsc::Sender<()> = started.clone();
        tokio::spawn(async move {
            drop(started);
            time::sleep(LONG).await;
        });
    }
    drop(started);
    wait(all_started).await;
    Vec::new()
}

/// Starts tasks that wait for a message, and returns when all of them do.
pub async fn receive(n: usize) -> Vec<Inbox> {
    let (started, all_started) = mpsc::channel(1);
    let inboxes = (0..n)
        .map(|_| {
            let started: mpsc::Sender<()> = started.clone();
            let (inbox, mut messages) = mpsc::channel::<Vec<u8>>(INBOX_LEN);
            tokio::spawn(async move {
                drop(started);
                while messages.recv().await.is_some() {}
            });
            inbox
        })
        .collect();
    drop(started);
    wait(all_started).await;
    inboxes
}

/// Until every sender is gone.
async fn wait(mut all_started: mpsc::Receiver<()>) {
    while all_started.recv().await.is_some() {}
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Handle;

    use super::*;

    #[tokio::test]
    async fn all_sleep() {
        let before = Handle::current().metrics().num_alive_tasks();
        assert!(sleep(300).await.is_empty());
        assert_eq!(Handle::current().metrics().num_alive_tasks() - before, 300);
    }

    #[tokio::test]
    async fn each_has_an_inbox_and_ends_with_it() {
        let alive = || Handle::current().metrics().num_alive_tasks();
        let before = alive();
        let inboxes = receive(300).await;
        assert_eq!(alive() - before, 300);
        for inbox in &inboxes {
            inbox.send(Vec::new()).await.unwrap();
        }
        drop(inboxes);
        while alive() > before {
            time::sleep(Duration::from_millis(1)).await;
        }
    }
}
