package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

type request struct {
	started time.Time
	timeout int
}

func (r request) state(now time.Time) string {
	deadline := r.started.Add(time.Duration(r.timeout) * time.Millisecond)
	if now.After(deadline) {
		return "aborted"
	}
	return "running"
}

func run(elapsed string) string {
	seconds, err := strconv.Atoi(elapsed)
	if err != nil {
		return "not a number"
	}
	r := request{started: time.Unix(0, 0), timeout: 60}
	return r.state(r.started.Add(time.Duration(seconds) * time.Second))
}

func main() {
	fmt.Println(run(os.Args[1]))
}
