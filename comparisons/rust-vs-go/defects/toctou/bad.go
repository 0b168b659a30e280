package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func describe(client string) []byte {
	time.Sleep(20 * time.Millisecond)
	return []byte(client + "\n")
}

func claim(path, client string) bool {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	return os.WriteFile(path, describe(client), 0o600) == nil
}

func run(clients string) string {
	dir, err := os.MkdirTemp("", "claims")
	if err != nil {
		return "no folder"
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "printer.lock")
	var holders atomic.Int64
	var wg sync.WaitGroup
	for client := range strings.FieldsSeq(clients) {
		wg.Go(func() {
			if claim(path, client) {
				holders.Add(1)
			}
		})
	}
	wg.Wait()
	return fmt.Sprintf("holders: %d", holders.Load())
}

func main() {
	fmt.Println(run(os.Args[1]))
}
