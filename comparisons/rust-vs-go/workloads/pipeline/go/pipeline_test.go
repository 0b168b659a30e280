package main

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

const (
	header = "ts,level,service,route,status,latency_us,bytes,user\n"
	row    = "2026-01-02T03:04:05Z,INFO,cart,/,200,1,2,\"a, \"\"b\"\"\"\n"
)

var goodRow = []string{"2026-01-02T03:04:05Z", "INFO", "cart", "/cart/add", "200", "1500", "0", `Zoë, "Z"`}

func TestARowIsReadFieldByField(t *testing.T) {
	r, ok := parseRow(7, goodRow)
	want := record{number: 7, service: "cart", status: 200, latencyUS: 1500, bytes: 0, user: `Zoë, "Z"`}
	if !ok || r != want {
		t.Errorf("got %+v, %t", r, ok)
	}
}

func TestABadFieldMakesARowMalformed(t *testing.T) {
	tests := []struct {
		column int
		value  string
	}{
		{2, ""},
		{4, "99"},
		{4, "600"},
		{4, "0xC8"},
		{5, "+1"},
		{5, "1.5"},
		{5, "4294967296"},
		{6, "-1"},
		{7, ""},
		{7, "\xff"},
	}
	for _, test := range tests {
		row := slices.Clone(goodRow)
		row[test.column] = test.value
		if _, ok := parseRow(1, row); ok {
			t.Errorf("%s %q is taken for well formed", columns[test.column], test.value)
		}
	}
}

func TestARowNeedsAllFieldsAndNoMore(t *testing.T) {
	if _, ok := parseRow(1, goodRow[:7]); ok {
		t.Error("seven fields are taken for well formed")
	}
	if _, ok := parseRow(1, append(slices.Clone(goodRow), "more")); ok {
		t.Error("nine fields are taken for well formed")
	}
}

// printf 'pipeline/1:anna 7' | sha256sum, and that through xxd -r -p | sha256sum
func TestAPseudonymIsTheStartOfAHashOfHashes(t *testing.T) {
	for rounds, want := range map[int]uint64{1: 0x6154_1f6c_d18f_7e3a, 2: 0x9702_ebb2_2682_1f79} {
		if got := pseudonym("anna 7", rounds); got != want {
			t.Errorf("%d rounds: got %x, want %x", rounds, got, want)
		}
	}
}

func TestAFaultCountsForMoreThanTime(t *testing.T) {
	tests := []struct {
		status    uint16
		latencyUS uint32
		want      class
	}{
		{503, 1, failed},
		{499, 1_000_000, refused},
		{399, 100_000, slow},
		{200, 99_999, fine},
	}
	for _, test := range tests {
		if got := classify(test.status, test.latencyUS); got != test.want {
			t.Errorf("%d in %d us: got %s, want %s", test.status, test.latencyUS, got, test.want)
		}
	}
}

func TestEveryRecordComesOutOnceWhateverTheNumberOfWorkers(t *testing.T) {
	text := header + strings.Repeat(row, 1000)
	for _, workers := range []int{1, 2, 7} {
		var numbers []uint64
		done, err := plan{workers, 1}.run(strings.NewReader(text), func(o outcome) bool {
			numbers = append(numbers, o.number)
			return true
		})
		if err != nil || done.workers.Load() != int64(workers) {
			t.Errorf("%d of %d workers ended, error %v", done.workers.Load(), workers, err)
		}
		slices.Sort(numbers)
		for i, number := range numbers {
			if number != uint64(i+1) {
				t.Fatalf("record %d is missing or came twice", i+1)
			}
		}
		if len(numbers) != 1000 {
			t.Errorf("%d records came out", len(numbers))
		}
	}
}

func TestMalformedRowsAreCountedAndTakeNoNumber(t *testing.T) {
	var last uint64
	done, err := plan{2, 1}.run(strings.NewReader(header+row+"a,b\n\n"+row), func(o outcome) bool {
		last = max(last, o.number)
		return true
	})
	if err != nil || last != 2 || done.malformed != 1 {
		t.Errorf("last %d, malformed %d, error %v", last, done.malformed, err)
	}
}

// endless gives rows without end, and knows how many bytes were taken.
type endless struct{ taken int }

func (e *endless) Read(buffer []byte) (int, error) {
	text := header
	at := e.taken
	if at >= len(header) {
		text = row
		at = (at - len(header)) % len(row)
	}
	n := copy(buffer, text[at:])
	e.taken += n
	return n, nil
}

func TestAllStagesEndWhenTheConsumerHasEnough(t *testing.T) {
	// A stage that stays behind is a deadlock in the bubble.
	synctest.Test(t, func(t *testing.T) {
		input, left := new(endless), 10
		done, err := plan{4, 1}.run(input, func(outcome) bool {
			left--
			return left > 0
		})
		if err != nil {
			t.Error(err)
		}
		if got := done.readers.Load() + done.parsers.Load() + done.workers.Load(); got != 6 {
			t.Errorf("%d of 6 stages ended", got)
		}
		if input.taken >= 1_000_000 {
			t.Errorf("%d bytes were read for 10 records", input.taken)
		}
	})
}

func TestWhatCannotBeReadEndsAllStages(t *testing.T) {
	all := func(outcome) bool { return true }
	for _, input := range []io.Reader{strings.NewReader(row), io.MultiReader(strings.NewReader(header+row), brokenReader{})} {
		if _, err := (plan{4, 1}).run(input, all); err == nil {
			t.Error("no fault is told")
		}
	}
	if _, err := (plan{4, 1}).run(strings.NewReader(""), all); err != nil {
		t.Error(err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestSumsAreInOrderOfServiceAndClass(t *testing.T) {
	totals := make(totals)
	for _, o := range []outcome{numbered(2, "b"), numbered(3, "a"), numbered(1, "b"), numbered(4, "b")} {
		totals.add(o)
	}
	var out bytes.Buffer
	totals.print(&out, 9)
	want := "records\t4\nmalformed\t9\n" +
		"a\tfailed\trecords=1\tbytes=5\tmax_us=30\tcheck=ffffffffffffffff\n" +
		"b\tfailed\trecords=1\tbytes=5\tmax_us=10\tcheck=ffffffffffffffff\n" +
		"b\tslow\trecords=2\tbytes=10\tmax_us=40\tcheck=fffffffffffffffe\n"
	if out.String() != want {
		t.Errorf("got %s", out.String())
	}
}

func TestTheFirstAreCompleteWhenEachHasCome(t *testing.T) {
	first := first{count: 2}
	for _, number := range []uint64{3, 2, 5} {
		if !first.add(numbered(number, "s")) {
			t.Errorf("complete at %d", number)
		}
	}
	if first.add(numbered(1, "s")) {
		t.Error("not complete")
	}
	var out bytes.Buffer
	first.print(&out)
	if want := "1\ts\tfailed\tffffffffffffffff\n2\ts\tslow\tffffffffffffffff\n"; out.String() != want {
		t.Errorf("got %s", out.String())
	}
}

func numbered(number uint64, service string) outcome {
	o := outcome{number: number, service: service, class: failed, latencyUS: 10 * uint32(number), bytes: 5, pseudonym: math.MaxUint64}
	if number%2 == 0 {
		o.class = slow
	}
	return o
}
