//! The generator: this binary in another role, as a process of its own.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use launch::{Input, LaunchError, Launcher, Outcome, Running, Scratch};
use load::{Order, Report};

use super::ServiceError;
use crate::trial::words;

/// What the generator may take beyond what the order says.
const PATIENCE: Duration = Duration::from_secs(60);

/// A generator at work.
pub(super) struct Generating {
    running: Running,
    _scratch: Scratch,
}

/// Starts a drive.
pub(super) fn start(launcher: &Launcher, order: &Order) -> Result<Generating, ServiceError> {
    let scratch = Scratch::fresh()?;
    let path: PathBuf = scratch.path().join("order.json");
    let text = serde_json::to_vec(order).map_err(|error| ServiceError::io(&path)(error.into()))?;
    fs::write(&path, text).map_err(ServiceError::io(&path))?;
    let mut trial = launch::Trial::of(launcher.path()).with_args([load::ROLE]);
    trial.stdin = Input::File(path);
    trial.deadline =
        order.window.warm_up + order.window.measured + order.timeout + order.settle + PATIENCE;
    Ok(Generating { running: promptly(launcher, trial)?, _scratch: scratch })
}

/// Before everything else on its processor, where that is allowed: otherwise whatever else runs
/// there makes the generator late, and late is what it must not be.
fn promptly(launcher: &Launcher, mut trial: launch::Trial) -> Result<Running, LaunchError> {
    static REFUSED: AtomicBool = AtomicBool::new(false);
    if !REFUSED.load(Ordering::Relaxed) {
        trial.realtime = true;
        match launcher.start(&trial) {
            Err(LaunchError::Refused(_)) => REFUSED.store(true, Ordering::Relaxed),
            started => return started,
        }
    }
    trial.realtime = false;
    launcher.start(&trial)
}

impl Generating {
    /// Waits for its end.
    pub(super) fn finish(self) -> Result<Report, ServiceError> {
        let outcome = self.running.finish()?;
        read(&outcome)
    }
}

/// Carries out one order.
pub(super) fn generate(launcher: &Launcher, order: &Order) -> Result<Report, ServiceError> {
    start(launcher, order)?.finish()
}

fn read(outcome: &Outcome) -> Result<Report, ServiceError> {
    let failed = |said: String| ServiceError::Generator(format!("{}: {said}", outcome.ended));
    let stdout = outcome.stdout.read(launch::Bytes::mib(64));
    let stdout = stdout.map_err(|error| failed(error.to_string()))?;
    load::report_of(&String::from_utf8_lossy(&stdout)).map_err(|error| match error {
        load::ReportError::Missing => failed(words(&outcome.stderr_tail())),
        told => failed(told.to_string()),
    })
}
