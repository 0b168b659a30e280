package main

import (
	"bytes"
	"iter"
	"os"
	"path/filepath"
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
			got := rows(finder(t, test.pattern), "f", []byte(test.content), test.report)
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
		got, err := search(finder(t, "a"), path, bytes.NewBufferString("of the file before"), reportNames)
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

func TestBothWaysFindTheSameLines(t *testing.T) {
	contents := []string{"", "\n", "a", "error\n\n", "\n\nwarning: error\nfatal", "xerror\nerro\nfatal\r\nerror", "\xffa\nfar foo\n"}
	patterns := []string{
		"error", "error|warning|fatal", "(error|fatal)", "e(r+)or", "^error$", "[a-z]+: error", "f(oo|ar)",
		"(error)+", "(?i)ERROR", "", "a|", "a\nb", "\uFFFD", "err(or)?|fatal", `(?:warning: |x)error`, `\bfatal\b`,
	}
	for _, pattern := range patterns {
		f := finder(t, pattern)
		for _, content := range contents {
			want := numbers(f.oneByOne([]byte(content)))
			if got := numbers(f.matching([]byte(content))); !slices.Equal(got, want) {
				t.Errorf("%q in %q: got lines %d, want %d", pattern, content, got, want)
			}
		}
	}
}

func TestLiteralsThatAMatchMustHold(t *testing.T) {
	tests := []struct {
		pattern string
		want    []string
		isExact bool
	}{
		{"timeout", []string{"timeout"}, true},
		{"error|warning|fatal", []string{"error", "warning", "fatal"}, true},
		{"(a|bb)+ccc", []string{"ccc"}, false},
		{"[0-9]+ (?:errors|warnings)$", []string{"errors", "warnings"}, false},
		{"error|[0-9]", nil, false},
		{"(?i)error", nil, false},
		{"a?", nil, false},
	}
	for _, test := range tests {
		f := finder(t, test.pattern)
		var got []string
		for _, literal := range f.literals {
			got = append(got, string(literal))
		}
		if !slices.Equal(got, test.want) || f.isExact != test.isExact {
			t.Errorf("%s: got %q, %t", test.pattern, got, f.isExact)
		}
	}
}

func finder(t *testing.T, pattern string) *lineFinder {
	t.Helper()
	f, err := newLineFinder(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func numbers(lines iter.Seq2[int, []byte]) []int {
	var numbers []int
	for number := range lines {
		numbers = append(numbers, number)
	}
	return numbers
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
