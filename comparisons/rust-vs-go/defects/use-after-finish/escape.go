package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

type batch struct {
	rows []string
}

func (b *batch) put(row string) {
	b.rows = append(b.rows, row)
}

type database struct {
	rows []string
}

func (d *database) write(b *batch) {
	d.rows = append(d.rows, b.rows...)
}

func run(names string) string {
	var d database
	var b batch
	repeated := 0
	for _, name := range strings.Fields(names) {
		if slices.Contains(b.rows, name) {
			repeated++
		} else {
			b.put(name)
		}
	}
	d.write(&b)
	if repeated > 0 {
		b.put(fmt.Sprintf("repeated=%d", repeated))
	}
	return strings.Join(d.rows, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
