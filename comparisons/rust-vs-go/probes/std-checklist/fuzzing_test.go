package main

import (
	"strings"
	"testing"
)

func FuzzTrim(f *testing.F) {
	f.Add("  tea ")
	f.Add("\tcups\n")
	f.Fuzz(func(t *testing.T, text string) {
		trimmed := strings.TrimSpace(text)
		if strings.TrimSpace(trimmed) != trimmed {
			t.Errorf("%q is trimmed further", trimmed)
		}
	})
}
