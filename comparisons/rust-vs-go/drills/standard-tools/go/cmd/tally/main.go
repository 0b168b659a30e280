// Command tally adds up a few numbers, each in a goroutine of its own.
package main

import (
	"fmt"
	"sync"

	"example.com/tally"
)

func main() {
	var t tally.Tally
	var group sync.WaitGroup
	for amount := range uint64(4) {
		group.Go(func() { t.Add(amount + 1) })
	}
	group.Wait()
	fmt.Println(t.Total())
}
