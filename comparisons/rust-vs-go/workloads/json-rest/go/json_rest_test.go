package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const anOrder = `{"customer":"zoë","lines":[{"sku":"a","quantity":2,"price_cents":5,"colour":1}]}`

func ask(handler http.Handler, line, body string) *httptest.ResponseRecorder {
	method, path, _ := strings.Cut(line, " ")
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestAnOrderIsCreatedReadReplacedAndDeleted(t *testing.T) {
	handler := newHandler(newSeededStore(2))
	created := `{"id":2,"customer":"zoë","status":"open","lines":[{"sku":"a","quantity":2,"price_cents":5}],"total_cents":10}`
	paid := strings.Replace(created, "open", "paid", 1)
	pay := strings.Replace(anOrder, `"lines"`, `"status":"paid","lines"`, 1)
	for _, test := range []struct {
		line, body string
		status     int
		answer     string
	}{
		{"POST /orders", anOrder, 201, created},
		{"GET /orders/2", "", 200, created},
		{"PUT /orders/2", pay, 200, paid},
		{"GET /orders/2", "", 200, paid},
		{"GET /orders/2/receipt", "", 200, `{"id":2,"receipt":"R-000002"}`},
		{"DELETE /orders/2", "", 204, ""},
		{"GET /orders/2", "", 404, `{"error":"not_found","message":"order 2: not found"}`},
	} {
		w := ask(handler, test.line, test.body)
		if got := w.Body.String(); w.Code != test.status || got != test.answer {
			t.Errorf("%s: got %d %s", test.line, w.Code, got)
		}
		if got := w.Header().Get("Location"); w.Code == 201 && got != "/orders/2" {
			t.Errorf("location %q", got)
		}
	}
}

func TestAPageTellsWhereTheNextBegins(t *testing.T) {
	handler := newHandler(newSeededStore(30))
	for query, want := range map[string]string{
		"":                   `,"next":19}`,
		"?limit=3&after=5":   `,"next":8}`,
		"?after=19&limit=10": `,"next":null}`,
		"?after=29":          `{"orders":[],"next":null}`,
	} {
		if got := ask(handler, "GET /orders"+query, "").Body.String(); !strings.HasSuffix(got, want) {
			t.Errorf("%s: got %s", query, got)
		}
	}
}

func TestMistakesAreTold(t *testing.T) {
	handler := newHandler(newSeededStore(1))
	long := strings.Replace(anOrder, "zoë", strings.Repeat("x", maxBodyLen), 1)
	for _, test := range []struct {
		line, body string
		status     int
		code       string
	}{
		{"GET /", "", 404, "not_found"},
		{"GET /orders/", "", 404, "not_found"},
		{"GET /orders/x", "", 400, "malformed"},
		{"GET /orders/-1", "", 400, "malformed"},
		{"GET /orders?limit=x", "", 400, "malformed"},
		{"GET /orders?limit=101", "", 422, "invalid"},
		{"POST /orders", "", 400, "malformed"},
		{"POST /orders", "{}", 422, "invalid"},
		{"POST /orders", "{}{}", 400, "malformed"},
		{"POST /orders", long, 413, "too_large"},
		{"PUT /orders/9", anOrder, 404, "not_found"},
		{"PATCH /orders/0", anOrder, 405, "method_not_allowed"},
	} {
		w := ask(handler, test.line, test.body)
		start := fmt.Sprintf(`{"error":%q,"message":"`, test.code)
		if got := w.Body.String(); w.Code != test.status || !strings.HasPrefix(got, start) {
			t.Errorf("%s: got %d %s", test.line, w.Code, got)
		}
		if got := w.Header().Get("Content-Type"); got != "application/json" {
			t.Errorf("%s: content type %q", test.line, got)
		}
		if got := w.Header().Get("Allow"); (got != "") != (test.status == 405) {
			t.Errorf("%s: allow %q", test.line, got)
		}
	}
}

func TestABodyOfAnotherTypeIsNotLookedAt(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/orders", strings.NewReader(anOrder))
	w := httptest.NewRecorder()
	newHandler(newSeededStore(0)).ServeHTTP(w, r)
	if w.Code != http.StatusUnsupportedMediaType {
		t.Errorf("got %d", w.Code)
	}
}

func aDraft() *draft {
	return &draft{
		Customer: "anna",
		Lines:    []line{{"a", 1000, 10_000_000}, {"b", 3, 7}},
	}
}

func TestATotalIsLargerThanItsFactors(t *testing.T) {
	d := aDraft()
	if err := d.check(); err != nil {
		t.Fatal(err)
	}
	if got := d.order(1).TotalCents; got != 10_000_000_021 {
		t.Errorf("got %d", got)
	}
}

func TestTheFirstRuleThatIsNotMetIsTold(t *testing.T) {
	for _, test := range []struct {
		spoil func(d *draft)
		want  string
	}{
		{func(d *draft) { d.Customer = "" }, "customer: must have 1 to 64 bytes"},
		{func(d *draft) { d.Customer = strings.Repeat("é", 33) }, "customer: must have 1 to 64 bytes"},
		{func(d *draft) { d.Note = strings.Repeat("x", 201) }, "note: must not have more than 200 bytes"},
		{func(d *draft) { d.Lines = nil }, "lines: must be 1 to 20"},
		{func(d *draft) { d.Lines = make([]line, 21) }, "lines: must be 1 to 20"},
		{func(d *draft) { d.Lines[1].SKU = "" }, "sku: must have 1 to 32 bytes"},
		{func(d *draft) { d.Lines[1].Quantity = 0 }, "quantity: must be 1 to 1000"},
		{func(d *draft) { d.Lines[0].Quantity = 1001 }, "quantity: must be 1 to 1000"},
		{func(d *draft) { d.Lines[0].PriceCents++ }, "price_cents: must not be more than 10000000"},
	} {
		d := aDraft()
		test.spoil(d)
		if err := d.check(); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestSeedsAreValid(t *testing.T) {
	for n := range uint32(1000) {
		if err := seed(n).check(); err != nil {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func ids(s *store, from uint64, limit int) []uint32 {
	var ids []uint32
	for _, o := range s.list(from, limit) {
		ids = append(ids, o.ID)
	}
	return ids
}

func TestAListGoesOnAfterAnOrderThatNeedNotBeThere(t *testing.T) {
	s := newSeededStore(6)
	if err := s.delete(2); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		from  uint64
		limit int
		want  []uint32
	}{
		{0, 2, []uint32{0, 1}},
		{2, 2, []uint32{3, 4}},
		{3, 9, []uint32{3, 4, 5}},
		{6, 9, nil},
	} {
		if got := ids(s, test.from, test.limit); !slices.Equal(got, test.want) {
			t.Errorf("from %d: got %d", test.from, got)
		}
	}
}

func TestAnIDIsNeverGivenTwice(t *testing.T) {
	s := newSeededStore(1)
	first := s.create(aDraft()).ID
	if err := s.delete(first); err != nil {
		t.Fatal(err)
	}
	if got := s.create(aDraft()).ID; got != first+1 {
		t.Errorf("got %d after %d", got, first)
	}
}

func TestAnUpdateReplacesAndLeavesWhatWasReadBefore(t *testing.T) {
	s := newSeededStore(1)
	before, _ := s.get(0)
	if _, err := s.update(0, aDraft()); err != nil {
		t.Fatal(err)
	}
	after, _ := s.get(0)
	if before.Customer != "customer-0" || after.Customer != "anna" {
		t.Errorf("before %q, after %q", before.Customer, after.Customer)
	}
}

func TestARequestUnderWayIsAnsweredAfterTheEndWasAskedFor(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, listener) }()

	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{")
	time.Sleep(100 * time.Millisecond)
	end()
	time.Sleep(100 * time.Millisecond)
	fmt.Fprint(conn, "}")

	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, answer.Body)
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("got %d", answer.StatusCode)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
