//! What this machine can measure, and what each missing thing costs: tried, not
//! guessed.

use std::fs;
use std::path::Path;

use launch::probe::{self, MemorySource};
use launch::{Bytes, LaunchError, Launcher, Limits, Medium, Scratch, Trial};
use model::{Comparison, Environment, ToolchainState};

use crate::toolchain::Tools;

/// One thing looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What, in a word or two.
    pub subject: String,
    /// What was found.
    pub found: String,
    /// What it costs that it is not better, with the way out; `None`: nothing.
    pub costs: Option<String>,
}

fn checked(subject: &str, found: impl Into<String>, costs: Option<&str>) -> Checked {
    Checked { subject: subject.to_owned(), found: found.into(), costs: costs.map(str::to_owned) }
}

/// Looks at toolchains, targets, meters and noise.
pub fn survey(
    comparison: &Comparison,
    environment: &Environment,
    launcher: &Launcher,
    offline: bool,
) -> Vec<Checked> {
    let mut all = toolchains(comparison, environment, launcher, offline);
    all.push(memory(launcher));
    all.push(output());
    all.push(limits(launcher));
    all.push(realtime(launcher));
    all.extend(noise(environment));
    all
}

fn toolchains(
    comparison: &Comparison,
    environment: &Environment,
    launcher: &Launcher,
    offline: bool,
) -> Vec<Checked> {
    let mut all = Vec::new();
    for side in &comparison.sides {
        let Some(language) = comparison.languages.get(&side.language) else { continue };
        let Some(toolchain) = environment.toolchains.get(&side.name) else { continue };
        match &toolchain.state {
            ToolchainState::Ready { version, released } => {
                let of = released.map(|date| format!(", of {date}")).unwrap_or_default();
                all.push(checked(&side.title, format!("{version}{of}"), None));
            }
            ToolchainState::Missing { reason } | ToolchainState::TooOld { reason, .. } => {
                let costs = format!("nothing of {} runs: {reason}", side.title);
                all.push(checked(&side.title, "not usable", Some(&costs)));
                continue;
            }
        }
        let tools = Tools { launcher, language, offline };
        for (profile, recipe) in &language.profiles {
            if let Some(hint) = tools.missing_need(recipe) {
                let costs = format!("the profile {profile} is not run: {hint}");
                all.push(checked(&format!("{} {profile}", side.title), "missing", Some(&costs)));
            }
        }
    }
    all
}

/// A program that ends at once: this very launcher, asked for nothing it knows.
fn no_op() -> Trial {
    Trial::of("/bin/true")
}

fn memory(launcher: &Launcher) -> Checked {
    const SUBJECT: &str = "peak memory";
    match probe::memory(launcher, &no_op()) {
        Ok(probe) if probe.reading.source == MemorySource::VmHwmAtExit => {
            checked(SUBJECT, "exact, by ptrace", None)
        }
        Ok(probe) => checked(
            SUBJECT,
            probe.reading.source.to_string(),
            Some("figures are flagged; allow ptrace (in a container: --cap-add SYS_PTRACE)"),
        ),
        Err(error) => checked(SUBJECT, "none", Some(&format!("memory is not run: {error}"))),
    }
}

fn output() -> Checked {
    const SUBJECT: &str = "output of timed runs";
    match Scratch::fresh().map(|scratch| scratch.medium()) {
        Ok(Medium::Tmpfs) => checked(SUBJECT, "in memory", None),
        Ok(Medium::Disk) => checked(
            SUBJECT,
            "temporary files on a disk",
            Some("more noise in programs that write files; make /dev/shm writable"),
        ),
        Err(error) => checked(SUBJECT, "none", Some(&error.to_string())),
    }
}

fn tried(trial: &Trial, launcher: &Launcher) -> Result<(), LaunchError> {
    launcher.run(trial).map(|_| ())
}

fn limits(launcher: &Launcher) -> Checked {
    const SUBJECT: &str = "limits by control group";
    let mut trial = no_op();
    trial.limits = Limits { memory: Some(Bytes::mib(256)), ..Limits::default() };
    match tried(&trial, launcher) {
        Ok(()) => checked(SUBJECT, "can be set", None),
        Err(error) => {
            let costs = format!("experiments under a limit are not run: {error}");
            checked(SUBJECT, "cannot be set", Some(&costs))
        }
    }
}

/// Whether a trial may run under a real-time priority here.
///
/// # Errors
/// The launcher's reason, with the way out.
pub fn try_realtime(launcher: &Launcher) -> Result<(), LaunchError> {
    tried(&Trial { realtime: true, ..no_op() }, launcher)
}

fn realtime(launcher: &Launcher) -> Checked {
    const SUBJECT: &str = "--realtime";
    match try_realtime(launcher) {
        Ok(()) => checked(SUBJECT, "permitted", None),
        Err(_) => checked(
            SUBJECT,
            "not permitted",
            Some("wall time is noisier than it could be; run as root or grant CAP_SYS_NICE"),
        ),
    }
}

fn noise(environment: &Environment) -> Vec<Checked> {
    let machine = &environment.machine;
    let mut all = Vec::new();
    let load = format!("{:.1} on {} cores", machine.load, machine.cores);
    let busy = machine.load > f64::from(machine.cores) / 2.0;
    all.push(checked(
        "load",
        load,
        busy.then_some("more pairs are needed; nothing gets wrong by it"),
    ));
    if let Some(governor) = &machine.governor {
        let fixed = governor == "performance";
        all.push(checked(
            "frequency governor",
            governor,
            (!fixed).then_some("more noise; set `performance` if you can"),
        ));
    }
    if machine.cores < 2 {
        all.push(checked("cores", "one", Some("programs that use several show only a part")));
    }
    if swap_in_use() {
        all.push(checked("swap", "in use", Some("noise that pairs cannot take out; free memory")));
    }
    if autogroup() {
        let found = "on: plain `nice` does nothing";
        all.push(checked("scheduler autogroup", found, None));
    }
    all
}

fn swap_in_use() -> bool {
    let swaps = fs::read_to_string("/proc/swaps").unwrap_or_default();
    swaps.lines().skip(1).any(|line| line.split_whitespace().nth(3).is_some_and(|used| used != "0"))
}

fn autogroup() -> bool {
    let path = Path::new("/proc/sys/kernel/sched_autogroup_enabled");
    fs::read_to_string(path).is_ok_and(|text| text.trim() == "1")
}
