package main

import (
	"fmt"
	"os"
	"strings"
)

func count(word string) int {
	return len(word)
}

func run(list string) string {
	words := strings.Fields(list)
	if len(words) == 1 {
		return fmt.Sprintf("%d letters", count(words[0]))
	}
	counts := make(chan int)
	for _, word := range words {
		go func() { counts <- count(word) }()
	}
	sum := 0
	for n := range counts {
		sum += n
	}
	return fmt.Sprintf("%d letters", sum)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
