package main

import (
	"fmt"
	"io"
	"log"
	"os"
)

func main() {
	buffer := make([]byte, 64*1024)
	var lines, words, bytes int
	inside := false
	for {
		n, err := os.Stdin.Read(buffer)
		for _, b := range buffer[:n] {
			if b == '\n' {
				lines++
			}
			space := b == ' ' || b == '\n' || b == '\t'
			if inside && space {
				words++
			}
			inside = !space
		}
		bytes += n
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if inside {
		words++
	}
	fmt.Println(lines, words, bytes)
}
