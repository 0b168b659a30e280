package main

import "fmt"

// The library.
type Payment int

const (
	Card Payment = iota
	Invoice
	Voucher
)

// The caller.
func daysToPay(payment Payment) int {
	days := -1
	switch payment {
	case Card:
		days = 0
	case Invoice:
		days = 30
	}
	return days
}

func main() {
	for _, payment := range []Payment{Card, Invoice, Voucher} {
		fmt.Println(daysToPay(payment))
	}
}
