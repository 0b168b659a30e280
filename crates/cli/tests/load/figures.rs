//! What is measured: of servers whose truth is known.

use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};
use serde_json::Value;

use crate::scene::options;
use crate::{Scene, Server};

fn number(json: &Value, path: &str) -> f64 {
    json.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no {path} in {json}"))
}

#[test]
fn json_has_the_shape_that_was_promised() {
    let server = Server::hello();
    let json = Scene::new().load(&server.url("/"), &["--pid", &server.pid()]).measured();
    let schema = include_str!("../../../../docs/schema/load.json");
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let keys: Vec<&String> = json.as_object().unwrap().keys().take(10).collect();
    assert_eq!(
        keys,
        [
            "schema",
            "asked_rate",
            "achieved_rate",
            "response",
            "service",
            "lag",
            "errors",
            "valid",
            "invalid_because",
            "capacity"
        ]
    );
    assert_eq!((&json["schema"], &json["capacity"]), (&1.into(), &Value::Null));
    assert!(number(&json, "/server/cpu_us_per_request") > 0.0);
    assert!(number(&json, "/server/peak_memory") > 100_000.0);
    let quantiles =
        ["p50_ms", "p99_ms", "max_ms"].map(|q| number(&json, &format!("/response/{q}")));
    assert!(quantiles.is_sorted() && quantiles[0] > 0.0, "{quantiles:?}");
}

#[test]
fn a_server_that_stops_is_seen_as_its_users_see_it() {
    let server = Server::stalling(100);
    let more = ["--rate", "1000", "--for", "4s", "--connections", "4", "--schedule", "constant"];
    let json = Scene::new().load(&server.url("/"), &more).measured();
    let (p95, p99) = (number(&json, "/response/p95_ms"), number(&json, "/response/p99_ms"));
    assert!(p95 > 25.0 && p99 > 60.0, "{p95} {p99}: {json}");
    let (response, service) =
        (number(&json, "/response/mean_ms"), number(&json, "/service/mean_ms"));
    assert!(response > 1.5 * service, "four connections hide the stop from the send on: {json}");
    assert!(number(&json, "/counts/waited_for_socket") > 100.0);
    let text = Scene::new().run(&[
        "load",
        &server.url("/"),
        "--rate",
        "1000",
        "--for",
        "2s",
        "--warm-up",
        "0",
        "--connections",
        "4",
        "--no-self-check",
        "--schedule",
        "constant",
    ]);
    assert!(text.stdout.contains("waited for a connection"), "{}", text.stdout);
}

#[test]
fn the_highest_rate_within_a_bound_is_found() {
    // Two connections and 10 ms an answer: 200 requests a second, whatever the machine does.
    let server = Server::responder(&options("hello", 10, 0));
    let more = [
        "--find-capacity",
        "--slo",
        "p90<100ms",
        "--connections",
        "2",
        "--rate",
        "60",
        "--for",
        "500ms",
        "--schedule",
        "constant",
    ];
    let ran = Scene::new().load(&server.url("/"), &more);
    let json = ran.measured();
    let pass = number(&json, "/capacity/highest_pass");
    assert!((20.0..230.0).contains(&pass), "{pass}: {}", json["steps"]);
    // None if the generator itself was what failed.
    let fail = json["capacity"]["lowest_fail"].as_f64();
    assert!(fail.is_none_or(|fail| fail > pass), "{pass} {fail:?}");
    assert_eq!(json["capacity"]["slo"], "p90<100ms");
    let steps = json["steps"].as_array().unwrap();
    assert!(steps.len() >= 6 && steps.iter().any(|step| step["passed"] == false), "{steps:?}");
}

#[test]
fn every_form_is_written_by_the_ending_of_its_file() {
    let scene = Scene::new();
    let server = Server::hello();
    let files = [
        "--output=r.html",
        "--output=r.json",
        "--output=r.md",
        "--output=r.txt",
        "--hdr-log=r.hdr",
    ];
    let ran = scene.load(&server.url("/"), &files);
    ran.measured();
    for (file, begins) in [("r.html", "<!"), ("r.json", "{"), ("r.md", "##"), ("r.txt", "evenhand")]
    {
        let text = std::fs::read_to_string(scene.path(file)).unwrap();
        assert!(text.len() > 100 && text.trim_start().starts_with(begins), "{file}: {text}");
    }
    let log = std::fs::read(scene.path("r.hdr")).unwrap();
    let tags: Vec<String> = IntervalLogIterator::new(&log)
        .filter_map(|entry| match entry {
            Ok(LogEntry::Interval(interval)) => interval.tag().map(|tag| tag.as_str().to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(tags, ["response", "service"]);
}

#[test]
fn the_generator_is_looked_at_first() {
    let server = Server::hello();
    let json = Scene::new().load(&server.url("/"), &["--self-check"]).measured();
    assert!(number(&json, "/self_check/ceiling") > 1000.0, "{json}");
    let unlooked = Scene::new().load(&server.url("/"), &[]).measured();
    assert_eq!(unlooked["self_check"], Value::Null);
}

#[test]
fn more_than_the_generator_can_do_is_invalid_and_says_so_first() {
    let server = Server::hello();
    let args = ["load", &server.url("/"), "--rate", "2000000", "--for", "300ms", "--warm-up", "0"];
    let ran = Scene::new().run(&args);
    assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
    let second = ran.stdout.lines().nth(1).unwrap_or_default();
    assert!(second.starts_with("INVALID"), "{}", ran.stdout);
}

#[test]
fn the_same_seed_asks_at_the_same_instants() {
    let server = Server::hello();
    let intended = |seed: &str| {
        let scene = Scene::new();
        let args = [
            "load",
            &server.url("/"),
            "--format=json",
            "--seed",
            seed,
            "--rate",
            "500",
            "--for",
            "1s",
            "--no-self-check",
        ];
        let json = scene.run(&args).measured();
        (json["counts"]["intended"].as_u64().unwrap(), json["asked"]["seed"].as_u64().unwrap())
    };
    let (first, again, other) = (intended("3"), intended("3"), intended("4"));
    assert_eq!(first, again);
    assert_ne!(first.0, other.0);
}
