// Log-agent follows a log file through its renamings, and sends what is written
// to it to a sink, in batches that arrive in order and at least once.
//
// The sink at the address SINK tells an agent of which GROUP it is, and so what
// to do. On the port PORT the agent tells its own state.
package main

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	// How long it may take to send what was read when the end is asked for.
	grace = 5 * time.Second
	// How many batches may wait to be sent. Behind them, reading waits.
	waitingBatches = 4
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: log-agent GROUP")
		os.Exit(2)
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "log-agent:", err)
		os.Exit(1)
	}
}

func memoryLimit() string {
	limit := debug.SetMemoryLimit(-1) // A negative limit is only asked for.
	if limit == math.MaxInt64 {
		return "none"
	}
	return strconv.FormatInt(limit, 10)
}

func run(ctx context.Context, group string) error {
	client := &http.Client{Timeout: requestTimeout}
	sink := "http://" + os.Getenv("SINK")
	config, err := fetchConfig(ctx, client, sink, group)
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	tail, err := openTail(config)
	if err != nil {
		return err
	}
	defer tail.close()
	status, err := serveStatus(os.Getenv("PORT"))
	if err != nil {
		return err
	}
	defer status.Close()

	tasks, reading := errgroup.WithContext(ctx)
	sending, giveUp := context.WithCancel(context.Background())
	defer giveUp()
	context.AfterFunc(reading, func() { time.AfterFunc(grace, giveUp) })

	batches := make(chan *batch, waitingBatches)
	tasks.Go(func() error {
		defer close(batches)
		return tail.follow(reading, func(b *batch) error {
			select {
			case batches <- b:
				return nil
			case <-sending.Done():
				return sending.Err()
			}
		})
	})
	tasks.Go(func() error {
		s := shipper{client: client, url: sink + "/batches", checkpoint: config.Checkpoint}
		return s.run(sending, batches)
	})
	return tasks.Wait()
}
