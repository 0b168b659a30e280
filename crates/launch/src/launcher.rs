//! The harness's end: starts a launcher for a trial, waits for its answer, keeps the captures.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, PipeReader, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::capture::{self, Captured};
use crate::error::LaunchError;
use crate::outcome::{Bytes, Outcome};
use crate::probe::{EffectsReading, MemoryReading};
use crate::role;
use crate::scratch::{Medium, Scratch};
use crate::snapshot::Snapshot;
use crate::trial::{Environment, Input, Trial, clean_environment};
use crate::wire::{Answer, Greeting, LAUNCHER_ROLE, Meter, PROTOCOL, Report, Request, STOP};

/// Name of the variable that [`Trial::padding`] fills.
const PADDING: &str = "EVENHAND_PADDING";

/// How long a launcher may need beyond deadline and grace, to kill and to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary that becomes the launcher of each trial.
#[derive(Debug, Clone)]
pub struct Launcher {
    path: PathBuf,
}

impl Launcher {
    /// This very binary, whose `main` begins with [`crate::enter`].
    pub fn current_exe() -> Self {
        // Still right when the file has been replaced by a newer build.
        Self::at("/proc/self/exe")
    }

    /// The binary at `path`, whose `main` begins with [`crate::enter`].
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The binary, for other roles of it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// For tests, whose own binary is the test harness: `evenhand-launcher` of the same profile,
    /// built if missing.
    ///
    /// # Errors
    /// As [`built_binary`].
    pub fn beside_tests() -> Result<Self, LaunchError> {
        built_binary("evenhand-launcher").map(Self::at)
    }

    /// Runs one trial to its end.
    ///
    /// # Errors
    /// When it could not take place; how the subject ended is in [`Outcome::ended`].
    pub fn run(&self, trial: &Trial) -> Result<Outcome, LaunchError> {
        self.begin(trial, Meter::Timed, false)?.finish()
    }

    /// Starts a service: returns as soon as the subject's process exists.
    ///
    /// # Errors
    /// When it could not be started.
    pub fn start(&self, trial: &Trial) -> Result<Running, LaunchError> {
        let mut running = self.begin(trial, Meter::Timed, true)?;
        match running.hear()? {
            Answer::Started { pid } => running.pid = Some(pid),
            answer => return Err(running.unexpected(answer)),
        }
        Ok(running)
    }

    pub(crate) fn begin(
        &self,
        trial: &Trial,
        meter: Meter,
        announce: bool,
    ) -> Result<Running, LaunchError> {
        self.begin_into(trial, meter, announce, None)
    }

    /// With somewhere else for stdout than a capture, which then stays empty.
    pub(crate) fn begin_into(
        &self,
        trial: &Trial,
        meter: Meter,
        announce: bool,
        elsewhere: Option<OwnedFd>,
    ) -> Result<Running, LaunchError> {
        let fresh = match trial.scratch {
            Some(_) => None,
            None => Some(Scratch::fresh()?),
        };
        let scratch_path = match (&trial.scratch, &fresh) {
            (Some(path), _) => path.as_path(),
            (None, Some(fresh)) => fresh.path(),
            (None, None) => Path::new("/"),
        };
        let medium = match &fresh {
            Some(fresh) => fresh.medium(),
            None => Medium::of(scratch_path)?,
        };
        let request = Request {
            program: rooted(&trial.program)?,
            args: trial.args.clone(),
            environment: environment(trial, scratch_path),
            directory: absolute(trial.directory.as_deref().unwrap_or(scratch_path))?,
            stdin: match &trial.stdin {
                Input::Null => None,
                Input::File(path) => Some(absolute(path)?),
            },
            deadline: trial.deadline,
            output_cap: trial.output_cap,
            grace: trial.grace,
            affinity: trial.affinity.clone(),
            realtime: trial.realtime,
            own_session: trial.own_session,
            limits: trial.limits,
            scratch: fresh.as_ref().map(|fresh| fresh.path().into()),
            announce,
            meter,
        };
        self.hire(&request, fresh, medium, elsewhere)
    }

    fn hire(
        &self,
        request: &Request,
        scratch: Option<Scratch>,
        medium: Medium,
        elsewhere: Option<OwnedFd>,
    ) -> Result<Running, LaunchError> {
        let stdout = Captured::create("stdout").map_err(LaunchError::io("capture stdout"))?;
        let stderr = Captured::create("stderr").map_err(LaunchError::io("capture stderr"))?;
        let (ours, theirs) = UnixStream::pair().map_err(LaunchError::io("launcher socket"))?;
        // A launcher that is silent for so long has been stopped.
        let patience = request.deadline.saturating_add(request.grace).saturating_add(PATIENCE);
        ours.set_read_timeout(Some(patience)).map_err(LaunchError::io("launcher socket"))?;
        let copy = |file: &File| file.try_clone().map_err(LaunchError::io("capture"));
        let child = Command::new(&self.path)
            .arg0("evenhand-launcher")
            .arg(LAUNCHER_ROLE)
            .env_clear()
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(match elsewhere {
                Some(elsewhere) => Stdio::from(elsewhere),
                None => copy(&stdout)?.into(),
            })
            .stderr(copy(&stderr)?)
            .spawn()
            .map_err(|reason| LaunchError::NoLauncher { path: self.path.clone(), reason })?;
        let mut running = Running {
            launcher: self.path.clone(),
            child,
            socket: BufReader::new(ours),
            pid: None,
            stdout: Some(stdout),
            stderr: Some(stderr),
            medium,
            _scratch: scratch,
        };
        running.say(request)?;
        Ok(running)
    }
}

