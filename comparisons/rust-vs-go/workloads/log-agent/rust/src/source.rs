//! The lines of a file that grows, and then those of the file that takes its name when it is
//! renamed.

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, ErrorKind, Seek, SeekFrom};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::position::Position;

const BUFFER_LEN: usize = 64 * 1024;

pub struct Source {
    /// The name that files have while they are written.
    path: PathBuf,
    reader: BufReader<File>,
    file: FileId,
    /// As far as it has been written.
    line: Vec<u8>,
    /// Whether `line` was given away.
    taken: bool,
    /// After the last line that was given away.
    offset: u64,
    /// Another file has the name, and nothing more comes to this one.
    renamed: bool,
}

#[derive(PartialEq)]
struct FileId {
    device: u64,
    inode: u64,
}

pub struct Line<'a> {
    /// Without its end.
    pub text: &'a [u8],
    /// What follows it.
    pub end: Position,
}

impl Source {
    /// Goes on at a position, also if the file has been renamed once since then.
    pub fn resume(path: &Path, from: Option<Position>) -> io::Result<Self> {
        if let Some(from) = from {
            for candidate in [path, &path.with_added_extension("1")] {
                let is_it = |file: Metadata| file.ino() == from.inode && file.len() >= from.offset;
                if fs::metadata(candidate).is_ok_and(is_it) {
                    return Self::open(path, candidate, from.offset);
                }
            }
        }
        Self::open(path, path, 0)
    }

    fn open(path: &Path, now: &Path, offset: u64) -> io::Result<Self> {
        let mut file = File::open(now)?;
        file.seek(SeekFrom::Start(offset))?;
        Ok(Self {
            path: path.to_owned(),
            file: FileId::of(&file.metadata()?),
            reader: BufReader::with_capacity(BUFFER_LEN, file),
            line: Vec::new(),
            taken: false,
            offset,
            renamed: false,
        })
    }

    /// After the last line that was given away.
    pub fn position(&self) -> Position {
        Position {
            inode: self.file.inode,
            offset: self.offset,
        }
    }

    /// The next line, or `None` while there is none.
    pub fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        if self.taken {
            self.line.clear();
            self.taken = false;
        }
        if !self.read_line()? {
            return Ok(None);
        }
        self.taken = true;
        self.offset += self.line.len() as u64;
        Ok(Some(Line {
            text: self.line.strip_suffix(b"\n").unwrap_or(&self.line),
            end: self.position(),
        }))
    }

    /// Whether `line` is whole.
    fn read_line(&mut self) -> io::Result<bool> {
        loop {
            self.reader.read_until(b'\n', &mut self.line)?;
            if self.line.ends_with(b"\n") {
                return Ok(true);
            }
            if !self.renamed {
                self.renamed = self.is_replaced()?;
                if !self.renamed {
                    return Ok(false);
                }
                // What came before it was replaced may not have been read.
            } else if !self.line.is_empty() {
                return Ok(true);
            } else {
                *self = Self::open(&self.path, &self.path, 0)?;
            }
        }
    }

    /// Whether another file has the name and is written to. Until then, lines may still come to the
    /// one that was renamed.
    fn is_replaced(&self) -> io::Result<bool> {
        match fs::metadata(&self.path) {
            Ok(file) => Ok(FileId::of(&file) != self.file && file.len() > 0),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl FileId {
    fn of(file: &Metadata) -> Self {
        Self {
            device: file.dev(),
            inode: file.ino(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tempfile::{TempDir, tempdir};

    use super::*;

    /// A file that a test writes and renames.
    struct Log {
        path: PathBuf,
        renamed: PathBuf,
        folder: TempDir,
    }

    impl Log {
        fn new() -> Self {
            let folder = tempdir().unwrap();
            let log = Self {
                path: folder.path().join("app.log"),
                renamed: folder.path().join("app.log.1"),
                folder,
            };
            write(&log.path, "");
            log
        }

        fn rename(&self) {
            fs::rename(&self.path, &self.renamed).unwrap();
        }

        fn source(&self, from: Option<Position>) -> Source {
            Source::resume(&self.path, from).unwrap()
        }
    }

    fn write(path: &Path, text: &str) {
        let mut file = File::options()
            .create(true)
            .append(true)
            .open(path)
            .unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn unread(source: &mut Source) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(line) = source.next_line().unwrap() {
            lines.push(str::from_utf8(line.text).unwrap().to_owned());
        }
        lines
    }

    #[test]
    fn a_line_is_given_when_it_is_whole() {
        let log = Log::new();
        let mut source = log.source(None);
        write(&log.path, "one\ntw");
        assert_eq!(unread(&mut source), ["one"]);
        write(&log.path, "o\n\n");
        assert_eq!(unread(&mut source), ["two", ""]);
    }

    #[test]
    fn lines_that_come_late_to_a_renamed_file_are_not_lost() {
        let log = Log::new();
        let mut source = log.source(None);
        write(&log.path, "one\n");
        log.rename();
        write(&log.renamed, "two\n");
        write(&log.path, "");
        assert_eq!(unread(&mut source), ["one", "two"]);
        write(&log.renamed, "three\nfou");
        write(&log.path, "five\n");
        assert_eq!(unread(&mut source), ["three", "fou", "five"]);
    }

    #[test]
    fn reading_goes_on_where_it_was_also_in_a_renamed_file() {
        let log = Log::new();
        write(&log.path, "one\ntwo\nthr");
        let mut first = log.source(None);
        assert_eq!(first.next_line().unwrap().unwrap().text, b"one");
        let saved = log.folder.path().join("checkpoint");
        first.position().save(&saved).unwrap();
        log.rename();
        write(&log.renamed, "ee\n");
        write(&log.path, "four\n");

        let from = Position::load(&saved).unwrap();
        assert_eq!(unread(&mut log.source(from)), ["two", "three", "four"]);
    }
}
