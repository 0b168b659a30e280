package main

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed embedding.go
var source string

func main() {
	fmt.Println("embedded:", strings.HasPrefix(source, "package main"))
}
