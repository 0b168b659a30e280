package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func transfer(from, to *account, amount int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	time.Sleep(200 * time.Millisecond) // the bank is asked
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= amount
	to.balance += amount
}

// run makes transfers at the same time: "ab" is one from a to b.
func run(transfers string) string {
	accounts := map[byte]*account{'a': {balance: 100}, 'b': {balance: 100}}
	var wg sync.WaitGroup
	for _, t := range strings.Fields(transfers) {
		wg.Go(func() { transfer(accounts[t[0]], accounts[t[1]], 10) })
	}
	wg.Wait()
	return fmt.Sprintf("a %d, b %d", accounts['a'].balance, accounts['b'].balance)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
