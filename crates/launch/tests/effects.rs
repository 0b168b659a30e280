//! Side effects are counted for what they are, whoever of the tree has them, or said to be unseen.
#![expect(clippy::unwrap_used, reason = "the functions beside the tests are tests too")]
#![expect(clippy::print_stderr, reason = "a test that cannot be made here says so")]

use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use launch::probe::{EffectsProbe, Seen, effects};
use launch::tool::{self, Tool};
use launch::{Bytes, Ended, LaunchError, Launcher, Outcome, Refusal, Trial};

const LAUNCHER: &str = env!("CARGO_BIN_EXE_evenhand-launcher");
const FAKE: &str = env!("CARGO_BIN_EXE_fake-subject");

fn fake(args: &[&str]) -> Trial {
    Trial::of(FAKE).with_args(args)
}

fn probe(trial: &Trial) -> EffectsProbe {
    effects(&Launcher::at(LAUNCHER), trial).unwrap()
}

/// Of a subject that ends well.
fn of(args: &[&str]) -> EffectsProbe {
    let probe = probe(&fake(args));
    assert_eq!(probe.outcome.ended, Ended::Exited(0), "{}", probe.outcome.stderr_tail());
    probe
}

fn counted<const N: usize>(count: u64, first: [&str; N]) -> Seen {
    Seen::Counted { count, first: first.map(str::to_owned).to_vec() }
}

fn stdout(outcome: &Outcome) -> String {
    String::from_utf8(outcome.stdout.read(Bytes::mib(1)).unwrap()).unwrap()
}

fn is_unseen(seen: &Seen, why: &str) -> bool {
    matches!(seen, Seen::Unseen { reason } if reason.contains(why))
}

/// A program of the system, if it is there.
fn of_system(program: &str, args: &[&str]) -> Option<EffectsProbe> {
    match effects(&Launcher::at(LAUNCHER), &Trial::of(program).with_args(args)) {
        Err(LaunchError::Refused(Refusal::ProgramNotFound { .. })) => {
            eprintln!("skipped: no {program} here");
            None
        }
        other => Some(other.unwrap()),
    }
}

#[test]
fn a_program_that_does_nothing_has_no_effects() {
    let reading = of(&["exit", "0"]).reading;
    let none = counted(0, []);
    let all = [
        reading.bytes_written,
        reading.bytes_sent,
        reading.syncs,
        reading.files_created,
        reading.connections,
        reading.processes,
    ];
    assert_eq!(all, std::array::from_fn(|_| none.clone()));
}

#[test]
fn a_program_that_skips_fsync_is_told_from_one_that_does_not() {
    let careful = of(&["write-and-sync", "log", "2500"]).reading;
    let careless = of(&["write", "log", "2500"]).reading;
    assert_eq!(careful.syncs, counted(1, ["log"]));
    assert_eq!(careless.syncs, counted(0, []));
    assert_eq!(careful.bytes_written, counted(2500, ["log"]));
    assert_eq!(careful.bytes_written, careless.bytes_written);
    assert_eq!(careful.files_created, careless.files_created);
}

#[test]
fn every_write_to_a_file_opened_to_write_through_is_a_sync() {
    let reading = of(&["write-through", "log", "7"]).reading;
    assert_eq!(reading.bytes_written, counted(70, ["log"]));
    assert_eq!(reading.syncs, counted(7, ["log"]));
}

#[test]
fn bytes_count_by_whichever_call_they_are_written() {
    let scattered = of(&["write-scattered", "file"]).reading;
    assert_eq!(scattered.bytes_written, counted(50, ["file"]));
    assert_eq!(scattered.syncs, counted(1, ["file"]));
    let copies = of(&["write-copies", "file"]).reading;
    assert_eq!(copies.bytes_written, counted(4000, ["file", "file.copy"]));
}

