package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	longestAuthor = 40
	longestBody   = 500
)

var errComment = errors.New("not a comment")

type service struct {
	store *store
}

func newHandler(store *store) http.Handler {
	s := &service{store}
	mux := http.NewServeMux()
	mux.Handle("GET /fortunes", handler(s.fortunes))
	mux.Handle("GET /articles/{id}", handler(s.article))
	mux.Handle("POST /articles/{id}/comments", handler(s.comment))
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "ready\n")
	})
	mux.Handle("/", handler(func(http.ResponseWriter, *http.Request) error { return errNotFound }))
	return mux
}

// handler answers requests, or tells why not before anything was written.
type handler func(w http.ResponseWriter, r *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	status, page := fault(err)
	if err := show(w, status, faultTemplate, page); err != nil {
		http.Error(w, page.Message, status)
	}
}

func fault(err error) (int, faultPage) {
	switch {
	case errors.Is(err, errNotFound):
		return http.StatusNotFound, faultPage{"Not found", "There is no such page."}
	case errors.Is(err, errComment):
		return http.StatusUnprocessableEntity, faultPage{
			"Not a comment",
			"A comment has an author of 1 to 40 characters and a text of 1 to 500.",
		}
	default:
		fmt.Fprintln(os.Stderr, "html-sql:", err)
		return http.StatusInternalServerError, faultPage{"Sorry", "Something went wrong."}
	}
}

func (s *service) fortunes(w http.ResponseWriter, r *http.Request) error {
	fortunes, err := s.store.fortunes(r.Context())
	if err != nil {
		return err
	}
	fortunes = append(fortunes, fortune{Message: "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(a, b fortune) int { return cmp.Compare(a.Message, b.Message) })
	return show(w, http.StatusOK, fortunesTemplate, fortunesPage{"Fortunes", fortunes})
}

func (s *service) article(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	article, err := s.store.article(r.Context(), id)
	if err != nil {
		return err
	}
	comments, err := s.store.comments(r.Context(), id)
	if err != nil {
		return err
	}
	return show(w, http.StatusOK, articleTemplate, newArticlePage(article, comments))
}

func (s *service) comment(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return errComment
	}
	c := comment{Author: r.PostForm.Get("author"), Body: r.PostForm.Get("body")}
	if !fits(c.Author, longestAuthor) || !fits(c.Body, longestBody) {
		return errComment
	}
	if err := s.store.comment(r.Context(), id, c); err != nil {
		return err
	}
	http.Redirect(w, r, fmt.Sprintf("/articles/%d", id), http.StatusSeeOther)
	return nil
}

func articleID(r *http.Request) (int32, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 32)
	if err != nil {
		return 0, errNotFound
	}
	return int32(id), nil
}

// fits tells whether the database takes it, too: text there is UTF-8 without a
// zero byte.
func fits(text string, most int) bool {
	return text != "" && utf8.RuneCountInString(text) <= most &&
		utf8.ValidString(text) && !strings.Contains(text, "\x00")
}
