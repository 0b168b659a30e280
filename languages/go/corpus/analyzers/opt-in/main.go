// Analyzers that a Go project opts into: they ask for a style, or find much that was meant.
package main

import (
	"log"

	exhaustruct "dev.gaijin.team/go/exhaustruct/v4/analyzer"
	"github.com/gostaticanalysis/forcetypeassert"
	"github.com/nishanths/exhaustive"
	"github.com/polyfloyd/go-errorlint/errorlint"
	"github.com/timakin/bodyclose/passes/bodyclose"
	"golang.org/x/tools/go/analysis/passes/shadow"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() {
	fields, err := exhaustruct.NewAnalyzer(exhaustruct.Config{})
	if err != nil {
		log.Fatal(err)
	}
	unitchecker.Main(
		exhaustive.Analyzer, fields, forcetypeassert.Analyzer, errorlint.NewAnalyzer(),
		bodyclose.Analyzer, shadow.Analyzer,
	)
}
