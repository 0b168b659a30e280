package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

var goodRow = []string{"2026-01-02T03:04:05Z", "INFO", "cart", "/cart/add", "200", "1500", "0", `Zoë, "Z"`}

func byteFields(row []string) [][]byte {
	fields := make([][]byte, len(row))
	for i, field := range row {
		fields[i] = []byte(field)
	}
	return fields
}

func TestARowIsReadFieldByField(t *testing.T) {
	r, ok := parseCSV(byteFields(goodRow))
	if !ok {
		t.Fatal("malformed")
	}
	if string(r.hour()) != "2026-01-02T03" || r.level != 1 || r.status != 200 || r.latencyUS != 1500 || string(r.user) != `Zoë, "Z"` {
		t.Errorf("got %+v", r)
	}
}

func TestABadFieldMakesARowMalformed(t *testing.T) {
	tests := []struct {
		index int
		value string
	}{
		{0, "2026-01-02 03:04:05Z"},
		{0, "2026-01-02T03:04:05+00:00"},
		{1, "info"},
		{2, ""},
		{3, "/a\n/b"},
		{4, "99"},
		{4, "600"},
		{4, "0xC8"},
		{5, "+1"},
		{5, "1.5"},
		{5, "4294967296"},
		{6, "-1"},
		{6, ""},
		{7, ""},
		{7, "\xff"},
	}
	for _, test := range tests {
		row := slices.Clone(goodRow)
		row[test.index] = test.value
		if _, ok := parseCSV(byteFields(row)); ok {
			t.Errorf("%s %q is taken for well formed", fields[test.index], test.value)
		}
	}
}

func TestARowNeedsAllFieldsAndNoMore(t *testing.T) {
	if _, ok := parseCSV(byteFields(goodRow[:7])); ok {
		t.Error("seven fields are taken for a record")
	}
	if _, ok := parseCSV(byteFields(append(slices.Clone(goodRow), "more"))); ok {
		t.Error("nine fields are taken for a record")
	}
}

const goodLine = `{"ts":"2026-01-02T03:04:05Z","level":"WARN","service":"cart","route":"/","status":503,"latency_us":7,"bytes":0,"user":"Zo\u00eb \"Z\"","extra":[1,{}]}`

func TestEscapesAreUndoneAndUnknownFieldsIgnored(t *testing.T) {
	r, ok := parseJSON([]byte(goodLine))
	if !ok || string(r.user) != `Zoë "Z"` || !r.isServerError() {
		t.Errorf("got %+v, %t", r, ok)
	}
}

func TestAFaultMakesALineMalformed(t *testing.T) {
	faults := [][2]string{
		{`"bytes":0,`, ``},
		{`"bytes":0`, `"bytes":null`},
		{`"bytes":0`, `"bytes":"0"`},
		{`"bytes":0`, `"bytes":0.0`},
		{`"bytes":0`, `"bytes":-1`},
		{`"cart"`, `""`},
		{`"cart"`, `7`},
		{`WARN`, `FATAL`},
		{`]}`, `]`},
		{`]}`, `]}}`},
	}
	for _, fault := range faults {
		line := strings.Replace(goodLine, fault[0], fault[1], 1)
		if _, ok := parseJSON([]byte(line)); ok {
			t.Errorf("taken for well formed: %s", line)
		}
	}
	for _, line := range []string{"{\"\xff\":0}", "null"} {
		if _, ok := parseJSON([]byte(line)); ok {
			t.Errorf("taken for well formed: %q", line)
		}
	}
}

func TestReadCSV(t *testing.T) {
	const header = "ts,level,service,route,status,latency_us,bytes,user\n"
	const row = "2026-01-02T03:04:05Z,INFO,cart,/,200,1,2,\"a, \"\"b\"\"\"\n"
	tests := []struct {
		name, input        string
		records, malformed uint64
	}{
		{"blank rows are passed over", header + row + "\n" + row, 2, 0},
		{"line ends may have a carriage return", strings.ReplaceAll(header+row+"\n"+row, "\n", "\r\n"), 2, 0},
		{"the last line needs no end", header + strings.TrimSpace(row), 1, 0},
		{"a malformed row does not end the reading", header + "a,b\n\xff\n" + row, 1, 2},
		{"an open quote swallows what follows as one malformed row", header + row[:41] + "\"open\n" + row, 0, 1},
		{"an empty file has no record", "", 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := readCSV(strings.NewReader(test.input))
			if err != nil {
				t.Fatal(err)
			}
			if got.records != test.records || got.malformed != test.malformed {
				t.Errorf("got %d records and %d malformed", got.records, got.malformed)
			}
		})
	}
	if _, err := readCSV(strings.NewReader(row)); err == nil {
		t.Error("a file without its header is read")
	}
}

func TestRowsAreCutApartAtCommasOutsideOfQuotes(t *testing.T) {
	const input = "a,,c\r\n\n\"a, \"\"b\"\"\",\"\",\"c\nd\"\n,"
	want := [][]string{{"a", "", "c"}, {`a, "b"`, "", "c\nd"}, {"", ""}}
	// 16 is the smallest buffer there is: the second row is longer.
	rows := rowReader{lines: bufio.NewReaderSize(strings.NewReader(input), 16)}
	for _, want := range want {
		row, err := rows.read()
		if err != nil || !slices.EqualFunc(row, want, func(a []byte, b string) bool { return string(a) == b }) {
			t.Errorf("got %q, %v, want %q", row, err, want)
		}
	}
	if _, err := rows.read(); err != io.EOF {
		t.Errorf("got %v at the end", err)
	}
}

