// Reconciler is a controller: it watches the apps of a namespace, and creates,
// updates and deletes replicas until each app has those that its spec names.
//
// API is the address of the API server. On the port PORT the controller tells
// its own state.
package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"
	"time"
)

const (
	// How many apps are worked on at a time.
	workers = 8
	// How long what was begun may take to be finished when the end is asked for.
	grace = 5 * time.Second
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: reconciler NAMESPACE")
		os.Exit(2)
	}
	fmt.Fprintf(os.Stderr, "workers=%d memory_limit=%s\n", runtime.GOMAXPROCS(0), memoryLimit())

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "reconciler:", err)
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

// run works until the context ends, and then finishes what was begun.
func run(ctx context.Context, namespace string) error {
	api := newAPI(os.Getenv("API"), namespace)
	apps, replicas := newCache[*app](), newCache[*replica]()
	queue := newQueue()

	status, err := serveStatus(os.Getenv("PORT"), func() bool { return apps.isFilled() && replicas.isFilled() })
	if err != nil {
		return err
	}
	defer status.Close()

	var tasks sync.WaitGroup
	tasks.Go(func() { newInformer(api, "/apps", apps, queue.add).run(ctx) })
	tasks.Go(func() { newInformer(api, "/replicas", replicas, queue.add).run(ctx) })
	// What was begun is finished, if that does not take too long.
	working, giveUp := context.WithCancel(context.Background())
	defer giveUp()
	context.AfterFunc(ctx, func() { time.AfterFunc(grace, giveUp) })
	if apps.waitFilled(ctx) && replicas.waitFilled(ctx) {
		controller := newController(api, apps, replicas)
		for range workers {
			tasks.Go(func() { controller.work(working, queue) })
		}
	}
	<-ctx.Done()
	queue.close()
	tasks.Wait()
	return nil
}
