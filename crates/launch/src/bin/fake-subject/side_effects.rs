//! Commands that do something to the world, each a known amount of it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IoSlice, Write};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileExt, OpenOptionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use rustix::fs::{MemfdFlags, Mode, OFlags, memfd_create};
use rustix::io::ReadWriteFlags;
use rustix::pipe::SpliceFlags;

use super::{announce, number, usage};

pub(super) fn run(command: &str, rest: &[String]) -> io::Result<ExitCode> {
    let path = || rest.first().map(Path::new).ok_or_else(|| usage("no path"));
    match command {
        "write" => drop(written(path()?, number(rest, 1)?)?),
        "write-and-sync" => written(path()?, number(rest, 1)?)?.sync_all()?,
        "write-through" => write_through(path()?, number(rest, 1)?)?,
        "write-scattered" => write_scattered(path()?)?,
        "write-copies" => write_copies(path()?)?,
        "write-no-file" => write_no_file(number(rest, 0)?)?,
        "write-by-threads" => write_by_threads(number(rest, 0)?, number(rest, 1)?)?,
        "write-and-die" => {
            written(path()?, number(rest, 1)?)?.sync_all()?;
            rustix::process::kill_process(
                rustix::process::getpid(),
                rustix::process::Signal::KILL,
            )?;
        }
        "write-and-hang" => {
            written(path()?, number(rest, 1)?)?;
            super::hang();
        }
        "write-lines" => write_lines(path()?, number(rest, 1)?)?,
        "make" => make()?,
        "sync-stdout" => {
            announce("x")?;
            rustix::fs::fsync(io::stdout())?;
        }
        "send" => send(number(rest, 0)?, number(rest, 1)?)?,
        "send-local" => send_local(number(rest, 0)?)?,
        "effects" => return effects(rest),
        other => return Err(usage(&format!("no command {other}"))),
    }
    Ok(ExitCode::SUCCESS)
}

/// A fresh file of so many bytes, written in pieces of 1000.
fn written(path: &Path, bytes: usize) -> io::Result<File> {
    let mut file = File::create(path)?;
    for piece in vec![b'x'; bytes].chunks(1000) {
        file.write_all(piece)?;
    }
    Ok(file)
}

/// So many pieces, each on storage before the next.
fn write_through(path: &Path, pieces: usize) -> io::Result<()> {
    let flags = OFlags::DSYNC.bits().cast_signed();
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .custom_flags(flags)
        .open(path)?;
    (0..pieces).try_for_each(|_| file.write_all(b"0123456789"))
}

/// Ten bytes by each call that writes, 50 together; the last one through to storage.
fn write_scattered(path: &Path) -> io::Result<()> {
    let mut file = File::create(path)?;
    let (four, six) = (IoSlice::new(b"0123"), IoSlice::new(b"456789"));
    file.write_all(b"0123456789")?;
    file.write_all_at(b"0123456789", 10)?;
    assert_eq!(file.write_vectored(&[four, six])?, 10);
    assert_eq!(rustix::io::pwritev(&file, &[four, six], 30)?, 10);
    assert_eq!(rustix::io::pwritev2(&file, &[four, six], 40, ReadWriteFlags::DSYNC)?, 10);
    Ok(())
}

/// 1000 bytes by a call of each kind that copies within the kernel, after 1000 written.
fn write_copies(path: &Path) -> io::Result<()> {
    drop(written(path, 1000)?);
    let source = File::open(path)?;
    let copy = File::create(path.with_extension("copy"))?;
    assert_eq!(rustix::fs::copy_file_range(&source, Some(&mut 0), &copy, None, 1000)?, 1000);
    assert_eq!(rustix::fs::sendfile(&copy, &source, Some(&mut 0), 1000)?, 1000);
    let (reader, writer) = rustix::pipe::pipe()?;
    let flags = SpliceFlags::empty();
    assert_eq!(rustix::pipe::splice(&source, Some(&mut 0), &writer, None, 1000, flags)?, 1000);
    assert_eq!(rustix::pipe::splice(&reader, None, &copy, None, 1000, flags)?, 1000);
    Ok(())
}

