//! Control groups: which version is here, with which controllers, and which
//! limits can be set, each tried by itself.

use launch::{Bytes, Launcher, Limits, Trial};

use super::kernel::Kernel;
use super::{Checked, no_op};

/// Limits that Evenhand sets, by the controller that they need.
const TRIED: [(&str, Limits); 3] = [
    ("memory", Limits { memory: Some(Bytes::mib(256)), ..NONE }),
    ("cpu", Limits { processors: Some(0.5), ..NONE }),
    ("pids", Limits { processes: Some(64), ..NONE }),
];

const NONE: Limits =
    Limits { memory: None, processes: None, processors: None, file_size: None, open_files: None };

pub(super) fn all(kernel: &Kernel, launcher: &Launcher) -> Vec<Checked> {
    let found = kernel.groups();
    let tried = TRIED.map(|(controller, limits)| {
        let trial = Trial { limits, ..no_op() };
        let lacking = launcher.run(&trial).err().map(|error| error.to_string());
        Tried { controller, lacking }
    });
    vec![version(&found), settable(&tried)]
}

/// One limit that was set, or not.
pub(super) struct Tried {
    pub(super) controller: &'static str,
    pub(super) lacking: Option<String>,
}

/// Where the controllers that Evenhand uses are.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Groups {
    /// In a tree of its own each.
    pub(super) first: Vec<String>,
    /// In the one tree of version 2; `None`: there is no such tree.
    pub(super) second: Option<Vec<String>>,
}

impl Groups {
    /// From `/proc/self/cgroup` and the list of controllers of version 2.
    pub(super) fn of(membership: &str, listed: Option<&str>) -> Self {
        let used = |name: &&str| TRIED.iter().any(|(controller, _)| controller == name);
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let mut first: Vec<&str> = membership
            .lines()
            .filter_map(|line| line.split(':').nth(1))
            .flat_map(|names| names.split(','))
            .filter(used)
            .collect();
        first.sort_unstable();
        let second = listed.map(|names| names.split_whitespace().filter(used).collect());
        Self { first: owned(first), second: second.map(owned) }
    }
}

pub(super) fn version(groups: &Groups) -> Checked {
    const SUBJECT: &str = "control groups";
    let first = groups.first.join(" ");
    match &groups.second {
        Some(second) if !second.is_empty() && first.is_empty() => {
            Checked::fine(SUBJECT, format!("version 2: {}", second.join(" ")))
        }
        Some(second) if !second.is_empty() => {
            let found = format!("version 1: {first}; version 2: {}", second.join(" "));
            Checked::fine(SUBJECT, found)
        }
        Some(_) if !first.is_empty() => {
            Checked::fine(SUBJECT, format!("version 1: {first}; version 2 beside it, empty"))
        }
        None if !first.is_empty() => Checked::fine(SUBJECT, format!("version 1: {first}")),
        _ => Checked::lacking(
            SUBJECT,
            "none with memory, cpu or pids",
            "no limits; mount /sys/fs/cgroup (in a container: --cgroupns=host or --privileged)",
        ),
    }
}

pub(super) fn settable(tried: &[Tried]) -> Checked {
    const SUBJECT: &str = "--limits";
    let can: Vec<&str> =
        tried.iter().filter(|one| one.lacking.is_none()).map(|one| one.controller).collect();
    let reasons: Vec<&str> = tried.iter().filter_map(|one| one.lacking.as_deref()).collect();
    let found = match can.as_slice() {
        [] => "none can be set".to_owned(),
        can => format!("{} can be set", can.join(", ")),
    };
    if reasons.is_empty() {
        return Checked::fine(SUBJECT, found);
    }
    let costs = format!("what runs under the others is not run: {}", reasons.join("; "));
    Checked::lacking(SUBJECT, found, costs)
}
