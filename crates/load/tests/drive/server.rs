//! A server that does with each request whatever a test says.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A request as it came.
#[derive(Debug)]
pub(crate) struct Asked {
    /// `GET /path`.
    pub(crate) what: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
    /// Requests before it on its connection.
    pub(crate) before: usize,
}

/// Whether the connection goes on.
pub(crate) enum Then {
    Keep,
    Close,
    Reset,
}

/// It serves until the test's process ends.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

pub(crate) fn serve(
    act: impl Fn(&Asked, &mut TcpStream) -> Then + Clone + Send + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            counter.fetch_add(1, Ordering::SeqCst);
            let act = act.clone();
            std::thread::spawn(move || converse(stream, act));
        }
    });
    Server { address, connections }
}

/// The same bytes for whatever is asked.
pub(crate) fn always(bytes: &'static str, then: fn() -> Then) -> Server {
    serve(move |_, stream| {
        let _ = stream.write_all(bytes.as_bytes());
        then()
    })
}

fn converse(mut stream: TcpStream, act: impl Fn(&Asked, &mut TcpStream) -> Then) {
    let _ = stream.set_nodelay(true);
    let mut reader = BufReader::new(stream.try_clone().expect("a descriptor"));
    let mut before = 0;
    while let Some(asked) = read(&mut reader, before) {
        match act(&asked, &mut stream) {
            Then::Keep => before += 1,
            Then::Close => return,
            Then::Reset => {
                let at_once = Some(Duration::ZERO);
                rustix::net::sockopt::set_socket_linger(&stream, at_once).expect("a socket");
                return;
            }
        }
    }
}

fn read(reader: &mut impl BufRead, before: usize) -> Option<Asked> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let what = lines.remove(0).strip_suffix(" HTTP/1.1")?.to_owned();
    let length = lines.iter().find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().expect("a length"))];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { what, headers: lines, body, before })
}
