//! What the API server says of one namespace, and what it is asked to write.

use std::time::Duration;

use bytes::BytesMut;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use thiserror::Error;

use crate::WORKERS;
use crate::object::{App, Object, Replica};

const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
}

#[derive(Debug, Error)]
pub enum ApiError {
    #[error(transparent)]
    Unanswered(#[from] reqwest::Error),
    /// An answer other than a success.
    #[error("{0}")]
    Status(StatusCode),
}

/// All objects of a kind at a version of the whole state.
#[derive(Deserialize)]
pub struct List<T> {
    pub version: u64,
    pub items: Vec<T>,
}

#[derive(Deserialize)]
struct Written {
    version: u64,
}

impl Api {
    pub fn new(address: &str, namespace: &str) -> reqwest::Result<Self> {
        Ok(Self {
            client: Client::builder().pool_max_idle_per_host(WORKERS).build()?,
            base: format!("http://{address}/namespaces/{namespace}"),
        })
    }

    pub async fn list<T: Object>(&self) -> Result<List<T>, ApiError> {
        let request = self.request(Method::GET, T::PATH).timeout(REQUEST_TIMEOUT);
        Ok(send(request).await?.json().await?)
    }

    /// A stream of events since a version, which may go on for ever.
    pub async fn watch<T: Object>(&self, version: u64) -> Result<Lines, ApiError> {
        let request = self
            .request(Method::GET, T::PATH)
            .query(&[("watch", 1), ("version", version)]);
        Ok(Lines {
            response: send(request).await?,
            buffer: BytesMut::new(),
        })
    }

    /// Creates a replica, or updates the one of its version. The answer is the new version, as for
    /// the other writes.
    pub async fn put_replica(&self, replica: &Replica) -> Result<u64, ApiError> {
        let request = match replica.version {
            0 => self.request(Method::POST, Replica::PATH),
            _ => self.request(Method::PUT, &format!("/replicas/{}", replica.name)),
        };
        write(request.json(replica)).await
    }

    pub async fn delete_replica(&self, replica: &Replica) -> Result<u64, ApiError> {
        let request = self
            .request(Method::DELETE, &format!("/replicas/{}", replica.name))
            .query(&[("version", replica.version)]);
        write(request).await
    }

    pub async fn put_status(&self, app: &App) -> Result<u64, ApiError> {
        let request = self.request(Method::PUT, &format!("/apps/{}/status", app.name));
        write(request.json(app)).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }
}

async fn write(request: RequestBuilder) -> Result<u64, ApiError> {
    let response = send(request.timeout(REQUEST_TIMEOUT)).await?;
    Ok(response.json::<Written>().await?.version)
}

/// An answer that is a success, whose body is still to be read.
async fn send(request: RequestBuilder) -> Result<Response, ApiError> {
    let response = request.send().await?;
    let status = response.status();
    if !status.is_success() {
        // Read to its end, so that the connection is used again.
        response.bytes().await?;
        return Err(ApiError::Status(status));
    }
    Ok(response)
}

/// The lines of an answer that comes bit by bit.
pub struct Lines {
    response: Response,
    buffer: BytesMut,
}

impl Lines {
    /// `None` where the answer ends; a line that it cuts off is none.
    pub async fn next(&mut self) -> reqwest::Result<Option<BytesMut>> {
        loop {
            if let Some(end) = self.buffer.iter().position(|&byte| byte == b'\n') {
                return Ok(Some(self.buffer.split_to(end + 1)));
            }
            let Some(chunk) = self.response.chunk().await? else {
                return Ok(None);
            };
            self.buffer.extend_from_slice(&chunk);
        }
    }
}
