package main

import (
	"fmt"
	"strconv"
)

func main() {
	port := strconv.Atoi("8080")
	fmt.Println(port)
}
