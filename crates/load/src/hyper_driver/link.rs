//! Connections: opened, encrypted, spoken over.

use std::future::Future;
use std::io;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{Over, Tls, Version};
use crate::order::{Order, OrderError};

pub(super) type Sent = Request<Full<Bytes>>;

/// How connections are made.
pub(super) struct Opener {
    address: std::net::SocketAddr,
    version: Version,
    tls: Option<(TlsConnector, ServerName<'static>)>,
}

/// Why there is no connection.
#[derive(Debug)]
pub(super) enum Unopened {
    /// The kernel, here or there, says no.
    Refused(io::Error),
    /// It is there, and the server does not speak what is ordered.
    Unspoken(String),
}

/// What a request is given to.
pub(super) enum Sender {
    Http1(http1::SendRequest<Full<Bytes>>),
    Http2(http2::SendRequest<Full<Bytes>>),
}

/// A connection that has been opened.
pub(super) struct Opened {
    pub(super) sender: Sender,
    /// Ends the connection, whatever it is at.
    pub(super) task: AbortHandle,
}

/// Runs what HTTP/2 needs beside its connection in the same thread.
#[derive(Clone)]
struct Beside;

impl<F: Future<Output = ()> + 'static> hyper::rt::Executor<F> for Beside {
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}

impl Opener {
    /// # Errors
    ///
    /// A name or certificate that is none.
    pub(super) fn new(order: &Order, over: &Over) -> Result<Self, OrderError> {
        let tls = over.tls.as_ref().map(|tls| secured(tls, over.version)).transpose()?;
        Ok(Self { address: order.target.address, version: over.version, tls })
    }

    pub(super) async fn open(&self) -> Result<Opened, Unopened> {
        let stream = TcpStream::connect(self.address).await.map_err(Unopened::Refused)?;
        stream.set_nodelay(true).map_err(Unopened::Refused)?;
        let Some((connector, name)) = &self.tls else { return self.speak(stream).await };
        let secured = connector.connect(name.clone(), stream).await;
        let stream = secured.map_err(|error| match error.kind() {
            // What rustls has to say of a certificate or an alert comes as this.
            io::ErrorKind::InvalidData => Unopened::Unspoken(format!("TLS: {error}")),
            _ => Unopened::Refused(error),
        })?;
        let agreed = stream.get_ref().1.alpn_protocol();
        if self.version == Version::Http2 && agreed != Some(b"h2") {
            return Err(Unopened::Unspoken("the server does not agree to h2".to_owned()));
        }
        self.speak(stream).await
    }

    async fn speak<S>(&self, stream: S) -> Result<Opened, Unopened>
    where
        S: AsyncRead + AsyncWrite + Unpin + 'static,
    {
        let unspoken = |error: hyper::Error| Unopened::Unspoken(error.to_string());
        let stream = TokioIo::new(stream);
        match self.version {
            Version::Http1 => {
                let (sender, connection) = http1::handshake(stream).await.map_err(unspoken)?;
                let task = tokio::task::spawn_local(connection).abort_handle();
                Ok(Opened { sender: Sender::Http1(sender), task })
            }
            Version::Http2 => {
                let spoken = http2::handshake(Beside, stream).await;
                let (sender, connection) = spoken.map_err(unspoken)?;
                let task = tokio::task::spawn_local(connection).abort_handle();
                Ok(Opened { sender: Sender::Http2(sender), task })
            }
        }
    }
}

impl Sender {
    pub(super) async fn send(&mut self, request: Sent) -> hyper::Result<Response<Incoming>> {
        match self {
            Self::Http1(sender) => sender.send_request(request).await,
            Self::Http2(sender) => sender.send_request(request).await,
        }
    }

    /// Waits until another request may be given; an error: never.
    pub(super) async fn ready(&mut self) -> hyper::Result<()> {
        match self {
            Self::Http1(sender) => sender.ready().await,
            Self::Http2(sender) => sender.ready().await,
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::Http1(sender) => sender.is_closed(),
            Self::Http2(sender) => sender.is_closed(),
        }
    }

    /// Another one for the same connection, where it carries several requests at once.
    pub(super) fn shared(&self) -> Option<Self> {
        match self {
            Self::Http1(_) => None,
            Self::Http2(sender) => Some(Self::Http2(sender.clone())),
        }
    }
}

fn secured(tls: &Tls, version: Version) -> Result<(TlsConnector, ServerName<'static>), OrderError> {
    let wrong = |reason: String| OrderError { what: "TLS", reason };
    let name = ServerName::try_from(tls.name.clone())
        .map_err(|_| wrong(format!("`{}` is no name of a server", tls.name)))?;
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(tls.roots.as_bytes()) {
        let root = root.map_err(|error| wrong(format!("a root is no PEM: {error}")))?;
        roots.add(root).map_err(|error| wrong(format!("a root is no certificate: {error}")))?;
    }
    if roots.is_empty() {
        return Err(wrong("no root to trust; give the certificate in PEM".to_owned()));
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let protocol: &[u8] = match version {
        Version::Http1 => b"http/1.1",
        Version::Http2 => b"h2",
    };
    config.alpn_protocols = vec![protocol.to_vec()];
    Ok((TlsConnector::from(Arc::new(config)), name))
}