#[test]
fn captured_output_memory_pipes_and_devices_are_no_files() {
    let probe = of(&["write-no-file", "3000"]);
    assert_eq!(probe.outcome.stdout.bytes, Bytes(9000));
    assert_eq!(probe.outcome.stderr.bytes, Bytes(3000));
    assert_eq!(probe.reading.bytes_written, counted(0, []));
    assert_eq!(probe.reading.bytes_sent, counted(0, []));
    assert_eq!(probe.reading.files_created, counted(0, []));
}

#[test]
fn a_sync_of_captured_output_is_one_still() {
    assert_eq!(of(&["sync-stdout"]).reading.syncs, counted(1, ["stdout"]));
}

#[test]
fn files_are_made_once_by_whatever_name() {
    let made = of(&["make"]).reading.files_created;
    assert_eq!(made, counted(6, ["one", "folder", "folder/two", "linked", "pointing"]));
    let again = Trial { directory: Some("/".into()), ..fake(&["write", "/dev/shm", "1"]) };
    assert_eq!(probe(&again).reading.files_created, counted(0, []));
}

#[test]
fn a_file_below_the_temporary_folder_is_named_without_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let directory = Some(folder.path().to_owned());
    let script = "echo one > $TMPDIR/there; echo two > here";
    let trial = Trial { directory, ..Trial::of("/bin/sh").with_args(["-c", script]) };
    assert_eq!(probe(&trial).reading.files_created, counted(2, ["$TMPDIR/there", "here"]));
}

#[test]
fn effects_of_threads_are_counted() {
    let reading = of(&["write-by-threads", "40", "2500"]).reading;
    assert_eq!(reading.bytes_written.count(), Some(100_000));
    assert_eq!(reading.syncs.count(), Some(40));
    assert_eq!(reading.files_created.count(), Some(40));
    assert_eq!(reading.processes, counted(0, []));
}

#[test]
fn effects_of_children_are_counted_and_so_are_they() {
    let reading = of(&["run", "write-and-sync", "file", "5000"]).reading;
    assert_eq!(reading.bytes_written, counted(5000, ["file"]));
    assert_eq!(reading.syncs.count(), Some(1));
    assert_eq!(reading.processes, counted(1, [FAKE]));
    let daemon = fake(&["double-fork", "write", "file", "5000"]);
    let patient = Trial { grace: Duration::from_secs(20), ..daemon };
    let reading = probe(&patient).reading;
    assert_eq!(reading.bytes_written, counted(5000, ["file"]));
    assert_eq!(reading.processes, counted(2, [FAKE]));
}

#[test]
fn children_of_a_shell_are_counted_exec_or_none() {
    // A subshell that executes nothing, and two programs.
    let script = "(echo a > a; echo b); /bin/echo c > c; /bin/true";
    let reading = of_system("/bin/sh", &["-c", script]).unwrap().reading;
    assert_eq!(reading.bytes_written, counted(4, ["a", "c"]));
    let Seen::Counted { count, first } = reading.processes else { panic!() };
    assert!((2..=3).contains(&count), "{first:?}");
    assert!(first[0].starts_with("a copy of /"), "{first:?}");
    // Some systems have one program of many names.
    let echo = ["echo", "coreutils", "busybox"].iter().any(|name| first[1].ends_with(name));
    assert!(echo, "{first:?}");
}

/// Many threads, signals to preempt them, and a first child that only tries out the kernel.
const OF_MANY_THREADS: &str = r#"package main

import ("fmt"; "net"; "os"; "os/exec"; "sync")

func one(n int, address string) {
	connection, _ := net.Dial("tcp", address)
	connection.Write(make([]byte, 10))
	connection.Close()
	file, _ := os.Create(fmt.Sprint("file-", n))
	for spin := 0; spin < 20_000_000; spin++ { n ^= spin }
	file.Write(make([]byte, 1000))
	file.Sync()
}

