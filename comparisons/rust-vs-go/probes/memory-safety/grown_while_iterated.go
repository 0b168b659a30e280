package main

import "fmt"

func main() {
	numbers := []int{1, 2, 3}
	for _, n := range numbers {
		numbers = append(numbers, n*10)
	}
	fmt.Println(numbers)
}