const ordinaryLine = `{"ts":"2026-01-02T03:04:05Z","level":"WARN","service":"cart","route":"/","status":503,"latency_us":7,"bytes":0,"user":"Zoë \"Z\\\/\""}`

func TestAnOrdinaryLineIsReadAsTheDecoderReadsIt(t *testing.T) {
	r, ok := scanRecord([]byte(ordinaryLine))
	var want jsonRecord
	if err := json.Unmarshal([]byte(ordinaryLine), &want); err != nil {
		t.Fatal(err)
	}
	if !ok || string(r.user) != want.User || string(r.ts) != want.TS || r.status != want.Status || r.latencyUS != *want.LatencyUS {
		t.Errorf("got %+v, %t", r, ok)
	}
}

func TestWhatIsNotOrdinaryIsLeftToTheDecoder(t *testing.T) {
	changes := [][2]string{
		{`:503`, `:0503`},
		{`:503`, `: 503`},
		{`:503`, `:5e2`},
		{`:503`, `:70000`},
		{`:503`, `:`},
		{`:7`, `:4294967296`},
		{`:0,`, `:18446744073709551616,`},
		{`Zoë`, `Zo\u00eb`},
		{`Zoë`, "Zo\t"},
		{`}`, ``},
		{`}`, `}}`},
		{`WARN`, `warn`},
		{`"route":"/",`, ``},
	}
	for _, change := range changes {
		line := strings.Replace(ordinaryLine, change[0], change[1], 1)
		if _, ok := scanRecord([]byte(line)); ok {
			t.Errorf("scanned: %s", line)
		}
	}
	for end := range len(ordinaryLine) {
		line := []byte(ordinaryLine[:end])
		if _, ok := scanRecord(line); ok || string(line) != ordinaryLine[:end] {
			t.Errorf("scanned or changed: %s", line)
		}
	}
}

func TestANumberIsOfDigitsAndNotTooLarge(t *testing.T) {
	if n, ok := decimal([]byte("18446744073709551615"), math.MaxUint64); !ok || n != math.MaxUint64 {
		t.Errorf("got %d, %t", n, ok)
	}
	for _, digits := range []string{"", "18446744073709551616", "99999999999999999999", "-1", "1 "} {
		if n, ok := decimal([]byte(digits), math.MaxUint64); ok {
			t.Errorf("%q is %d", digits, n)
		}
	}
}

func TestAnHourThatComesBackIsAddedTo(t *testing.T) {
	sums := newTotals()
	for _, hour := range []string{"03", "04", "03"} {
		sums.add(parseJSON([]byte(strings.Replace(ordinaryLine, "T03", "T"+hour, 1))))
	}
	sums.endHour("")
	if sums.hours["2026-01-02T03"] != 2 || sums.hours["2026-01-02T04"] != 1 {
		t.Errorf("got %v", sums.hours)
	}
}

func TestEmptyLinesAreNoRecordsAndBlankOnesAreMalformed(t *testing.T) {
	got, err := readJSONL(strings.NewReader("\n\r\n \nnull\n{"))
	if err != nil {
		t.Fatal(err)
	}
	if got.records != 0 || got.malformed != 3 {
		t.Errorf("got %d records and %d malformed", got.records, got.malformed)
	}
}

func TestAPercentileIsAValueThatWasSeen(t *testing.T) {
	sorted := []uint32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for percent, want := range map[int]uint32{50: 5, 95: 10, 100: 10} {
		if got := percentile(sorted, percent); got != want {
			t.Errorf("p%d is %d, want %d", percent, got, want)
		}
	}
	if got := percentile([]uint32{7}, 50); got != 7 {
		t.Errorf("p50 of one value is %d", got)
	}
}

func TestRoutesAreOrderedByCountAndThenByName(t *testing.T) {
	sums := newTotals()
	for _, route := range []string{"/b", "/c", "/a", "/c"} {
		sums.add(parseJSON(fmt.Appendf(nil,
			`{"ts":"2026-01-02T03:04:05Z","level":"INFO","service":"s","route":%q,"status":200,"latency_us":3,"bytes":4,"user":"u"}`, route)))
	}
	sums.add(record{}, false)

	var out bytes.Buffer
	writer := bufio.NewWriter(&out)
	sums.print(writer, 2)
	writer.Flush()

	want := "records\t4\nmalformed\t1\nusers\t1\n" +
		"level\tDEBUG\t0\nlevel\tINFO\t4\nlevel\tWARN\t0\nlevel\tERROR\t0\n" +
		"service\ts\trecords=4\terrors=0\tbytes=16\tmean_us=3\tmax_us=3\tp50_us=3\tp95_us=3\tp99_us=3\n" +
		"route\t/c\t2\nroute\t/a\t1\nhour\t2026-01-02T03\t4\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
