package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	release := make(chan struct{})
	var waiting, done sync.WaitGroup
	waiting.Add(10_000)
	for range 10_000 {
		done.Go(func() {
			waiting.Done()
			<-release
		})
	}
	waiting.Wait()
	fmt.Println("all waiting:", runtime.NumGoroutine() >= 10_000)
	close(release)
	done.Wait()
}
