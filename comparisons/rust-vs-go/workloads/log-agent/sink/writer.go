package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"
)

// tick is how often something is written.
const tick = 5 * time.Millisecond

// lateLines is how many lines come after a renaming before the new file is
// made, and again before the first of them goes to it: as when logrotate
// renames and makes files, and asks the service to open its own again.
const lateLines = 40

// A writer writes a log as a service does.
type writer struct {
	path    string
	file    *os.File
	written atomic.Int64 // bytes
	ended   atomic.Pointer[time.Time]
}

func newWriter(folder string) (*writer, error) {
	w := &writer{path: filepath.Join(folder, "app.log")}
	file, err := create(w.path)
	w.file = file
	return w, err
}

func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
}

// write writes the lines of a drill at its pace. What is written at a time ends
// anywhere, often within a line.
func (w *writer) write(ctx context.Context, d drill) error {
	var (
		pending bytes.Buffer
		next    *os.File // made, but not yet written to
		ticks   = time.NewTicker(tick)
		start   = time.Now()
		number  int
	)
	defer ticks.Stop()
	for number < d.lines {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks.C:
		}
		due := min(d.lines, int(time.Since(start).Seconds()*float64(d.perSecond)))
		for ; number < due; number++ {
			line, _ := lineOf(number, d.malformedEach)
			pending.Write(line)
			pending.WriteByte('\n')

			var err error
			switch into := number%d.rotateEach + 1; {
			case number < d.rotateEach: // The first file.
			case into == 1:
				err = os.Rename(w.path, w.path+".1")
			case into == lateLines:
				err = w.flush(&pending, 0)
				if err == nil {
					next, err = create(w.path)
				}
			case into == 2*lateLines:
				if err = w.flush(&pending, 0); err == nil {
					err = w.file.Close()
					w.file = next
				}
			}
			if err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		if err := w.flush(&pending, number%60); err != nil {
			return err
		}
	}
	if err := w.flush(&pending, 0); err != nil {
		return err
	}
	now := time.Now()
	w.ended.Store(&now)
	return nil
}

// flush writes what is pending but for the last bytes.
func (w *writer) flush(pending *bytes.Buffer, but int) error {
	n, err := w.file.Write(pending.Next(max(0, pending.Len()-but)))
	w.written.Add(int64(n))
	return err
}
