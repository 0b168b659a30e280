package main

import (
	"fmt"
	"os"
	"strconv"
	"sync/atomic"
	"time"
)

func heartbeat(beats *atomic.Int32, done <-chan struct{}) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			beats.Add(1)
		case <-done:
			return
		}
	}
}

func printOut(pages int) {
	time.Sleep(time.Duration(pages) * time.Millisecond)
}

func run(pages string) string {
	n, err := strconv.Atoi(pages)
	if err != nil {
		return err.Error()
	}
	var beats atomic.Int32
	done := make(chan struct{})
	defer close(done)
	go heartbeat(&beats, done)

	printOut(n)
	if n > 100 && beats.Load() == 0 {
		return "connection lost"
	}
	return "printed"
}

func main() {
	fmt.Println(run(os.Args[1]))
}
