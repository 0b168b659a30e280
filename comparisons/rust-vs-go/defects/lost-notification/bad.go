package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
)

func run(list string) string {
	letters := strings.Fields(list)

	var mu sync.Mutex
	var box []string
	arrived := sync.NewCond(&mu)

	mu.Lock()
	defer mu.Unlock()
	go func() {
		mu.Lock()
		defer mu.Unlock()
		for _, letter := range letters {
			box = append(box, letter)
			arrived.Signal()
		}
	}()

	var read []string
	for range letters {
		arrived.Wait()
		read = append(read, box[0])
		box = box[1:]
	}
	return strings.Join(read, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
