package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/pprof"
	"time"
)

func work(jobs <-chan int) {
	for job := range jobs {
		fmt.Println("job", job)
	}
}

func start(workers int) chan<- int {
	jobs := make(chan int)
	for range workers {
		go work(jobs)
	}
	return jobs
}

func main() {
	jobs := start(2)
	jobs <- 31
	leaks := pprof.Lookup("goroutineleak")
	for attempts := 0; attempts < 200 && leaks.Count() < 2 && runtime.NumGoroutine() > 1; attempts++ {
		if err := leaks.WriteTo(io.Discard, 0); err != nil {
			panic(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println("leaked:", leaks.Count())
}
