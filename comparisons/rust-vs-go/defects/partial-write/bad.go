package main

import (
	"fmt"
	"io"
	"os"
)

const room = 16

type modem struct {
	sent []byte
}

func (m *modem) Write(data []byte) (int, error) {
	n := 0
	for n < len(data) {
		now := data[n:min(n+room, len(data))]
		m.sent = append(m.sent, now...)
		n += len(now)
	}
	return n, nil
}

func send(w io.Writer, message string) error {
	_, err := w.Write([]byte(message))
	return err
}

func run(message string) string {
	var m modem
	if err := send(&m, message); err != nil {
		return err.Error()
	}
	return fmt.Sprintf("sent: %s", m.sent)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