/// The launcher works in the subject's directory; the caller's paths mean the caller's directory.
fn absolute(path: &Path) -> Result<OsString, LaunchError> {
    std::path::absolute(path).map(Into::into).map_err(LaunchError::io("current directory"))
}

/// A bare name stays one: it is looked up in `PATH`.
pub(crate) fn rooted(program: &Path) -> Result<OsString, LaunchError> {
    let bare =
        program.components().count() == 1 && program.file_name() == Some(program.as_os_str());
    if bare { Ok(program.into()) } else { absolute(program) }
}

/// The subject's environment: from its source, plus the padding.
fn environment(trial: &Trial, scratch: &Path) -> Vec<(OsString, OsString)> {
    let mut variables = match &trial.environment {
        Environment::Clean => clean_environment(scratch),
        Environment::Exact(variables) => variables.clone(),
        Environment::Inherit { added, removed } => {
            let replaced = |name: &OsStr| added.iter().any(|(other, _)| other == name);
            let dropped = |name: &OsString| removed.contains(name);
            let kept = env::vars_os().filter(|(name, _)| !replaced(name) && !dropped(name));
            kept.chain(added.iter().cloned()).collect()
        }
    };
    if trial.padding > 0 {
        variables.push((PADDING.into(), "x".repeat(trial.padding).into()));
    }
    variables
}

/// What a probe has seen beside the outcome.
pub(crate) struct Looks {
    pub(crate) memory: Option<MemoryReading>,
    pub(crate) effects: Option<EffectsReading>,
}

/// A started subject. Dropped before its end, its whole tree is killed.
#[derive(Debug)]
pub struct Running {
    launcher: PathBuf,
    child: Child,
    socket: BufReader<UnixStream>,
    pid: Option<i32>,
    stdout: Option<File>,
    stderr: Option<File>,
    medium: Medium,
    _scratch: Option<Scratch>,
}

impl Running {
    /// The subject's process id, if it was started by [`Launcher::start`].
    pub fn pid(&self) -> Option<i32> {
        self.pid
    }

    /// The last 64 KiB the subject has written to stdout up to now.
    pub fn stdout_so_far(&self) -> String {
        self.stdout.as_ref().map(|file| capture::tail(file, Bytes::kib(64))).unwrap_or_default()
    }

    /// The last 64 KiB the subject has written to stderr up to now.
    pub fn stderr_so_far(&self) -> String {
        self.stderr.as_ref().map(|file| capture::tail(file, Bytes::kib(64))).unwrap_or_default()
    }

    /// What the tree uses now; `None` once it has ended.
    pub fn snapshot(&self) -> Option<Snapshot> {
        // Below the launcher, not the subject: that is where a daemon is, too.
        Snapshot::below(i32::try_from(self.child.id()).ok()?)
    }

    /// Sends SIGINT to the subject's own process, as Ctrl-C does.
    pub fn interrupt(&self) {
        let pid = self.pid.and_then(rustix::process::Pid::from_raw);
        // One that has ended needs none.
        let _ = pid.map(|pid| rustix::process::kill_process(pid, rustix::process::Signal::INT));
    }

    /// Sends SIGTERM to the tree, waits for the trial's grace, kills what is left.
    ///
    /// # Errors
    /// When the launcher does not answer.
    pub fn stop(mut self) -> Result<Outcome, LaunchError> {
        // A subject that has already ended has closed the socket; its answer is still in it.
        let _ = self.socket.get_mut().write_all(&[STOP]);
        self.finish()
    }

    /// Waits for the subject's end.
    ///
    /// # Errors
    /// When the launcher refuses or does not answer.
    pub fn finish(self) -> Result<Outcome, LaunchError> {
        self.finish_with_looks().map(|(outcome, _)| outcome)
    }

    pub(crate) fn finish_with_looks(mut self) -> Result<(Outcome, Looks), LaunchError> {
        let report = match self.hear()? {
            Answer::Done(report) => *report,
            answer => return Err(self.unexpected(answer)),
        };
        // The launcher has nothing left to do but exit.
        self.child.wait().map_err(LaunchError::io("wait for the launcher"))?;
        let (Some(stdout), Some(stderr)) = (self.stdout.take(), self.stderr.take()) else {
            return Err(LaunchError::io("captures")(io::ErrorKind::NotFound.into()));
        };
        let seal = |file| Captured::seal(file).map_err(LaunchError::io("read captured output"));
        let looks = Looks { memory: report.memory, effects: report.effects.clone() };
        Ok((outcome(report, seal(stdout)?, seal(stderr)?, self.medium), looks))
    }

