//! A report's log holds its histograms, readable by whoever reads HdrHistogram logs.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::Deserializer;
use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};
use load::ceiling::self_check;
use load::log::{LogError, interval_log};
use load::responder::{Responder, ResponderOptions};
use load::{Order, Report, Schedule, Window};

/// What a real drive comes to.
fn driven() -> Report {
    let (stopped, stop) = std::io::pipe().unwrap();
    let responder = Responder::bind(&ResponderOptions::default()).unwrap();
    let address = responder.address();
    let serving = std::thread::spawn(move || responder.serve_until(stopped).unwrap());
    let window =
        Window { warm_up: Duration::from_millis(50), measured: Duration::from_millis(400) };
    let schedule = Schedule::Constant { rate: 500.0 };
    let order = Order { window, schedule, ..self_check(address, None, 1).calm };
    let report = load::drive(&order, &mut |_| true).unwrap();
    drop(stop);
    serving.join().unwrap();
    report
}

fn read(encoded: &str) -> Histogram<u64> {
    let bytes = STANDARD.decode(encoded).unwrap();
    Deserializer::new().deserialize(&mut bytes.as_slice()).unwrap()
}

#[test]
fn what_is_written_is_read_again() {
    let report = driven();
    let begun = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_250);
    let log = interval_log(&report, begun).unwrap();
    let mut entries = IntervalLogIterator::new(&log).map(|entry| entry.unwrap());
    let start = Duration::from_millis(1_700_000_000_250);
    assert_eq!(entries.next(), Some(LogEntry::StartTime(start)));
    assert_eq!(entries.next(), Some(LogEntry::BaseTime(start)));
    let quantiles = [("response", report.response), ("service", report.service)];
    for ((tag, figures), entry) in quantiles.into_iter().zip(entries.by_ref()) {
        let LogEntry::Interval(interval) = entry else { panic!("{entry:?} is no interval") };
        assert_eq!(interval.tag().map(|tag| tag.as_str().to_owned()).as_deref(), Some(tag));
        assert_eq!(interval.start_timestamp(), Duration::ZERO);
        assert_eq!(interval.duration(), Duration::from_millis(400));
        assert!((interval.max() - figures.max_ms).abs() <= 0.001 + figures.max_ms * 0.001);
        let histogram = read(interval.encoded_histogram());
        // Who was never sent has waited all the same.
        let unsent = if tag == "response" { report.errors.unsent } else { 0 };
        let counts = report.counts;
        assert_eq!(histogram.len(), counts.right + counts.censored + unsent);
        assert_eq!(histogram.value_at_quantile(0.99) as f64 / 1_000.0, figures.p99_ms);
    }
    assert_eq!(entries.next(), None);
}

#[test]
fn the_log_begins_as_hdrhistograms_own_tools_begin_it() {
    let log = interval_log(&driven(), SystemTime::UNIX_EPOCH).unwrap();
    let log = String::from_utf8(log).unwrap();
    let comments: Vec<_> = log.lines().take_while(|line| line.starts_with('#')).collect();
    assert!(comments.contains(&"#[StartTime: 0.000 (seconds since epoch)]"), "{log}");
    let lines: Vec<_> =
        log.lines().skip(comments.len()).filter(|line| !line.starts_with('#')).collect();
    assert!(lines[0].starts_with("Tag=response,0.000,0.400,"), "{log}");
    assert!(lines[1].starts_with("Tag=service,0.000,0.400,"), "{log}");
}

#[test]
fn a_report_whose_histogram_is_damaged_has_no_log() {
    let report = Report { service_histogram: "damaged".to_owned(), ..driven() };
    let log = interval_log(&report, SystemTime::UNIX_EPOCH);
    assert_eq!(log, Err(LogError::Unreadable("service")));
}
