//! Something slow that takes so many requests at once, and who may wait for it.

use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// Requests that are worked on at once.
pub const WORKERS: usize = 40;

/// What each takes: waiting, as for a database. With [`WORKERS`] that is 800 requests a second.
const WORK: Duration = Duration::from_millis(50);

/// Memory of a request, from the moment when it is taken in.
pub const BUFFER_LEN: usize = 64 * 1024;

/// Requests that may wait where there is a bound: work for 150 ms.
pub const QUEUE_LEN: usize = 120;

/// How long a request may wait where there is a bound.
const PATIENCE: Duration = Duration::from_millis(180);

pub struct Pool {
    workers: Semaphore,
    bound: Option<Bound>,
}

struct Bound {
    /// For every request that waits or is worked on.
    places: Semaphore,
}

/// There is too much to do for another request to be done in time.
#[derive(Debug, PartialEq, Eq)]
pub struct Busy;

impl Pool {
    /// Takes in everything and lets it wait for as long as it takes.
    pub fn unbounded() -> Self {
        Self {
            workers: Semaphore::new(WORKERS),
            bound: None,
        }
    }

    /// Refuses at once what would have to wait for too long.
    pub fn bounded() -> Self {
        Self {
            workers: Semaphore::new(WORKERS),
            bound: Some(Bound {
                places: Semaphore::new(WORKERS + QUEUE_LEN),
            }),
        }
    }

    /// Carries out a request for a buffer of this byte.
    pub async fn work(&self, byte: u8) -> Result<Vec<u8>, Busy> {
        match &self.bound {
            None => Ok(self.wait_and_work(byte, Duration::MAX).await?),
            Some(bound) => {
                let _place = bound.places.try_acquire().map_err(|_| Busy)?;
                self.wait_and_work(byte, PATIENCE).await
            }
        }
    }

    async fn wait_and_work(&self, byte: u8, patience: Duration) -> Result<Vec<u8>, Busy> {
        let buffer = vec![byte; BUFFER_LEN];
        let Ok(Ok(_worker)) = timeout(patience, self.workers.acquire()).await else {
            return Err(Busy);
        };
        sleep(WORK).await;
        Ok(buffer)
    }
}
