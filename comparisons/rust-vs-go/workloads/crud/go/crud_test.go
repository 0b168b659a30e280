package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestEachRequestIsAnsweredByALine(t *testing.T) {
	const requests = `
{"status":200,"user":"zo\u00eb \"zo\"","service":"mail","route":"/a","bytes":7,"level":"INFO"}
{"status":301,"user":"zoë \"zo\""}
{"status":200,"user":"zoë \"zo\"","service":"mail","route":"/a","bytes":7}
{"status":204,"user":"zoë \"zo\"","service":"search","route":"/b?a=1&b=<2>","bytes":8}
{"status":500,"service":"mail"}
{"status":500,"service":"search"}
{"status":404,"user":"zoë \"zo\""}
{"status":404,"user":"zoë \"zo\""}
{"status":503}
{"status":"503"}`
	const want = `{"ok":"create","account":{"user":"zoë \"zo\"","service":"mail","route":"/a","quota":7,"version":1}}
{"ok":"read","account":{"user":"zoë \"zo\"","service":"mail","route":"/a","quota":7,"version":1}}
{"error":"exists","message":"zoë \"zo\": exists"}
{"ok":"update","account":{"user":"zoë \"zo\"","service":"search","route":"/b?a=1&b=<2>","quota":8,"version":2}}
{"ok":"list","accounts":[],"more":false}
{"ok":"list","accounts":[{"user":"zoë \"zo\"","service":"search","route":"/b?a=1&b=<2>","quota":8,"version":2}],"more":false}
{"ok":"delete","user":"zoë \"zo\""}
{"error":"not_found","message":"zoë \"zo\": not found"}
{"error":"unknown_operation","message":"operation 503: unknown"}
{"error":"malformed","message":"not a request"}
`
	var got bytes.Buffer
	if err := serve(newService(newMemoryStore()), strings.NewReader(requests), &got); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

const create = `{"ts":"2026-01-02T03:04:05Z","service":"mail","route":"/a","status":200,"bytes":150000,"user":"anna"}`

func TestARecordBecomesADraftAndUnknownFieldsAreIgnored(t *testing.T) {
	got, err := parseCommand([]byte(create))
	want := createCommand{draft{user: "anna", service: "mail", route: "/a", quota: 150_000}}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTheFirstRuleThatIsNotMetIsTold(t *testing.T) {
	tests := []struct{ from, to, want string }{
		{"anna", "", "user: must not be empty"},
		{"anna", strings.Repeat("é", 33), "user: must not be longer than 64 bytes"},
		{"mail", "", "service: must not be empty"},
		{"/a", "a", "route: must begin with a slash"},
		{"150000", "150001", "bytes: must not be more than 150000"},
		{"200", "299", "operation 299: unknown"},
		{"200", "-1", "not a request"},
		{"200", "70000", "not a request"},
		{"}", "", "not a request"},
		{"}", "}}", "not a request"},
	}
	for _, test := range tests {
		line := strings.Replace(create, test.from, test.to, 1)
		if _, err := parseCommand([]byte(line)); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}

func TestAQuestionNeedsNoDraft(t *testing.T) {
	got, err := parseCommand([]byte(`{"status":500,"service":"mail"}`))
	if want := (listCommand{service: "mail"}); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := parseCommand([]byte(`{"status":404}`)); code(err) != "invalid" {
		t.Errorf("got %v", err)
	}
}

func TestTextThatIsNotUTF8IsMalformed(t *testing.T) {
	if _, err := parseCommand([]byte("{\"status\":301,\"user\":\"\xff\"}")); code(err) != "malformed" {
		t.Errorf("got %v", err)
	}
}

func mustInsert(t *testing.T, s store, user, service string) {
	t.Helper()
	if _, err := s.insert(draft{user: user, service: service}); err != nil {
		t.Fatal(err)
	}
}

func users(s store, service, after string, limit int) []string {
	var users []string
	for _, a := range s.list(service, after, limit) {
		users = append(users, a.User)
	}
	return users
}

func TestAListIsInByteOrderAndGoesOnAfterAUser(t *testing.T) {
	s := newMemoryStore()
	for _, user := range []string{"c", "a", "ä", "B", "b"} {
		mustInsert(t, s, user, "mail")
	}
	mustInsert(t, s, "aa", "search")
	tests := []struct {
		service, after string
		limit          int
		want           []string
	}{
		{"mail", "", 9, []string{"B", "a", "b", "c", "ä"}},
		{"mail", "a", 2, []string{"b", "c"}},
		{"mail", "aa", 1, []string{"b"}},
		{"mail", "ä", 9, nil},
		{"billing", "", 9, nil},
	}
	for _, test := range tests {
		if got := users(s, test.service, test.after, test.limit); !slices.Equal(got, test.want) {
			t.Errorf("%s after %q: got %q, want %q", test.service, test.after, got, test.want)
		}
	}
}

func TestAnUpdateCountsUpAndMovesToAnotherService(t *testing.T) {
	s := newMemoryStore()
	mustInsert(t, s, "a", "mail")
	if a, err := s.update(draft{user: "a", service: "search"}); err != nil || a.Version != 2 {
		t.Errorf("got %+v, %v", a, err)
	}
	if got := users(s, "mail", "", 9); len(got) > 0 {
		t.Errorf("still there: %q", got)
	}
	if got := users(s, "search", "", 9); !slices.Equal(got, []string{"a"}) {
		t.Errorf("got %q", got)
	}
}

func TestWhatWasRemovedIsGoneAndMayComeAgain(t *testing.T) {
	s := newMemoryStore()
	mustInsert(t, s, "a", "mail")
	if _, err := s.insert(draft{user: "a"}); code(err) != "exists" {
		t.Errorf("inserted twice: %v", err)
	}
	if _, err := s.remove("a"); err != nil {
		t.Error(err)
	}
	if got := users(s, "mail", "", 9); len(got) > 0 {
		t.Errorf("still there: %q", got)
	}
	_, getErr := s.get("a")
	_, removeErr := s.remove("a")
	_, updateErr := s.update(draft{user: "a"})
	for _, err := range []error{getErr, removeErr, updateErr} {
		if code(err) != "not_found" {
			t.Errorf("got %v", err)
		}
	}
	mustInsert(t, s, "a", "mail")
}

func TestAPageTellsWhetherThereIsMore(t *testing.T) {
	s := newService(newMemoryStore())
	for user := 10; user < 21; user++ {
		line := fmt.Appendf(nil, `{"status":200,"user":"%d","service":"mail","route":"/","bytes":0}`, user)
		if _, err := s.handle(line); err != nil {
			t.Fatal(err)
		}
	}
	for after, more := range map[string]bool{"": true, "10": false} {
		answer, err := s.handle(fmt.Appendf(nil, `{"status":500,"service":"mail","user":%q}`, after))
		got, ok := answer.(listAnswer)
		if err != nil || !ok || len(got.Accounts) != 10 || got.More != more {
			t.Errorf("after %q: got %+v, %v", after, answer, err)
		}
	}
}

// An overtakenStore is one that others write to as well, and always sooner.
type overtakenStore struct{}

func (overtakenStore) insert(draft) (*account, error)      { return nil, errExists }
func (overtakenStore) get(string) (*account, error)        { return nil, errNotFound }
func (overtakenStore) update(draft) (*account, error)      { return nil, errNotFound }
func (overtakenStore) remove(string) (*account, error)     { return nil, errNotFound }
func (overtakenStore) list(string, string, int) []*account { return nil }

func TestWhatTheStoreRefusesIsRefused(t *testing.T) {
	for status, want := range map[int]string{200: "exists", 204: "not_found", 301: "not_found", 404: "not_found"} {
		line := fmt.Appendf(nil, `{"status":%d,"user":"anna","service":"mail","route":"/","bytes":0}`, status)
		if _, err := newService(overtakenStore{}).handle(line); code(err) != want {
			t.Errorf("%d: got %v, want %s", status, err, want)
		}
	}
}
