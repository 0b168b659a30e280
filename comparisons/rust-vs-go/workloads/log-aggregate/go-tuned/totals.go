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
	routes    map[string]*uint64
	hours     map[string]uint64
	thisHour  hour
}

// An hour is the one that the last record was in; it is not among the hours yet.
type hour struct {
	name  string
	count uint64
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
		routes:   make(map[string]*uint64),
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
	if _, known := t.users[string(r.user)]; !known {
		t.users[string(r.user)] = struct{}{}
	}
	s := t.services[string(r.service)]
	if s == nil {
		s = new(service)
		t.services[string(r.service)] = s
	}
	s.add(&r)
	// A map of counts would make a string of each route that it is asked for.
	count := t.routes[string(r.route)]
	if count == nil {
		count = new(uint64)
		t.routes[string(r.route)] = count
	}
	*count++
	if string(r.hour()) != t.thisHour.name {
		t.endHour(string(r.hour()))
	}
	t.thisHour.count++
}

// endHour begins the next hour. A log is nearly in order of time: the map is
// asked once an hour, not once a record.
func (t *totals) endHour(next string) {
	if t.thisHour.count > 0 {
		t.hours[t.thisHour.name] += t.thisHour.count
	}
	t.thisHour = hour{name: next}
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
		return cmp.Or(cmp.Compare(*t.routes[b], *t.routes[a]), strings.Compare(a, b))
	})
	for _, name := range routes[:min(top, len(routes))] {
		fmt.Fprintf(out, "route\t%s\t%d\n", name, *t.routes[name])
	}
	t.endHour("")
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