func main() {
	listener, _ := net.Listen("tcp", "127.0.0.1:0")
	var all sync.WaitGroup
	for n := range 20 { all.Go(func() { one(n, listener.Addr().String()) }) }
	all.Wait()
	if exec.Command("/bin/sh", "-c", "exit 0").Run() != nil { os.Exit(1) }
}
"#;

#[test]
fn a_program_of_many_threads_that_are_preempted_by_signals_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.go"), OF_MANY_THREADS).unwrap();
    let build = ["build", "-o", "program", "main.go"];
    let build = Tool::of("go", folder.path()).with_args(build);
    match tool::run(&Launcher::at(LAUNCHER), &build) {
        Ok(built) if built.ended.is_success() => {}
        other => return eprintln!("skipped: not built: {other:?}"),
    }
    let probe = probe(&Trial::of(folder.path().join("program")));
    assert_eq!(probe.outcome.ended, Ended::Exited(0), "{}", probe.outcome.stderr_tail());
    let reading = probe.reading;
    assert_eq!(reading.bytes_written.count(), Some(20_000));
    assert_eq!(reading.syncs.count(), Some(20));
    assert_eq!(reading.files_created.count(), Some(20));
    assert_eq!(reading.bytes_sent.count(), Some(200));
    assert_eq!(reading.connections.count(), Some(20));
    assert_eq!(reading.processes.count(), Some(1));
}

#[test]
fn bytes_sent_and_connections_are_counted_with_their_address() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let received = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        listener.accept().unwrap().0.read_to_end(&mut bytes).unwrap();
        bytes.len()
    });
    let reading = of(&["send", &address.port().to_string(), "1234"]).reading;
    assert_eq!(received.join().unwrap(), 1234);
    // The datagram is sent, too, but not connected.
    assert_eq!(reading.connections, counted(1, [&address.to_string()]));
    assert_eq!(reading.bytes_sent, counted(2468, [&address.to_string()]));
    assert_eq!(reading.bytes_written, counted(0, []));
}

#[test]
fn a_connection_nobody_answers_has_been_begun() {
    let unused = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let probe = probe(&fake(&["send", &unused.port().to_string(), "1"]));
    assert_eq!(probe.outcome.ended, Ended::Exited(1));
    assert_eq!(probe.reading.connections, counted(1, [&unused.to_string()]));
}

#[test]
fn a_socket_with_a_path_is_a_file_and_a_connection() {
    let reading = of(&["send-local", "77"]).reading;
    assert_eq!(reading.files_created, counted(1, ["socket"]));
    assert_eq!(reading.connections, counted(1, ["socket"]));
    assert_eq!(reading.bytes_sent, counted(77, ["socket"]));
}

#[test]
fn a_killed_subject_still_gives_what_was_seen() {
    let died = probe(&fake(&["write-and-die", "file", "5000"]));
    assert_eq!(died.outcome.ended, Ended::Signalled(9));
    assert_eq!(died.reading.bytes_written, counted(5000, ["file"]));
    assert_eq!(died.reading.syncs, counted(1, ["file"]));
    let hanging = fake(&["write-and-hang", "file", "5000"]);
    let late = probe(&Trial { deadline: Duration::from_secs(2), ..hanging });
    assert_eq!(late.outcome.ended, Ended::TimedOut);
    assert_eq!(late.reading.bytes_written, counted(5000, ["file"]));
}

#[test]
fn a_subject_whose_effects_are_looked_at_is_contained_and_metered_as_others_are() {
    assert_eq!(probe(&fake(&["exit", "9"])).outcome.ended, Ended::Exited(9));
    assert_eq!(probe(&fake(&["abort"])).outcome.ended, Ended::Signalled(6));
    assert_eq!(probe(&fake(&["double-fork"])).outcome.leftovers.killed, 1);
    let loud = Trial { output_cap: Bytes::mib(1), ..fake(&["print", "100000000000"]) };
    assert_eq!(probe(&loud).outcome.ended, Ended::OutputTooLarge);
    let error = effects(&Launcher::at(LAUNCHER), &Trial::of("/nowhere/at-all")).unwrap_err();
    assert!(matches!(error, LaunchError::Refused(Refusal::ProgramNotFound { .. })), "{error}");
}

