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

// takeTurn waits for the register. What it returns gives it back.
func (s *Shop) takeTurn() func() {
	s.turn.Lock()
	return s.turn.Unlock
}

func (s *Shop) Sell() {
	defer s.takeTurn()
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
