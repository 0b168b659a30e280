package main

import (
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

	received := make(chan string, 1)
	go func() {
		frame := make([]byte, 5)
		if _, err := io.ReadFull(here, frame); err != nil {
			received <- err.Error()
			return
		}
		received <- string(frame)
	}()

	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	waited := 0
	for {
		select {
		case frame := <-received:
			return frame
		case <-tick.C:
			waited++
			if waited == 1000 {
				return "timeout"
			}
		}
	}
}

func main() {
	fmt.Println(run(os.Args[1]))
}
