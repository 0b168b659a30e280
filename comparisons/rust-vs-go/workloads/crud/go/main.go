// Crud is a register of accounts: it reads requests as JSON lines and answers
// each with a JSON line.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
)

const bufferLen = 64 * 1024

func main() {
	if err := serve(newService(newMemoryStore()), os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "crud:", err)
		os.Exit(1)
	}
}

// serve answers every line that is not empty, in order.
func serve(s *service, input io.Reader, output io.Writer) error {
	lines := bufio.NewScanner(input)
	lines.Buffer(make([]byte, bufferLen), math.MaxInt) // A line may be of any length.
	buffered := bufio.NewWriterSize(output, bufferLen)
	answers := json.NewEncoder(buffered)
	answers.SetEscapeHTML(false)

	for lines.Scan() {
		if len(lines.Bytes()) == 0 {
			continue
		}
		answer, err := s.handle(lines.Bytes())
		if err != nil {
			answer = refuse(err)
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return buffered.Flush()
}
