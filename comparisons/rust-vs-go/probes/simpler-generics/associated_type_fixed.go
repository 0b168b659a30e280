package main

import "fmt"

type Container[Item any] interface {
	First() Item
}

type Words []string

func (w Words) First() string { return w[0] }

func show[Item any](c Container[Item]) { fmt.Println(c.First()) }

func main() {
	show(Words{"own", "share"})
}
