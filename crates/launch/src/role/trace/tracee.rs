//! What a stopped tracee shows of itself: registers, memory, and where its descriptors lead.

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use nix::sys::ptrace;
use nix::unistd::Pid as NixPid;
use rustix::fs::FileType;

use crate::role::meters;

use super::tally::FileId;

/// Bytes of a word of memory.
const WORD: usize = size_of::<std::ffi::c_long>();
/// `PATH_MAX` of linux/limits.h.
const PATH_MAX: usize = 4096;
/// Size of `sockaddr_storage`.
const ADDRESS_MAX: usize = 128;

/// One stopped thread.
#[derive(Clone, Copy)]
pub(super) struct Tracee(pub(super) i32);

/// A system call as the registers have it: its number before, its result after it.
pub(super) struct Registers {
    pub(super) number: i64,
    pub(super) args: [u64; 6],
    pub(super) result: i64,
}

/// Why there are no registers to read.
pub(super) enum NoRegisters {
    /// It has been killed meanwhile.
    Ended,
    /// They do not mean what this program knows.
    #[cfg_attr(target_arch = "aarch64", expect(dead_code, reason = "it has one set of numbers"))]
    Foreign(&'static str),
}

/// Where a descriptor leads.
pub(super) enum Target {
    /// A file or a block device.
    File(FileId),
    Folder(FileId),
    /// A file without a name, in memory.
    Memory(FileId),
    Socket(FileId),
    /// A pipe, a terminal, `/dev/null`, an event counter, a timer.
    Other,
    /// It was closed, or may not be looked at.
    Gone,
}

impl Tracee {
    #[cfg(target_arch = "x86_64")]
    pub(super) fn registers(self) -> Result<Registers, NoRegisters> {
        /// Code segment of 64-bit programs, and the bit of x32 calls.
        const LONG_MODE: u64 = 0x33;
        const X32: u64 = 0x4000_0000;
        let all = ptrace::getregs(NixPid::from_raw(self.0)).map_err(|_| NoRegisters::Ended)?;
        if all.cs != LONG_MODE || (all.orig_rax.cast_signed() > 0 && all.orig_rax & X32 != 0) {
            let reason = "it is a 32-bit program, whose system calls have other numbers";
            return Err(NoRegisters::Foreign(reason));
        }
        Ok(Registers {
            number: all.orig_rax.cast_signed(),
            args: [all.rdi, all.rsi, all.rdx, all.r10, all.r8, all.r9],
            result: all.rax.cast_signed(),
        })
    }

    #[cfg(target_arch = "aarch64")]
    pub(super) fn registers(self) -> Result<Registers, NoRegisters> {
        let all = ptrace::getregs(NixPid::from_raw(self.0)).map_err(|_| NoRegisters::Ended)?;
        let [a, b, c, d, e, f, _, _, number, ..] = all.regs;
        Ok(Registers {
            number: number.cast_signed(),
            args: [a, b, c, d, e, f],
            result: a.cast_signed(),
        })
    }

    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    pub(super) fn registers(self) -> Result<Registers, NoRegisters> {
        Err(NoRegisters::Foreign("system calls cannot be read on this kind of processor"))
    }

    /// `length` bytes of its memory; fewer if it has no more.
    pub(super) fn memory(self, address: u64, length: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Whole words, so that none reaches into a page that is not there.
        let skip = (address % WORD as u64) as usize;
        let mut at = address - skip as u64;
        while bytes.len() < skip + length
            && let Ok(word) = ptrace::read(NixPid::from_raw(self.0), at as ptrace::AddressType)
        {
            bytes.extend(word.to_ne_bytes());
            at = at.wrapping_add(WORD as u64);
        }
        bytes.drain(..skip.min(bytes.len()));
        bytes.truncate(length);
        bytes
    }

    /// Bytes of so many messages sent by `sendmmsg`, and where the first went.
    pub(super) fn messages(self, list: u64, count: u64) -> (u64, Option<Address>) {
        /// Sizes of `mmsghdr` and of the `msghdr` at its beginning; `msg_len` comes next.
        const ENTRY: u64 = 64;
        const HEAD: u64 = 56;
        let length = |n| {
            let bytes = self.memory(list + n * ENTRY + HEAD, 4);
            bytes.try_into().map_or(0, |bytes| u64::from(u32::from_ne_bytes(bytes)))
        };
        ((0..count).map(length).sum(), self.receiver(list))
    }

    /// `msg_name` and `msg_namelen` of a `msghdr`.
    pub(super) fn receiver(self, message: u64) -> Option<Address> {
        let name = self.number_at(message)?;
        let length = self.number_at(message + 8)?;
        self.address(name, u64::from(length as u32))
    }

    pub(super) fn number_at(self, address: u64) -> Option<u64> {
        self.memory(address, 8).try_into().ok().map(u64::from_ne_bytes)
    }

    /// A path given to a system call.
    fn text(self, address: u64) -> Option<PathBuf> {
        const STEP: usize = 64;
        let mut bytes = Vec::new();
        while address != 0 && bytes.len() < PATH_MAX {
            let more = self.memory(address + bytes.len() as u64, STEP);
            if let Some(end) = more.iter().position(|&byte| byte == 0) {
                bytes.extend(&more[..end]);
                return Some(OsString::from_vec(bytes).into());
            }
            if more.len() < STEP {
                return None;
            }
            bytes.extend(more);
        }
        None
    }

    /// A path given to a system call together with the folder it is relative to.
    pub(super) fn path(self, folder: i32, address: u64) -> Option<PathBuf> {
        let path = self.text(address)?;
        if path.is_absolute() {
            return Some(path);
        }
        Some(self.folder(folder)?.join(path))
    }

