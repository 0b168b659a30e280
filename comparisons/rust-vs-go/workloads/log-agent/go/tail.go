package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A tail makes batches of what is written to a file.
type tail struct {
	source  *source
	watcher *fsnotify.Watcher
	packer  *packer
	full    int           // lines
	age     time.Duration // how long a line may wait for its batch to be full
	old     *time.Timer
}

func openTail(config *config) (*tail, error) {
	// The folder is watched, since a file's own watch goes with it when it is renamed.
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	t := &tail{
		watcher: watcher,
		full:    config.BatchLines,
		age:     time.Duration(config.BatchMilliseconds) * time.Millisecond,
		old:     time.NewTimer(0),
	}
	t.old.Stop()
	if err := t.open(config); err != nil {
		watcher.Close()
		return nil, err
	}
	return t, nil
}

func (t *tail) open(config *config) error {
	if err := t.watcher.Add(filepath.Dir(config.Path)); err != nil {
		return err
	}
	from, err := loadPosition(config.Checkpoint)
	if err != nil {
		return err
	}
	if t.source, err = openSource(config.Path, from); err != nil {
		return err
	}
	t.packer, err = newPacker(config.GzipLevel, t.source.position())
	return err
}

func (t *tail) close() {
	t.watcher.Close()
	t.source.close()
}

// follow reads until the context ends, and sends batches as they are full or
// old, what is left at the end too.
func (t *tail) follow(ctx context.Context, send func(*batch) error) error {
	for {
		if err := t.readOn(send); err != nil {
			return fmt.Errorf("%s: %w", t.source.path, err)
		}
		select {
		case <-t.watcher.Events:
		case err := <-t.watcher.Errors:
			// Which events were lost does not matter: there is something to read.
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return err
			}
		case <-t.old.C:
			if err := t.flush(send); err != nil {
				return err
			}
		case <-ctx.Done():
			return t.flush(send)
		}
	}
}

// readOn reads what there is.
func (t *tail) readOn(send func(*batch) error) error {
	for {
		line, err := t.source.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if t.packer.lines == 0 {
			t.old.Reset(t.age)
		}
		if err := t.packer.add(line, t.source.position()); err != nil {
			return err
		}
		if t.packer.lines == t.full {
			if err := t.flush(send); err != nil {
				return err
			}
		}
	}
}

func (t *tail) flush(send func(*batch) error) error {
	t.old.Stop()
	if t.packer.lines == 0 {
		return nil
	}
	b, err := t.packer.take()
	if err != nil {
		return err
	}
	return send(b)
}
