package main

import "fmt"

func main() {
	readings := [3]int{1, 2, 3}
	first := &readings[0]
	second := first + 1
	fmt.Println(*second)
}