#[test]
fn what_needs_no_system_call_is_unseen() {
    let map = "import mmap; f = open('file', 'w+b'); f.truncate(10); f.flush()\n\
               m = mmap.mmap(f.fileno(), 10); m[0:2] = b'xx'";
    let Some(mapped) = of_system("python3", &["-c", map]) else { return };
    assert!(is_unseen(&mapped.reading.bytes_written, "maps a file"), "{:?}", mapped.reading);
    assert_eq!(mapped.reading.files_created, counted(1, ["file"]));
    let read = map.replace("10); m[0:2] = b'xx'", "10, prot=mmap.PROT_READ)");
    let read = of_system("python3", &["-c", &read]).unwrap();
    assert_eq!(read.reading.bytes_written, counted(0, []));
    let ring = "import ctypes, os\n\
                fd = ctypes.CDLL(None).syscall(425, 4, ctypes.create_string_buffer(120))\n\
                print(fd >= 0); os.fork()";
    let ring = of_system("python3", &["-c", ring]).unwrap();
    if stdout(&ring.outcome).starts_with("True") {
        for seen in [&ring.reading.syncs, &ring.reading.bytes_sent, &ring.reading.connections] {
            assert!(is_unseen(seen, "io_uring"), "{:?}", ring.reading);
        }
        assert_eq!(ring.reading.processes.count(), Some(1));
    }
}

#[test]
fn memory_made_writable_later_counts_as_mapped_so() {
    let script = "import mmap, ctypes; f = open('file', 'w+b'); f.truncate(4096); f.flush()\n\
                  c = ctypes.CDLL(None); c.mmap.restype = ctypes.c_void_p\n\
                  p = c.mmap(None, 4096, 1, 1, f.fileno(), ctypes.c_long(0))\n\
                  assert c.mprotect(ctypes.c_void_p(p), 4096, 3) == 0\n\
                  ctypes.memset(p, 1, 1)";
    let Some(probe) = of_system("python3", &["-c", script]) else { return };
    assert_eq!(probe.outcome.ended, Ended::Exited(0), "{}", probe.outcome.stderr_tail());
    assert!(is_unseen(&probe.reading.bytes_written, "maps a file"), "{:?}", probe.reading);
}

#[test]
fn where_tracing_is_not_permitted_everything_is_unseen_and_the_subject_runs() {
    // A traced process cannot be traced by another.
    let nested = of(&["effects", LAUNCHER, "write", "file", "10"]);
    let told = stdout(&nested.outcome);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "exit code 0");
    assert!(lines[1].starts_with("cannot be traced: "), "{told}");
    assert!(lines[2].starts_with("cannot be traced: "), "{told}");
    assert!(nested.reading.bytes_written.count().unwrap() >= 10);
}

#[test]
fn another_user_than_root_sees_as_much() {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let copied = |from: &str, name: &str| {
        let path = folder.path().join(name);
        std::fs::copy(from, &path).unwrap();
        path.display().to_string()
    };
    let (launcher, fake) = (copied(LAUNCHER, "launcher"), copied(FAKE, "fake"));
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let command = [&fake, "effects", &launcher, "write", "file", "1234"];
    let trial = Trial::of("setpriv").with_args(user.into_iter().chain(command));
    let trial = Trial { directory: Some(folder.path().to_owned()), ..trial };
    match Launcher::at(LAUNCHER).run(&trial) {
        Ok(outcome) if outcome.ended == Ended::Exited(0) => {
            assert_eq!(stdout(&outcome), "exit code 0\n1234\n1\n");
        }
        Ok(outcome) => eprintln!("skipped: setpriv: {}", outcome.stderr_tail()),
        Err(error) => eprintln!("skipped: {error}"),
    }
    assert!(Path::new(&fake).exists());
}
