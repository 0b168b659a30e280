//! What a generator can do is what it did against a responder that does nothing.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use load::ceiling::{Ceiling, CeilingError, self_check};
use load::responder::{RESPONDER_ROLE, ResponderOptions};
use load::{Counts, Order, ROLE, Report, report_of};

fn role(name: &str, input: &str) -> Child {
    let mut process = Command::new(env!("CARGO_BIN_EXE_evenhand-load"))
        .arg(name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(process.stdin.as_mut().unwrap(), "{input}").unwrap();
    process
}

fn driven(order: &Order) -> Report {
    let mut process = role(ROLE, &serde_json::to_string(order).unwrap());
    drop(process.stdin.take());
    let output = process.wait_with_output().unwrap();
    report_of(&String::from_utf8(output.stdout).unwrap()).unwrap()
}

fn checked() -> (Report, Report) {
    let options = serde_json::to_string(&ResponderOptions::default()).unwrap();
    let mut responder = role(RESPONDER_ROLE, &options);
    let mut port = String::new();
    BufReader::new(responder.stdout.take().unwrap()).read_line(&mut port).unwrap();
    let address = format!("127.0.0.1:{}", port.trim()).parse().unwrap();
    let check = self_check(address, None, 7);
    let reports = (driven(&check.flood), driven(&check.calm));
    drop(responder.stdin.take());
    responder.wait().unwrap();
    reports
}

#[test]
fn a_self_check_finds_what_this_machine_can_do() {
    let (flood, calm) = checked();
    let ceiling = Ceiling::of(&flood, &calm).unwrap();
    println!("{ceiling:?}");
    assert!(flood.asked_rate > 1.2 * ceiling.requests_per_second, "the flood was none");
    assert!(ceiling.requests_per_second > 500.0);
    assert!(ceiling.lag_floor_p50 <= ceiling.lag_floor_p99);
    assert!(calm.counts.right > 0, "{:?}", calm.errors);

    let nothing = Report { counts: Counts::default(), ..flood.clone() };
    assert_eq!(Ceiling::of(&nothing, &calm), Err(CeilingError::NoAnswer));
    assert_eq!(Ceiling::of(&flood, &nothing), Err(CeilingError::NoLag));
}

#[test]
fn no_rate_past_seventy_percent_and_no_latency_below_the_floor() {
    let ceiling =
        Ceiling { requests_per_second: 50_000.0, lag_floor_p50: 0.08, lag_floor_p99: 0.3 };
    assert!(ceiling.check(35_000.0).is_ok());
    let refused = ceiling.check(35_001.0).unwrap_err().to_string();
    assert!(refused.contains("35001") && refused.contains("35000 or less"), "{refused}");
    for (quantile, milliseconds, above) in [
        (0.5, 0.09, true),
        (0.5, 0.08, false),
        (0.99, 0.31, true),
        (0.99, 0.2, false),
        (0.9, 0.2, false),
    ] {
        assert_eq!(ceiling.is_above_floor(quantile, milliseconds), above, "{quantile}");
    }
}
