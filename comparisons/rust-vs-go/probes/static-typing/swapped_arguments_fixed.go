package main

import "fmt"

type CustomerID uint64
type OrderID uint64

func assign(customer CustomerID, order OrderID) string {
	return fmt.Sprintf("order %d is customer %d's", order, customer)
}

func main() {
	customer := CustomerID(7)
	order := OrderID(31)
	fmt.Println(assign(customer, order))
}
