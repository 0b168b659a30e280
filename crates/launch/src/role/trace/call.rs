//! System calls that have a side effect, read at their beginning.
//!
//! Knows numbers and arguments; what must be known of the world before the call is made, whether a
//! file is there, is found here too. What the call then did, its result tells.

use std::path::PathBuf;

use nix::libc;

use super::tracee::{Address, Registers, Tracee};

/// A call between its beginning and its end.
pub(super) enum Call {
    /// The result is the number of bytes given to this descriptor.
    Write {
        fd: i32,
        through: bool,
        to: Option<Address>,
    },
    /// The result is the number of messages sent, each with its length in a list at this address.
    SendMany {
        fd: i32,
        messages: u64,
    },
    /// Waits until storage has a file.
    Sync {
        fd: i32,
    },
    /// Waits until storage has a mapping, or everything.
    SyncElse {
        what: &'static str,
    },
    /// The result is a descriptor.
    Open {
        makes: bool,
        through: bool,
    },
    /// Makes this.
    Make {
        path: PathBuf,
    },
    Connect {
        fd: i32,
        to: Address,
    },
    /// Maps a file so that it can be written to.
    Share {
        fd: i32,
        writable: bool,
    },
    /// Makes memory writable.
    Unlock,
    /// Starts what cannot be followed.
    Hide,
    /// Asks for a ring whose work is done without system calls.
    Ring,
    /// Hands over reads and writes in a list.
    Submit,
    /// Nothing of interest.
    Other,
}

/// `RWF_DSYNC` and `RWF_SYNC` of linux/fs.h.
const WRITE_THROUGH: u64 = 0x2 | 0x4;
/// `SYNC_FILE_RANGE_WAIT_BEFORE` and `SYNC_FILE_RANGE_WAIT_AFTER` of linux/fs.h.
const WAITS: u64 = 0x1 | 0x4;
/// Bit of `O_DSYNC`, which `O_SYNC` has too.
pub(super) const OPENED_THROUGH: u32 = libc::O_DSYNC as u32;

impl Call {
    pub(super) fn begun(tracee: Tracee, registers: &Registers) -> Self {
        let [a, b, c, d, e, f] = registers.args;
        let plain = |fd| Self::Write { fd: descriptor(fd), through: false, to: None };
        match registers.number {
            libc::SYS_write | libc::SYS_writev | libc::SYS_pwrite64 | libc::SYS_pwritev => plain(a),
            libc::SYS_pwritev2 => {
                let through = f & WRITE_THROUGH != 0;
                Self::Write { fd: descriptor(a), through, to: None }
            }
            libc::SYS_sendfile => plain(a),
            libc::SYS_copy_file_range | libc::SYS_splice => plain(c),
            libc::SYS_sendto => {
                Self::Write { fd: descriptor(a), through: false, to: tracee.address(e, f) }
            }
            libc::SYS_sendmsg => {
                Self::Write { fd: descriptor(a), through: false, to: tracee.receiver(b) }
            }
            libc::SYS_sendmmsg => Self::SendMany { fd: descriptor(a), messages: b },
            libc::SYS_fsync | libc::SYS_fdatasync | libc::SYS_syncfs => {
                Self::Sync { fd: descriptor(a) }
            }
            libc::SYS_sync_file_range if d & WAITS != 0 => Self::Sync { fd: descriptor(a) },
            libc::SYS_sync => Self::SyncElse { what: "all file systems" },
            libc::SYS_msync if has(c, libc::MS_SYNC) => Self::SyncElse { what: "a mapping" },
            libc::SYS_connect => tracee
                .address(b, c)
                .map_or(Self::Other, |to| Self::Connect { fd: descriptor(a), to }),
            libc::SYS_mmap => mapping(registers.args),
            libc::SYS_mprotect if has(c, libc::PROT_WRITE) => Self::Unlock,
            libc::SYS_clone => start(a),
            libc::SYS_clone3 => start(tracee.number_at(a).unwrap_or(0)),
            libc::SYS_io_uring_setup => Self::Ring,
            libc::SYS_io_submit => Self::Submit,
            _ => Self::making(tracee, registers),
        }
    }

    /// Calls that may make a file.
    fn making(tracee: Tracee, registers: &Registers) -> Self {
        let [a, b, c, d, ..] = registers.args;
        let made = |path: Option<PathBuf>| path.map_or(Self::Other, |path| Self::Make { path });
        match registers.number {
            libc::SYS_openat => open(tracee, descriptor(a), b, c),
            libc::SYS_openat2 => open(tracee, descriptor(a), b, tracee.number_at(c).unwrap_or(0)),
            libc::SYS_mkdirat | libc::SYS_mknodat => made(tracee.path(descriptor(a), b)),
            libc::SYS_symlinkat => made(tracee.path(descriptor(b), c)),
            libc::SYS_linkat => made(tracee.path(descriptor(c), d)),
            libc::SYS_bind => match tracee.address(b, c) {
                Some(Address::Local(path)) => Self::Make { path: tracee.below_own(path) },
                _ => Self::Other,
            },
            _ => Self::of_old(tracee, registers),
        }
    }

    /// Calls without a folder's descriptor, which younger platforms do not have.
    #[cfg(target_arch = "x86_64")]
    fn of_old(tracee: Tracee, registers: &Registers) -> Self {
        const HERE: i32 = libc::AT_FDCWD;
        const CREATES: u64 = (libc::O_CREAT | libc::O_WRONLY | libc::O_TRUNC) as u64;
        let [a, b, ..] = registers.args;
        let made =
            |address| tracee.path(HERE, address).map_or(Self::Other, |path| Self::Make { path });
        match registers.number {
            libc::SYS_open => open(tracee, HERE, a, b),
            libc::SYS_creat => open(tracee, HERE, a, CREATES),
            libc::SYS_mkdir | libc::SYS_mknod => made(a),
            libc::SYS_symlink | libc::SYS_link => made(b),
            _ => Self::Other,
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn of_old(_: Tracee, _: &Registers) -> Self {
        Self::Other
    }
}

/// The kernel takes the lower half of the register.
fn descriptor(register: u64) -> i32 {
    register as u32 as i32
}

fn has(register: u64, flag: i32) -> bool {
    descriptor(register) & flag != 0
}

fn open(tracee: Tracee, folder: i32, path: u64, flags: u64) -> Call {
    let unnamed = descriptor(flags) & libc::O_TMPFILE == libc::O_TMPFILE;
    let makes = has(flags, libc::O_CREAT)
        && !unnamed
        && tracee.path(folder, path).is_some_and(|path| !tracee.has(&path));
    let through = has(flags, libc::O_DSYNC);
    if makes || through { Call::Open { makes, through } } else { Call::Other }
}

fn mapping([_, _, protection, flags, fd, _]: [u64; 6]) -> Call {
    const KIND: i32 = libc::MAP_SHARED | libc::MAP_PRIVATE;
    // MAP_SHARED_VALIDATE has both bits.
    let private = descriptor(flags) & KIND == libc::MAP_PRIVATE;
    if private || has(flags, libc::MAP_ANONYMOUS) {
        return Call::Other;
    }
    Call::Share { fd: descriptor(fd), writable: has(protection, libc::PROT_WRITE) }
}

fn start(flags: u64) -> Call {
    if has(flags, libc::CLONE_UNTRACED) { Call::Hide } else { Call::Other }
}
