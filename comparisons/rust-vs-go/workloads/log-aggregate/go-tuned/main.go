// Log-aggregate reads an access log as a stream and prints counts, sums and
// latency percentiles.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
)

const exitUsage = 2

func main() {
	format := flag.String("format", "", "how the records are written: csv or jsonl")
	top := flag.Uint("top", 10, "how many routes to print, those with most records first")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: log-aggregate --format csv|jsonl [--top N] FILE")
		flag.PrintDefaults()
	}
	flag.Parse()
	read, ok := readers[*format]
	if !ok || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(exitUsage)
	}

	if err := run(read, flag.Arg(0), int(*top)); err != nil {
		fmt.Fprintln(os.Stderr, "log-aggregate:", err)
		os.Exit(1)
	}
}

var readers = map[string]func(io.Reader) (*totals, error){
	"csv":   readCSV,
	"jsonl": readJSONL,
}

func run(read func(io.Reader) (*totals, error), path string, top int) error {
	t, err := aggregate(read, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, cause(err))
	}
	stdout := bufio.NewWriter(os.Stdout)
	t.print(stdout, top)
	return stdout.Flush()
}

func aggregate(read func(io.Reader) (*totals, error), path string) (*totals, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return read(file)
}

// cause strips the operation and path which package os puts before a reason.
func cause(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
