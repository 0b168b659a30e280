package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

type account struct {
	mu    sync.Mutex
	spent int
}

func approve() {
	time.Sleep(10 * time.Millisecond)
}

func (a *account) pay(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if amount > 100 {
		approve()
	}
	a.spent += amount
}

func run(amount string) string {
	n, err := strconv.Atoi(amount)
	if err != nil {
		return err.Error()
	}
	var a account
	var wg sync.WaitGroup
	wg.Go(func() { a.pay(n) })
	wg.Go(func() { a.pay(n) })
	wg.Wait()
	return fmt.Sprintf("spent %d", a.spent)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
