//! Makes batches of what is written to a file, on a thread that may block.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use crate::batch::{Batch, Packer};
use crate::config::Config;
use crate::position::Position;
use crate::source::Source;

/// Tells that something may have changed. It ends with its watcher.
pub type Changes = Receiver<notify::Result<()>>;

/// Watches the folder of a file, since a file's own watch goes with it when it is renamed.
pub fn watch(file: &Path) -> Result<(RecommendedWatcher, Changes)> {
    // One change that was not looked at is as good as many.
    let (sender, changes) = sync_channel(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<_>| {
        let _ = sender.try_send(event.map(drop));
    })?;
    let folder = file.parent().context("the log is in no folder")?;
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    Ok((watcher, changes))
}

pub struct Tail {
    source: Source,
    changes: Changes,
    packer: Packer,
    full: usize,
    /// How long a line may wait for its batch to be full.
    age: Duration,
    /// When the batch is old; `None` while it is empty.
    old_at: Option<Instant>,
}

/// Nobody takes batches any more.
#[derive(Debug, thiserror::Error)]
#[error("nothing is sent any more")]
struct Abandoned;

impl Tail {
    /// Goes on where the checkpoint says.
    pub fn open(config: &Config, changes: Changes) -> Result<Self> {
        let from = Position::load(&config.checkpoint)?;
        let source = Source::resume(&config.path, from)
            .with_context(|| config.path.display().to_string())?;
        Ok(Self {
            packer: Packer::new(config.gzip_level, source.position()),
            source,
            changes,
            full: config.batch_lines,
            age: Duration::from_millis(config.batch_milliseconds),
            old_at: None,
        })
    }

    /// Reads until the watcher is gone, and sends batches as they are full or old, what is left at
    /// the end too.
    pub fn follow(mut self, batches: &mpsc::Sender<Batch>) -> Result<()> {
        loop {
            self.read_on(batches)?;
            match self.wait() {
                Ok(change) => change?,
                Err(RecvTimeoutError::Timeout) => self.flush(batches)?,
                Err(RecvTimeoutError::Disconnected) => return self.flush(batches),
            }
        }
    }

    /// Waits for a change, or until the batch is old.
    fn wait(&self) -> Result<notify::Result<()>, RecvTimeoutError> {
        match self.old_at {
            Some(at) => self
                .changes
                .recv_timeout(at.saturating_duration_since(Instant::now())),
            None => Ok(self.changes.recv()?),
        }
    }

    /// Reads what there is.
    fn read_on(&mut self, batches: &mpsc::Sender<Batch>) -> Result<()> {
        while let Some(line) = self.source.next_line()? {
            self.packer.add(&line)?;
            if self.packer.lines() == 1 {
                self.old_at = Some(Instant::now() + self.age);
            }
            if self.packer.lines() == self.full {
                self.flush(batches)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self, batches: &mpsc::Sender<Batch>) -> Result<()> {
        if self.old_at.take().is_some() {
            let batch = self.packer.take()?;
            batches.blocking_send(batch).map_err(|_| Abandoned)?;
        }
        Ok(())
    }
}
