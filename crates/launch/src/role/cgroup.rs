//! A control group for one trial, where limits or the peak of memory need one.
//!
//! Version 1 has a folder per controller, version 2 one folder; both are made below the group this
//! process is in, so that outer limits stay in force. The launcher joins, the subject inherits, and
//! the launcher leaves and removes the folder at the end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::error::Refusal;
use crate::outcome::Bytes;
use crate::probe::{CgroupVersion, MemoryReading, MemorySource};
use crate::wire::{Meter, Request};

/// Period of the processor quota, the kernel's default.
const QUOTA_PERIOD_MICROS: f64 = 100_000.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Controller {
    Memory,
    Processes,
    Processor,
}

impl Controller {
    fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Processes => "pids",
            Self::Processor => "cpu",
        }
    }
}

/// One joined folder.
struct Group {
    controller: Controller,
    version: CgroupVersion,
    path: PathBuf,
}

/// The groups of this trial.
pub(super) struct Cgroup {
    groups: Vec<Group>,
}

impl Cgroup {
    /// Makes, limits and enters what the request needs; `None` if it needs nothing.
    pub(super) fn join(request: &Request) -> Result<Option<Self>, Refusal> {
        let limits = &request.limits;
        let peak = request.meter == Meter::CgroupMemory;
        if !limits.need_cgroup() && !peak {
            return Ok(None);
        }
        let mut wanted = Vec::new();
        if limits.memory.is_some() || peak {
            wanted.push(Controller::Memory);
        }
        if limits.processes.is_some() {
            wanted.push(Controller::Processes);
        }
        if limits.processors.is_some() {
            wanted.push(Controller::Processor);
        }
        let mut cgroup = Self { groups: Vec::new() };
        match cgroup.enter_all(request, &wanted) {
            Ok(()) => Ok(Some(cgroup)),
            Err(refusal) => {
                cgroup.leave();
                Err(refusal)
            }
        }
    }

    fn enter_all(&mut self, request: &Request, wanted: &[Controller]) -> Result<(), Refusal> {
        let parents = parents(wanted)?;
        for (controller, version, parent) in parents {
            let path = parent.join(format!("evenhand-{}", std::process::id()));
            let refusal = |e: io::Error| refusal(controller, version, &path, &e);
            if !self.groups.iter().any(|group| group.path == path) {
                fs::create_dir(&path).map_err(refusal)?;
            }
            let group = Group { controller, version, path: path.clone() };
            let set = group.limit(request);
            self.groups.push(group);
            set.map_err(refusal)?;
        }
        let me = std::process::id().to_string();
        for group in &self.groups {
            fs::write(group.path.join("cgroup.procs"), &me)
                .map_err(|e| refusal(group.controller, group.version, &group.path, &e))?;
        }
        Ok(())
    }

    /// No process of the group may fork from now on.
    pub(super) fn forbid_forks(&self) {
        for group in self.groups.iter().filter(|group| group.controller == Controller::Processes) {
            // Killing works without, only less surely against a fork bomb.
            let _ = group.write("pids.max", "0");
        }
    }

    /// How many processes the memory limit has killed.
    pub(super) fn oom_kills(&self) -> Option<u64> {
        let group = self.memory()?;
        let file = match group.version {
            CgroupVersion::V1 => "memory.oom_control",
            CgroupVersion::V2 => "memory.events",
        };
        let text = fs::read_to_string(group.path.join(file)).ok()?;
        let count = text.lines().find_map(|line| line.strip_prefix("oom_kill "))?;
        count.trim().parse().ok()
    }

    /// The peak of the group, launcher and page cache included.
    pub(super) fn memory_reading(&self) -> Option<MemoryReading> {
        let group = self.memory()?;
        let file = match group.version {
            CgroupVersion::V1 => "memory.max_usage_in_bytes",
            CgroupVersion::V2 => "memory.peak",
        };
        let text = fs::read_to_string(group.path.join(file)).ok()?;
        Some(MemoryReading {
            bytes: Bytes(text.trim().parse().ok()?),
            source: MemorySource::CgroupPeak { version: group.version },
            pss: None,
            processes: None,
        })
    }

    fn memory(&self) -> Option<&Group> {
        self.groups.iter().find(|group| group.controller == Controller::Memory)
    }

    /// Goes back to the parent groups and removes the folders.
    pub(super) fn leave(&self) {
        let me = std::process::id().to_string();
        for group in &self.groups {
            if let Some(parent) = group.path.parent() {
                // A folder that cannot be left cannot be removed either; the next line shows it.
                let _ = fs::write(parent.join("cgroup.procs"), &me);
            }
        }
        for group in &self.groups {
            // The kernel lets go of reaped processes a moment later.
            for _ in 0..50 {
                match fs::remove_dir(&group.path) {
                    Err(e) if e.kind() == io::ErrorKind::ResourceBusy => {
                        sleep(Duration::from_millis(1));
                    }
                    _ => break,
                }
            }
        }
    }
}

impl Group {
    fn limit(&self, request: &Request) -> io::Result<()> {
        let limits = &request.limits;
        match self.controller {
            Controller::Memory => limits.memory.map_or(Ok(()), |bytes| self.limit_memory(bytes)),
            Controller::Processes => limits.processes.map_or(Ok(()), |n| {
                // The launcher, and its thread that traces.
                let own = if request.meter.is_traced() { 2 } else { 1 };
                self.write("pids.max", &n.saturating_add(own).to_string())
            }),
            Controller::Processor => {
                limits.processors.map_or(Ok(()), |share| self.limit_processors(share))
            }
        }
    }

