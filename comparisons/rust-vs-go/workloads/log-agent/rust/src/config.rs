//! What the sink tells an agent to do.

use std::path::PathBuf;

use reqwest::Client;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Config {
    /// The log.
    pub path: PathBuf,
    /// The file that keeps how far the log was sent.
    pub checkpoint: PathBuf,
    /// How many lines make a batch full.
    pub batch_lines: usize,
    /// How long a line may wait for its batch to be full.
    pub batch_milliseconds: u64,
    pub gzip_level: u32,
}

impl Config {
    pub async fn fetch(client: &Client, sink: &str, group: &str) -> reqwest::Result<Self> {
        client
            .get(format!("{sink}/config"))
            .query(&[("group", group)])
            .send()
            .await?
            .error_for_status()?
            .json()
            .await
    }
}
