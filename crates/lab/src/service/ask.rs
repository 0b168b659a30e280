//! One question over HTTP/1.1, and its answer.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{Request, Response};

use model::service::Asked;

use super::ServiceError;

/// Longest answer that is looked at.
const LONGEST: u64 = 16 << 20;

/// Asks one at a time.
pub(super) struct Asker {
    agent: Agent,
    who: &'static str,
    port: u16,
}

/// What came back, as far as sides are held to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// For comparing and for showing.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = format!("{}\ncontent-type: {}\n\n", self.status, self.content_type);
        text.push_str(&String::from_utf8_lossy(&self.body));
        text.into_bytes()
    }
}

impl Asker {
    pub(super) fn new(who: &'static str, port: u16, patience: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(patience))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent("evenhand")
            .accept("*/*")
            .build();
        Self { agent: config.into(), who, port }
    }

    /// Whether the path is answered with 200.
    pub(super) fn is_ready(&self, path: &str) -> bool {
        self.get(path).is_ok_and(|answer| answer.status == 200)
    }

    pub(super) fn get(&self, path: &str) -> Result<Answer, ServiceError> {
        self.send("GET", path, &[], "")
    }

    pub(super) fn post(&self, path: &str) -> Result<Answer, ServiceError> {
        self.send("POST", path, &[], "")
    }

    /// The question with the number that is drawn filled in.
    pub(super) fn ask(&self, asked: &Asked, number: u32) -> Result<Answer, ServiceError> {
        let fill = |text: &str| text.replace("{n}", &number.to_string());
        self.send(&asked.method, &fill(&asked.path), &asked.headers, &fill(&asked.body))
    }

    /// JSON that a path answers with.
    pub(super) fn json(&self, path: &str) -> Result<Value, ServiceError> {
        let answer = self.get(path)?;
        serde_json::from_slice(&answer.body)
            .map_err(|error| self.silent("GET", path, &format!("not JSON: {error}")))
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Result<Answer, ServiceError> {
        let silent = |error: &dyn std::fmt::Display| self.silent(method, path, error);
        let uri = format!("http://127.0.0.1:{}{path}", self.port);
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let with_body = !body.is_empty() || matches!(method, "POST" | "PUT" | "PATCH");
        let response = if with_body {
            let request = request.body(body.to_owned()).map_err(|error| silent(&error))?;
            self.agent.run(request)
        } else {
            self.agent.run(request.body(()).map_err(|error| silent(&error))?)
        };
        read(response.map_err(|error| silent(&error))?).map_err(|error| silent(&error))
    }

    fn silent(&self, method: &str, path: &str, reason: &dyn std::fmt::Display) -> ServiceError {
        ServiceError::NoAnswer {
            who: self.who,
            method: method.to_owned(),
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}

fn read(response: Response<ureq::Body>) -> Result<Answer, ureq::Error> {
    let (head, mut body) = response.into_parts();
    let content_type = head.headers.get("content-type").and_then(|value| value.to_str().ok());
    Ok(Answer {
        status: head.status.as_u16(),
        content_type: content_type.unwrap_or("none").to_owned(),
        body: body.with_config().limit(LONGEST).read_to_vec()?,
    })
}
