package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func read(dir, name string) (int, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	if _, err := io.ReadAll(f); err != nil {
		return 0, err
	}
	return openFiles(dir), nil
}

// readAll reads the files and answers how many of them were open at once.
func readAll(dir string, names []string) (int, error) {
	most := 0
	for _, name := range names {
		open, err := read(dir, name)
		if err != nil {
			return 0, err
		}
		most = max(most, open)
	}
	return most, nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func run(names string) string {
	dir, err := os.MkdirTemp("", "metrics-")
	must(err)
	files := strings.Fields(names)
	for _, name := range files {
		must(os.WriteFile(filepath.Join(dir, name), []byte("up 1\n"), 0o600))
	}
	most, err := readAll(dir, files)
	must(err)
	must(os.RemoveAll(dir))
	return fmt.Sprintf("%d read, %d open at once", len(files), most)
}

func openFiles(dir string) int {
	fds, _ := filepath.Glob("/proc/self/fd/*")
	count := 0
	for _, fd := range fds {
		if path, err := os.Readlink(fd); err == nil && strings.HasPrefix(path, dir) {
			count++
		}
	}
	return count
}

func main() {
	fmt.Println(run(os.Args[1]))
}
