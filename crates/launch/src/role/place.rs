//! What the launcher sets on itself for the subject to inherit.

use std::io;

use rustix::process::{
    Pid, Resource, Rlimit, chdir, getpid, set_child_subreaper, setpgid, setrlimit, setsid,
};
use rustix::thread::{CpuSet, sched_setaffinity};
use thread_priority::{
    RealtimeThreadSchedulePolicy, ThreadPriority, ThreadPriorityValue, ThreadSchedulePolicy,
    set_thread_priority_and_policy, thread_native_id,
};

use crate::error::Refusal;
use crate::outcome::Bytes;
use crate::wire::Request;

use super::shown;

/// SCHED_FIFO priorities of subject and launcher: the launcher must be able to end a subject that
/// never sleeps.
const SUBJECT_PRIORITY: u8 = 1;
const LAUNCHER_PRIORITY: u8 = 2;
/// What the launcher itself needs, with some to spare.
const LEAST_OPEN_FILES: u64 = 16;
/// The kernel's least quota, 1 ms of each period of 100 ms (`min_cfs_quota_period`).
const LEAST_PROCESSORS: f64 = 0.01;

/// Session or process group, subreaper, working directory, affinity, resource limits, priority.
pub(super) fn settle(request: &Request) -> Result<(), Refusal> {
    can_be_held(request)?;
    // Either way the terminal's Ctrl-C is for the harness; the launcher sees the socket close.
    if request.own_session {
        setsid().map_err(Refusal::system("new session"))?;
    } else {
        setpgid(None, None).map_err(Refusal::system("new process group"))?;
    }
    let me: Pid = getpid();
    set_child_subreaper(Some(me)).map_err(Refusal::system("become subreaper"))?;
    chdir(request.directory.as_os_str()).map_err(|reason| Refusal::Directory {
        path: shown(&request.directory),
        reason: reason.to_string(),
    })?;
    if let Some(processors) = &request.affinity {
        pin(processors)?;
    }
    be_ended_first();
    // A dump of a crashed subject would be a file left behind.
    limit(Resource::Core, 0, "core size")?;
    if let Some(Bytes(size)) = request.limits.file_size {
        limit(Resource::Fsize, size, "file size")?;
    }
    if let Some(files) = request.limits.open_files {
        if files < LEAST_OPEN_FILES {
            let reason = format!("{files} is too few; ask for {LEAST_OPEN_FILES} at least");
            return Err(Refusal::Limit { limit: "open files".to_owned(), reason });
        }
        limit(Resource::Nofile, files, "open files")?;
    }
    if request.realtime {
        realtime(SUBJECT_PRIORITY)?;
    }
    Ok(())
}

/// Refuses limits that no kernel could hold, or not together.
fn can_be_held(request: &Request) -> Result<(), Refusal> {
    let limits = &request.limits;
    let refuse =
        |limit: &str, reason: String| Err(Refusal::Limit { limit: limit.to_owned(), reason });
    if let Some(share) = limits.processors {
        if !share.is_finite() || share < LEAST_PROCESSORS {
            let reason = format!(
                "{share} processors; the kernel's least is {LEAST_PROCESSORS}, ask for more"
            );
            return refuse("cpu", reason);
        }
        if request.realtime {
            let reason = "real-time priority knows no processor quota; leave one of them off";
            return refuse("cpu", reason.to_owned());
        }
    }
    if limits.processes == Some(0) {
        return refuse("pids", "0 processes; the subject is one itself".to_owned());
    }
    if limits.memory == Some(Bytes(0)) {
        return refuse("memory", "0 bytes; no program runs without memory".to_owned());
    }
    Ok(())
}

/// After the start, what the subject must not inherit: one step more of priority, and no end by the
/// out-of-memory killer, which is meant for the subject.
pub(super) fn stand_above_subject(request: &Request) {
    if request.realtime {
        // The first step has been allowed, so the second is.
        let _ = realtime(LAUNCHER_PRIORITY);
    }
    if request.limits.memory.is_some() {
        // Without the right to, the subject is still by far the larger target.
        let _ = std::fs::write("/proc/self/oom_score_adj", "-1000");
    }
}

/// When memory runs out, the kernel ends the subject and not the user's other programs.
fn be_ended_first() {
    // Without /proc the kernel chooses by itself; everyone may raise their own score.
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
}

fn pin(processors: &[usize]) -> Result<(), Refusal> {
    let refusal = |reason: String| Refusal::Affinity { processors: processors.to_vec(), reason };
    let mut set = CpuSet::new();
    for &processor in processors {
        if processor >= CpuSet::MAX_CPU {
            return Err(refusal(format!("no processor {processor}")));
        }
        set.set(processor);
    }
    sched_setaffinity(None, &set).map_err(|e| refusal(e.to_string()))?;
    // The kernel silently leaves out processors that are not online.
    let granted = rustix::thread::sched_getaffinity(None).map_err(|e| refusal(e.to_string()))?;
    match processors.iter().find(|&&processor| !granted.is_set(processor)) {
        Some(missing) => Err(refusal(format!("processor {missing} is not available"))),
        None => Ok(()),
    }
}

fn limit(resource: Resource, value: u64, name: &str) -> Result<(), Refusal> {
    let bound = Rlimit { current: Some(value), maximum: Some(value) };
    setrlimit(resource, bound).map_err(|e| Refusal::Limit {
        limit: name.to_owned(),
        reason: io::Error::from(e).to_string(),
    })
}

fn realtime(priority: u8) -> Result<(), Refusal> {
    let refusal = |reason: String| Refusal::Realtime { reason };
    let value = ThreadPriorityValue::try_from(priority).map_err(|e| refusal(e.to_owned()))?;
    set_thread_priority_and_policy(
        thread_native_id(),
        ThreadPriority::Crossplatform(value),
        ThreadSchedulePolicy::Realtime(RealtimeThreadSchedulePolicy::Fifo),
    )
    .map_err(|e| refusal(e.to_string()))
}
