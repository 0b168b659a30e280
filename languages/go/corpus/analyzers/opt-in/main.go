// Analyzers that a Go project opts into: they ask for a style, or find much that was meant.
package main

import (
	"log"

	exhaustruct "dev.gaijin.team/go/exhaustruct/v4/analyzer"
	"github.com/gostaticanalysis/forcetypeassert"
	"github.com/kisielk/errcheck/errcheck"
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
	// errcheck's two further checks, under a name of their own beside the recommended one.
	errcheck.Analyzer.Name = "errcheck_blank"
	for _, further := range []string{"blank", "assert"} {
		if err := errcheck.Analyzer.Flags.Set(further, "true"); err != nil {
			log.Fatal(err)
		}
	}
	unitchecker.Main(
		errcheck.Analyzer, exhaustive.Analyzer, fields, forcetypeassert.Analyzer, errorlint.NewAnalyzer(),
		bodyclose.Analyzer, shadow.Analyzer,
	)
}
