package main

import (
	"errors"
	"testing"
)

func save(record string) error {
	return errors.New("disk full")
}

func confirm(record string) string {
	if err := save(record); err != nil {
		return "not saved: " + err.Error()
	}
	return "saved " + record
}

func TestConfirm(t *testing.T) {
	if got := confirm("order 31"); got != "not saved: disk full" {
		t.Errorf("confirm = %q", got)
	}
}
