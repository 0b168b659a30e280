package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
)

const bufferLen = 64 * 1024

// A source reads the lines of a file that grows, and then those of the file
// that takes its name when it is renamed.
type source struct {
	path string

	file    *os.File
	info    fs.FileInfo
	reader  *bufio.Reader
	line    string // as far as it has been written
	offset  int64  // of the line
	renamed bool   // another file has the name, and nothing more comes to this one
}

// openSource goes on where the checkpoint says, also if the file has been
// renamed once since then.
func openSource(path string, from position) (*source, error) {
	s := &source{path: path, reader: bufio.NewReaderSize(nil, bufferLen)}
	for _, candidate := range []string{path, path + ".1"} {
		info, err := os.Stat(candidate)
		if err == nil && inode(info) == from.Inode && info.Size() >= from.Offset {
			return s, s.open(candidate, from.Offset)
		}
	}
	return s, s.open(path, 0)
}

func (s *source) open(path string, offset int64) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	s.close()
	s.file, s.offset, s.renamed = file, offset, false
	if s.info, err = file.Stat(); err != nil {
		return err
	}
	s.reader.Reset(file)
	_, err = file.Seek(offset, io.SeekStart)
	return err
}

func (s *source) close() {
	if s.file != nil {
		s.file.Close() // It was only read.
	}
}

// position is after the last line that next returned.
func (s *source) position() position { return position{inode(s.info), s.offset} }

// next returns a line without its end, or io.EOF if there is none yet.
func (s *source) next() (string, error) {
	for {
		text, err := s.reader.ReadString('\n')
		s.line += text
		switch {
		case err == nil:
			return s.take(), nil
		case err != io.EOF:
			return "", err
		case !s.renamed:
			if s.renamed, err = s.isReplaced(); err != nil {
				return "", err
			}
			if !s.renamed {
				return "", io.EOF
			}
			// What came before it was replaced may not have been read.
		case s.line != "":
			return s.take(), nil
		default:
			if err := s.open(s.path, 0); err != nil {
				return "", err
			}
		}
	}
}

func (s *source) take() string {
	line := s.line
	s.line = ""
	s.offset += int64(len(line))
	return strings.TrimSuffix(line, "\n")
}

// isReplaced tells whether another file has the name and is written to. Until
// then, lines may still come to the one that was renamed.
func (s *source) isReplaced() (bool, error) {
	info, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return !os.SameFile(info, s.info) && info.Size() > 0, nil
}
