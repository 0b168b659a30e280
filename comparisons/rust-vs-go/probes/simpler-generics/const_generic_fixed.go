package main

import "fmt"

type Ring[T any] struct {
	items []T
	next  int
}

func (r *Ring[T]) Push(item T) {
	r.items[r.next%len(r.items)] = item
	r.next++
}

func main() {
	ring := Ring[string]{items: make([]string, 4)}
	ring.Push("first")
	fmt.Println(ring.items)
}
