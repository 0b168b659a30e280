package main

import (
	"fmt"
	"os"
	"strconv"
)

type price struct {
	amount   int
	currency string
}

func (p price) String() string {
	return fmt.Sprintf("%d %s", p.amount, p.currency)
}

func (p price) less(percent int) price {
	return price{amount: p.amount - p.amount*percent/100}
}

func run(percent string) string {
	p := price{amount: 200, currency: "EUR"}
	discount, err := strconv.Atoi(percent)
	if err != nil {
		return "not a number"
	}
	if discount > 0 {
		p = p.less(discount)
	}
	return p.String()
}

func main() {
	fmt.Println(run(os.Args[1]))
}
