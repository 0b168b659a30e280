//! Something slow that takes so many requests at once, and who may wait for it.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
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
    /// For all that wait or are worked on; `None`: no bound.
    places: Option<Semaphore>,
}

/// There is too much to do for another request to be done in time.
#[derive(Debug, PartialEq, Eq)]
pub struct Busy;

impl Pool {
    /// Takes in everything and lets it wait for as long as it takes.
    pub fn unbounded() -> Self {
        Self {
            workers: Semaphore::new(WORKERS),
            places: None,
        }
    }

    /// Refuses at once what would have to wait for too long.
    pub fn bounded() -> Self {
        Self {
            workers: Semaphore::new(WORKERS),
            places: Some(Semaphore::new(WORKERS + QUEUE_LEN)),
        }
    }

    /// Carries out a request for a buffer of this byte.
    pub async fn work(&self, byte: u8) -> Result<Vec<u8>, Busy> {
        let _place = match &self.places {
            Some(places) => Some(places.try_acquire().map_err(|_| Busy)?),
            None => None,
        };
        // `vec![0; …]` would only be asked for.
        let mut buffer = Vec::with_capacity(BUFFER_LEN);
        buffer.resize(BUFFER_LEN, byte);
        let _worker = self.worker().await?;
        sleep(WORK).await;
        Ok(buffer)
    }

    /// A worker, as soon as one is free.
    async fn worker(&self) -> Result<SemaphorePermit<'_>, Busy> {
        let worker = self.workers.acquire();
        let worker = match self.places {
            Some(_) => timeout(PATIENCE, worker).await.map_err(|_| Busy)?,
            None => worker.await,
        };
        worker.map_err(|_| Busy)
    }
}
