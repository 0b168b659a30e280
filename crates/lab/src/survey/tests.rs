use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::Checked;
use super::groups::{Groups, Tried, settable, version};
use super::kernel::Kernel;
use super::meters::counters;

/// A kernel whose files say this.
struct Given {
    folder: TempDir,
}

impl Given {
    fn files(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    fn kernel(&self) -> Kernel {
        Kernel::below(self.folder.path())
    }
}

fn costs(checked: &Checked) -> &str {
    checked.costs.as_deref().unwrap_or("nothing")
}

const AUTOGROUP: &str = "proc/sys/kernel/sched_autogroup_enabled";
const CPU: &str = "sys/devices/system/cpu";
const CLOCK: &str = "sys/devices/system/clocksource/clocksource0/current_clocksource";
const PAGES: &str = "sys/kernel/mm/transparent_hugepage/enabled";
const SWAPS: &str = "Filename\tType\tSize\tUsed\tPriority\n";

#[test]
fn a_kernel_that_tells_nothing_costs_nothing_but_the_view_of_frequencies() {
    let given = Given::files(&[]);
    let kernel = given.kernel();
    for checked in
        [kernel.autogroup(), kernel.boost(), kernel.swap(), kernel.large_pages(), kernel.clock()]
    {
        assert_eq!(checked.costs, None, "{checked:?}");
    }
    let governor = kernel.governor();
    assert_eq!(governor.found, "not visible");
    assert!(costs(&governor).contains("virtual machine"), "{governor:?}");
    assert_eq!(kernel.tracing(), "");
    assert_eq!(kernel.counters_closed(), "");
}

#[test]
fn with_autogroup_nice_is_said_to_change_nothing() {
    let on = Given::files(&[(AUTOGROUP, "1\n")]).kernel().autogroup();
    assert!(costs(&on).contains("`nice` changes nothing"), "{on:?}");
    assert!(costs(&on).contains("--realtime"), "{on:?}");
    let off = Given::files(&[(AUTOGROUP, "0\n")]).kernel().autogroup();
    assert_eq!(off.costs, None);
}

#[test]
fn governors_of_all_processors_are_looked_at() {
    let governor = |index: u32| format!("{CPU}/cpu{index}/cpufreq/scaling_governor");
    let (first, second) = (governor(0), governor(1));
    let fixed = Given::files(&[(&first, "performance\n"), (&second, "performance\n")]);
    assert_eq!(fixed.kernel().governor().costs, None);
    let mixed = Given::files(&[(&first, "performance\n"), (&second, "schedutil\n")]);
    let mixed = mixed.kernel().governor();
    assert_eq!(mixed.found, "performance, schedutil");
    assert!(costs(&mixed).contains("cpupower"), "{mixed:?}");
}

#[test]
fn boost_is_read_the_right_way_round_from_either_driver() {
    let boost = |file: &str, text: &str| {
        Given::files(&[(&format!("{CPU}/{file}"), text)]).kernel().boost().found
    };
    assert_eq!(boost("intel_pstate/no_turbo", "0\n"), "on");
    assert_eq!(boost("intel_pstate/no_turbo", "1\n"), "off");
    assert_eq!(boost("cpufreq/boost", "1\n"), "on");
    assert_eq!(boost("cpufreq/boost", "0\n"), "off");
}

#[test]
fn swap_costs_something_only_when_it_is_used() {
    let swap = |lines: &str| {
        let text = format!("{SWAPS}{lines}");
        let files = [("proc/swaps", text.as_str()), ("proc/sys/vm/swappiness", "60\n")];
        Given::files(&files).kernel().swap()
    };
    assert_eq!(swap("").found, "none");
    let idle = swap("/swapfile file 4194300 0 -2\n");
    assert_eq!((idle.found.as_str(), &idle.costs), ("4095 MiB, unused, swappiness 60", &None));
    let used = swap("/dev/sda2 partition 1048576 2048 -2\n/swapfile file 1048576 1 -3\n");
    assert_eq!(used.found, "3 of 2048 MiB in use, swappiness 60");
    assert!(costs(&used).contains("free memory"), "{used:?}");
}

#[test]
fn large_pages_cost_steadiness_only_where_nobody_asked_for_them() {
    let pages = |text: &str| Given::files(&[(PAGES, text)]).kernel().large_pages();
    assert!(costs(&pages("[always] madvise never\n")).contains("2 MiB"));
    assert_eq!(pages("always [madvise] never\n").costs, None);
    assert_eq!(pages("always madvise [never]\n").found, "never");
}

#[test]
fn a_clock_behind_a_system_call_costs_something() {
    let clock = |text: &str| Given::files(&[(CLOCK, text)]).kernel().clock();
    assert_eq!(clock("tsc\n").costs, None);
    assert_eq!(clock("kvm-clock\n").costs, None);
    assert!(costs(&clock("hpet\n")).contains("system call"));
}

#[test]
fn what_forbids_tracing_is_named_with_its_way_out() {
    let tracing = |scope: &str, status: &str| {
        let files = [("proc/sys/kernel/yama/ptrace_scope", scope), ("proc/self/status", status)];
        Given::files(&files).kernel().tracing()
    };
    assert_eq!(tracing("1\n", "Name:\tx\nSeccomp:\t0\nSeccomp_filters:\t0\n"), "");
    assert!(tracing("2\n", "Seccomp:\t0\n").contains("ptrace_scope is 2: run as root"));
    assert!(tracing("3\n", "Seccomp:\t0\n").contains("reboot"));
    assert!(tracing("0\n", "Seccomp:\t2\n").contains("SYS_PTRACE"));
}

#[test]
fn without_counters_valgrind_counts_if_it_is_there() {
    let open = Given::files(&[]);
    assert_eq!(counters(&open.kernel(), None, true).costs, None);
    let fallen_back = counters(&open.kernel(), Some("perf is not installed"), true);
    assert!(costs(&fallen_back).starts_with("valgrind counts instead"), "{fallen_back:?}");
    let none = counters(&open.kernel(), Some("perf is not installed"), false);
    assert_eq!(none.found, "none");
    assert!(costs(&none).contains("install valgrind"), "{none:?}");
    let closed = Given::files(&[("proc/sys/kernel/perf_event_paranoid", "4\n")]);
    let closed = counters(&closed.kernel(), Some("no access"), true);
    assert!(costs(&closed).contains("perf_event_paranoid is 4"), "{closed:?}");
}

#[test]
fn control_groups_are_told_by_version_and_controller() {
    let told = |membership: &str, listed: Option<&str>| version(&Groups::of(membership, listed));
    let first = "4:memory:/a\n3:cpu,cpuacct:/\n8:pids:/\n1:name=systemd:/\n0::/\n";
    assert_eq!(told(first, None).found, "version 1: cpu memory pids");
    assert_eq!(
        told(first, Some("")).found,
        "version 1: cpu memory pids; version 2 beside it, empty"
    );
    assert_eq!(
        told("0::/user.slice\n", Some("cpuset cpu io memory pids")).found,
        "version 2: cpu memory pids"
    );
    assert_eq!(
        told("8:pids:/\n0::/\n", Some("cpu memory")).found,
        "version 1: pids; version 2: cpu memory"
    );
    let none = told("", None);
    assert!(costs(&none).contains("mount /sys/fs/cgroup"), "{none:?}");
}

#[test]
fn limits_that_cannot_be_set_are_told_with_their_reasons() {
    let tried = |controller, lacking: Option<&str>| Tried {
        controller,
        lacking: lacking.map(str::to_owned),
    };
    let well = settable(&[tried("memory", None), tried("cpu", None)]);
    assert_eq!((well.found.as_str(), well.costs), ("memory, cpu can be set", None));
    let half = settable(&[tried("memory", None), tried("cpu", Some("cpu limit: no group"))]);
    assert_eq!(half.found, "memory can be set");
    assert!(costs(&half).contains("cpu limit: no group"), "{half:?}");
    let ill = settable(&[tried("memory", Some("run as root"))]);
    assert_eq!(ill.found, "none can be set");
}
