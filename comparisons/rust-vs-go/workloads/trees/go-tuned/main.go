// Trees builds, sums and drops binary trees while other trees stay alive and
// change.
//
// The nodes of trees that go together lie in one arena, linked by index: no node
// is allocated, and none is collected.
package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
)

const (
	usage         = "usage: trees DEPTH LIVE_DEPTH SEED"
	smallestDepth = 4
	largestDepth  = 24
)

type sizes struct {
	depth     int
	liveDepth int
	seed      uint64
}

func main() {
	s, err := parse(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "trees: %v\n%s\n", err, usage)
		os.Exit(2)
	}
	if err := run(s); err != nil {
		fmt.Fprintln(os.Stderr, "trees:", err)
		os.Exit(1)
	}
}

func parse(args []string) (sizes, error) {
	if len(args) != 3 {
		return sizes{}, fmt.Errorf("3 arguments are needed, not %d", len(args))
	}
	depth, err := number("DEPTH", args[0], smallestDepth, largestDepth)
	if err != nil {
		return sizes{}, err
	}
	liveDepth, err := number("LIVE_DEPTH", args[1], 0, largestDepth)
	if err != nil {
		return sizes{}, err
	}
	seed, err := number("SEED", args[2], 0, math.MaxUint64)
	if err != nil {
		return sizes{}, err
	}
	return sizes{depth: int(depth), liveDepth: int(liveDepth), seed: seed}, nil
}

func number(name, text string, smallest, largest uint64) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n < smallest || n > largest {
		return 0, fmt.Errorf("%s must be a whole number from %d to %d, not %q", name, smallest, largest, text)
	}
	return n, nil
}

func run(s sizes) error {
	out := bufio.NewWriter(os.Stdout)
	keys := keySequence{state: s.seed}

	longLived := newArena(nodesOf(s.liveDepth))
	live := longLived.build(s.liveDepth, &keys)
	recent := newRecentKeys(1<<s.liveDepth, &keys)

	stretchDepth := s.depth + 1
	shortLived := newArena(nodesOf(stretchDepth))
	stretch := shortLived.checksum(shortLived.build(stretchDepth, &keys))
	fmt.Fprintf(out, "stretch depth %d checksum %d\n", stretchDepth, stretch)

	for depth := smallestDepth; depth <= s.depth; depth += 4 {
		trees := 1 << (s.depth - depth + smallestDepth)
		var sum uint64
		for range trees {
			shortLived.clear()
			sum += shortLived.checksum(shortLived.build(depth, &keys))
			recent.push(keys.next())
		}
		fmt.Fprintf(out, "short depth %d trees %d checksum %d\n", depth, trees, sum)
	}

	fmt.Fprintf(out, "live depth %d checksum %d\n", s.liveDepth, longLived.checksum(live))
	fmt.Fprintf(out, "recent height %d checksum %d\n", recent.arena.height(recent.root), recent.arena.checksum(recent.root))
	return out.Flush()
}
