//! A subject that does one thing on purpose, for tests of everything that runs subjects.
//!
//! `fake-subject COMMAND [ARGUMENTS]`; the commands are the arms of [`run`]. What leaves processes
//! behind prints their ids first, so that a test can look for them afterwards.
#![expect(clippy::print_stdout, reason = "printing is what a subject does")]

#[path = "fake-subject/side_effects.rs"]
mod side_effects;
#[path = "fake-subject/web.rs"]
mod web;

use std::collections::HashSet;
use std::env;
use std::fs;
use std::hint::black_box;
use std::io::{self, Read, Write};
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::time::TimeValLike;

const PAGE: usize = 4096;

fn main() -> io::Result<ExitCode> {
    let args: Vec<String> = env::args().skip(1).collect();
    let (command, rest) = args.split_first().ok_or_else(|| usage("no command"))?;
    run(command, rest)
}

fn run(command: &str, rest: &[String]) -> io::Result<ExitCode> {
    match command {
        "exit" => return Ok(ExitCode::from(number::<u8>(rest, 0)?)),
        "abort" => std::process::abort(),
        "sleep" => thread::sleep(Duration::from_millis(number(rest, 0)?)),
        "spin" => spin(Duration::from_millis(number(rest, 0)?))?,
        "allocate" => drop(allocate(number(rest, 0)?)),
        "eat-memory" => eat_memory(),
        "print" => print(number(rest, 0)?)?,
        "complain" => io::stderr().write_all("complaint\n".repeat(number(rest, 0)?).as_bytes())?,
        "cat" => drop(io::copy(&mut io::stdin(), &mut io::stdout())?),
        "hang" => hang(),
        "ignore-term" => ignore_term()?,
        "setsid" => set_session_and_hang()?,
        "setsid-child" => leave_behind(&["setsid"])?,
        "tree-of-sessions" => {
            announce(std::process::id())?;
            child(&["setsid"])?.wait()?;
        }
        "listen" => listen()?,
        "leave-listener" => leave_behind(&["listen"])?,
        "double-fork" => double_fork(rest)?,
        "run" => drop(child(rest)?.wait()?),
        "fork-tree" => fork_tree(number(rest, 0)?)?,
        "flaky" => return flaky(number(rest, 0)?, rest.get(1)),
        "threads" => threads(number(rest, 0)?)?,
        "workers" => println!("{}", thread::available_parallelism()?),
        "affinity" => affinity()?,
        "priority" => priority()?,
        "own-groups" => print!("{}", fs::read_to_string("/proc/self/cgroup")?),
        "read-env" => read_env()?,
        "write-files" => write_files(rest.first(), number(rest, 1)?, number(rest, 2)?)?,
        "serve" => serve()?,
        "web" => web::serve(rest)?,
        "spin-and-serve" => {
            spin(Duration::from_millis(number(rest, 0)?))?;
            let memory = allocate(number(rest, 1)?);
            serve()?;
            drop(memory);
        }
        "fat-parent" => fat_parent(number(rest, 0)?)?,
        "harness" => return harness(rest),
        other => return side_effects::run(other, rest),
    }
    Ok(ExitCode::SUCCESS)
}

fn usage(problem: &str) -> io::Error {
    let text = format!("{problem}; see the arms of `run` in fake-subject.rs");
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

fn number<T: std::str::FromStr>(args: &[String], at: usize) -> io::Result<T> {
    let text = args.get(at).ok_or_else(|| usage("an argument is missing"))?;
    text.parse().map_err(|_| usage(&format!("{text} is not such a number")))
}

/// Uses this much processor time, however long that takes.
fn spin(cpu: Duration) -> io::Result<()> {
    loop {
        let usage = getrusage(UsageWho::RUSAGE_SELF)?;
        let used = usage.user_time() + usage.system_time();
        if Duration::from_micros(used.num_microseconds().unsigned_abs()) >= cpu {
            return Ok(());
        }
        for n in 0..20_000_u64 {
            black_box(n);
        }
    }
}

/// Touches every page of this many MiB.
fn allocate(mib: usize) -> Vec<u8> {
    let mut memory = vec![0; mib << 20];
    for page in memory.chunks_mut(PAGE) {
        page[0] = 1;
    }
    black_box(memory)
}

fn eat_memory() {
    let mut eaten = Vec::new();
    loop {
        eaten.push(allocate(16));
    }
}

/// This many bytes of lines.
fn print(bytes: u64) -> io::Result<()> {
    let line = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.\n".repeat(1024);
    io::copy(&mut Endless(line.as_bytes()).take(bytes), &mut io::stdout().lock())?;
    Ok(())
}

struct Endless<'a>(&'a [u8]);

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = buffer.len().min(self.0.len());
        buffer[..n].copy_from_slice(&self.0[..n]);
        Ok(n)
    }
}

fn hang() -> ! {
    loop {
        thread::sleep(Duration::from_secs(3600));
    }
}

/// Deaf to SIGTERM: it stays blocked.
fn ignore_term() -> io::Result<()> {
    let mut mask = SigSet::empty();
    mask.add(Signal::SIGTERM);
    mask.thread_block()?;
    announce(std::process::id())?;
    hang()
}

fn set_session_and_hang() -> io::Result<()> {
    // A process group leader may not; a child of this program's commands is none.
    rustix::process::setsid()?;
    ignore_term()
}

fn announce(what: impl std::fmt::Display) -> io::Result<()> {
    println!("{what}");
    io::stdout().flush()
}

/// This program again, with the given command.
fn child(args: &[impl AsRef<std::ffi::OsStr>]) -> io::Result<Child> {
    Command::new(env::current_exe()?).args(args).stdin(Stdio::null()).spawn()
}

