// The analyzers that a careful Go project runs beside go vet, as one tool for `go vet -vettool`:
// staticcheck's default checks of correctness, errcheck and nilness.
package main

import (
	"github.com/kisielk/errcheck/errcheck"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/nilness"
	"golang.org/x/tools/go/analysis/unitchecker"
	"honnef.co/go/tools/staticcheck"
)

func main() {
	all := []*analysis.Analyzer{nilness.Analyzer, errcheck.Analyzer}
	for _, check := range staticcheck.Analyzers {
		if !check.Doc.NonDefault {
			all = append(all, check.Analyzer)
		}
	}
	unitchecker.Main(all...)
}
