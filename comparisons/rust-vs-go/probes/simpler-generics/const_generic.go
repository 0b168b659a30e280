package main

import "fmt"

type Ring[T any, N int] struct {
	items [N]T
	next  int
}

func (r *Ring[T, N]) Push(item T) {
	r.items[r.next%len(r.items)] = item
	r.next++
}

func main() {
	var ring Ring[string, 4]
	ring.Push("first")
	fmt.Println(ring.items)
}
