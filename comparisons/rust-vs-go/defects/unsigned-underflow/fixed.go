package main

import (
	"fmt"
	"os"
)

// Table is the header of a table of records.
type Table struct {
	count uint32
}

// Last is the number of the last record, counted from 0, if there is one.
func (t Table) Last() (last uint32, ok bool) {
	if t.count == 0 {
		return 0, false
	}
	return t.count - 1, true
}

func run(header string) string {
	var t Table
	if _, err := fmt.Sscanf(header, "%d records", &t.count); err != nil {
		return "not a header"
	}
	last, ok := t.Last()
	if !ok {
		return "no records"
	}
	return fmt.Sprintf("records 0 to %d", last)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
