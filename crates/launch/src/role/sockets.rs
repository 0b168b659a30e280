//! Which TCP sockets given processes listen on, read from `/proc`.

use std::collections::HashMap;
use std::fs;

use crate::outcome::Listener;

/// State `TCP_LISTEN` of net/tcp_states.h, as `/proc/net/tcp` writes it.
const LISTEN: &str = "0A";

pub(super) fn listeners_of(pids: &[i32]) -> Vec<Listener> {
    if pids.is_empty() {
        return Vec::new();
    }
    let ports = listening_ports();
    let mut listeners = Vec::new();
    for &pid in pids {
        for inode in socket_inodes(pid) {
            if let Some(&port) = ports.get(&inode) {
                listeners.push(Listener { pid, port });
            }
        }
    }
    listeners
}

fn socket_inodes(pid: i32) -> impl Iterator<Item = u64> {
    let files = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    files.filter_map(|file| {
        let target = fs::read_link(file.path()).ok()?;
        target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
    })
}

/// Port by socket inode.
fn listening_ports() -> HashMap<u64, u16> {
    let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
    let texts = tables.iter().filter_map(|path| fs::read_to_string(path).ok());
    texts.flat_map(|text| text.lines().skip(1).filter_map(listening).collect::<Vec<_>>()).collect()
}

/// `sl local:port remote:port state queues timer retransmits uid timeout inode …`
fn listening(line: &str) -> Option<(u64, u16)> {
    let fields: Vec<&str> = line.split_ascii_whitespace().collect();
    if *fields.get(3)? != LISTEN {
        return None;
    }
    let port = u16::from_str_radix(fields.get(1)?.rsplit_once(':')?.1, 16).ok()?;
    Some((fields.get(9)?.parse().ok()?, port))
}
