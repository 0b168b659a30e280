package main

import (
	"fmt"
	"sync"
)

func main() {
	hits := 0
	var wg sync.WaitGroup
	wg.Go(func() { hits++ })
	wg.Go(func() { hits++ })
	wg.Wait()
	fmt.Println(hits)
}
