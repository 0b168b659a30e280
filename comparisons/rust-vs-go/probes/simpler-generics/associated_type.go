package main

import "fmt"

type Container interface {
	type Item
	First() Item
}

type Words []string

func (w Words) First() string { return w[0] }

func show[C Container](c C) { fmt.Println(c.First()) }

func main() {
	show(Words{"own", "share"})
}
