//! What to start and within which bounds.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::outcome::Bytes;

/// One start of one program.
#[derive(Debug, Clone)]
pub struct Trial {
    /// A path, or a bare name looked up in the subject's own `PATH`.
    pub program: PathBuf,
    /// Arguments after the program's name.
    pub args: Vec<OsString>,
    /// The environment.
    pub environment: Environment,
    /// The working directory; `None` is the scratch folder.
    pub directory: Option<PathBuf>,
    /// Standard input.
    pub stdin: Input,
    /// How long the subject may take.
    pub deadline: Duration,
    /// How long stdout, and stderr, may each become.
    pub output_cap: Bytes,
    /// How long the tree may take to end: after SIGTERM when the deadline has passed or a service
    /// is stopped, and for descendants after the subject's own end. Then SIGKILL. Zero: at once.
    pub grace: Duration,
    /// The scratch folder; `None` is a fresh one, removed after the trial.
    pub scratch: Option<PathBuf>,
    /// The processors the subject may use; `None` leaves it to the kernel. Pinning changes what a
    /// program sees as available parallelism.
    pub affinity: Option<Vec<usize>>,
    /// Whether to run under SCHED_FIFO; needs the right to.
    pub realtime: bool,
    /// Whether the subject gets a session of its own, hence no terminal to prompt on. Not for timed
    /// runs: a session is a scheduling group of its own (autogroup), and a fresh one waits longer
    /// for a busy processor. With three spinning programs on two processors an empty program took
    /// 3.0 ms so, and 0.6 ms in the harness's session (medians of 1500, in turns).
    pub own_session: bool,
    /// Bounds on resources.
    pub limits: Limits,
    /// Length of an extra variable `EVENHAND_PADDING`, drawn at random by the caller so that the
    /// bias of memory layout becomes noise (Mytkowicz et al., "Producing wrong data without doing
    /// anything obviously wrong", ASPLOS 2009). Zero: no such variable.
    pub padding: usize,
}

impl Trial {
    /// The program without arguments in a clean environment and a fresh scratch folder, nothing on
    /// stdin, one minute, 64 MiB of output.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            environment: Environment::Clean,
            directory: None,
            stdin: Input::Null,
            deadline: Duration::from_secs(60),
            output_cap: Bytes::mib(64),
            grace: Duration::ZERO,
            scratch: None,
            affinity: None,
            realtime: false,
            own_session: false,
            limits: Limits::default(),
            padding: 0,
        }
    }

    /// The same with these arguments.
    #[must_use]
    pub fn with_args(mut self, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }
}

/// Where the subject's environment comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environment {
    /// [`clean_environment`] with the trial's scratch folder.
    Clean,
    /// Exactly these variables.
    Exact(Vec<(OsString, OsString)>),
    /// The harness's own, without the removed ones and with the added ones: for tools.
    Inherit {
        /// Set, over what is inherited.
        added: Vec<(OsString, OsString)>,
        /// Left out.
        removed: Vec<OsString>,
    },
}

/// The environment of a timed run: the same on every machine and for every user.
///
/// `PATH` names the system's folders only; `HOME` and `TMPDIR` are the scratch folder, so that no
/// configuration file of the user has a say and temporary files land on tmpfs; `LANG` and `TZ` keep
/// sorting, numbers and dates equal.
pub fn clean_environment(scratch: &Path) -> Vec<(OsString, OsString)> {
    let scratch = scratch.as_os_str();
    vec![
        ("PATH".into(), "/usr/local/bin:/usr/bin:/bin".into()),
        ("HOME".into(), scratch.into()),
        ("TMPDIR".into(), scratch.into()),
        ("LANG".into(), "C.UTF-8".into()),
        ("TZ".into(), "UTC".into()),
    ]
}

/// Standard input of the subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// `/dev/null`.
    Null,
    /// This file from its beginning.
    File(PathBuf),
}

/// Bounds the kernel holds. The first three need a cgroup that can be written to; a trial that asks
/// for one and cannot have it is refused, never run without.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Memory of the tree, page cache and captured output included.
    pub memory: Option<Bytes>,
    /// Processes and threads of the tree.
    pub processes: Option<u64>,
    /// Processor time per time: 0.5 is half of one processor.
    pub processors: Option<f64>,
    /// Size of any one file the subject writes, stdout included (`RLIMIT_FSIZE`; SIGXFSZ).
    pub file_size: Option<Bytes>,
    /// Open files of each process (`RLIMIT_NOFILE`), at least 16.
    pub open_files: Option<u64>,
}

impl Limits {
    /// Whether a cgroup is needed.
    pub(crate) fn need_cgroup(&self) -> bool {
        self.memory.is_some() || self.processes.is_some() || self.processors.is_some()
    }
}
