package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

func TestRows(t *testing.T) {
	tests := []struct {
		name, pattern, content string
		report                 reportKind
		want                   string
	}{
		{"every matching line is a row with its number", "^one", "one\ntwo\n\none more", reportLines, "f:1:one\nf:4:one more\n"},
		{"a pattern never sees beyond its line", `a[^x]b`, "a\nb\n", reportLines, ""},
		{"an empty line matches an empty pattern", `^$`, "a\n\nb\n", reportLines, "f:2:\n"},
		{"a carriage return is text", "a", "a\r\n", reportLines, "f:1:a\r\n"},
		{"a carriage return is before the end of the line", "a$", "a\r\n", reportLines, ""},
		{"a file without a match is not counted", "z", "a\n", reportCounts, ""},
		{"a file without a match is not named", "z", "a\n", reportNames, ""},
		{"counts are of lines, not of matches", "a", "aa\na\n", reportCounts, "f:2\n"},
		{"a name is printed once", "a", "aa\na\n", reportNames, "f\n"},
		{"an empty file has no line", "", "", reportCounts, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := rows(regexp.MustCompile(test.pattern), "f", []byte(test.content), test.report)
			if string(got) != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestNULNearTheStartMakesAFileBinary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	for nulAt, searched := range map[int]bool{binaryCheckLen - 1: false, binaryCheckLen: true} {
		content := append(bytes.Repeat([]byte("a"), nulAt), 0)
		write(t, path, content)
		got, err := search(regexp.MustCompile("a"), path, reportNames)
		if err != nil {
			t.Fatal(err)
		}
		if (len(got) > 0) != searched {
			t.Errorf("NUL at %d: got %q", nulAt, got)
		}
	}
}

func TestPathsAreInByteOrderWithoutHiddenEntriesAndLinks(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a/b", "a.txt", "A", "a/.hidden", ".git/config"} {
		write(t, filepath.Join(root, name), []byte("text"))
	}
	if err := os.Symlink("a.txt", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}

	files, faults := textFileCandidates(root)

	want := []string{root + "/A", root + "/a.txt", root + "/a/b"}
	if !slices.Equal(files, want) || len(faults) > 0 {
		t.Errorf("got %q and %v, want %q", files, faults, want)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
