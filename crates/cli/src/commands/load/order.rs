//! From the command line to an order.

use std::path::Path;

use load::{
    Connections, Expect, Golden, Order, Pick, Request, Reuse, Schedule, Target, Window, Wire,
};
use sha2::{Digest, Sha256};

use super::address::Address;
use crate::arguments::load::{LoadArguments, Rates};
use crate::failure::Failure;

use std::time::Duration;

/// Requests a second, where nothing else is said: little enough for any server.
const RATE: f64 = 100.0;
/// How long a drive is measured, where nothing else is said.
const LENGTH: Duration = Duration::from_secs(10);
/// The same for each rate of a search.
const LENGTH_OF_A_STEP: Duration = Duration::from_secs(2);
/// After the end, before the server's memory is read again.
const SETTLE: Duration = Duration::from_secs(1);

/// The order that the arguments give.
pub(super) fn of(
    arguments: &LoadArguments,
    address: &Address,
    target: Target,
) -> Result<Order, Failure> {
    let LoadArguments { rates, connections, generator, capacity, .. } = arguments;
    if let Some(pid) = generator.pid {
        require_process(pid)?;
    }
    let usual = if capacity.find_capacity { LENGTH_OF_A_STEP } else { LENGTH };
    Ok(Order {
        target,
        wire: address.wire,
        requests: match address.wire {
            Wire::Http => vec![request(arguments, address)?],
            Wire::Resp => commands(arguments)?,
        },
        schedule: schedule(arguments)?,
        window: Window { warm_up: rates.warm_up, measured: rates.length.unwrap_or(usual) },
        connections: Connections {
            most: connections.connections,
            pick: if connections.hot { Pick::Lifo } else { Pick::Fifo },
            reuse: match connections.fresh_connections {
                true => Reuse::PerRequest,
                false => Reuse::KeepAlive,
            },
            idle: connections.idle,
            slow: connections.slow,
        },
        timeout: connections.timeout,
        leave_after: connections.leave_after,
        in_time: connections.in_time,
        seed: rates.seed.unwrap_or_else(rand::random),
        processor: generator.processor,
        spin: generator.spin,
        server: generator.pid,
        companions: Vec::new(),
        settle: if generator.pid.is_some() { SETTLE } else { Duration::ZERO },
        progress: true,
    })
}

fn schedule(arguments: &LoadArguments) -> Result<Schedule, Failure> {
    let rate = arguments.rates.rate.unwrap_or(RATE);
    match &arguments.rates.schedule {
        Rates::Poisson => Ok(Schedule::Poisson { rate }),
        Rates::Constant => Ok(Schedule::Constant { rate }),
        Rates::Own(_) if arguments.rates.rate.is_some() => {
            Err(Failure::usage("--rate beside a --schedule that has rates of its own")
                .hint("leave --rate away, or choose poisson or constant"))
        }
        Rates::Own(_) if arguments.capacity.find_capacity => {
            Err(Failure::usage("a search for the highest rate sets its own rates")
                .hint("choose --schedule poisson or constant; --rate says where it begins"))
        }
        Rates::Own(schedule) => Ok(schedule.clone()),
    }
}

fn request(arguments: &LoadArguments, address: &Address) -> Result<Request, Failure> {
    let asked = &arguments.request;
    if !asked.command.is_empty() {
        return Err(Failure::usage("--command is for redis:// servers")
            .hint("an HTTP request has --method, --header and --body"));
    }
    let body = match (&asked.body, &asked.body_file) {
        (Some(text), _) => text.clone(),
        (None, Some(path)) => text_of(path, "--body-file")?,
        (None, None) => String::new(),
    };
    let usual = if body.is_empty() { "GET" } else { "POST" };
    let method = asked.method.clone().unwrap_or_else(|| usual.to_owned());
    if !is_token(&method) {
        return Err(Failure::usage(format!("--method {method:?} is no method")));
    }
    let numbered = address.path.contains("{n}") || body.contains("{n}");
    require_numbers(numbered, asked.numbers)?;
    Ok(Request {
        weight: 1,
        method,
        path: address.path.clone(),
        headers: headers(arguments)?,
        body,
        numbers: asked.numbers,
        expect: Expect { status: asked.expect_status, body: golden(arguments)? },
    })
}

