package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

var running atomic.Int32

func ask(ctx context.Context, mirror string) string {
	running.Add(1)
	defer running.Add(-1)
	delay, err := time.ParseDuration(mirror)
	if err != nil {
		return err.Error()
	}
	select {
	case <-time.After(delay):
		return mirror
	case <-ctx.Done():
		return ctx.Err().Error()
	}
}

func run(mirrors string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	all := strings.Fields(mirrors)
	answers := make(chan string, len(all))
	for _, mirror := range all {
		go func() { answers <- ask(ctx, mirror) }()
	}
	return "first " + <-answers
}

func main() {
	fmt.Println(run(os.Args[1]))
	for i := 0; i < 50 && running.Load() > 0; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println("still running:", running.Load())
}
