//! A request as hyper takes it, and what became of it.

use std::error::Error;
use std::io;

use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Bytes};
use hyper::header::{CONNECTION, HOST, HeaderName, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Uri};
use sha2::{Digest, Sha256};

use super::link::{Sender, Sent};
use super::{Over, Version};
use crate::order::{self, Order, OrderError, Reuse};
use crate::tally::Failure;

const NUMBER: &str = "{n}";

/// One kind of request, with a number yet to be filled in.
pub(super) struct Form {
    method: Method,
    /// With scheme and authority for HTTP/2, which has no `Host`.
    uri: Filled<Uri>,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Filled<Bytes>,
    version: Version,
}

/// Something that is the same for every number, or is made for each.
enum Filled<T> {
    Same(T),
    Each(String),
}

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) digest: Option<[u8; 32]>,
}

impl Form {
    /// # Errors
    ///
    /// A method, path or header that HTTP does not allow.
    pub(super) fn new(
        request: &order::Request,
        order: &Order,
        over: &Over,
    ) -> Result<Self, OrderError> {
        let wrong = |what, given: &str| OrderError { what, reason: format!("`{given}` is none") };
        let host = &order.target.host;
        let start = match (over.version, &over.tls) {
            (Version::Http1, _) => String::new(),
            (Version::Http2, Some(_)) => format!("https://{host}"),
            (Version::Http2, None) => format!("http://{host}"),
        };
        let path = format!("{start}{}", request.path);
        let has_number = |text: &str| request.numbers > 0 && text.contains(NUMBER);
        let first: Uri =
            path.replace(NUMBER, "0").parse().map_err(|_| wrong("path", &request.path))?;
        let uri = if has_number(&path) { Filled::Each(path) } else { Filled::Same(first) };
        let body = if has_number(&request.body) {
            Filled::Each(request.body.clone())
        } else {
            Filled::Same(Bytes::from(request.body.clone()))
        };
        let method = request.method.parse().map_err(|_| wrong("method", &request.method))?;
        let mut headers = Vec::new();
        for (name, value) in &request.headers {
            let name = name.parse().map_err(|_| wrong("header name", name))?;
            let value = value.parse().map_err(|_| wrong("header value", value))?;
            headers.push((name, value));
        }
        let mut form = Self { method, uri, headers, body, version: over.version };
        form.complete(order).map_err(|_| wrong("host", host))?;
        Ok(form)
    }

    /// What the plain generator sends by itself, too; lengths are hyper's matter.
    fn complete(&mut self, order: &Order) -> Result<(), hyper::header::InvalidHeaderValue> {
        self.add(USER_AGENT, HeaderValue::from_static("evenhand"));
        if self.version == Version::Http2 {
            return Ok(());
        }
        self.add(HOST, HeaderValue::from_str(&order.target.host)?);
        if order.connections.reuse == Reuse::PerRequest {
            self.add(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(())
    }

    fn add(&mut self, name: HeaderName, value: HeaderValue) {
        if !self.headers.iter().any(|(given, _)| *given == name) {
            self.headers.push((name, value));
        }
    }

    /// `None` if the number makes a path of it that is none, which its syntax rules out.
    pub(super) fn filled(&self, number: u32) -> Option<Sent> {
        let fill = |text: &str| text.replace(NUMBER, &number.to_string());
        let uri = match &self.uri {
            Filled::Same(uri) => uri.clone(),
            Filled::Each(text) => fill(text).parse().ok()?,
        };
        let body = match &self.body {
            Filled::Same(body) => body.clone(),
            Filled::Each(text) => Bytes::from(fill(text)),
        };
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        for (name, value) in &self.headers {
            request.headers_mut().append(name, value.clone());
        }
        Some(request)
    }
}

/// Sends a request and reads its answer to the end.
pub(super) async fn ask(
    sender: &mut Sender,
    request: Sent,
    hashed: bool,
) -> Result<Answer, Failure> {
    let response = sender.send(request).await.map_err(|error| failure(&error))?;
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let mut hash = hashed.then(Sha256::new);
    while !body.is_end_stream() {
        let Some(frame) = body.frame().await else { break };
        let frame = frame.map_err(|error| failure(&error))?;
        if let (Some(hash), Some(data)) = (&mut hash, frame.data_ref()) {
            hash.update(data);
        }
    }
    Ok(Answer { status, digest: hash.map(|hash| hash.finalize().into()) })
}

/// hyper's error in the words of a report.
fn failure(error: &hyper::Error) -> Failure {
    if error.is_parse() {
        return Failure::Parse;
    }
    if error.is_incomplete_message() {
        return Failure::Eof;
    }
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            return match io.kind() {
                io::ErrorKind::UnexpectedEof => Failure::Eof,
                io::ErrorKind::InvalidData => Failure::Parse,
                _ => Failure::Reset,
            };
        }
        cause = inner.source();
    }
    Failure::Reset
}
