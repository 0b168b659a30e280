package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"
	"time"
)

func send(conn net.Conn, parts []string) error {
	for i, part := range parts {
		if i > 0 {
			time.Sleep(200 * time.Millisecond) // a slow network
		}
		if _, err := io.WriteString(conn, part); err != nil {
			return err
		}
	}
	return conn.Close()
}

func run(parts string) string {
	here, there := net.Pipe()
	go func() {
		if err := send(there, strings.Fields(parts)); err != nil {
			log.Print(err)
		}
	}()

	frame := make([]byte, 5)
	for range 1000 {
		if err := here.SetReadDeadline(time.Now().Add(10 * time.Millisecond)); err != nil {
			return err.Error()
		}
		_, err := io.ReadFull(here, frame)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			continue
		}
		if err != nil {
			return err.Error()
		}
		return string(frame)
	}
	return "timeout"
}

func main() {
	fmt.Println(run(os.Args[1]))
}
