package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// parse reads settings such as "name=x timeout=2.5", and numbers as numbers.
func parse(text string) map[string]any {
	settings := make(map[string]any)
	for _, field := range strings.Fields(text) {
		key, value, _ := strings.Cut(field, "=")
		if whole, err := strconv.Atoi(value); err == nil {
			settings[key] = whole
		} else if number, err := strconv.ParseFloat(value, 64); err == nil {
			settings[key] = number
		} else {
			settings[key] = value
		}
	}
	return settings
}

func run(text string) string {
	switch timeout := parse(text)["timeout"].(type) {
	case float64:
		return fmt.Sprintf("waiting %g s", timeout)
	case int:
		return fmt.Sprintf("waiting %d s", timeout)
	case nil:
		return "no timeout"
	default:
		return fmt.Sprintf("not a number: %v", timeout)
	}
}

func main() {
	fmt.Println(run(os.Args[1]))
}
