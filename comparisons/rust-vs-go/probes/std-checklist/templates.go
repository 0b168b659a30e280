package main

import (
	"html/template"
	"os"
)

var page = template.Must(template.New("page").Parse(
	"<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>\n"))

func main() {
	if err := page.Execute(os.Stdout, []string{"tea", "<cups>"}); err != nil {
		panic(err)
	}
}
