package main

import (
	"fmt"
	"os"
)

// Table is the header of a table of records.
type Table struct {
	count uint32
}

// Last is the number of the last record, counted from 0.
func (t Table) Last() uint32 {
	return t.count - 1
}

func run(header string) string {
	var t Table
	if _, err := fmt.Sscanf(header, "%d records", &t.count); err != nil {
		return "not a header"
	}
	return fmt.Sprintf("records 0 to %d", t.Last())
}

func main() {
	fmt.Println(run(os.Args[1]))
}
