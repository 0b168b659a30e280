//! Compilers, linters and other tools: started in the user's own environment, contained and
//! metered like a subject.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::error::LaunchError;
use crate::launcher::Launcher;
use crate::outcome::{Bytes, Ended, Outcome, Usage};
use crate::trial::{Environment, Input, Limits, Trial};

/// A tool and how to run it.
#[derive(Debug, Clone)]
pub struct Tool {
    /// A path, or a name looked up in `PATH`.
    pub program: PathBuf,
    /// Arguments after the program's name.
    pub args: Vec<OsString>,
    /// The working directory.
    pub directory: PathBuf,
    /// Variables set over the inherited ones.
    pub added: Vec<(OsString, OsString)>,
    /// Inherited variables left out.
    pub removed: Vec<OsString>,
    /// Standard input.
    pub stdin: Input,
    /// How long it may take.
    pub deadline: Duration,
    /// How long stdout, and stderr, may each become.
    pub output_cap: Bytes,
    /// Processors it may use; `None`: any.
    pub affinity: Option<Vec<usize>>,
}

impl Tool {
    /// The tool in `directory` with the environment as inherited, ten minutes, 64 MiB of output.
    pub fn of(program: impl Into<PathBuf>, directory: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            directory: directory.into(),
            added: Vec::new(),
            removed: Vec::new(),
            stdin: Input::Null,
            deadline: Duration::from_secs(600),
            output_cap: Bytes::mib(64),
            affinity: None,
        }
    }

    /// The same with these arguments.
    #[must_use]
    pub fn with_args(mut self, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }

    fn trial(&self) -> Trial {
        Trial {
            program: self.program.clone(),
            args: self.args.clone(),
            environment: Environment::Inherit {
                added: self.added.clone(),
                removed: self.removed.clone(),
            },
            directory: Some(self.directory.clone()),
            stdin: self.stdin.clone(),
            deadline: self.deadline,
            output_cap: self.output_cap,
            // Time to remove temporary files after SIGTERM.
            grace: Duration::from_millis(500),
            scratch: None,
            affinity: self.affinity.clone(),
            realtime: false,
            // A tool that would ask for a password must fail, not wait.
            own_session: true,
            limits: Limits::default(),
            padding: 0,
        }
    }
}

/// Bytes of an excerpt.
const EXCERPT: usize = 16 * 1024;

/// What a tool came to.
#[derive(Debug)]
pub struct ToolOutcome {
    /// How it ended.
    pub ended: Ended,
    /// From its start to its end.
    pub wall: Duration,
    /// What its whole tree used.
    pub usage: Usage,
    /// When it was started.
    pub started_at: SystemTime,
    /// Standard output, whole.
    pub stdout: Vec<u8>,
    /// Standard error, whole.
    pub stderr: Vec<u8>,
}

impl ToolOutcome {
    /// Standard output with what is not UTF-8 replaced.
    pub fn stdout_text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// Standard error with what is not UTF-8 replaced.
    pub fn stderr_text(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// The beginning of standard output, 16 KiB at most.
    pub fn first_of_stdout(&self) -> String {
        let end = self.stdout.len().min(EXCERPT);
        String::from_utf8_lossy(&self.stdout[..end]).into_owned()
    }

    /// The end of standard error, 16 KiB at most.
    pub fn last_of_stderr(&self) -> String {
        let start = self.stderr.len().saturating_sub(EXCERPT);
        String::from_utf8_lossy(&self.stderr[start..]).into_owned()
    }

    /// The last `lines` lines of standard error, or of standard output if that is all there is.
    pub fn last_lines(&self, lines: usize) -> String {
        let source = if self.stderr.is_empty() { &self.stdout } else { &self.stderr };
        let text = String::from_utf8_lossy(source);
        let all: Vec<&str> = text.lines().collect();
        all[all.len().saturating_sub(lines)..].join("\n")
    }
}

/// Runs a tool to its end.
///
/// # Errors
/// When it could not be started; a tool that reports failure is no error here.
pub fn run(launcher: &Launcher, tool: &Tool) -> Result<ToolOutcome, LaunchError> {
    let outcome = launcher.run(&tool.trial())?;
    let read = |step, bytes: io::Result<Vec<u8>>| bytes.map_err(LaunchError::io(step));
    let Outcome { ended, wall, usage, started_at, stdout, stderr, .. } = outcome;
    Ok(ToolOutcome {
        ended,
        wall,
        usage,
        started_at,
        stdout: read("read stdout", stdout.read(tool.output_cap))?,
        stderr: read("read stderr", stderr.read(tool.output_cap))?,
    })
}
