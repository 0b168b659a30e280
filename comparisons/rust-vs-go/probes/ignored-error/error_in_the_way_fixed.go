package main

import (
	"fmt"
	"strconv"
)

func main() {
	port, err := strconv.Atoi("8080")
	fmt.Println(port, err)
}
