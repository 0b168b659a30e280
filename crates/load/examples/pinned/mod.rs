//! Servers on one processor, generators on the other, each in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use load::responder::{RESPONDER_ROLE, ResponderOptions};
use load::{
    Connections, Expect, Golden, Order, Pick, ROLE, Report, Request, Reuse, Schedule, Target,
    Window, Wire, report_of,
};
use rustix::thread::{CpuSet, sched_setaffinity};

pub(crate) const SERVER_PROCESSOR: usize = 0;
pub(crate) const GENERATOR_PROCESSOR: usize = 1;

/// What a server prints is its port; it ends when its input does.
pub(crate) struct Serving {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Serving {
    /// This very binary in the role of a server.
    pub(crate) fn start(role: &str, line: &str) -> Self {
        on(SERVER_PROCESSOR);
        let mut process = Command::new(std::env::current_exe().expect("this binary"))
            .arg(role)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        writeln!(process.stdin.as_mut().expect("a pipe"), "{line}").expect("it reads its line");
        let mut port = String::new();
        let stdout = process.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut port).expect("its port");
        let port: u16 = port.trim().parse().expect("a port");
        Self { process, address: ([127, 0, 0, 1], port).into() }
    }

    pub(crate) fn responder(options: &ResponderOptions) -> Self {
        Self::start(RESPONDER_ROLE, &serde_json::to_string(options).expect("JSON"))
    }

    pub(crate) fn pid(&self) -> i32 {
        self.process.id() as i32
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Moves this process, and what it starts from now on.
pub(crate) fn on(processor: usize) {
    let mut set = CpuSet::new();
    set.set(processor);
    sched_setaffinity(None, &set).expect("two processors");
}

/// An order of plain GETs.
pub(crate) fn order(server: &Serving, rate: f64, most: u32, measured: Duration) -> Order {
    Order {
        target: Target { address: server.address, host: "localhost".to_owned() },
        wire: Wire::Http,
        requests: vec![Request {
            weight: 1,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            headers: Vec::new(),
            body: String::new(),
            numbers: 0,
            expect: Expect { status: None, body: Golden::Any },
        }],
        schedule: Schedule::Poisson { rate },
        window: Window { warm_up: Duration::from_millis(500), measured },
        connections: Connections {
            most,
            pick: Pick::Fifo,
            reuse: Reuse::KeepAlive,
            idle: 0,
            slow: 0,
        },
        timeout: Duration::from_secs(30),
        leave_after: None,
        in_time: None,
        seed: 1,
        processor: Some(GENERATOR_PROCESSOR),
        spin: false,
        server: Some(server.pid()),
        companions: Vec::new(),
        settle: Duration::ZERO,
        progress: false,
    }
}

/// Has a generator carry it out.
pub(crate) fn carry_out(order: &Order) -> Report {
    on(GENERATOR_PROCESSOR);
    let mut generator = Command::new(std::env::current_exe().expect("this binary"))
        .arg(ROLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a generator");
    let mut stdin = generator.stdin.take().expect("a pipe");
    serde_json::to_writer(&mut stdin, order).expect("it reads its order");
    drop(stdin);
    let output = generator.wait_with_output().expect("its output");
    report_of(&String::from_utf8_lossy(&output.stdout)).expect("a report")
}

/// What another tool prints, on the generators' processor; `None`: it is not installed.
pub(crate) fn tool(name: &str, args: &[&str]) -> Option<String> {
    on(GENERATOR_PROCESSOR);
    let output = Command::new(name).args(args).stderr(Stdio::inherit()).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The number between two pieces of text.
pub(crate) fn between(text: &str, before: &str, after: &str) -> Option<f64> {
    let (_, rest) = text.split_once(before)?;
    let (number, _) = rest.split_once(after)?;
    number.trim().parse().ok()
}
