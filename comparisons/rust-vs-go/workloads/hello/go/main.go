// Hello prints a greeting: the least program that does something one can see.
package main

import (
	"fmt"
	"os"
)

func main() {
	if _, err := fmt.Println("hello, world"); err != nil {
		fmt.Fprintln(os.Stderr, "hello:", err)
		os.Exit(1)
	}
}
