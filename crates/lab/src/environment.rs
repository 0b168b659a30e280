//! Knows the place: the machine, the toolchains, and what a program of each
//! side sees of the machine. Never a host name, user name or home folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use launch::{Ended, Launcher, Limits, Medium, Scratch, Trial, clean_environment};
use model::{
    Comparison, CpuLimit, Environment, Language, Machine, MemoryLimit, Profile, Sees, SideName,
    Toolchain,
};
use sha2::{Digest, Sha256};

use crate::build::{self, Sources};
use crate::input::hex;
use crate::toolchain::Tools;

/// Looks at the place where a comparison would be run.
pub fn know(
    comparison: &Comparison,
    launcher: &Launcher,
    cache: &Path,
    offline: bool,
) -> Environment {
    let languages = &comparison.languages;
    let sides: Vec<(&SideName, &Language)> = comparison
        .sides
        .iter()
        .filter_map(|side| Some((&side.name, languages.get(&side.language)?)))
        .collect();
    of_sides(&sides, Limits::default(), launcher, cache, offline)
}

/// Looks at the place where programs of these languages would be run under
/// `limits`; a side whose language is not known is left out.
pub fn of_sides(
    sides: &[(&SideName, &Language)],
    limits: Limits,
    launcher: &Launcher,
    cache: &Path,
    offline: bool,
) -> Environment {
    let machine = machine();
    let mut toolchains = BTreeMap::new();
    let mut sees = BTreeMap::new();
    for (side, language) in sides {
        let tools = Tools { launcher, language, offline };
        let toolchain = tools.detect();
        if let Some(version) = toolchain.ready_version()
            && let Some(seen) = ask_program(&tools, version, limits, cache)
        {
            sees.insert((*side).clone(), seen);
        }
        toolchains.insert((*side).clone(), toolchain);
    }
    let fingerprint = fingerprint(&machine, &toolchains);
    let medium = Scratch::fresh().map(|scratch| scratch.medium());
    let output_on = match medium {
        Ok(Medium::Tmpfs) => "tmpfs",
        Ok(Medium::Disk) | Err(_) => "disk",
    };
    Environment {
        machine,
        toolchains,
        sees,
        variables: clean_environment(Path::new("/"))
            .into_iter()
            .map(|(name, _)| name.to_string_lossy().into_owned())
            .collect(),
        output_on: output_on.to_owned(),
        fingerprint,
    }
}

/// Builds and runs the language's own small program that prints what it sees.
fn ask_program(tools: &Tools<'_>, version: &str, limits: Limits, cache: &Path) -> Option<Sees> {
    let folder = tools.language.sees.as_ref()?;
    let sources = Sources { folder, name: "sees", version };
    let artefact = build::artefact(tools, sources, Profile::ReleasePractice, cache).ok()?;
    let trial = Trial { limits, ..Trial::of(artefact.path) };
    let outcome = tools.launcher.run(&trial).ok()?;
    match outcome.ended {
        Ended::Exited(0) => {
            serde_json::from_slice(&outcome.stdout.read(launch::Bytes::kib(4)).ok()?).ok()
        }
        _ => None,
    }
}

/// What makes two runs one: hardware, kernel and toolchains, not the load.
fn fingerprint(machine: &Machine, toolchains: &BTreeMap<SideName, Toolchain>) -> String {
    let stable = Machine { load: 0.0, memory_bytes: machine.memory_bytes >> 28, ..machine.clone() };
    let mut hasher = Sha256::new();
    hasher.update(format!("{stable:?}{toolchains:?}"));
    hex(&hasher.finalize())
}

fn machine() -> Machine {
    let cpuinfo = read("/proc/cpuinfo");
    let (cgroup, cpu_limit, memory_limit) = control_group();
    Machine {
        cores: std::thread::available_parallelism().map_or(1, |n| n.get() as u32),
        cpu: field(&cpuinfo, "model name").unwrap_or_else(|| "unknown".to_owned()),
        memory_bytes: memory_bytes(),
        architecture: std::env::consts::ARCH.to_owned(),
        kernel: format!("Linux {}", read("/proc/sys/kernel/osrelease").trim()),
        system: system(),
        virtualisation: virtualisation(&cpuinfo),
        governor: Some(read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"))
            .map(|governor| governor.trim().to_owned())
            .filter(|governor| !governor.is_empty()),
        load: read("/proc/loadavg").split(' ').next().and_then(|l| l.parse().ok()).unwrap_or(0.0),
        cpu_limit,
        memory_limit,
        cgroup,
    }
}

/// A file of the kernel's; empty where there is none.
fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn memory_bytes() -> u64 {
    field(&read("/proc/meminfo"), "MemTotal")
        .and_then(|total| total.trim_end_matches(" kB").trim().parse::<u64>().ok())
        .map_or(0, |kib| kib * 1024)
}

fn system() -> String {
    let release = read("/etc/os-release");
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| "unknown".to_owned(), |name| name.trim_matches('"').to_owned())
}

fn virtualisation(cpuinfo: &str) -> Option<String> {
    if Path::new("/.dockerenv").exists() || Path::new("/run/.containerenv").exists() {
        return Some("container".to_owned());
    }
    let flags = field(cpuinfo, "flags").unwrap_or_default();
    flags.split(' ').any(|flag| flag == "hypervisor").then(|| "virtual machine".to_owned())
}

/// Version of the interface, CPU quota and memory limit of the group that this
/// process is in, as far as its files show here.
fn control_group() -> (Option<u8>, CpuLimit, MemoryLimit) {
    const V2: &str = "/sys/fs/cgroup/cgroup.controllers";
    if Path::new(V2).exists() {
        let mut quota = read("/sys/fs/cgroup/cpu.max").trim().to_owned();
        quota = quota.replace("max", "");
        let (cores, period) = quota.split_once(' ').unwrap_or_default();
        let memory = read("/sys/fs/cgroup/memory.max").trim().parse().ok();
        return (Some(2), CpuLimit(share(cores, period)), MemoryLimit(memory));
    }
    if !Path::new("/sys/fs/cgroup/cpu").exists() {
        return (None, CpuLimit(None), MemoryLimit(None));
    }
    let quota = read("/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
    let period = read("/sys/fs/cgroup/cpu/cpu.cfs_period_us");
    let memory = read("/sys/fs/cgroup/memory/memory.limit_in_bytes").trim().parse::<u64>().ok();
    // No limit reads as the largest number of pages.
    let memory = memory.filter(|bytes| *bytes < u64::MAX / 4);
    (Some(1), CpuLimit(share(&quota, &period)), MemoryLimit(memory))
}

fn share(quota: &str, period: &str) -> Option<f64> {
    let quota: f64 = quota.trim().parse().ok()?;
    let period: f64 = period.trim().parse().ok()?;
    (quota > 0.0 && period > 0.0).then_some(quota / period)
}
