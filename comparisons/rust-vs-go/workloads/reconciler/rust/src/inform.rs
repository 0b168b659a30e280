//! Keeps a cache up to date, and tells which apps have changed.

use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use thiserror::Error;
use tokio::time::sleep;

use crate::api::{Api, ApiError};
use crate::cache::Cache;
use crate::object::Object;
use crate::queue::Queue;

const FIRST_DELAY: Duration = Duration::from_millis(10);
const MAX_DELAY: Duration = Duration::from_secs(1);

pub struct Informer<T> {
    api: Api,
    cache: Arc<Cache<T>>,
    queue: Arc<Queue>,
    /// The cache was filled, and its version is not forgotten.
    current: bool,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "object", rename_all = "UPPERCASE")]
enum Event<T> {
    Added(T),
    Modified(T),
    Deleted(T),
    Error { code: u16 },
}

/// Why a watch ended.
#[derive(Debug, Error)]
enum Broken {
    #[error(transparent)]
    Api(ApiError),
    #[error(transparent)]
    Stream(#[from] reqwest::Error),
    #[error(transparent)]
    Event(#[from] serde_json::Error),
    /// Events since the cache's version are forgotten.
    #[error("expired")]
    Expired,
    #[error("the server ended the watch with code {0}")]
    Ended(u16),
}

impl From<ApiError> for Broken {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Status(StatusCode::GONE) => Self::Expired,
            error => Self::Api(error),
        }
    }
}

impl<T: Object> Informer<T> {
    pub fn new(api: &Api, cache: &Arc<Cache<T>>, queue: &Arc<Queue>) -> Self {
        Self {
            api: api.clone(),
            cache: Arc::clone(cache),
            queue: Arc::clone(queue),
            current: false,
        }
    }

    /// Lists and watches for ever.
    pub async fn run(mut self) {
        let mut delay = FIRST_DELAY;
        loop {
            let before = self.cache.version();
            if let Err(Broken::Expired) = self.follow().await {
                self.current = false;
            }
            if self.cache.version() != before {
                delay = FIRST_DELAY;
            }
            sleep(jittered(delay)).await;
            delay = MAX_DELAY.min(delay * 2);
        }
    }

    /// Lists if it has to, and watches until the stream ends.
    async fn follow(&mut self) -> Result<(), Broken> {
        if !self.current {
            for app in self.cache.replace(self.api.list().await?) {
                self.queue.add(app);
            }
            self.current = true;
        }
        let mut lines = self.api.watch::<T>(self.cache.version()).await?;
        while let Some(line) = lines.next().await? {
            self.take(serde_json::from_slice(&line)?)?;
        }
        Ok(()) // It is usual that a watch ends.
    }

    /// Takes in what happened to one object.
    fn take(&self, event: Event<T>) -> Result<(), Broken> {
        let app = match event {
            Event::Added(object) | Event::Modified(object) => {
                let app = object.app().to_owned();
                self.cache.put(Arc::new(object));
                app
            }
            Event::Deleted(object) => {
                self.cache.remove(&object);
                object.app().to_owned()
            }
            Event::Error { code: 410 } => return Err(Broken::Expired),
            Event::Error { code } => return Err(Broken::Ended(code)),
        };
        self.queue.add(app);
        Ok(())
    }
}

/// Keeps controllers that failed together from coming back together.
fn jittered(delay: Duration) -> Duration {
    delay.mul_f64(0.5 + fastrand::f64() / 2.0)
}
