package main

import (
	"errors"
	"testing"
)

func save(record string) error {
	return errors.New("disk full")
}

func confirm(record string) string {
	save(record)
	return "saved " + record
}

func TestConfirm(t *testing.T) {
	if got := confirm("order 31"); got != "saved order 31" {
		t.Errorf("confirm = %q", got)
	}
}
