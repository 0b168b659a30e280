package main

import (
	"fmt"
	"time"
)

// Two packages that know nothing of each other: one waits, the other runs it.
func oakSleep() { time.Sleep(time.Millisecond) }

func elmRun(work func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	<-done
}

func main() {
	elmRun(oakSleep)
	fmt.Println("both slept")
}
