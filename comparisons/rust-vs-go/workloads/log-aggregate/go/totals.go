package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// totals is what is known of all records so far.
type totals struct {
	records   uint64
	malformed uint64
	levels    [len(levelNames)]uint64
	users     map[string]struct{}
	services  map[string]*service
	routes    map[string]uint64
	hours     map[string]uint64
}

type service struct {
	errors      uint64
	bytes       uint64
	latenciesUS []uint32
}

func newTotals() *totals {
	return &totals{
		users:    make(map[string]struct{}),
		services: make(map[string]*service),
		routes:   make(map[string]uint64),
		hours:    make(map[string]uint64),
	}
}

// add counts a record, or one that was malformed.
func (t *totals) add(r record, wellFormed bool) {
	if !wellFormed {
		t.malformed++
		return
	}
	t.records++
	t.levels[r.level]++
	// The fields of a row share one string. Users are many: a key that is kept
	// must not hold on to the rest of its row.
	if _, known := t.users[r.user]; !known {
		t.users[strings.Clone(r.user)] = struct{}{}
	}
	s := t.services[r.service]
	if s == nil {
		s = new(service)
		t.services[strings.Clone(r.service)] = s
	}
	s.add(&r)
	t.routes[r.route]++
	t.hours[r.hour()]++
}

func (s *service) add(r *record) {
	if r.isServerError() {
		s.errors++
	}
	s.bytes += r.bytes
	s.latenciesUS = append(s.latenciesUS, r.latencyUS)
}

// print prints everything, of the routes the top with most records. Errors are
// left to the Flush of out.
func (t *totals) print(out *bufio.Writer, top int) {
	fmt.Fprintf(out, "records\t%d\n", t.records)
	fmt.Fprintf(out, "malformed\t%d\n", t.malformed)
	fmt.Fprintf(out, "users\t%d\n", len(t.users))
	for level, count := range t.levels {
		fmt.Fprintf(out, "level\t%s\t%d\n", levelNames[level], count)
	}
	for _, name := range slices.Sorted(maps.Keys(t.services)) {
		t.services[name].print(out, name)
	}

	routes := slices.SortedFunc(maps.Keys(t.routes), func(a, b string) int {
		return cmp.Or(cmp.Compare(t.routes[b], t.routes[a]), strings.Compare(a, b))
	})
	for _, name := range routes[:min(top, len(routes))] {
		fmt.Fprintf(out, "route\t%s\t%d\n", name, t.routes[name])
	}
	for _, hour := range slices.Sorted(maps.Keys(t.hours)) {
		fmt.Fprintf(out, "hour\t%s\t%d\n", hour, t.hours[hour])
	}
}

func (s *service) print(out *bufio.Writer, name string) {
	slices.Sort(s.latenciesUS)
	sorted := s.latenciesUS
	var sum uint64
	for _, latency := range sorted {
		sum += uint64(latency)
	}
	fmt.Fprintf(out, "service\t%s\trecords=%d\terrors=%d\tbytes=%d\t"+
		"mean_us=%d\tmax_us=%d\tp50_us=%d\tp95_us=%d\tp99_us=%d\n",
		name, len(sorted), s.errors, s.bytes,
		sum/uint64(len(sorted)), percentile(sorted, 100),
		percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99))
}

// percentile is the smallest value which at least percent per cent of the
// values do not exceed.
func percentile(sorted []uint32, percent int) uint32 {
	return sorted[(len(sorted)*percent+99)/100-1]
}
