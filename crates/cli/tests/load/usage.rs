//! What cannot be done is refused before anything is asked, with a way out.

use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::{Scene, Server};

#[test]
fn what_makes_no_sense_is_refused_with_a_way_out() {
    let scene = Scene::new();
    let here = "http://127.0.0.1:9/";
    let cases: &[(&[&str], &str)] = &[
        #[cfg(not(feature = "tls"))]
        (&["https://127.0.0.1/"], "feature `tls`"),
        #[cfg(not(feature = "tls"))]
        (&[here, "--http2"], "feature `tls`"),
        (&[here, "--roots", "roots.pem"], "https:// servers"),
        (&["127.0.0.1:80"], "write http://127.0.0.1:80"),
        (&["ftp://h/"], "not spoken here"),
        (&["http://user:word@h/"], "--headers-file"),
        (&["redis://127.0.0.1:9"], "--command"),
        (&["redis://127.0.0.1:9", "--command", "GET {n}"], "--numbers"),
        (&["redis://127.0.0.1:9", "--command", "PING", "--body", "x"], "--body says nothing"),
        (&[here, "--command", "PING"], "redis:// servers"),
        (&[here, "--numbers", "5"], "write {n}"),
        (&["http://127.0.0.1:9/{n}"], "--numbers 1000"),
        (&[here, "--header", "no-colon"], "no colon"),
        (&[here, "--header", "Content-Length: 5"], "says this itself"),
        (&[here, "--method", "GE T"], "no method"),
        (&[here, "--schedule", "ramp:1:2", "--rate", "5"], "leave --rate away"),
        (&[here, "--schedule", "soon"], "ramp:FROM:TO"),
        (&[here, "--rate", "0"], "no number of requests"),
        (&[here, "--slo", "p99<20ms"], "--find-capacity"),
        (&[here, "--find-capacity"], "--slo"),
        (&[here, "--find-capacity", "--slo", "p99<fast"], "p99<20ms"),
        (&[here, "--find-capacity", "--slo", "p99<9ms", "--schedule", "step:1,2"], "sets its own"),
        (&[here, "--pid", "999999999"], "no such process"),
        (&[here, "--golden", "not-there"], "--golden not-there"),
        (&[here, "--output", "x.pdf"], ".html"),
        (&[here, "--timeout", "5m"], "timeout"),
        (&[here, "--connections", "0"], "connections"),
        (&["http://no-such-host.invalid/"], "no-such-host.invalid"),
    ];
    for (args, way_out) in cases {
        let ran = scene.run(&[&["load", "--no-self-check"], *args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(way_out), "{args:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{args:?}");
    }
}

#[test]
fn ctrl_c_ends_at_once_with_what_is_known_and_says_so() {
    let scene = Scene::new();
    let server = Server::hello();
    let url = server.url("/");
    let args = ["load", &url, "--rate", "200", "--for", "60s", "--warm-up", "0", "--no-self-check"];
    let child = scene.evenhand(&args).spawn().unwrap();
    thread::sleep(Duration::from_millis(3500));
    kill_process(Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap(), Signal::INT).unwrap();
    let asked = std::time::Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
    assert_eq!(output.status.code(), Some(130));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("stopped before its end"), "{text}");
    assert!(text.contains("right answers"), "{text}");
}

#[test]
fn values_of_headers_stay_out_of_results() {
    let scene = Scene::new();
    let server = Server::hello();
    scene.write("headers", "# who asks\n\nX-Name: s3cret\n");
    let more = [
        "-H",
        "Authorization: s3cret",
        "--headers-file",
        "headers",
        "--output=r.html",
        "--output=r.md",
    ];
    let ran = scene.load(&server.url("/"), &more);
    ran.measured();
    for file in ["r.html", "r.md"] {
        let text = std::fs::read_to_string(scene.path(file)).unwrap();
        assert!(text.contains("Authorization: …") && !text.contains("s3cret"), "{file}");
    }
    assert!(!ran.stdout.contains("s3cret"));
}
