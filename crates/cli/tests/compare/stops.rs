//! Stopped and gone on with.

use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::Scene;
use crate::scene::beside_others;

const LONG: [&str; 10] = [
    "compare",
    "./a",
    "./b",
    "--no-effects",
    "--margin",
    "cpu=0",
    "--pairs",
    "40",
    "--budget",
    "60s",
];

fn lengthy() -> Scene {
    Scene::with("@subject@ spin 20; echo x", "@subject@ spin 20; echo x")
}

fn stopped(scene: &Scene, signal: Signal) -> i32 {
    let _beside = beside_others();
    let mut child = scene.evenhand(&LONG).spawn().unwrap();
    let store = scene.path("home/.local/share/evenhand/evenhand.sqlite");
    for _ in 0..600 {
        thread::sleep(Duration::from_millis(50));
        if trials(&store) > 6 {
            break;
        }
    }
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
    child.wait().unwrap().code().unwrap_or(-9)
}

fn trials(store: &std::path::Path) -> i64 {
    let Ok(database) = rusqlite::Connection::open(store) else { return 0 };
    database.query_row("SELECT count(*) FROM trial", [], |row| row.get(0)).unwrap_or(0)
}

#[test]
fn ctrl_c_tells_what_is_known_and_the_same_command_goes_on() {
    let scene = lengthy();
    assert_eq!(stopped(&scene, Signal::INT), 130);
    let again = scene.run(&LONG);
    assert_eq!(again.code, 0, "{}{}", again.stdout, again.stderr);
    assert!(again.stderr.contains("going on with run"), "{}", again.stderr);
}

#[test]
fn a_kill_loses_at_most_the_trial_in_flight() {
    let scene = lengthy();
    stopped(&scene, Signal::KILL);
    let store = scene.path("home/.local/share/evenhand/evenhand.sqlite");
    let kept = trials(&store);
    assert!(kept > 6);
    let again = scene.run(&LONG);
    assert!(again.stderr.contains(&format!("{kept} trials are stored")), "{}", again.stderr);
    assert_eq!(again.code, 0, "{}{}", again.stdout, again.stderr);
}