    /// Waits until the pipe can be read from or the launcher has something to say; whether it is
    /// the launcher that speaks, and nothing is in the pipe.
    pub(crate) fn speaks_before(&self, pipe: &PipeReader) -> bool {
        let socket = self.socket.get_ref();
        let patience = socket.read_timeout().ok().flatten().unwrap_or(PATIENCE);
        let patience = Timespec::try_from(patience).ok();
        loop {
            let mut ready = [PollFd::new(pipe, PollFlags::IN), PollFd::new(socket, PollFlags::IN)];
            match poll(&mut ready, patience.as_ref()) {
                Err(Errno::INTR) => {}
                // Whoever is silent for so long is heard to be so.
                _ => return ready[0].revents().is_empty(),
            }
        }
    }

    fn say(&mut self, request: &Request) -> Result<(), LaunchError> {
        let mut line = Vec::new();
        let greeting = Greeting { protocol: PROTOCOL };
        serde_json::to_writer(&mut line, &greeting).map_err(|e| encode(e.into()))?;
        line.push(b'\n');
        serde_json::to_writer(&mut line, request).map_err(|e| encode(e.into()))?;
        line.push(b'\n');
        match self.socket.get_mut().write_all(&line) {
            Ok(()) => Ok(()),
            Err(_) => Err(self.died()),
        }
    }

    fn hear(&mut self) -> Result<Answer, LaunchError> {
        let mut line = String::new();
        match self.socket.read_line(&mut line) {
            Ok(n) if n > 0 => {}
            _ => return Err(self.died()),
        }
        serde_json::from_str(&line)
            .map_err(|e| LaunchError::io("the launcher's answer")(io::Error::from(e)))
    }

    fn unexpected(&self, answer: Answer) -> LaunchError {
        match answer {
            Answer::Refused(refusal) => refusal.into(),
            Answer::Mismatch => LaunchError::Mismatch { path: self.launcher.clone() },
            Answer::Started { .. } | Answer::Done(_) => {
                LaunchError::io("the launcher's answer")(io::ErrorKind::InvalidData.into())
            }
        }
    }

    /// The launcher is gone or going; what it had started may still be there.
    fn died(&mut self) -> LaunchError {
        // Killing an ended child is harmless, and a launcher without a socket is of no use.
        let _ = self.child.kill();
        let status = match self.child.wait() {
            Ok(status) => status.to_string(),
            Err(e) => e.to_string(),
        };
        let captures: Vec<&File> = self.stdout.iter().chain(&self.stderr).collect();
        role::kill_holders(&captures);
        let stderr = self.stderr_so_far();
        LaunchError::LauncherDied { status, stderr }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The launcher takes the closed socket for the harness's death and ends the tree. After an
        // orderly end it is gone already, and both calls do nothing.
        let _ = self.socket.get_ref().shutdown(std::net::Shutdown::Both);
        let _ = self.child.wait();
    }
}

fn encode(reason: io::Error) -> LaunchError {
    LaunchError::io("write the request")(reason)
}

fn outcome(report: Report, stdout: Captured, stderr: Captured, medium: Medium) -> Outcome {
    Outcome {
        ended: report.ended,
        wall: report.wall,
        usage: report.usage,
        io: report.io,
        max_rss: report.max_rss,
        oom_kills: report.oom_kills,
        leftovers: report.leftovers,
        disturbance: report.disturbance,
        started_at: report.started_at,
        stdout,
        stderr,
        scratch_medium: medium,
    }
}

/// For tests: a binary of this package in the folder the running test was built into, such as
/// `fake-subject`. Cargo does not build another package's binaries for a test, so one that is
/// missing or older than this package's sources is built here.
///
/// # Errors
/// When it is missing and cannot be built.
pub fn built_binary(name: &str) -> Result<PathBuf, LaunchError> {
    static BUILDING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let test = env::current_exe().map_err(LaunchError::io("path of this test"))?;
    // target/<profile>/deps/<test>-<hash>
    let folder = test.parent().and_then(Path::parent).unwrap_or(Path::new("/"));
    let path = folder.join(name);
    let one_at_a_time = BUILDING.lock();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_ours = sources.join("bin").join(name).with_extension("rs").exists();
    if is_ours && is_stale(&path, sources) {
        build_own_binaries(folder);
    }
    drop(one_at_a_time);
    if path.exists() { Ok(path) } else { Err(LaunchError::NotBuilt { path }) }
}

fn is_stale(binary: &Path, sources: PathBuf) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let Some(built) = changed(binary) else { return true };
    let mut folders = vec![sources];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if changed(&path).is_some_and(|changed| changed > built) {
                return true;
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    false
}

fn build_own_binaries(folder: &Path) {
    let profile = match folder.file_name().and_then(OsStr::to_str) {
        Some("debug") | None => "dev",
        Some(profile) => profile,
    };
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Its failure shows as the missing file.
    let _ = Command::new(cargo)
        .args(["build", "--quiet", "--package", "launch", "--bins", "--profile", profile])
        .arg("--target-dir")
        .arg(folder.parent().unwrap_or(folder))
        .stdin(Stdio::null())
        .status();
}
