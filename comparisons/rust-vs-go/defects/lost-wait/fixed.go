package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

func upload() {
	time.Sleep(200 * time.Millisecond)
}

func run(parts string) string {
	n, err := strconv.Atoi(parts)
	if err != nil {
		return "not a number"
	}
	var sent atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			upload()
			sent.Add(1)
		}()
	}
	wg.Wait()
	return fmt.Sprintf("%d of %d sent", sent.Load(), n)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
