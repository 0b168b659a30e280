//! Whatever a subject does, nothing of it is left when its trial is over.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]

use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use launch::{Bytes, Ended, Launcher, Outcome, Trial};

fn launcher() -> Launcher {
    Launcher::at(env!("CARGO_BIN_EXE_evenhand-launcher"))
}

fn fake(args: &[&str]) -> Trial {
    Trial::of(env!("CARGO_BIN_EXE_fake-subject")).with_args(args)
}

fn stdout(outcome: &Outcome) -> String {
    String::from_utf8(outcome.stdout.read(Bytes::mib(1)).unwrap()).unwrap()
}

fn numbers(outcome: &Outcome) -> Vec<u32> {
    stdout(outcome).split_whitespace().map(|word| word.parse().unwrap()).collect()
}

fn is_there(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
}

#[test]
fn a_subject_that_hangs_is_ended_at_its_deadline() {
    let trial = Trial { deadline: Duration::from_millis(200), ..fake(&["hang"]) };
    let outcome = launcher().run(&trial).unwrap();
    assert_eq!(outcome.ended, Ended::TimedOut);
    assert!(outcome.wall >= Duration::from_millis(200));
}

#[test]
fn a_subject_deaf_to_sigterm_is_killed_after_the_grace() {
    let trial = Trial {
        deadline: Duration::from_millis(300),
        grace: Duration::from_millis(200),
        ..fake(&["ignore-term"])
    };
    let started = Instant::now();
    let outcome = launcher().run(&trial).unwrap();
    assert!(started.elapsed() >= Duration::from_millis(500));
    assert_eq!(outcome.ended, Ended::TimedOut);
    assert!(!is_there(numbers(&outcome)[0]));
}

#[test]
fn a_child_in_a_session_of_its_own_is_found_and_killed() {
    let outcome = launcher().run(&fake(&["setsid-child"])).unwrap();
    assert_eq!(outcome.ended, Ended::Exited(0));
    assert_eq!(outcome.leftovers.killed, 1);
    assert!(!is_there(numbers(&outcome)[0]));
}

#[test]
fn a_daemon_is_found_and_killed() {
    let outcome = launcher().run(&fake(&["double-fork"])).unwrap();
    assert_eq!(outcome.ended, Ended::Exited(0));
    assert_eq!(outcome.leftovers.killed, 1);
    assert!(!is_there(numbers(&outcome)[0]));
}

#[test]
fn a_listener_left_behind_is_named_and_closed() {
    let outcome = launcher().run(&fake(&["leave-listener"])).unwrap();
    let [pid, port] = numbers(&outcome)[..] else { panic!("{}", stdout(&outcome)) };
    let ports: Vec<u32> = outcome.leftovers.listeners.iter().map(|l| l.port.into()).collect();
    assert_eq!(ports, [port]);
    assert!(!is_there(pid));
    let port = u16::try_from(port).unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
}

#[test]
fn a_tree_of_hanging_processes_goes_at_the_deadline() {
    let trial = Trial { deadline: Duration::from_millis(1500), ..fake(&["fork-tree", "6"]) };
    let outcome = launcher().run(&trial).unwrap();
    assert_eq!(outcome.ended, Ended::TimedOut);
    let pids = numbers(&outcome);
    assert_eq!(pids.len(), 6);
    assert_eq!(outcome.leftovers.killed, 5);
    assert!(!pids.into_iter().any(is_there));
}

#[test]
fn a_gigabyte_of_output_is_cut_off() {
    let trial = Trial { output_cap: Bytes::mib(8), ..fake(&["print", "100000000000"]) };
    let outcome = launcher().run(&trial).unwrap();
    assert_eq!(outcome.ended, Ended::OutputTooLarge);
    assert!(outcome.stdout.bytes > Bytes::mib(8));
    assert!(outcome.stdout.bytes < Bytes::mib(2048), "{}", outcome.stdout.bytes);
}

#[test]
fn output_over_the_cap_is_noticed_even_of_a_subject_that_is_quick() {
    let trial = Trial { output_cap: Bytes(999), ..fake(&["print", "1000"]) };
    assert_eq!(launcher().run(&trial).unwrap().ended, Ended::OutputTooLarge);
    let trial = Trial { output_cap: Bytes(1000), ..fake(&["print", "1000"]) };
    assert_eq!(launcher().run(&trial).unwrap().ended, Ended::Exited(0));
}

#[test]
fn an_orderly_subject_leaves_nothing_to_kill() {
    let outcome = launcher().run(&fake(&["run", "exit", "0"])).unwrap();
    assert_eq!(outcome.leftovers, launch::Leftovers::default());
}

#[test]
fn a_service_answers_until_it_is_stopped() {
    let trial = Trial { grace: Duration::from_secs(5), ..fake(&["serve"]) };
    let running = launcher().start(&trial).unwrap();
    let pid = u32::try_from(running.pid().unwrap()).unwrap();
    let port = port_of(&running);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    let outcome = running.stop().unwrap();
    assert_eq!(outcome.ended, Ended::Signalled(15));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    assert!(!is_there(pid));
}

#[test]
fn a_running_service_shows_what_it_uses() {
    let running = launcher().start(&fake(&["spin-and-serve", "300", "50"])).unwrap();
    port_of(&running);
    let snapshot = running.snapshot().unwrap();
    assert!(snapshot.cpu >= Duration::from_millis(280), "{snapshot:?}");
    assert!(snapshot.resident > Bytes::mib(50), "{snapshot:?}");
    assert!(snapshot.peak_resident >= snapshot.resident, "{snapshot:?}");
    assert_eq!((snapshot.processes, snapshot.threads), (1, 1));
    running.stop().unwrap();
}

#[test]
fn a_stopped_subject_is_killed_at_its_deadline_too() {
    let trial = Trial {
        deadline: Duration::from_millis(300),
        grace: Duration::from_secs(5),
        ..Trial::of("sh").with_args(["-c", "kill -STOP $$"])
    };
    let started = Instant::now();
    assert_eq!(launcher().run(&trial).unwrap().ended, Ended::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(5), "SIGTERM has to wake it");
}

#[test]
fn a_subject_that_kills_its_own_group_kills_only_itself() {
    let trial = Trial::of("sh").with_args(["-c", "kill -KILL 0"]);
    assert_eq!(launcher().run(&trial).unwrap().ended, Ended::Signalled(9));
}

#[test]
fn a_service_that_is_dropped_is_ended() {
    let running = launcher().start(&fake(&["serve"])).unwrap();
    let pid = u32::try_from(running.pid().unwrap()).unwrap();
    port_of(&running);
    drop(running);
    assert!(!is_there(pid));
}

fn port_of(running: &launch::Running) -> u16 {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some((port, _)) = running.stdout_so_far().split_once('\n') {
            return port.parse().unwrap();
        }
        assert!(Instant::now() < until, "the service does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
}
