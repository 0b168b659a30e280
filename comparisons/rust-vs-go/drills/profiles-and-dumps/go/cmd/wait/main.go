// Command wait counts the words of texts that never come.
package main

import (
	"fmt"
	"time"

	"example.com/words"
)

func main() {
	texts := make(chan string)
	go func() {
		for text := range texts {
			fmt.Println(words.Count(text))
		}
	}()
	fmt.Println("ready")
	time.Sleep(time.Minute)
}
