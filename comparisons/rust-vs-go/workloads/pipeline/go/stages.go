package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

const (
	capacity  = 64 // Messages that may wait in a channel.
	bufferLen = 64 * 1024
)

type plan struct {
	workers int
	rounds  int // The work of a record; at least 1.
}

// ended is what is known when every stage has ended.
type ended struct {
	readers, parsers, workers atomic.Int64
	malformed                 uint64 // Rows that were no records, as far as was read.
}

func (e *ended) print(out io.Writer) {
	fmt.Fprintf(out, "ended\tread=%d\tparse=%d\twork=%d\n", e.readers.Load(), e.parsers.Load(), e.workers.Load())
}

// run works on all records of input until consume, which gets them in any
// order, returns false. When run returns, all stages have ended.
//
// The stages are read, parse, and a pool of workers; the consumer stays with
// the caller. Every channel is bounded, so that a slow stage holds up those
// before it and not the memory. A stage ends when the channel before it is
// closed, or when the context is cancelled: by a fault in another stage, or
// since the consumer has enough.
func (p plan) run(input io.Reader, consume func(outcome) (more bool)) (*ended, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stages, ctx := errgroup.WithContext(ctx)

	rows := make(chan []string, capacity)
	records := make(chan record, capacity)
	outcomes := make(chan outcome, capacity)
	done := new(ended)

	stages.Go(func() error {
		defer done.readers.Add(1)
		defer close(rows)
		return read(ctx, input, rows)
	})
	stages.Go(func() (err error) {
		defer done.parsers.Add(1)
		defer close(records)
		done.malformed, err = parse(ctx, rows, records)
		return err
	})
	for range p.workers {
		stages.Go(func() error {
			defer func() {
				if done.workers.Add(1) == int64(p.workers) {
					close(outcomes) // By the last worker.
				}
			}()
			return workOn(ctx, records, outcomes, p.rounds)
		})
	}

	enough := false
	for o := range outcomes {
		if !consume(o) {
			enough = true
			cancel()
			break
		}
	}
	err := stages.Wait()
	if enough && errors.Is(err, context.Canceled) {
		err = nil
	}
	return done, err
}

func read(ctx context.Context, input io.Reader, rows chan<- []string) error {
	reader := csv.NewReader(bufio.NewReaderSize(input, bufferLen))
	reader.FieldsPerRecord = -1 // parseRow looks.
	reader.LazyQuotes = true
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if !slices.Equal(header, columns) {
		return fmt.Errorf("the first row is not the header %s", strings.Join(columns, ","))
	}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := send(ctx, rows, row); err != nil {
			return err
		}
	}
}

// parse numbers the records and returns how many rows were none.
func parse(ctx context.Context, rows <-chan []string, records chan<- record) (malformed uint64, err error) {
	number := uint64(1)
	for row := range rows {
		r, ok := parseRow(number, row)
		if !ok {
			malformed++
			continue
		}
		number++
		if err := send(ctx, records, r); err != nil {
			return malformed, err
		}
	}
	return malformed, nil
}

func workOn(ctx context.Context, records <-chan record, outcomes chan<- outcome, rounds int) error {
	for r := range records {
		if err := send(ctx, outcomes, work(r, rounds)); err != nil {
			return err
		}
	}
	return nil
}

// send waits until there is room for the message or the context is cancelled.
func send[T any](ctx context.Context, to chan<- T, message T) error {
	select {
	case to <- message:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
