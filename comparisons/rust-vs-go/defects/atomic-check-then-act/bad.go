package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const seats = 10

type hall struct {
	free atomic.Int64
	sold atomic.Int64
}

func (h *hall) sell() bool {
	free := h.free.Load()
	if free == 0 {
		return false
	}
	time.Sleep(time.Millisecond) // the payment
	h.free.Store(free - 1)
	h.sold.Add(1)
	return true
}

func run(desks string) string {
	n, err := strconv.Atoi(desks)
	if err != nil {
		return "not a number"
	}
	var h hall
	h.free.Store(seats)
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for h.sell() {
			}
		})
	}
	wg.Wait()
	return fmt.Sprintf("%d of %d seats sold", h.sold.Load(), seats)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
