package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

func run(desks string) string {
	n, err := strconv.Atoi(desks)
	if err != nil {
		return "not a number"
	}
	written := 0
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			for range 5 {
				number := written + 1
				time.Sleep(time.Millisecond) // the invoice is written
				written = number
			}
		})
	}
	wg.Wait()
	return fmt.Sprintf("invoices: %d", written)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
