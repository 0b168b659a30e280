package main

import "fmt"

func main() {
	readings := [3]int{1, 2, 3}
	second := &readings[1]
	fmt.Println(*second)
}