fn commands(arguments: &LoadArguments) -> Result<Vec<Request>, Failure> {
    let asked = &arguments.request;
    let of_http = [
        ("--method", asked.method.is_some()),
        ("--header", !asked.header.is_empty()),
        ("--headers-file", asked.headers_file.is_some()),
        ("--body", asked.body.is_some()),
        ("--body-file", asked.body_file.is_some()),
        ("--expect-status", asked.expect_status.is_some()),
        ("--http2", asked.http2),
    ];
    if let Some((flag, _)) = of_http.iter().find(|(_, given)| *given) {
        return Err(Failure::usage(format!("{flag} says nothing to a redis:// server"))
            .hint("write the whole command: --command 'SET key:{n} value'"));
    }
    if asked.command.is_empty() {
        return Err(Failure::usage("a redis:// server is asked by --command")
            .hint("such as --command 'GET key:{n}' --numbers 1000, or --command PING"));
    }
    let numbered = asked.command.iter().any(|command| command.contains("{n}"));
    require_numbers(numbered, asked.numbers)?;
    let body = golden(arguments)?;
    let request = |command: &String| Request {
        weight: 1,
        method: command.clone(),
        path: String::new(),
        headers: Vec::new(),
        body: String::new(),
        numbers: asked.numbers,
        expect: Expect { status: None, body: body.clone() },
    };
    Ok(asked.command.iter().map(request).collect())
}

fn require_numbers(numbered: bool, numbers: u32) -> Result<(), Failure> {
    match (numbered, numbers) {
        (true, 0) => {
            Err(Failure::usage("{n} has no values").hint("--numbers 1000 draws each from 0 to 999"))
        }
        (false, 1..) => Err(Failure::usage("--numbers without {n} in URL, body or command")
            .hint("write {n} where the number belongs")),
        _ => Ok(()),
    }
}

fn headers(arguments: &LoadArguments) -> Result<Vec<(String, String)>, Failure> {
    let mut lines: Vec<String> = Vec::new();
    if let Some(path) = &arguments.request.headers_file {
        let text = text_of(path, "--headers-file")?;
        let told = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.extend(told.filter(|line| !line.starts_with('#')).map(str::to_owned));
    }
    lines.extend(arguments.request.header.iter().cloned());
    lines.iter().map(|line| header(line)).collect()
}

fn header(line: &str) -> Result<(String, String), Failure> {
    let wrong = |why: &str| Failure::usage(format!("header {:?}: {why}", name_of(line)));
    let Some((name, value)) = line.split_once(':') else {
        return Err(wrong("there is no colon in it").hint("write 'Name: value'"));
    };
    let (name, value) = (name.trim(), value.trim());
    if !is_token(name) {
        return Err(wrong("this is no name of a header"));
    }
    if value.contains(|c: char| c.is_control() && c != '\t') {
        return Err(wrong("control characters would end the line"));
    }
    let framing = ["content-length", "transfer-encoding", "connection"];
    if framing.iter().any(|ours| name.eq_ignore_ascii_case(ours)) {
        return Err(wrong("the generator says this itself"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// What of a header line may be shown: its value may be a secret.
fn name_of(line: &str) -> &str {
    line.split(':').next().unwrap_or(line)
}

/// A token of RFC 9110.
fn is_token(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(allowed)
}

fn golden(arguments: &LoadArguments) -> Result<Golden, Failure> {
    let Some(path) = &arguments.request.golden else { return Ok(Golden::Any) };
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::usage(format!("--golden {}: {error}", path.display())))?;
    let numbers = arguments.request.numbers;
    match std::str::from_utf8(&bytes) {
        Ok(text) if numbers > 0 && text.contains("{n}") => {
            let of = |n: u32| digest(text.replace("{n}", &n.to_string()).as_bytes());
            Ok(Golden::PerNumber((0..numbers).map(of).collect()))
        }
        _ => Ok(Golden::Same(digest(&bytes))),
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text_of(path: &Path, flag: &str) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{flag} {}: {error}", path.display())))
}

fn require_process(pid: i32) -> Result<(), Failure> {
    if pid > 0 && Path::new("/proc").join(pid.to_string()).exists() {
        return Ok(());
    }
    Err(Failure::usage(format!("--pid {pid}: there is no such process on this machine"))
        .hint("`ss -ltnp` names the process that listens on a port"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_lines_with_a_name() {
        let read = |line: &str| header(line).ok();
        let pair = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        assert_eq!(read("X-A: b: c "), pair("X-A", "b: c"));
        assert_eq!(read("accept:"), pair("accept", ""));
        for bad in ["x", ": y", "a b: c", "a: b\r\nc: d", "Content-Length: 3", "é: x"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
