// Command report prints the number of words in its arguments.
package main

import (
	"fmt"
	"os"
	"strings"

	"example.com/loop/words"
)

func main() {
	fmt.Println(words.Count(strings.Join(os.Args[1:], " ")))
}
