//! An HTTP server with one short answer, with and without TLS.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use axum::serve::ListenerExt;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio::time::timeout;

/// Test data: self-signed, and trusted by nobody.
const CERTIFICATE: &[u8] = include_bytes!("../tls/test-certificate.pem");
const KEY: &[u8] = include_bytes!("../tls/test-key.pem");

/// How long requests that are under way may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(5);

fn router() -> Router {
    Router::new().route("/", get(async || "ready\n"))
}

pub async fn serve(
    listener: TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let listener = listener.tap_io(|stream| {
        // Answers come late without it; a socket that cannot be told so still answers.
        let _ = stream.set_nodelay(true);
    });
    let (ending, mut ended) = tokio::sync::watch::channel(());
    let serving = axum::serve(listener, router()).with_graceful_shutdown(async move {
        end.await;
        drop(ending);
    });
    let mut serving = std::pin::pin!(serving.into_future());
    tokio::select! {
        served = &mut serving => return served,
        _ = ended.changed() => {}
    }
    match timeout(GRACE, serving).await {
        Ok(served) => served,
        Err(_) => {
            eprintln!("connection-ladder: left clients unanswered");
            Ok(())
        }
    }
}

pub async fn serve_tls(listener: TcpListener, end: impl Future<Output = ()>) -> io::Result<()> {
    let handle = Handle::new();
    let config = RustlsConfig::from_config(Arc::new(tls_config()?));
    let serving = axum_server::from_tcp_rustls(listener.into_std()?, config)?
        .handle(handle.clone())
        .serve(router().into_make_service());
    let mut serving = std::pin::pin!(serving);
    tokio::select! {
        served = &mut serving => return served,
        () = end => handle.graceful_shutdown(Some(GRACE)),
    }
    serving.await
}

fn tls_config() -> io::Result<ServerConfig> {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).map_err(io::Error::other)?;
    let key = PrivateKeyDer::from_pem_slice(KEY).map_err(io::Error::other)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| {
            builder
                .with_no_client_auth()
                .with_single_cert(vec![certificate], key)
        })
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use rustls::pki_types::ServerName;
    use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
    use tokio::sync::oneshot;
    use tokio::task::spawn_blocking;

    use super::*;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /// The first bytes of the answer to a request, from a client that stays.
    fn ask(mut stream: impl io::Read + io::Write) -> String {
        stream.write_all(REQUEST).unwrap();
        let mut answer = [0; 1024];
        let mut len = 0;
        while !answer[..len].ends_with(b"ready\n") {
            len += stream.read(&mut answer[len..]).unwrap();
        }
        String::from_utf8_lossy(&answer[..len]).to_lowercase()
    }

    fn over_tls(addr: SocketAddr) -> String {
        let mut roots = RootCertStore::empty();
        let certificate = CertificateDer::from_pem_slice(CERTIFICATE).unwrap();
        roots.add(certificate).unwrap();
        let provider = Arc::new(ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let client = ClientConnection::new(Arc::new(config), name).unwrap();
        ask(StreamOwned::new(
            client,
            std::net::TcpStream::connect(addr).unwrap(),
        ))
    }

    fn over_tcp(addr: SocketAddr) -> String {
        ask(std::net::TcpStream::connect(addr).unwrap())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_is_answered_and_the_end_is_kept() {
        for is_tls in [false, true] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let addr = listener.local_addr().unwrap();
            let (end, ended) = oneshot::channel::<()>();
            let ended = async { ended.await.unwrap() };
            let served = tokio::spawn(async move {
                match is_tls {
                    true => serve_tls(listener, ended).await,
                    false => serve(listener, ended).await,
                }
            });
            let ask = if is_tls { over_tls } else { over_tcp };
            let answer = spawn_blocking(move || ask(addr)).await.unwrap();
            assert!(answer.starts_with("http/1.1 200 ok\r\n"), "{answer}");
            assert!(answer.contains("content-type: text/plain; charset=utf-8\r\n"));
            end.send(()).unwrap();
            served.await.unwrap().unwrap();
        }
    }
}
