//! A program that serves HTTP/1.1, for tests of everything that drives such programs.
//!
//! `web [spin-us=N] [sleep-ms=N] [word=W] [fail-every=N] [deaf]` listens on 127.0.0.1 at `PORT` and
//! answers every path with the word; `/count` with how many it has answered. `deaf` ignores SIGTERM.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{SigSet, Signal};

#[derive(Clone)]
struct Manner {
    spin: Duration,
    sleep: Duration,
    word: String,
    fail_every: u64,
    answered: Arc<AtomicU64>,
}

pub(super) fn serve(args: &[String]) -> io::Result<()> {
    let value = |name: &str| args.iter().find_map(|arg| arg.strip_prefix(name)?.strip_prefix('='));
    let number = |name: &str| value(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let manner = Manner {
        spin: Duration::from_micros(number("spin-us")),
        sleep: Duration::from_millis(number("sleep-ms")),
        word: value("word").unwrap_or("hello").to_owned(),
        fail_every: number("fail-every"),
        answered: Arc::default(),
    };
    let deaf = args.iter().any(|arg| arg == "deaf");
    let term = SigSet::from_iter([Signal::SIGTERM]);
    term.thread_block()?;
    thread::spawn(move || {
        while term.wait().is_ok() {
            if !deaf {
                process::exit(0);
            }
        }
    });
    let port = env::var("PORT").map_err(io::Error::other)?;
    let listener = TcpListener::bind(format!("127.0.0.1:{port}"))?;
    for stream in listener.incoming() {
        let (stream, manner) = (stream?, manner.clone());
        thread::spawn(move || converse(&stream, &manner));
    }
    Ok(())
}

fn converse(stream: &TcpStream, manner: &Manner) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream);
    loop {
        let Some(path) = request(&mut lines)? else { return Ok(()) };
        let before = manner.answered.fetch_add(1, Ordering::Relaxed);
        thread::sleep(manner.sleep);
        let began = Instant::now();
        while began.elapsed() < manner.spin {}
        let fails =
            manner.fail_every > 0 && before.is_multiple_of(manner.fail_every) && path != "/ready";
        let status = if fails { "503 Service Unavailable" } else { "200 OK" };
        let body = match path.as_str() {
            "/count" => format!("{{\"answered\":{before}}}"),
            _ => manner.word.clone(),
        };
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        (&*stream).write_all(answer.as_bytes())?;
    }
}

/// The path of the next request without a body; `None` at the end.
fn request(lines: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut path = None;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if line.trim_end().is_empty() {
            return Ok(path);
        }
        path = path.or_else(|| line.split(' ').nth(1).map(str::to_owned));
    }
}
