//! Side effects of a tree, counted at the end of each system call by what the call came to.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::os::fd::{AsFd, BorrowedFd};
use std::path::{Path, PathBuf};

use nix::libc;
use nix::sys::ptrace::{self, Event};
use nix::unistd::Pid as NixPid;
use rustix::process::Pid;

use crate::probe::EffectsReading;
use crate::wire::Request;

use super::call::{Call, OPENED_THROUGH};
use super::tally::{FIRST, FileId, Tally};
use super::tracee::{Address, NoRegisters, Target, Tracee};

/// Why bytes have no count once a file is mapped.
const MAPPED: &str = "it maps a file to write to it, which needs no system call";
const RING: &str = "it uses io_uring, which needs no system call";
const SUBMITTED: &str = "it uses io_submit, whose writes are not looked at";
const CLOSED: &str = "a descriptor was closed before it could be looked at";
const HIDDEN: &str = "it starts a process or thread with CLONE_UNTRACED";
/// Sockets to the kernel itself.
const NETLINK: &str = "NETLINK";
/// Errors of a `connect` that has gone out, or goes on without the call.
const CONNECTION_BEGUN: [i32; 8] = [
    libc::EINPROGRESS,
    libc::EINTR,
    libc::EAGAIN,
    libc::ECONNREFUSED,
    libc::ECONNRESET,
    libc::ETIMEDOUT,
    libc::ENETUNREACH,
    libc::EHOSTUNREACH,
];

pub(super) struct Effects {
    subject: i32,
    /// Whether the stub has become the subject.
    begun: bool,
    /// Calls between their beginning and their end, by thread.
    calls: HashMap<i32, Call>,
    places: Places,
    captures: Captures,
    /// Whether any file has been opened to write through.
    opens_through: bool,
    /// Whether any file has been mapped that may be made writable later.
    maps_readable: bool,
    /// Addresses of connected sockets.
    peers: HashMap<FileId, String>,
    /// Sockets whose connection has begun and was not yet there: another call asks how it went.
    pending: HashSet<FileId>,
    /// Processes that still live in their parent's memory.
    embryos: HashSet<i32>,
    /// Those that became another program before their parent was heard of.
    hatched: HashMap<i32, String>,
    /// The first processes started, with their programs.
    children: Vec<(i32, String)>,
    written: Tally,
    sent: Tally,
    syncs: Tally,
    created: Tally,
    connections: Tally,
    processes: Tally,
}

/// Folders that are left out of names.
struct Places {
    directory: PathBuf,
    scratch: Option<PathBuf>,
}

/// The subject's stdout and stderr, which are this process's too.
struct Captures {
    stdout: FileId,
    stderr: FileId,
}

impl Effects {
    pub(super) fn of(request: &Request, subject: Pid) -> Self {
        let scratch = request.environment.iter().find(|(name, _)| name == OsStr::new("TMPDIR"));
        Self {
            subject: subject.as_raw_pid(),
            begun: false,
            calls: HashMap::new(),
            places: Places {
                directory: std::env::current_dir().unwrap_or_default(),
                scratch: scratch.and_then(|(_, path)| Path::new(path).canonicalize().ok()),
            },
            captures: Captures {
                stdout: identity(std::io::stdout().as_fd()),
                stderr: identity(std::io::stderr().as_fd()),
            },
            opens_through: false,
            maps_readable: false,
            peers: HashMap::new(),
            pending: HashSet::new(),
            embryos: HashSet::new(),
            hatched: HashMap::new(),
            children: Vec::new(),
            written: Tally::default(),
            sent: Tally::default(),
            syncs: Tally::default(),
            created: Tally::default(),
            connections: Tally::default(),
            processes: Tally::default(),
        }
    }

    /// The tracee has stopped before or after a system call.
    pub(super) fn at_call(&mut self, pid: Pid) {
        let tracee = Tracee(pid.as_raw_pid());
        match self.calls.remove(&tracee.0) {
            None => {
                let call = self.beginning(tracee);
                self.calls.insert(tracee.0, call);
            }
            Some(Call::Other) => {}
            Some(call) => {
                // One that has just been killed has no result.
                if let Ok(registers) = tracee.registers() {
                    self.ending(tracee, call, registers.result);
                }
            }
        }
    }

    fn beginning(&mut self, tracee: Tracee) -> Call {
        if !self.begun {
            return Call::Other;
        }
        match tracee.registers() {
            Ok(registers) => Call::begun(tracee, &registers),
            Err(NoRegisters::Ended) => Call::Other,
            Err(NoRegisters::Foreign(reason)) => {
                self.lose_everything(reason);
                Call::Other
            }
        }
    }

