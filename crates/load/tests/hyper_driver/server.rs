//! hyper's server with or without TLS, in a thread of its own.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use load::hyper_driver::{Over, Version};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

const CERTIFICATE: &[u8] = include_bytes!("certificates/server.pem");
const KEY: &[u8] = include_bytes!("certificates/server.key");

/// How it answers; with the path, always.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Behaviour {
    pub(crate) delay: Duration,
    /// Each connection after one answer.
    pub(crate) closes: bool,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Served {
    pub(crate) connections: u64,
    pub(crate) requests: u64,
}

#[derive(Debug, Default)]
struct Counts {
    connections: AtomicU64,
    requests: AtomicU64,
}

/// One drive at a time, or they were each other's interference.
static ALONE: Mutex<()> = Mutex::new(());

pub(crate) struct Server {
    _alone: MutexGuard<'static, ()>,
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
    counts: Arc<Counts>,
}

impl Server {
    /// Speaks what it will be asked over, and nothing else.
    pub(crate) fn start(over: &Over, behaviour: Behaviour) -> Self {
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let counts = Arc::new(Counts::default());
        let tls = over.tls.as_ref().map(|_| acceptor(over.version));
        let serving =
            Serving { tls, version: over.version, behaviour, counts: Arc::clone(&counts) };
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                tokio::select! {
                    () = serving.accept(TcpListener::from_std(listener).unwrap()) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { _alone: alone, address, stop, thread, counts }
    }

    pub(crate) fn stop(self) -> Served {
        // It may have ended by itself.
        let _ = self.stop.send(());
        self.thread.join().unwrap();
        Served {
            connections: self.counts.connections.load(Ordering::Relaxed),
            requests: self.counts.requests.load(Ordering::Relaxed),
        }
    }
}

#[derive(Clone)]
struct Serving {
    tls: Option<TlsAcceptor>,
    version: Version,
    behaviour: Behaviour,
    counts: Arc<Counts>,
}

impl Serving {
    async fn accept(self, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            self.counts.connections.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(self.clone().secure(stream));
        }
    }

    async fn secure(self, stream: TcpStream) {
        stream.set_nodelay(true).unwrap();
        match &self.tls {
            None => self.serve(stream).await,
            Some(tls) => {
                if let Ok(stream) = tls.accept(stream).await {
                    self.clone().serve(stream).await;
                }
            }
        }
    }

    async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, stream: S) {
        let stream = TokioIo::new(stream);
        let version = self.version;
        let service = service_fn(move |request| self.clone().answer(request));
        // A client that goes away is what some tests are about.
        let _ = match version {
            Version::Http1 => http1::Builder::new().serve_connection(stream, service).await,
            Version::Http2 => {
                http2::Builder::new(TokioExecutor::new()).serve_connection(stream, service).await
            }
        };
    }

    async fn answer(self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
        self.counts.requests.fetch_add(1, Ordering::Relaxed);
        if !self.behaviour.delay.is_zero() {
            tokio::time::sleep(self.behaviour.delay).await;
        }
        let path = Bytes::from(request.uri().path().to_owned());
        let mut response = Response::new(Full::new(path));
        if self.behaviour.closes {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response)
    }
}

fn acceptor(version: Version) -> TlsAcceptor {
    let certificates = CertificateDer::pem_slice_iter(CERTIFICATE);
    let certificates = certificates.collect::<Result<Vec<_>, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(KEY).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .unwrap();
    let protocol: &[u8] = if version == Version::Http1 { b"http/1.1" } else { b"h2" };
    config.alpn_protocols = vec![protocol.to_vec()];
    TlsAcceptor::from(Arc::new(config))
}
