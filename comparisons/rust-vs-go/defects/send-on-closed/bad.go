package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

func run(sizes string) string {
	sources := strings.Fields(sizes)
	rows := make(chan int)
	var readers sync.WaitGroup
	for i, size := range sources {
		readers.Go(func() {
			n, _ := strconv.Atoi(size)
			for row := range n {
				rows <- row
			}
			if i == len(sources)-1 {
				close(rows)
			}
		})
	}
	count := 0
	for range rows {
		count++
	}
	readers.Wait()
	return fmt.Sprintf("%d rows", count)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
