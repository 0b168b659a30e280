package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
)

func run(names string) string {
	users := strings.Fields(names)
	greetings := make([]string, len(users))
	var wg sync.WaitGroup
	for i, user := range users {
		wg.Add(1)
		go func() {
			defer wg.Done()
			greetings[i] = "hello " + user
		}()
	}
	wg.Wait()
	return strings.Join(greetings, ", ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