/// So many bytes each to what is no file: stdout in three ways, memory, a pipe, `/dev/null`.
fn write_no_file(bytes: usize) -> io::Result<()> {
    let text = vec![b'x'; bytes];
    io::stdout().write_all(&text)?;
    File::from(io::stdout().as_fd().try_clone_to_owned()?).write_all(&text)?;
    OpenOptions::new().append(true).create(true).open("/proc/self/fd/1")?.write_all(&text)?;
    io::stderr().write_all(&text)?;
    File::from(memfd_create("memory", MemfdFlags::CLOEXEC)?).write_all(&text)?;
    let (_reader, writer) = rustix::pipe::pipe()?;
    File::from(writer).write_all(&text)?;
    let counter = rustix::event::eventfd(0, rustix::event::EventfdFlags::empty())?;
    File::from(counter).write_all(&1_u64.to_ne_bytes())?;
    File::create("/dev/null")?.write_all(&text)
}

/// Each thread writes a file of its own and syncs it.
fn write_by_threads(threads: usize, bytes: usize) -> io::Result<()> {
    let write = move |n| written(Path::new(&format!("thread-{n}")), bytes)?.sync_data();
    let writers: Vec<_> = (0..threads).map(|n| thread::spawn(move || write(n))).collect();
    writers.into_iter().flat_map(thread::JoinHandle::join).collect()
}

/// A call for each line.
fn write_lines(path: &Path, lines: usize) -> io::Result<()> {
    let mut file = File::create(path)?;
    (0..lines).try_for_each(|n| file.write_all(format!("line {n}\n").as_bytes()))
}

/// Six things with names: a file, a folder, a file in it, a link of each kind, a file where a
/// dangling link leads. What is renamed, there already, or without a name is none.
fn make() -> io::Result<()> {
    fs::write("one", "1")?;
    fs::write("one", "2")?;
    fs::create_dir("folder")?;
    fs::write("folder/two", "3")?;
    fs::hard_link("one", "linked")?;
    symlink("nowhere", "pointing")?;
    fs::write("pointing", "4")?;
    fs::rename("linked", "renamed")?;
    assert!(fs::create_dir("folder").is_err());
    rustix::fs::open(".", OFlags::TMPFILE | OFlags::WRONLY, Mode::RUSR)?;
    Ok(())
}

/// Connects to a port of this machine and sends bytes there, as a stream and as a datagram.
fn send(port: u16, bytes: usize) -> io::Result<()> {
    let to = (Ipv4Addr::LOCALHOST, port);
    TcpStream::connect(to)?.write_all(&vec![b'x'; bytes])?;
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.connect(to)?;
    socket.send(&vec![b'x'; bytes]).or_else(|error| match error.kind() {
        // Nobody listens for datagrams there.
        io::ErrorKind::ConnectionRefused => Ok(bytes),
        _ => Err(error),
    })?;
    Ok(())
}

/// Sends bytes over a socket with a path.
fn send_local(bytes: usize) -> io::Result<()> {
    let listener = UnixListener::bind("socket")?;
    let mut stream = UnixStream::connect("socket")?;
    let _other = listener.accept()?;
    stream.write_all(&vec![b'x'; bytes])
}

/// `effects LAUNCHER COMMAND…`: looks at the effects of this program's command, and prints bytes
/// written and files made, or why not.
fn effects(rest: &[String]) -> io::Result<ExitCode> {
    let Some((launcher, command)) = rest.split_first() else {
        return Err(usage("a launcher and a command"));
    };
    let trial = launch::Trial::of(std::env::current_exe()?).with_args(command);
    let probe = launch::probe::effects(&launch::Launcher::at(launcher), &trial);
    let probe = probe.map_err(io::Error::other)?;
    announce(probe.outcome.ended)?;
    for seen in [probe.reading.bytes_written, probe.reading.files_created] {
        match seen {
            launch::probe::Seen::Counted { count, .. } => announce(count)?,
            launch::probe::Seen::Unseen { reason } => announce(reason)?,
        }
    }
    Ok(ExitCode::SUCCESS)
}
