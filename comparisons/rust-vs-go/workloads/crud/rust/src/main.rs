//! A register of accounts: reads requests as JSON lines and answers each with a JSON line.

mod command;
mod fault;
mod service;
mod store;

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use crate::service::{Refusal, Service};
use crate::store::{MemoryStore, Store};

const BUFFER_LEN: usize = 64 * 1024;

fn main() -> ExitCode {
    let input = BufReader::with_capacity(BUFFER_LEN, io::stdin().lock());
    let output = BufWriter::with_capacity(BUFFER_LEN, io::stdout().lock());
    match serve(Service::new(MemoryStore::default()), input, output) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("crud: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Answers every line that is not empty, in order.
fn serve<S: Store>(
    mut service: Service<S>,
    mut input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let request = line.strip_suffix(b"\n").unwrap_or(&line);
        let request = request.strip_suffix(b"\r").unwrap_or(request);
        if !request.is_empty() {
            match service.handle(request) {
                Ok(answer) => serde_json::to_writer(&mut output, &answer)?,
                Err(fault) => serde_json::to_writer(&mut output, &Refusal::from(&fault))?,
            }
            output.write_all(b"\n")?;
        }
        line.clear();
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_request_is_answered_by_a_line() {
        let requests = r#"
{"status":200,"user":"zo\u00eb \"zo\"","service":"mail","route":"/a","bytes":7,"level":"INFO"}
{"status":301,"user":"zoë \"zo\""}
{"status":200,"user":"zoë \"zo\"","service":"mail","route":"/a","bytes":7}
{"status":204,"user":"zoë \"zo\"","service":"search","route":"/b?a=1&b=<2>","bytes":8}
{"status":500,"service":"mail"}
{"status":500,"service":"search"}
{"status":404,"user":"zoë \"zo\""}
{"status":404,"user":"zoë \"zo\""}
{"status":503}
{"status":"503"}"#;
        let answers = r#"{"ok":"create","account":{"user":"zoë \"zo\"","service":"mail","route":"/a","quota":7,"version":1}}
{"ok":"read","account":{"user":"zoë \"zo\"","service":"mail","route":"/a","quota":7,"version":1}}
{"error":"exists","message":"zoë \"zo\": exists"}
{"ok":"update","account":{"user":"zoë \"zo\"","service":"search","route":"/b?a=1&b=<2>","quota":8,"version":2}}
{"ok":"list","accounts":[],"more":false}
{"ok":"list","accounts":[{"user":"zoë \"zo\"","service":"search","route":"/b?a=1&b=<2>","quota":8,"version":2}],"more":false}
{"ok":"delete","user":"zoë \"zo\""}
{"error":"not_found","message":"zoë \"zo\": not found"}
{"error":"unknown_operation","message":"operation 503: unknown"}
{"error":"malformed","message":"not a request"}
"#;
        let mut output = Vec::new();
        let service = Service::new(MemoryStore::default());
        serve(service, requests.as_bytes(), &mut output).unwrap();
        assert_eq!(str::from_utf8(&output).unwrap(), answers);
    }
}
