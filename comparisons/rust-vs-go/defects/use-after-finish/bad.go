package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
)

var errTxDone = errors.New("transaction is already committed")

type tx struct {
	rows    *[]string
	pending []string
	done    bool
}

func (t *tx) put(row string) error {
	if t.done {
		return errTxDone
	}
	t.pending = append(t.pending, row)
	return nil
}

func (t *tx) commit() {
	*t.rows = append(*t.rows, t.pending...)
	t.done = true
}

func load(names string, rows *[]string) error {
	t := &tx{rows: rows}
	repeated := 0
	for _, name := range strings.Fields(names) {
		if slices.Contains(t.pending, name) {
			repeated++
		} else if err := t.put(name); err != nil {
			return err
		}
	}
	t.commit()
	if repeated > 0 {
		return t.put(fmt.Sprintf("repeated=%d", repeated))
	}
	return nil
}

func run(names string) string {
	var rows []string
	if err := load(names, &rows); err != nil {
		log.Fatal(err)
	}
	return strings.Join(rows, " ")
}

func main() {
	fmt.Println(run(os.Args[1]))
}
