//! The backend, as a client sees it.

use std::sync::Arc;

use anyhow::{Context, Result};
use reqwest::{Client, StatusCode};
use serde::{Deserialize, Serialize};

/// A part of an item.
#[derive(Debug, Deserialize, Serialize)]
pub struct Part {
    pub part: u32,
    pub title: String,
    pub score: u64,
    pub tags: Vec<String>,
}

/// Why a part is missing.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    Deadline,
    Unreachable,
    Status,
    Malformed,
}

/// Where parts come from. Clones share connections.
#[derive(Clone)]
pub struct Backend {
    client: Client,
    base: Arc<str>,
}

impl Backend {
    pub fn new(address: &str) -> Result<Self> {
        let client = Client::builder().build().context("client")?;
        Ok(Self {
            client,
            base: format!("http://{address}").into(),
        })
    }

    /// Asks for a part of an item, whose name is safe in a URL.
    pub async fn part(&self, item: &str, part: u32) -> Result<Part, Why> {
        let url = format!("{}/part/{part}?item={item}", self.base);
        let answer = self
            .client
            .get(url)
            .send()
            .await
            .map_err(|_| Why::Unreachable)?;
        if answer.status() != StatusCode::OK {
            return Err(Why::Status);
        }
        answer.json().await.map_err(|_| Why::Malformed)
    }
}
