// Line-search searches the text files below a folder for lines which match a
// pattern.
//
// The folder is walked first, then the files are searched in parallel, and what
// was found is printed in the order of the paths. One fault (a folder or file
// that cannot be read) does not end the search: it is told on stderr, and the
// exit code says so at the end.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

const (
	exitMatch   = 0
	exitNoMatch = 1
	exitFault   = 2
)

func main() {
	var (
		ignoreCase = flag.Bool("i", false, "ignore case")
		count      = flag.Bool("c", false, "print for each file with a match how many lines match")
		names      = flag.Bool("l", false, "print only the names of files with a match; wins over -c")
	)
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: line-search [-i] [-c] [-l] PATTERN DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(exitFault)
	}

	report := reportLines
	switch {
	case *names:
		report = reportNames
	case *count:
		report = reportCounts
	}
	pattern := flag.Arg(0)
	if *ignoreCase {
		pattern = "(?i)" + pattern
	}

	code, err := run(pattern, flag.Arg(1), report)
	if err != nil {
		complain(err)
		code = exitFault
	}
	os.Exit(code)
}

func run(pattern, dir string, report reportKind) (code int, err error) {
	finder, err := newLineFinder(pattern)
	if err != nil {
		return 0, fmt.Errorf("invalid pattern: %w", err)
	}
	if info, err := os.Stat(dir); err != nil {
		return 0, err
	} else if !info.IsDir() {
		return 0, fmt.Errorf("%s: not a directory", dir)
	}

	files, faults := textFileCandidates(dir)
	found := searchAll(finder, files, report)

	matched, faulty := false, len(faults) > 0
	for _, fault := range faults {
		complain(fault)
	}
	stdout := bufio.NewWriter(os.Stdout)
	for _, f := range found {
		if f.err != nil {
			complain(f.err)
			faulty = true
		}
		if len(f.text) > 0 {
			matched = true
		}
		stdout.Write(f.text) // Flush returns the first error.
	}
	if err := stdout.Flush(); err != nil {
		return 0, err
	}

	switch {
	case faulty:
		return exitFault, nil
	case matched:
		return exitMatch, nil
	default:
		return exitNoMatch, nil
	}
}

type found struct {
	text []byte
	err  error
}

// searchAll searches files with one worker for each core the process may use.
// The results are in the order of the files.
func searchAll(finder *lineFinder, files []string, report reportKind) []found {
	results := make([]found, len(files))
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var content bytes.Buffer
			for {
				i := int(taken.Add(1)) - 1
				if i >= len(files) {
					return
				}
				text, err := search(finder, files[i], &content, report)
				results[i] = found{text, err}
			}
		})
	}
	workers.Wait()
	return results
}

// complain prints "line-search: PATH: REASON" for faults of the file system.
func complain(err error) {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = fmt.Errorf("%s: %w", pathErr.Path, pathErr.Err)
	}
	fmt.Fprintln(os.Stderr, "line-search:", err)
}
