package main

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

//go:embed templates
var files embed.FS

var (
	fortunesTemplate = page("fortunes.html")
	articleTemplate  = page("article.html")
	faultTemplate    = page("fault.html")
)

type fortunesPage struct {
	Title    string
	Fortunes []fortune
}

type articlePage struct {
	*article
	Paragraphs []string
	Comments   []comment
}

type faultPage struct {
	Title, Message string
}

func newArticlePage(a *article, comments []comment) articlePage {
	return articlePage{article: a, Paragraphs: strings.Split(a.Body, "\n"), Comments: comments}
}

func page(name string) *template.Template {
	return template.Must(template.ParseFS(files, "templates/layout.html", "templates/"+name))
}

// show answers with a page, once it is known that it can be made.
func show(w http.ResponseWriter, status int, page *template.Template, data any) error {
	var body bytes.Buffer
	if err := page.Execute(&body, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	w.Write(body.Bytes()) // A client that has left is no fault of the server.
	return nil
}
