package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func openUpload(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("is a folder")
	}
	return f, nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func run(name string) string {
	dir, err := os.MkdirTemp("", "upload-")
	must(err)
	must(os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("milk, bread\n"), 0o600))
	f, err := openUpload(filepath.Join(dir, name))
	if err != nil {
		must(os.RemoveAll(dir))
		return err.Error()
	}
	data, err := io.ReadAll(f)
	must(errors.Join(err, f.Close(), os.RemoveAll(dir)))
	return fmt.Sprintf("%d bytes", len(data))
}

// openFiles counts what is open below a folder for uploads.
func openFiles() int {
	fds, _ := filepath.Glob("/proc/self/fd/*")
	count := 0
	for _, fd := range fds {
		if path, err := os.Readlink(fd); err == nil && strings.Contains(path, "upload-") {
			count++
		}
	}
	return count
}

func main() {
	fmt.Println(run(os.Args[1]))
	fmt.Println("open files:", openFiles())
}
