package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

// Register stands for a library that is not made for goroutines: it reads,
// works, and writes.
type Register struct {
	count int
}

func (r *Register) Add() {
	count := r.count
	time.Sleep(time.Millisecond)
	r.count = count + 1
}

type Shop struct {
	turn     sync.Mutex // held while the register is used
	register Register
}

func (s *Shop) Sell() {
	s.turn.Lock()
	s.turn.Unlock()
	s.register.Add()
}

func run(customers string) string {
	n, err := strconv.Atoi(customers)
	if err != nil {
		return "not a number"
	}
	var shop Shop
	var wg sync.WaitGroup
	for range n {
		wg.Go(shop.Sell)
	}
	wg.Wait()
	return fmt.Sprintf("%d sold", shop.register.count)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
