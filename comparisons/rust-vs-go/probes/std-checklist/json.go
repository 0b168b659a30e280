package main

import (
	"encoding/json"
	"fmt"
)

type Order struct {
	ID    int      `json:"id"`
	Items []string `json:"items"`
}

func main() {
	var order Order
	if err := json.Unmarshal([]byte(`{"id": 31, "items": ["tea"]}`), &order); err != nil {
		panic(err)
	}
	order.Items = append(order.Items, "cups")
	text, err := json.Marshal(order)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}
