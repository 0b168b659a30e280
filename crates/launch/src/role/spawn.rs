//! Everything the start needs, made ready before the clock is read.

use std::ffi::{CString, OsStr, OsString};
use std::fs::{self, File};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use nix::errno::Errno;
use nix::spawn::{PosixSpawnAttr, PosixSpawnFileActions, PosixSpawnFlags, posix_spawn};
use nix::sys::signal::SigSet;
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use crate::error::Refusal;
use crate::wire::Request;

use super::{Subject, shown};

/// A subject ready to be started.
pub(super) struct Recipe {
    program: PathBuf,
    args: Vec<CString>,
    environment: Vec<CString>,
    files: PosixSpawnFileActions,
    attributes: PosixSpawnAttr,
    // Kept open until the start.
    _stdin: File,
}

impl Recipe {
    pub(super) fn prepare(request: &Request) -> Result<Self, Refusal> {
        let program = find(request)?;
        let own_name = std::iter::once(request.program.as_os_str());
        let args = own_name.chain(request.args.iter().map(OsString::as_os_str));
        Self::of(request, program, args)
    }

    /// The same surroundings for another program: the stub of a traced run.
    pub(super) fn of<'a>(
        request: &Request,
        program: PathBuf,
        args: impl Iterator<Item = &'a OsStr>,
    ) -> Result<Self, Refusal> {
        let args = args.map(|arg| c_string(arg.as_bytes())).collect::<Result<_, _>>()?;
        let variable = |(name, value): &(OsString, OsString)| {
            c_string(&[name.as_bytes(), b"=", value.as_bytes()].concat())
        };
        let environment = request.environment.iter().map(variable).collect::<Result<_, _>>()?;
        let stdin = open_stdin(request)?;
        let mut files = PosixSpawnFileActions::init().map_err(Refusal::system("file actions"))?;
        files.add_dup2(stdin.as_raw_fd(), 0).map_err(Refusal::system("file actions"))?;
        let attributes = attributes().map_err(Refusal::system("spawn attributes"))?;
        Ok(Self { program, args, environment, files, attributes, _stdin: stdin })
    }

    /// The stamped window begins here.
    pub(super) fn spawn(&self) -> Result<Subject, Refusal> {
        let started = Instant::now();
        let spawned = posix_spawn(
            self.program.as_path(),
            &self.files,
            &self.attributes,
            &self.args,
            &self.environment,
        );
        let pid = spawned.map_err(|errno| refusal(&self.program, errno))?;
        let pid = Pid::from_raw(pid.as_raw())
            .ok_or_else(|| Refusal::system("process id")("zero".to_owned()))?;
        let handle: OwnedFd =
            pidfd_open(pid, PidfdFlags::empty()).map_err(Refusal::system("open pidfd"))?;
        Ok(Subject { pid, handle, started })
    }
}

/// Why the system did not execute `program`.
pub(super) fn refusal(program: &Path, errno: Errno) -> Refusal {
    let reason = match errno {
        Errno::ENOENT if !program.exists() => {
            return Refusal::ProgramNotFound { program: program.display().to_string() };
        }
        Errno::ENOENT => "its interpreter or dynamic loader is missing",
        Errno::ENOEXEC => "not a program of this platform; a script needs a #! line",
        _ => errno.desc(),
    };
    let program = program.display().to_string();
    Refusal::ProgramNotExecutable { program, reason: reason.to_owned() }
}

/// Default signal handling and an empty mask: a launcher started by Rust ignores SIGPIPE, and a
/// subject must not. A process group of its own, so that `kill(0, …)` stays inside the subject.
fn attributes() -> nix::Result<PosixSpawnAttr> {
    let mut attributes = PosixSpawnAttr::init()?;
    attributes.set_sigdefault(&SigSet::all())?;
    attributes.set_sigmask(&SigSet::empty())?;
    attributes.set_pgroup(nix::unistd::Pid::from_raw(0))?;
    attributes.set_flags(
        PosixSpawnFlags::POSIX_SPAWN_SETSIGDEF
            | PosixSpawnFlags::POSIX_SPAWN_SETSIGMASK
            | PosixSpawnFlags::POSIX_SPAWN_SETPGROUP,
    )?;
    Ok(attributes)
}

fn c_string(bytes: &[u8]) -> Result<CString, Refusal> {
    CString::new(bytes).map_err(Refusal::system("argument or environment variable"))
}

fn open_stdin(request: &Request) -> Result<File, Refusal> {
    let path = request.stdin.as_deref().unwrap_or(OsStr::new("/dev/null"));
    File::open(path).map_err(|e| Refusal::Stdin { path: shown(path), reason: e.to_string() })
}

/// A path as it is; a bare name in the `PATH` of the subject's environment.
pub(super) fn find(request: &Request) -> Result<PathBuf, Refusal> {
    let program = Path::new(&request.program);
    if program.as_os_str().as_bytes().contains(&b'/') {
        return Ok(program.to_owned());
    }
    let path = request.environment.iter().find(|(name, _)| name == "PATH");
    let folders = path.map(|(_, folders)| folders.as_os_str()).unwrap_or_default();
    in_folders(program, folders)
        .ok_or_else(|| Refusal::ProgramNotFound { program: shown(&request.program) })
}

/// The first program of this name in folders as `PATH` lists them.
pub(crate) fn in_folders(name: &Path, folders: &OsStr) -> Option<PathBuf> {
    let executable = |candidate: &PathBuf| {
        fs::metadata(candidate).is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
    };
    std::env::split_paths(folders).map(|folder| folder.join(name)).find(executable)
}