    fn limit_memory(&self, Bytes(bytes): Bytes) -> io::Result<()> {
        let bytes = bytes.to_string();
        match self.version {
            CgroupVersion::V1 => {
                self.write("memory.limit_in_bytes", &bytes)?;
                self.write_if_present("memory.memsw.limit_in_bytes", &bytes)
            }
            CgroupVersion::V2 => {
                self.write("memory.max", &bytes)?;
                self.write_if_present("memory.swap.max", "0")
            }
        }
    }

    fn limit_processors(&self, share: f64) -> io::Result<()> {
        let quota = format!("{:.0}", share * QUOTA_PERIOD_MICROS);
        match self.version {
            CgroupVersion::V1 => {
                self.write("cpu.cfs_period_us", &format!("{QUOTA_PERIOD_MICROS:.0}"))?;
                self.write("cpu.cfs_quota_us", &quota)
            }
            CgroupVersion::V2 => {
                self.write("cpu.max", &format!("{quota} {QUOTA_PERIOD_MICROS:.0}"))
            }
        }
    }

    fn write(&self, file: &str, text: &str) -> io::Result<()> {
        fs::write(self.path.join(file), text)
    }

    /// A kernel without swap accounting has no file for it.
    fn write_if_present(&self, file: &str, text: &str) -> io::Result<()> {
        if self.path.join(file).exists() { self.write(file, text) } else { Ok(()) }
    }
}

fn refusal(
    controller: Controller,
    version: CgroupVersion,
    path: &Path,
    reason: &io::Error,
) -> Refusal {
    // The sum of children's quotas is bounded by their parent's (sched-bwc.rst).
    let more_than_parent =
        controller == Controller::Processor && reason.kind() == io::ErrorKind::InvalidInput;
    let way_out = match version {
        _ if more_than_parent => "the group around it allows less; ask for less, or for no limit",
        CgroupVersion::V1 => "run as root, or leave the limit off",
        CgroupVersion::V2 => {
            "run inside `systemd-run --user --scope -p Delegate=yes`, as root, or leave the limit off"
        }
    };
    Refusal::Limit {
        limit: controller.name().to_owned(),
        reason: format!("cgroup {version} folder {}: {reason}; {way_out}", path.display()),
    }
}

/// Where a child group of each wanted controller can be made.
fn parents(wanted: &[Controller]) -> Result<Vec<(Controller, CgroupVersion, PathBuf)>, Refusal> {
    let membership = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let mut parents = Vec::new();
    for &controller in wanted {
        let found = v1_parent(controller, &membership, &mounts)
            .map(|path| (CgroupVersion::V1, path))
            .or_else(|| {
                v2_parent(controller, &membership, &mounts).map(|p| (CgroupVersion::V2, p))
            });
        match found {
            Some((version, path)) => parents.push((controller, version, path)),
            None => {
                return Err(Refusal::Limit {
                    limit: controller.name().to_owned(),
                    reason: "no cgroup with this controller is mounted; \
                             mount one, or leave the limit off"
                        .to_owned(),
                });
            }
        }
    }
    Ok(parents)
}

/// Lines of `/proc/self/cgroup`: `id:controllers:path`; version 2 is `0::path`.
fn own_path<'a>(membership: &'a str, controller: &str) -> Option<&'a str> {
    membership.lines().find_map(|line| {
        let (_, rest) = line.split_once(':')?;
        let (controllers, path) = rest.split_once(':')?;
        controllers.split(',').any(|name| name == controller).then_some(path)
    })
}

/// Mount point and root of a cgroup mount whose super options satisfy `is_it`.
fn mount(mounts: &str, kind: &str, is_it: impl Fn(&str) -> bool) -> Option<(PathBuf, PathBuf)> {
    mounts.lines().find_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let mut after = after.split(' ');
        let same_kind = after.next()? == kind;
        let options = after.nth(1)?;
        let mut before = before.split(' ').skip(3);
        let (root, point) = (before.next()?, before.next()?);
        (same_kind && is_it(options)).then(|| (point.into(), root.into()))
    })
}

fn below(mount: &(PathBuf, PathBuf), path: &str) -> PathBuf {
    let (point, root) = mount;
    let inside = Path::new(path).strip_prefix(root).unwrap_or(Path::new(""));
    point.join(inside.strip_prefix("/").unwrap_or(inside))
}

fn v1_parent(controller: Controller, membership: &str, mounts: &str) -> Option<PathBuf> {
    let name = controller.name();
    let has = |options: &str| options.split(',').any(|option| option == name);
    let mount = mount(mounts, "cgroup", has)?;
    Some(below(&mount, own_path(membership, name)?))
}

fn v2_parent(controller: Controller, membership: &str, mounts: &str) -> Option<PathBuf> {
    let mount = mount(mounts, "cgroup2", |_| true)?;
    let parent = below(&mount, own_path(membership, "")?);
    let name = controller.name();
    let lists = |file: &str| {
        fs::read_to_string(parent.join(file))
            .is_ok_and(|text| text.split_ascii_whitespace().any(|listed| listed == name))
    };
    if !lists("cgroup.controllers") {
        return None;
    }
    if !lists("cgroup.subtree_control") {
        // Refused when the group has processes of its own; then the limit's file will be missing,
        // and that is reported.
        let _ = fs::write(parent.join("cgroup.subtree_control"), format!("+{name}"));
    }
    Some(parent)
}