    pub(super) fn at_event(&mut self, pid: Pid, event: i32) {
        let tracee = Tracee(pid.as_raw_pid());
        // A thread id, of the new one or, at an exec, of the thread that called it.
        let told = ptrace::getevent(NixPid::from_raw(tracee.0)).ok();
        let told = told.and_then(|told| i32::try_from(told).ok()).unwrap_or(tracee.0);
        if event == Event::PTRACE_EVENT_EXEC as i32 {
            self.begun |= tracee.0 == self.subject;
            if let Some(call) = self.calls.remove(&told) {
                self.calls.insert(tracee.0, call);
            }
            self.named(tracee);
        } else if event == Event::PTRACE_EVENT_EXIT as i32 {
            self.gone(pid);
        } else if self.begun && event == Event::PTRACE_EVENT_VFORK as i32 {
            match self.hatched.remove(&told) {
                Some(name) => self.started(told, name),
                None => drop(self.embryos.insert(told)),
            }
        } else if self.begun && starts_process(event, told) {
            self.started(told, format!("a copy of {}", self.program(tracee)));
        }
    }

    /// The tracee ends: no call of it comes to its end any more.
    pub(super) fn gone(&mut self, pid: Pid) {
        self.calls.remove(&pid.as_raw_pid());
        self.embryos.remove(&pid.as_raw_pid());
    }

    fn started(&mut self, pid: i32, name: String) {
        self.processes.count_one();
        if self.children.len() < FIRST {
            self.children.push((pid, name));
        }
    }

    /// It has become another program.
    fn named(&mut self, tracee: Tracee) {
        let name = self.program(tracee);
        if self.embryos.remove(&tracee.0) {
            self.started(tracee.0, name);
        } else if let Some(child) = self.children.iter_mut().find(|(pid, _)| *pid == tracee.0) {
            child.1 = name;
        } else if tracee.0 != self.subject {
            // Its parent's stop may be heard of later than its own.
            self.hatched.insert(tracee.0, name);
        }
    }

    fn program(&self, tracee: Tracee) -> String {
        tracee.program().map_or_else(|| "a program".to_owned(), |path| self.places.short(&path))
    }

    /// Counts a call by its result: negative is the system's error number.
    fn ending(&mut self, tracee: Tracee, call: Call, result: i64) {
        if let Call::Connect { fd, to } = call {
            return self.connected(tracee, fd, &to, result);
        }
        if result < 0 {
            return;
        }
        match call {
            Call::Write { fd, through, to } => {
                self.wrote(tracee, fd, result.cast_unsigned(), through, to);
            }
            Call::SendMany { fd, messages } => {
                let (bytes, to) = tracee.messages(messages, result.cast_unsigned());
                self.wrote(tracee, fd, bytes, false, to);
            }
            Call::Sync { fd } => self.synced(tracee, fd),
            Call::SyncElse { what } => self.syncs.add(|| what.to_owned()),
            Call::Open { makes, through } => {
                self.opens_through |= through;
                if makes {
                    let places = &self.places;
                    let fd = i32::try_from(result).unwrap_or(-1);
                    self.created.add(|| places.name(tracee, fd));
                }
            }
            Call::Make { path } => self.created.add(|| self.places.short(&path)),
            Call::Share { fd, writable } => self.mapped(tracee, fd, writable),
            Call::Unlock if self.maps_readable && tracee.writes_to_mapping() => {
                self.written.lose(MAPPED);
            }
            Call::Hide => self.lose_everything(HIDDEN),
            Call::Ring => {
                let Self { written, sent, syncs, created, connections, .. } = self;
                for tally in [written, sent, syncs, created, connections] {
                    tally.lose(RING);
                }
            }
            Call::Submit => {
                self.written.lose(SUBMITTED);
                self.syncs.lose(SUBMITTED);
            }
            Call::Unlock | Call::Connect { .. } | Call::Other => {}
        }
    }

    fn wrote(&mut self, tracee: Tracee, fd: i32, bytes: u64, through: bool, to: Option<Address>) {
        match self.captures.target(tracee, fd) {
            Target::File(file) => {
                let name = || self.places.name(tracee, fd);
                self.written.add_for(bytes, file, name);
                let opened_through = || tracee.flags(fd) & OPENED_THROUGH != 0;
                if through || (self.opens_through && opened_through()) {
                    self.syncs.add_for(1, file, name);
                }
            }
            Target::Socket(socket) => {
                let protocol = tracee.protocol(fd);
                if protocol == NETLINK {
                    return;
                }
                let known = to.map(|to| to.to_string());
                let known = known.or_else(|| self.peers.get(&socket).cloned());
                let name = || known.unwrap_or_else(|| format!("a socket ({protocol})"));
                self.sent.add_for(bytes, socket, name);
            }
            Target::Gone if bytes > 0 => {
                self.written.lose(CLOSED);
                self.sent.lose(CLOSED);
            }
            Target::Memory(_) | Target::Folder(_) | Target::Other | Target::Gone => {}
        }
    }

