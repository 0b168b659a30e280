package main

import (
	"fmt"
	"net/http"
)

const expiredEvent = `{"type":"ERROR","object":{"code":410,"message":"the version is forgotten"}}` + "\n"

// watch tells what happens after a version, until the client goes, or the drill
// has the stream end.
func (s *service) watch(w http.ResponseWriter, r *http.Request, kind kind, version uint64) {
	s.state.mu.Lock()
	s.stats.Watches++
	number := s.stats.Watches
	s.state.mu.Unlock()

	w.Header().Set("Content-Type", "application/json")
	switch expired := number%s.drill.expired == 0; {
	case expired && number/s.drill.expired%2 == 0:
		fmt.Fprint(w, expiredEvent)
		return
	case expired:
		http.Error(w, "the version is forgotten", http.StatusGone)
		return
	}

	stream := http.NewResponseController(w)
	for left := s.drill.watchEnds; ; {
		events, news, known := s.state.since(kind, version)
		if !known {
			fmt.Fprint(w, expiredEvent)
			return
		}
		for _, event := range events {
			if left--; left == 0 {
				if number%s.drill.watchCuts == 0 {
					cutWithin(w, stream, event)
				}
				return
			}
			if _, err := w.Write(event.line); err != nil {
				return
			}
			version = event.version
		}
		if err := stream.Flush(); err != nil {
			return
		}
		select {
		case <-news:
		case <-r.Context().Done():
			return
		}
	}
}

// cutWithin closes the connection in the middle of an event.
func cutWithin(w http.ResponseWriter, stream *http.ResponseController, event event) {
	w.Write(event.line[:len(event.line)/2])
	stream.Flush()
	panic(http.ErrAbortHandler)
}
