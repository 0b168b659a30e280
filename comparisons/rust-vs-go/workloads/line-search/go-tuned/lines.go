package main

import (
	"bytes"
	"iter"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// A lineFinder finds the lines that match a pattern. If each match has to hold
// one of some literals, it looks for those in the whole text, which package
// bytes does with vector instructions, and runs the pattern on their lines only.
type lineFinder struct {
	re       *regexp.Regexp
	literals [][]byte
	isExact  bool // the pattern is these literals and nothing else
}

// More literals than this are not looked for one by one.
const maxLiterals = 16

func newLineFinder(pattern string) (*lineFinder, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, err
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	f := &lineFinder{re: re}
	texts, isExact := required(parsed.Simplify())
	if len(texts) <= maxLiterals {
		f.isExact = isExact
		for _, text := range texts {
			f.literals = append(f.literals, []byte(text))
		}
	}
	return f, nil
}

// required returns literals of which every match has one at least, and whether
// they are all that the expression says; none if it cannot tell.
func required(re *syntax.Regexp) (literals []string, isExact bool) {
	switch re.Op {
	case syntax.OpLiteral:
		text := string(re.Rune)
		// A line break is in no line, and U+FFFD also stands for bytes that are not UTF-8.
		if re.Flags&syntax.FoldCase != 0 || strings.ContainsAny(text, "\n\uFFFD") || !utf8.ValidString(text) {
			return nil, false
		}
		return []string{text}, true
	case syntax.OpCapture:
		return required(re.Sub[0])
	case syntax.OpPlus:
		literals, _ = required(re.Sub[0])
		return literals, false
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if found, _ := required(sub); shortest(found) > shortest(literals) {
				literals = found
			}
		}
		return literals, false
	case syntax.OpAlternate:
		isExact = true
		for _, sub := range re.Sub {
			found, exact := required(sub)
			if found == nil {
				return nil, false
			}
			literals = append(literals, found...)
			isExact = isExact && exact
		}
		return literals, isExact
	default:
		return nil, false
	}
}

// shortest is the length of the shortest literal, 0 if there is none.
func shortest(literals []string) int {
	length := 0
	for _, literal := range literals {
		if length == 0 || len(literal) < length {
			length = len(literal)
		}
	}
	return length
}

// matching returns the numbers, from 1, and the texts of the lines that match.
func (f *lineFinder) matching(content []byte) iter.Seq2[int, []byte] {
	if len(f.literals) > 0 {
		return f.inText(content)
	}
	return f.oneByOne(content)
}

func (f *lineFinder) oneByOne(content []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		number := 0
		for line := range bytes.Lines(content) {
			number++
			line = bytes.TrimSuffix(line, []byte("\n"))
			if f.re.Match(line) && !yield(number, line) {
				return
			}
		}
	}
}

func (f *lineFinder) inText(content []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		number, start := 1, 0
		next := make([]int, len(f.literals)) // where each literal is seen next, or before start
		for {
			found := f.nextLiteral(content, start, next)
			if found == len(content) {
				return
			}
			lineStart := bytes.LastIndexByte(content[:found], '\n') + 1
			number += bytes.Count(content[start:lineStart], []byte("\n"))
			line, _, _ := bytes.Cut(content[lineStart:], []byte("\n"))
			if (f.isExact || f.re.Match(line)) && !yield(number, line) {
				return
			}
			number++
			start = lineStart + len(line) + 1
			if start >= len(content) {
				return
			}
		}
	}
}

// nextLiteral is where the first literal from start on begins; the end of content
// if there is none.
func (f *lineFinder) nextLiteral(content []byte, start int, next []int) int {
	first := len(content)
	for i, literal := range f.literals {
		if next[i] < start || start == 0 {
			next[i] = len(content)
			if at := bytes.Index(content[start:], literal); at >= 0 {
				next[i] = start + at
			}
		}
		first = min(first, next[i])
	}
	return first
}
