package main

import (
	"errors"
	"fmt"
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
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return false
	}
	_, err = file.Write(describe(client))
	return errors.Join(err, file.Close()) == nil
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
