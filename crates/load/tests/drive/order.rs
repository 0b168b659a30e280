//! Orders, and the process that carries them out.

use std::io::Write;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use load::{
    Connections, Expect, Golden, Order, Pick, ROLE, Report, ReportError, Request, Reuse, Schedule,
    Target, Window, Wire, report_of,
};

/// Half a second at 400 requests a second over eight kept connections.
pub(crate) fn order(address: SocketAddr) -> Order {
    Order {
        target: Target { address, host: "localhost".to_owned() },
        wire: Wire::Http,
        requests: vec![get("/")],
        schedule: Schedule::Poisson { rate: 400.0 },
        window: Window { warm_up: Duration::from_millis(50), measured: Duration::from_millis(500) },
        connections: Connections {
            most: 8,
            pick: Pick::Fifo,
            reuse: Reuse::KeepAlive,
            idle: 0,
            slow: 0,
        },
        timeout: Duration::from_secs(5),
        leave_after: None,
        in_time: None,
        seed: 1,
        processor: None,
        spin: false,
        server: None,
        companions: Vec::new(),
        settle: Duration::ZERO,
        progress: false,
    }
}

pub(crate) fn get(path: &str) -> Request {
    Request {
        weight: 1,
        method: "GET".to_owned(),
        path: path.to_owned(),
        headers: Vec::new(),
        body: String::new(),
        numbers: 0,
        expect: Expect { status: None, body: Golden::Any },
    }
}

/// What a generator writes for an order.
pub(crate) fn output(order: &Order) -> String {
    let mut generator = Command::new(env!("CARGO_BIN_EXE_evenhand-load"))
        .arg(ROLE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    // The pipe stays open: an order ends with its last bracket.
    let mut stdin = generator.stdin.take().expect("a pipe");
    serde_json::to_writer(&mut stdin, order).expect("it reads its order");
    stdin.flush().expect("it reads its order");
    let output = generator.wait_with_output().expect("its output");
    String::from_utf8(output.stdout).expect("lines of text")
}

pub(crate) fn carry_out(order: &Order) -> Report {
    report_of(&output(order)).expect("a report")
}

pub(crate) fn refusal(order: &Order) -> String {
    match report_of(&output(order)) {
        Err(ReportError::Refused(reason)) => reason,
        other => panic!("not refused: {other:?}"),
    }
}
