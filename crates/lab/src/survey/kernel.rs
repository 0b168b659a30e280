//! What the kernel tells of itself that bears on measurements: sharing of the
//! processor, frequencies, swap, large pages, the clock, and who may trace.
//! Everything is read from text files below `/proc` and `/sys`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use model::Machine;

use super::Checked;
use super::groups::Groups;

/// Where `proc` and `sys` are.
pub(super) struct Kernel {
    root: PathBuf,
}

impl Kernel {
    /// The one that runs here.
    pub(super) fn running() -> Self {
        Self::below("/")
    }

    pub(super) fn below(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The file's text without white space around it; `None`: it cannot be read.
    fn read(&self, path: &str) -> Option<String> {
        let text = fs::read_to_string(self.root.join(path)).ok()?;
        Some(text.trim().to_owned())
    }

    pub(super) fn all(&self, machine: &Machine) -> Vec<Checked> {
        let mut all = vec![load(machine)];
        if machine.cores < 2 {
            let costs = "programs that use several show only a part";
            all.push(Checked::lacking("cores", "one", costs));
        }
        all.push(self.autogroup());
        all.push(self.governor());
        all.push(self.boost());
        all.push(self.swap());
        all.push(self.large_pages());
        all.push(self.clock());
        all
    }

    /// Every session is a group of its own, and each timed run a session.
    pub(super) fn autogroup(&self) -> Checked {
        const SUBJECT: &str = "scheduler autogroup";
        match self.read("proc/sys/kernel/sched_autogroup_enabled").as_deref() {
            Some("1") => Checked::lacking(
                SUBJECT,
                "on: sessions get equal shares",
                "`nice` changes nothing between a timed run and other sessions; --realtime does, \
                 and so does `sysctl kernel.sched_autogroup_enabled=0`",
            ),
            Some(_) => Checked::fine(SUBJECT, "off: `nice` counts between all programs"),
            None => {
                Checked::fine(SUBJECT, "not in this kernel: `nice` counts between all programs")
            }
        }
    }

    pub(super) fn governor(&self) -> Checked {
        const SUBJECT: &str = "frequency governor";
        let governors: BTreeSet<String> = self.of_each_processor("cpufreq/scaling_governor");
        let found = Vec::from_iter(governors).join(", ");
        match found.as_str() {
            "" => Checked::lacking(
                SUBJECT,
                "not visible",
                "changes of frequency cannot be told from other noise; in a virtual machine they \
                 are the host's to fix",
            ),
            "performance" => Checked::fine(SUBJECT, found),
            _ => Checked::lacking(
                SUBJECT,
                found,
                "more noise; `cpupower frequency-set -g performance` if you can",
            ),
        }
    }

    fn of_each_processor(&self, file: &str) -> BTreeSet<String> {
        let folder = self.root.join("sys/devices/system/cpu");
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| fs::read_to_string(entry.path().join(file)).ok())
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect()
    }

    pub(super) fn boost(&self) -> Checked {
        const SUBJECT: &str = "boost";
        const INTEL: &str = "sys/devices/system/cpu/intel_pstate/no_turbo";
        const OTHERS: &str = "sys/devices/system/cpu/cpufreq/boost";
        let off = |way: &str| {
            let costs = format!("speed depends on heat and on busy neighbours; `{way}` as root");
            Checked::lacking(SUBJECT, "on", costs)
        };
        let intel = self.read(INTEL).map(|text| text == "0");
        let others = self.read(OTHERS).map(|text| text == "1");
        match (intel, others) {
            (Some(true), _) => off(&format!("echo 1 > /{INTEL}")),
            (None, Some(true)) => off(&format!("echo 0 > /{OTHERS}")),
            (Some(false), _) | (None, Some(false)) => Checked::fine(SUBJECT, "off"),
            (None, None) => Checked::fine(SUBJECT, "not visible"),
        }
    }