    fn synced(&mut self, tracee: Tracee, fd: i32) {
        match self.captures.target(tracee, fd) {
            Target::File(file) | Target::Folder(file) => {
                self.syncs.add_for(1, file, || self.places.name(tracee, fd));
            }
            // Captured output would be a file without us; other memory would not.
            Target::Memory(file) if file == self.captures.stdout => {
                self.syncs.add_for(1, file, || "stdout".to_owned());
            }
            Target::Memory(file) if file == self.captures.stderr => {
                self.syncs.add_for(1, file, || "stderr".to_owned());
            }
            Target::Gone => self.syncs.lose(CLOSED),
            Target::Memory(_) | Target::Socket(_) | Target::Other => {}
        }
    }

    fn connected(&mut self, tracee: Tracee, fd: i32, to: &Address, result: i64) {
        let error = i32::try_from(-result).unwrap_or(0);
        let Target::Socket(socket) = self.captures.target(tracee, fd) else { return };
        if error != 0 && !CONNECTION_BEGUN.contains(&error) {
            return;
        }
        let later = matches!(error, libc::EINPROGRESS | libc::EINTR);
        let asked_again = self.pending.remove(&socket);
        if later {
            self.pending.insert(socket);
        }
        self.peers.insert(socket, to.to_string());
        let internet = matches!(to, Address::Internet(_));
        if !(asked_again || internet && is_connectionless(&tracee.protocol(fd))) {
            self.connections.add(|| to.to_string());
        }
    }

    fn mapped(&mut self, tracee: Tracee, fd: i32, writable: bool) {
        match self.captures.target(tracee, fd) {
            Target::File(_) if writable => self.written.lose(MAPPED),
            Target::File(_) => {
                let mode = tracee.flags(fd).cast_signed() & libc::O_ACCMODE;
                self.maps_readable |= mode == libc::O_RDWR;
            }
            Target::Gone if writable => self.written.lose(CLOSED),
            _ => {}
        }
    }

    fn lose_everything(&mut self, reason: &str) {
        let Self { written, sent, syncs, created, connections, processes, .. } = self;
        for tally in [written, sent, syncs, created, connections, processes] {
            tally.lose(reason);
        }
    }

    pub(super) fn reading(&self) -> EffectsReading {
        let programs = self.children.iter().map(|(_, program)| program.clone());
        EffectsReading {
            bytes_written: self.written.seen(),
            bytes_sent: self.sent.seen(),
            syncs: self.syncs.seen(),
            files_created: self.created.seen(),
            connections: self.connections.seen(),
            processes: self.processes.seen_as(programs),
        }
    }
}

impl Captures {
    fn target(&self, tracee: Tracee, fd: i32) -> Target {
        tracee.target(fd, self.stdout.0)
    }
}

impl Places {
    /// What is behind a descriptor.
    fn name(&self, tracee: Tracee, fd: i32) -> String {
        tracee.place(fd).map_or_else(|| "a file".to_owned(), |path| self.short(&path))
    }

    fn short(&self, path: &Path) -> String {
        let root = Path::new("/");
        let below = |folder: &PathBuf| {
            let rest = path.strip_prefix(folder).ok()?;
            (folder != root && !rest.as_os_str().is_empty()).then(|| rest.display().to_string())
        };
        let below_scratch = || Some(format!("$TMPDIR/{}", below(self.scratch.as_ref()?)?));
        below(&self.directory).or_else(below_scratch).unwrap_or_else(|| path.display().to_string())
    }
}

/// Whether the event tells of a new process; a thread belongs to the process that made it.
fn starts_process(event: i32, new: i32) -> bool {
    if event == Event::PTRACE_EVENT_FORK as i32 || event == Event::PTRACE_EVENT_VFORK as i32 {
        return true;
    }
    event == Event::PTRACE_EVENT_CLONE as i32 && Tracee(new).process() == u64::try_from(new).ok()
}

/// Whether a socket of this protocol only learns where to send to.
fn is_connectionless(protocol: &str) -> bool {
    ["UDP", "PING", "RAW"].iter().any(|kind| protocol.starts_with(kind))
}

fn identity(fd: BorrowedFd<'_>) -> FileId {
    rustix::fs::fstat(fd).map_or((0, 0), |stat| (stat.st_dev, stat.st_ino))
}
