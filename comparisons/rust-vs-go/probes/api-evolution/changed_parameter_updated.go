package main

import "fmt"

// The library.
func Invoice(customer string) string {
	return "invoice for " + customer
}

// The caller.
func main() {
	customer := "c-31"
	fmt.Println(Invoice(customer))
}
