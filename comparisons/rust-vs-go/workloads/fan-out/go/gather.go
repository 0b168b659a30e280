package main

import (
	"context"
	"sync"
	"time"
)

// overview is an item with the parts that came in time.
type overview struct {
	Item    string    `json:"item"`
	Parts   []*part   `json:"parts"`
	Missing []missing `json:"missing"`
	Score   uint64    `json:"score"`
}

type missing struct {
	Part int    `json:"part"`
	Why  string `json:"why"`
}

type answer struct {
	part *part
	err  error
}

// gather asks for all parts at once. What has not come within a time is
// missing. The calls end with ctx.
func (s *service) gather(ctx context.Context, item string, parts int, within time.Duration) *overview {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	answers := make([]answer, parts)
	var calls sync.WaitGroup
	for i := range answers {
		s.calls.Add(1)
		calls.Go(func() {
			defer s.calls.Add(-1)
			answers[i].part, answers[i].err = s.backend.part(ctx, item, i)
		})
	}
	calls.Wait()
	return merge(item, answers)
}

func merge(item string, answers []answer) *overview {
	o := &overview{Item: item, Parts: []*part{}, Missing: []missing{}}
	for i, answer := range answers {
		if answer.err != nil {
			o.Missing = append(o.Missing, missing{Part: i, Why: answer.err.Error()})
			continue
		}
		o.Score += answer.part.Score
		o.Parts = append(o.Parts, answer.part)
	}
	return o
}
