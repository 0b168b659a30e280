package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
)

// totals are sums by service and class, the same whatever the order of the
// outcomes.
type totals map[string]*[classCount]group

type group struct {
	records uint64
	bytes   uint64
	maxUS   uint32
	check   uint64 // The sum of all pseudonyms, modulo 2^64.
}

func (t totals) add(o outcome) {
	classes := t[o.service]
	if classes == nil {
		classes = new([classCount]group)
		t[o.service] = classes
	}
	g := &classes[o.class]
	g.records++
	g.bytes += o.bytes
	g.maxUS = max(g.maxUS, o.latencyUS)
	g.check += o.pseudonym
}

func (t totals) print(out io.Writer, malformed uint64) {
	var records uint64
	for _, classes := range t {
		for _, g := range classes {
			records += g.records
		}
	}
	fmt.Fprintf(out, "records\t%d\n", records)
	fmt.Fprintf(out, "malformed\t%d\n", malformed)
	for _, service := range slices.Sorted(maps.Keys(t)) {
		for c, g := range t[service] {
			if g.records > 0 {
				fmt.Fprintf(out, "%s\t%s\trecords=%d\tbytes=%d\tmax_us=%d\tcheck=%016x\n",
					service, class(c), g.records, g.bytes, g.maxUS, g.check)
			}
		}
	}
}

// first gathers the first records of the log, which may come in any order among
// others.
type first struct {
	count    int
	outcomes []outcome
}

// add reports false when the last of the first has come.
func (f *first) add(o outcome) (more bool) {
	if o.number <= uint64(f.count) {
		f.outcomes = append(f.outcomes, o)
	}
	return len(f.outcomes) < f.count
}

func (f *first) print(out io.Writer) {
	slices.SortFunc(f.outcomes, func(a, b outcome) int { return cmp.Compare(a.number, b.number) })
	for _, o := range f.outcomes {
		fmt.Fprintf(out, "%d\t%s\t%s\t%016x\n", o.number, o.service, o.class, o.pseudonym)
	}
}