/// Starts a child, waits until it has said that it is ready, and ends without it.
fn leave_behind(args: &[&str]) -> io::Result<()> {
    let mut child = Command::new(env::current_exe()?).args(args).stdout(Stdio::piped()).spawn()?;
    let mut stdout = child.stdout.take().ok_or_else(|| usage("no pipe"))?;
    let mut word = Vec::new();
    let mut byte = [0];
    while stdout.read(&mut byte)? == 1 && byte != *b"\n" {
        word.extend(byte);
    }
    announce(format!("{} {}", child.id(), String::from_utf8_lossy(&word)))
}

fn listen() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    announce(listener.local_addr()?.port())?;
    hang()
}

/// A daemon: a grandchild in a session of its own, whose parent has ended. It runs the given
/// command, or is deaf to SIGTERM and hangs.
fn double_fork(rest: &[String]) -> io::Result<()> {
    match rest.split_first() {
        Some((first, command)) if first == "--middle" => {
            rustix::process::setsid()?;
            let command =
                if command.is_empty() { &["ignore-term".to_owned()][..] } else { command };
            announce(child(command)?.id())
        }
        _ => {
            let mut middle = vec!["double-fork".to_owned(), "--middle".to_owned()];
            middle.extend_from_slice(rest);
            child(&middle)?.wait()?;
            Ok(())
        }
    }
}

/// A chain of processes, `depth` deep, of which all hang.
fn fork_tree(depth: u32) -> io::Result<()> {
    announce(std::process::id())?;
    if depth > 1 {
        child(&["fork-tree".to_owned(), (depth - 1).to_string()])?;
    }
    hang()
}

/// Fails at every `period`-th start, counted in a file.
fn flaky(period: u64, counter: Option<&String>) -> io::Result<ExitCode> {
    let counter = counter.ok_or_else(|| usage("no counter file"))?;
    let starts: u64 = match fs::read_to_string(counter) {
        Ok(text) => text.trim().parse().map_err(io::Error::other)?,
        Err(e) if e.kind() == io::ErrorKind::NotFound => 0,
        Err(e) => return Err(e),
    };
    fs::write(counter, (starts + 1).to_string())?;
    let fails = period > 0 && (starts + 1).is_multiple_of(period);
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Each thread uses 10 ms of processor time; the number is printed.
fn threads(n: usize) -> io::Result<()> {
    let workers: Vec<_> = (0..n)
        .map(|_| {
            thread::spawn(|| {
                let start = Instant::now();
                while start.elapsed() < Duration::from_millis(10) {
                    black_box(0);
                }
                thread::current().id()
            })
        })
        .collect();
    let distinct: HashSet<_> = workers.into_iter().flat_map(thread::JoinHandle::join).collect();
    announce(distinct.len())
}

/// The processors this process may use, in order, with spaces between.
fn affinity() -> io::Result<()> {
    let set = rustix::thread::sched_getaffinity(None)?;
    let allowed = (0..rustix::thread::CpuSet::MAX_CPU).filter(|&n| set.is_set(n));
    announce(allowed.map(|n| n.to_string()).collect::<Vec<_>>().join(" "))
}

/// The whole environment, `name=value` a line, in the order given.
fn read_env() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (name, value) in env::vars_os() {
        out.write_all(&[name.as_bytes(), b"=", value.as_bytes(), b"\n"].concat())?;
    }
    Ok(())
}

/// `count` files of `kib` KiB each.
fn write_files(folder: Option<&String>, count: usize, kib: usize) -> io::Result<()> {
    let folder = folder.ok_or_else(|| usage("no folder"))?;
    for n in 0..count {
        fs::write(Path::new(folder).join(format!("file-{n}")), vec![b'x'; kib << 10])?;
    }
    Ok(())
}

/// A service: prints its port, answers every connection with one line, ends at SIGTERM.
fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    announce(listener.local_addr()?.port())?;
    for connection in listener.incoming() {
        connection?.write_all(b"hello\n")?;
    }
    Ok(())
}

/// The peak that `wait4` tells of a child that does nothing, in KiB, when its parent has this many
/// MiB.
fn fat_parent(mib: usize) -> io::Result<()> {
    let memory = allocate(mib);
    child(&["exit", "0"])?.wait()?;
    black_box(memory);
    announce(getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss())
}

/// A harness of its own, to be killed: `harness LAUNCHER LINES COMMAND…` starts this program with
/// the command, passes on its first lines, and waits for its end.
fn harness(rest: &[String]) -> io::Result<ExitCode> {
    let (Some(launcher), Some(command)) = (rest.first(), rest.get(2..)) else {
        return Err(usage("a launcher and a command"));
    };
    let lines: usize = number(rest, 1)?;
    let trial = launch::Trial {
        grace: Duration::from_secs(60),
        ..launch::Trial::of(env::current_exe()?).with_args(command)
    };
    let running = launch::Launcher::at(launcher).start(&trial).map_err(io::Error::other)?;
    while running.stdout_so_far().lines().count() < lines {
        thread::sleep(Duration::from_millis(2));
    }
    announce(running.stdout_so_far())?;
    let outcome = running.finish().map_err(io::Error::other)?;
    announce(outcome.ended)?;
    Ok(ExitCode::SUCCESS)
}

/// Scheduling policy and priority, as the kernel names and counts them.
fn priority() -> io::Result<()> {
    let (policy, parameters) =
        thread_priority::thread_schedule_policy_param(thread_priority::thread_native_id())
            .map_err(io::Error::other)?;
    let name = match policy {
        thread_priority::ThreadSchedulePolicy::Realtime(
            thread_priority::RealtimeThreadSchedulePolicy::Fifo,
        ) => "SCHED_FIFO",
        _ => "other",
    };
    announce(format!("{name} {}", parameters.sched_priority))
}
