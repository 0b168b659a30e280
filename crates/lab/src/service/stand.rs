//! A program and what stands beside it, for one turn.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use launch::{Bytes, Environment, Launcher, Limits, Outcome, Running, Scratch, clean_environment};
use model::Service;
use model::service::{Drive, Ready, StopSignal};
use rustix::process::{Resource, getrlimit};

use super::ServiceError;
use super::ask::Asker;
use super::companions::{Beside, Companions};
use super::processors::Processors;
use super::wait::{self, Look};
use crate::toolchain::fill;
use crate::trial::words;

/// How long a program may take until it is ready; filling a large cache takes a while.
const PATIENCE: Duration = Duration::from_secs(60);

/// From one look at a program that is starting to the next.
const PAUSE: Duration = Duration::from_micros(300);

/// How long a program has to end after it was asked to.
pub(super) const GRACE: Duration = Duration::from_secs(10);

/// How long any turn may take at most.
const LONGEST: Duration = Duration::from_secs(1800);

/// Open files where the machine sets no limit.
const MOST_FILES: u64 = 1 << 20;

/// What all turns of a workload or contract share.
pub(crate) struct Grounds<'a> {
    pub(crate) launcher: &'a Launcher,
    pub(crate) service: &'a Service,
    pub(crate) beside: Vec<Beside>,
    pub(crate) processors: Processors,
}

/// The program of one side in one case.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) program: PathBuf,
    pub(crate) args: Vec<String>,
    /// Over the clean environment, later ones over earlier ones.
    pub(crate) env: BTreeMap<String, String>,
    /// `None`: the turn's own temporary folder.
    pub(crate) directory: Option<PathBuf>,
    /// What the language adds where limits are set from outside.
    pub(crate) container: BTreeMap<String, String>,
    pub(crate) padding: usize,
}

/// A program that is ready, and what stands beside it.
pub(super) struct Standing<'a> {
    pub(super) grounds: &'a Grounds<'a>,
    pub(super) server: Running,
    pub(super) port: u16,
    pub(super) companions: Companions,
    /// From before the start to the first right answer.
    pub(super) first_answer: Duration,
    _scratch: Scratch,
}

impl<'a> Grounds<'a> {
    /// Starts companions, then the program, and waits until it is ready.
    pub(super) fn stand(
        &'a self,
        subject: &Subject,
        drive: &Drive,
    ) -> Result<Standing<'a>, ServiceError> {
        let scratch = Scratch::fresh()?;
        let companions = Companions::start(self, scratch.path())?;
        let port = wait::free_port()?;
        let trial = self.trial(subject, drive, &companions, port, scratch.path());
        let (server, first_answer) = wait::timed(|| {
            let server = self.launcher.start(&trial)?;
            self.await_ready(&server, port)?;
            Ok::<_, ServiceError>(server)
        });
        let server = server?;
        Ok(Standing { grounds: self, server, port, companions, first_answer, _scratch: scratch })
    }

    fn trial(
        &self,
        subject: &Subject,
        drive: &Drive,
        companions: &Companions,
        port: u16,
        scratch: &Path,
    ) -> launch::Trial {
        let mut variables: BTreeMap<OsString, OsString> =
            clean_environment(scratch).into_iter().collect();
        let mut set = |name: &str, value: String| {
            variables.insert(name.into(), value.into());
        };
        set(&self.service.port, port.to_string());
        for (name, value) in companions.variables() {
            set(name, value.to_owned());
        }
        for (name, value) in contained(&subject.container, drive) {
            set(&name, value);
        }
        for (name, value) in drive.env.iter().chain(&subject.env) {
            set(name, value.clone());
        }
        let mut trial = launch::Trial::of(&subject.program).with_args(&subject.args);
        trial.environment = Environment::Exact(variables.into_iter().collect());
        trial.directory = Some(subject.directory.clone().unwrap_or_else(|| scratch.to_owned()));
        trial.scratch = Some(scratch.to_owned());
        trial.deadline = LONGEST;
        trial.grace = GRACE;
        trial.affinity = Some(self.processors.server.clone());
        trial.limits = Limits {
            processors: drive.processors,
            memory: drive.memory.map(Bytes),
            // As many as may be: some runtimes raise their own limit to that when they start.
            open_files: Some(getrlimit(Resource::Nofile).maximum.unwrap_or(MOST_FILES)),
            ..Limits::default()
        };
        trial.padding = subject.padding;
        trial
    }

    fn await_ready(&self, server: &Running, port: u16) -> Result<(), ServiceError> {
        let asker = Asker::new("the program", port, Duration::from_secs(2));
        let is_ready = || match &self.service.ready {
            Ready::Path(path) => asker.is_ready(path),
            Ready::Connect => TcpStream::connect(wait::loopback(port)).is_ok(),
            Ready::Started => true,
        };
        ready("the program", server, is_ready)
    }
}

/// Waits until something that was started is ready.
pub(super) fn ready(
    who: &str,
    running: &Running,
    is_ready: impl Fn() -> bool,
) -> Result<(), ServiceError> {
    let look = || {
        // First, and alone: what is looked at besides would count to the first answer.
        if is_ready() {
            return Look::There(());
        }
        match running.snapshot() {
            Some(_) => Look::NotYet,
            None => Look::Never(ServiceError::Ended {
                who: who.to_owned(),
                said: words(&running.stderr_so_far()),
            }),
        }
    };
    wait::until(PATIENCE, PAUSE, look)?.ok_or_else(|| ServiceError::NotReady {
        who: who.to_owned(),
        waited: PATIENCE,
        said: words(&running.stderr_so_far()),
    })
}

/// What a language tells its programs about limits that are set from outside.
fn contained(variables: &BTreeMap<String, String>, drive: &Drive) -> Vec<(String, String)> {
    let memory = drive.memory.map(|bytes| (bytes / 10 * 9).to_string());
    let workers = drive.processors.map(|share| (share.ceil() as u64).max(1).to_string());
    let known = [("memory-90", memory), ("workers", workers)];
    let set = |(name, value): (&String, &String)| {
        let filled = known.iter().fold(value.clone(), |text, (word, meaning)| match meaning {
            Some(meaning) => fill(&text, &[(word, meaning)]),
            None => text,
        });
        // A limit that is not set leaves its word in the text: nothing to tell.
        (!filled.contains('{')).then(|| (name.clone(), filled))
    };
    match drive.memory.is_some() || drive.processors.is_some() {
        true => variables.iter().filter_map(set).collect(),
        false => Vec::new(),
    }
}

impl Standing<'_> {
    /// Asks the program to end and waits for it; how long that took comes beside.
    pub(super) fn stop(self) -> Result<(Outcome, Duration), ServiceError> {
        let Self { grounds, server, companions, .. } = self;
        let (outcome, took) = wait::timed(|| {
            if grounds.service.stop == StopSignal::Int {
                server.interrupt();
                let gone = || match server.snapshot() {
                    None => Look::There(()),
                    Some(_) => Look::NotYet,
                };
                // One that is still there is asked with SIGTERM next.
                let _ = wait::until(GRACE, PAUSE, gone);
            }
            server.stop()
        });
        drop(companions);
        Ok((outcome?, took))
    }
}
