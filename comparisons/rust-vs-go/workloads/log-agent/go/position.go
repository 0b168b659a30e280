package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// A position is a place in a file that may be renamed.
type position struct {
	Inode  uint64 `json:"inode"`
	Offset int64  `json:"offset"`
}

func (p position) String() string { return fmt.Sprintf("%x:%d", p.Inode, p.Offset) }

func inode(info fs.FileInfo) uint64 { return info.Sys().(*syscall.Stat_t).Ino }

// loadPosition returns the zero position where none was saved.
func loadPosition(path string) (position, error) {
	var p position
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(content, &p); err != nil {
		return p, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// save replaces what was saved before, whole or not at all. It does not wait
// for the disk: what is forgotten with the power is sent again.
func (p position) save(path string) error {
	content, err := json.Marshal(p)
	if err != nil {
		return err
	}
	next := path + ".next"
	if err := os.WriteFile(next, content, 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}
