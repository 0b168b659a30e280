// Pipeline reads an access log from stdin and works on its records in a
// pipeline of stages.
//
// What comes out is printed as sums of all records, or as the first few in
// order, after which everything upstream is cancelled and has to end.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
)

const (
	exitFault = 1
	exitUsage = 2
)

func main() {
	var (
		workers   = flag.Int("workers", 4, "how many workers share the work, 1 to 1024")
		rounds    = flag.Int("rounds", 1, "how often a user's name is hashed: the work of a record")
		stopAfter = flag.Int("stop-after", 0, "print the first `N` records in order, then cancel what is upstream; 0: read to the end")
	)
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: pipeline [--workers N] [--rounds N] [--stop-after N]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 0 || *workers < 1 || *workers > 1024 || *rounds < 1 || *rounds > math.MaxUint32 || *stopAfter < 0 {
		flag.Usage()
		os.Exit(exitUsage)
	}

	if err := run(plan{workers: *workers, rounds: *rounds}, *stopAfter); err != nil {
		fmt.Fprintln(os.Stderr, "pipeline:", err)
		os.Exit(exitFault)
	}
}

func run(p plan, stopAfter int) error {
	out := bufio.NewWriter(os.Stdout) // Flush returns the first error.
	var err error
	if stopAfter == 0 {
		err = printTotals(p, out)
	} else {
		err = printFirst(p, stopAfter, out)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

func printTotals(p plan, out io.Writer) error {
	totals := make(totals)
	done, err := p.run(os.Stdin, func(o outcome) bool {
		totals.add(o)
		return true
	})
	if err != nil {
		return fmt.Errorf("stdin: %w", err)
	}
	totals.print(out, done.malformed)
	done.print(out)
	return nil
}

func printFirst(p plan, count int, out io.Writer) error {
	first := first{count: count}
	done, err := p.run(os.Stdin, first.add)
	if err != nil {
		return fmt.Errorf("stdin: %w", err)
	}
	first.print(out)
	done.print(out)
	return nil
}