    /// A path relative to its working directory, made whole.
    pub(super) fn below_own(self, path: PathBuf) -> PathBuf {
        match self.folder(nix::libc::AT_FDCWD) {
            Some(folder) => folder.join(path),
            None => path,
        }
    }

    fn folder(self, fd: i32) -> Option<PathBuf> {
        if fd == nix::libc::AT_FDCWD {
            return fs::read_link(format!("/proc/{}/cwd", self.0)).ok();
        }
        self.place(fd)
    }

    /// Whether a path of the tracee leads somewhere, seen from its own root.
    pub(super) fn has(self, path: &Path) -> bool {
        // These lead to its own descriptors, and here would lead to ours.
        if path.starts_with("/proc/self") || path.starts_with("/dev/fd") {
            return true;
        }
        let root = PathBuf::from(format!("/proc/{}/root", self.0));
        let below = path.strip_prefix("/").unwrap_or(path);
        // Without the right to look through it, its root is taken to be ours.
        match root.join(below).try_exists() {
            Ok(exists) => exists,
            Err(_) => path.exists(),
        }
    }

    fn link(self, fd: i32) -> String {
        format!("/proc/{}/fd/{fd}", self.0)
    }

    /// The path behind a descriptor, if it has one.
    pub(super) fn place(self, fd: i32) -> Option<PathBuf> {
        fs::read_link(self.link(fd)).ok()
    }

    /// Where a descriptor leads; `memory` is the device of files without a name.
    pub(super) fn target(self, fd: i32, memory: u64) -> Target {
        let Ok(stat) = rustix::fs::stat(self.link(fd)) else { return Target::Gone };
        let id = (stat.st_dev, stat.st_ino);
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile if id.0 == memory => Target::Memory(id),
            FileType::RegularFile | FileType::BlockDevice => Target::File(id),
            FileType::Directory => Target::Folder(id),
            FileType::Socket => Target::Socket(id),
            _ => Target::Other,
        }
    }

    /// The protocol of a socket as the kernel names it: `TCP`, `UDPv6`, `UNIX-STREAM`, `NETLINK`.
    pub(super) fn protocol(self, fd: i32) -> String {
        let mut name = [0; 64];
        let length = rustix::fs::getxattr(self.link(fd), "system.sockprotoname", &mut name[..]);
        let name = &name[..length.unwrap_or(0)];
        String::from_utf8_lossy(name).trim_end_matches('\0').to_owned()
    }

    /// Flags a descriptor was opened with.
    pub(super) fn flags(self, fd: i32) -> u32 {
        let text = meters::head(&format!("/proc/{}/fdinfo/{fd}", self.0)).unwrap_or_default();
        let flags = text.lines().find_map(|line| line.strip_prefix("flags:"));
        flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).unwrap_or(0)
    }

    /// Whether it can write into a mapping that is shared with a file.
    pub(super) fn writes_to_mapping(self) -> bool {
        let maps = fs::read_to_string(format!("/proc/{}/maps", self.0)).unwrap_or_default();
        maps.lines().any(|line| {
            let mut fields = line.split_ascii_whitespace().skip(1);
            let shared = fields.next().is_some_and(|perms| perms.as_bytes().ends_with(b"s"));
            let writable = line.split(' ').nth(1).is_some_and(|perms| perms.contains('w'));
            // A path, and none of those that only look like one.
            let named = fields.nth(3).is_some_and(|path| {
                path.starts_with('/') && !path.starts_with("/memfd:") && !path.starts_with("/SYSV")
            });
            shared && writable && named && !line.contains("/dev/zero")
        })
    }

    /// The process this thread belongs to.
    pub(super) fn process(self) -> Option<u64> {
        meters::plain_field(&meters::head(&format!("/proc/{}/status", self.0))?, "Tgid")
    }

    /// Its program's file.
    pub(super) fn program(self) -> Option<PathBuf> {
        fs::read_link(format!("/proc/{}/exe", self.0)).ok()
    }

    /// A socket address given to a system call.
    pub(super) fn address(self, address: u64, length: u64) -> Option<Address> {
        if address == 0 {
            return None;
        }
        let length = usize::try_from(length).map_or(ADDRESS_MAX, |n| n.min(ADDRESS_MAX));
        Address::parse(&self.memory(address, length))
    }
}

/// Where a connection leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    Internet(SocketAddr),
    /// A socket with a path.
    Local(PathBuf),
    /// A socket with a name that is no path.
    Abstract(String),
}

impl Address {
    /// From a `sockaddr` of linux/in.h, linux/in6.h or linux/un.h; `None` for other families.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (family, rest) = bytes.split_first_chunk::<2>()?;
        match i32::from(u16::from_ne_bytes(*family)) {
            nix::libc::AF_INET => {
                let (port, rest) = rest.split_first_chunk::<2>()?;
                let ip = Ipv4Addr::from(*rest.first_chunk::<4>()?);
                Some(Self::Internet((ip, u16::from_be_bytes(*port)).into()))
            }
            nix::libc::AF_INET6 => {
                let (port, rest) = rest.split_first_chunk::<2>()?;
                let ip = Ipv6Addr::from(*rest.get(4..)?.first_chunk::<16>()?);
                Some(Self::Internet((ip, u16::from_be_bytes(*port)).into()))
            }
            nix::libc::AF_UNIX => match rest.split_first()? {
                (0, name) => Some(Self::Abstract(String::from_utf8_lossy(name).into_owned())),
                _ => {
                    let path = rest.split(|&byte| byte == 0).next()?;
                    Some(Self::Local(std::ffi::OsStr::from_bytes(path).into()))
                }
            },
            _ => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet(address) => address.fmt(f),
            Self::Local(path) => path.display().fmt(f),
            Self::Abstract(name) => write!(f, "@{name}"),
        }
    }
}
