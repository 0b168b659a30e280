package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

const (
	sites = 5
	pages = 200
)

func run(crawlers string) string {
	n, err := strconv.Atoi(crawlers)
	if err != nil {
		return "not a number"
	}
	var mu sync.Mutex
	seen := make(map[int]int)
	var wg sync.WaitGroup
	for crawler := range n {
		wg.Go(func() {
			for site := range sites {
				time.Sleep(time.Millisecond) // the site is fetched
				first := (crawler*sites + site) * pages
				mu.Lock()
				for page := range pages {
					seen[first+page] = crawler
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return fmt.Sprintf("%d pages", len(seen))
}

func main() {
	fmt.Println(run(os.Args[1]))
}
