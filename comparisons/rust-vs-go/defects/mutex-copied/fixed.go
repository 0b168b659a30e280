package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

type ledger struct {
	mu       sync.Mutex
	accounts []int
}

func (l *ledger) deposit(account, amount int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	balance := l.accounts[account] + amount
	time.Sleep(time.Millisecond) // the journal is written
	l.accounts[account] = balance
}

func run(tellers string) string {
	n, err := strconv.Atoi(tellers)
	if err != nil {
		return "not a number"
	}
	l := ledger{accounts: make([]int, 1)}
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for range 5 {
				l.deposit(0, 10)
			}
		})
	}
	wg.Wait()
	return fmt.Sprintf("balance: %d", l.accounts[0])
}

func main() {
	fmt.Println(run(os.Args[1]))
}