    pub(super) fn swap(&self) -> Checked {
        const SUBJECT: &str = "swap";
        let table = self.read("proc/swaps").unwrap_or_default();
        let column = |number: usize| -> u64 {
            let cells = table.lines().skip(1).map(|line| line.split_whitespace().nth(number));
            cells.filter_map(|cell| cell?.parse::<u64>().ok()).sum()
        };
        // In KiB: file name, type, size, used, priority.
        let (size, used) = (column(2) / 1024, column(3));
        if size == 0 && used == 0 {
            return Checked::fine(SUBJECT, "none");
        }
        let eager = self.read("proc/sys/vm/swappiness");
        let eager = eager.map(|value| format!(", swappiness {value}")).unwrap_or_default();
        if used == 0 {
            return Checked::fine(SUBJECT, format!("{size} MiB, unused{eager}"));
        }
        Checked::lacking(
            SUBJECT,
            format!("{} of {size} MiB in use{eager}", used.div_ceil(1024)),
            "noise that pairs cannot take out; free memory, then `swapoff -a && swapon -a`",
        )
    }

    pub(super) fn large_pages(&self) -> Checked {
        const SUBJECT: &str = "transparent huge pages";
        let Some(modes) = self.read("sys/kernel/mm/transparent_hugepage/enabled") else {
            return Checked::fine(SUBJECT, "not in this kernel");
        };
        let chosen = modes.split(['[', ']']).nth(1).unwrap_or(&modes);
        match chosen {
            "always" => Checked::lacking(
                SUBJECT,
                "always",
                "memory comes in steps of 2 MiB, not always the same number of them; `madvise` is \
                 steadier",
            ),
            "madvise" => Checked::fine(SUBJECT, "where a program asks (madvise)"),
            other => Checked::fine(SUBJECT, other),
        }
    }

    pub(super) fn clock(&self) -> Checked {
        const SUBJECT: &str = "clock source";
        /// Read without a system call.
        const QUICK: [&str; 5] =
            ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter", "timebase"];
        let path = "sys/devices/system/clocksource/clocksource0/current_clocksource";
        match self.read(path) {
            None => Checked::fine(SUBJECT, "not visible"),
            Some(name) if QUICK.contains(&name.as_str()) => Checked::fine(SUBJECT, name),
            Some(name) => Checked::lacking(
                SUBJECT,
                name,
                "each look at the clock is a system call, in the programs too; where the processor \
                 has a steady counter, boot with clocksource=tsc",
            ),
        }
    }

    /// Which control groups this process is in.
    pub(super) fn groups(&self) -> Groups {
        let membership = self.read("proc/self/cgroup").unwrap_or_default();
        let listed = ["", "unified/"]
            .iter()
            .find_map(|tree| self.read(&format!("sys/fs/cgroup/{tree}cgroup.controllers")));
        Groups::of(&membership, listed.as_deref())
    }

    /// What stands in the way of tracing, put after a reason; empty if nothing shows.
    pub(super) fn tracing(&self) -> String {
        let mut ways = String::new();
        match self.read("proc/sys/kernel/yama/ptrace_scope").as_deref() {
            Some("2") => {
                ways.push_str("; kernel.yama.ptrace_scope is 2: run as root, or set it to 1")
            }
            Some("3") => {
                ways.push_str("; kernel.yama.ptrace_scope is 3: nobody may trace until a reboot");
            }
            _ => {}
        }
        let status = self.read("proc/self/status").unwrap_or_default();
        let mode = status.lines().find_map(|line| line.strip_prefix("Seccomp:"));
        if mode.is_some_and(|mode| mode.trim() != "0") {
            ways.push_str("; a seccomp filter is on: in a container add --cap-add SYS_PTRACE");
        }
        ways
    }

    /// Whether the kernel keeps counters from this user, put after a reason.
    pub(super) fn counters_closed(&self) -> String {
        let level = self.read("proc/sys/kernel/perf_event_paranoid");
        match level.as_deref().map(str::parse::<i32>) {
            Some(Ok(level)) if level > 2 => {
                format!("; kernel.perf_event_paranoid is {level}: run as root, or set it to 2")
            }
            _ => String::new(),
        }
    }
}

fn load(machine: &Machine) -> Checked {
    let found = format!("{:.1} on {} cores", machine.load, machine.cores);
    if machine.load > f64::from(machine.cores) / 2.0 {
        Checked::lacking("load", found, "more pairs are needed; nothing gets wrong by it")
    } else {
        Checked::fine("load", found)
    }
}
