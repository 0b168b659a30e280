package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type dictionary struct {
	once  sync.Once
	words []string
	loads atomic.Int64
}

func (d *dictionary) load() []string {
	d.loads.Add(1)
	time.Sleep(20 * time.Millisecond)
	return strings.Fields("ant bee cat")
}

func (d *dictionary) get() []string {
	d.once.Do(func() { d.words = d.load() })
	return d.words
}

func run(readers string) string {
	n, err := strconv.Atoi(readers)
	if err != nil {
		return "not a number"
	}
	var d dictionary
	var found atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { found.Add(int64(len(d.get()))) })
	}
	wg.Wait()
	return fmt.Sprintf("found: %d, loads: %d", found.Load(), d.loads.Load())
}

func main() {
	fmt.Println(run(os.Args[1]))
}
