package main

import (
	"html/template"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func shown(t *testing.T, page *template.Template, data any) string {
	answer := httptest.NewRecorder()
	if err := show(answer, http.StatusOK, page, data); err != nil {
		t.Fatal(err)
	}
	return answer.Body.String()
}

func between(page, from, to string) string {
	_, rest, _ := strings.Cut(page, from)
	found, _, _ := strings.Cut(rest, to)
	return found
}

func TestWhatPeopleWroteIsEscaped(t *testing.T) {
	page := shown(t, fortunesTemplate, fortunesPage{"Fortunes", []fortune{{7, "<b>a & b<b>"}}})
	want := "<tr><td>7</td><td>&lt;b&gt;a &amp; b&lt;b&gt;</td></tr>"
	if got := between(page, "</th></tr>\n", "\n</table>"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAnArticleHasParagraphsAndComments(t *testing.T) {
	a := &article{ID: 3, Title: "Title", Author: "Ada", Published: "2020-01-02", Body: "one\ntwo"}
	page := shown(t, articleTemplate, newArticlePage(a, nil))
	want := "<h1>Title</h1>\n<p class=\"byline\">Ada, 2020-01-02</p>\n<p>one</p>\n<p>two</p>"
	if got := between(page, "<article id=\"article-3\">\n", "\n</article>"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !strings.Contains(page, "</article>\n<p>No comments.</p>\n<form") {
		t.Error(page)
	}

	page = shown(t, articleTemplate, newArticlePage(a, []comment{{"Bo", "x"}, {"Bo", "y"}}))
	want = "<li><b>Bo</b> x</li>\n<li><b>Bo</b> y</li>"
	if got := between(page, "<h2>Comments (2)</h2>\n<ol>\n", "\n</ol>"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !strings.HasSuffix(page, "</html>\n") {
		t.Error(page)
	}
}

func TestAFaultSaysWhatIsTheMatter(t *testing.T) {
	page := shown(t, faultTemplate, faultPage{"Sorry", "No."})
	if !strings.Contains(page, "</nav>\n<h1>Sorry</h1>\n<p>No.</p>\n</body>") {
		t.Error(page)
	}
}

func TestTextThatTheDatabaseCannotTakeDoesNotFit(t *testing.T) {
	for _, text := range []string{"", "four", "\xff", "\x00"} {
		if fits(text, 3) {
			t.Errorf("%q fits", text)
		}
	}
	if !fits("äöü", 3) {
		t.Error("three characters do not fit")
	}
}
