// Command words prints the number of words in its arguments.
package main

import (
	"fmt"
	"os"
	"strings"

	"example.com/words"
)

func main() {
	fmt.Println(words.Count(strings.Join(os.Args[1:], " ")))
}
