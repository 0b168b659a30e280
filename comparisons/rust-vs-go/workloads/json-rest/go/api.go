package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
)

const (
	maxBodyLen = 4096
	pageLen    = 20
	maxPageLen = 100
)

type api struct {
	store *store
}

type page struct {
	Orders []*order `json:"orders"`
	// What to ask for with after to go on; null at the end.
	Next *uint32 `json:"next"`
}

func newHandler(s *store) http.Handler {
	a := &api{store: s}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ready", ready)
	mux.Handle("GET /orders", handlerFunc(a.list))
	mux.Handle("POST /orders", handlerFunc(a.create))
	mux.Handle("GET /orders/{id}", handlerFunc(a.read))
	mux.Handle("PUT /orders/{id}", handlerFunc(a.update))
	mux.Handle("DELETE /orders/{id}", handlerFunc(a.delete))
	mux.Handle("GET /orders/{id}/receipt", handlerFunc(a.receipt))

	// The same paths with other methods, and all others.
	mux.Handle("/ready", methodNotAllowed("GET,HEAD"))
	mux.Handle("/orders", methodNotAllowed("GET,HEAD,POST"))
	mux.Handle("/orders/{id}", methodNotAllowed("GET,HEAD,PUT,DELETE"))
	mux.Handle("/orders/{id}/receipt", methodNotAllowed("GET,HEAD"))
	mux.Handle("/", handlerFunc(func(http.ResponseWriter, *http.Request) error { return errNoSuchPath }))
	return mux
}

// A handlerFunc leaves it to its caller to answer an error.
type handlerFunc func(w http.ResponseWriter, r *http.Request) error

func (h handlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	refused, ok := errors.AsType[*fault](err)
	if !ok {
		refused = errInternal
	}
	writeJSON(w, refused.status, struct {
		Error   string `json:"error"`
		Message string `json:"message"`
	}{refused.code, refused.message})
}

func methodNotAllowed(allowed string) http.Handler {
	return handlerFunc(func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Allow", allowed)
		return errMethodNotAllowed
	})
}

func ready(w http.ResponseWriter, _ *http.Request) {
	io.WriteString(w, "ready\n")
}

func (a *api) list(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	// Beginning with an id is simpler to say than following one or none.
	var from uint64
	if text := query.Get("after"); text != "" {
		after, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			return errMalformedPage
		}
		from = after + 1
	}
	limit := pageLen
	if text := query.Get("limit"); text != "" {
		n, err := strconv.ParseUint(text, 10, 0)
		if err != nil {
			return errMalformedPage
		}
		limit = int(min(n, maxPageLen+1))
	}
	if limit < 1 || limit > maxPageLen {
		return errInvalid("limit", "must be 1 to 100")
	}

	orders := a.store.list(from, limit+1)
	answer := page{Orders: orders[:min(limit, len(orders))]}
	if len(orders) > limit {
		answer.Next = &orders[limit-1].ID
	}
	return writeJSON(w, http.StatusOK, answer)
}

func (a *api) create(w http.ResponseWriter, r *http.Request) error {
	d, err := readDraft(w, r)
	if err != nil {
		return err
	}
	o := a.store.create(d)
	w.Header().Set("Location", fmt.Sprintf("/orders/%d", o.ID))
	return writeJSON(w, http.StatusCreated, o)
}

func (a *api) read(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	o, err := a.store.get(id)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, o)
}

func (a *api) update(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	d, err := readDraft(w, r)
	if err != nil {
		return err
	}
	o, err := a.store.update(id, d)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, o)
}

func (a *api) delete(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := a.store.delete(id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *api) receipt(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if _, err := a.store.get(id); err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, struct {
		ID      uint32 `json:"id"`
		Receipt string `json:"receipt"`
	}{id, receipt(id)})
}

func pathID(r *http.Request) (uint32, error) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 32)
	if err != nil {
		return 0, errMalformedID
	}
	return uint32(id), nil
}

// readDraft returns a valid draft of an order, from the body.
func readDraft(w http.ResponseWriter, r *http.Request) (*draft, error) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		return nil, errUnsupportedMediaType
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyLen))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, errTooLarge
	}
	if err != nil {
		return nil, errMalformed
	}
	d := new(draft)
	if err := json.Unmarshal(body, d); err != nil {
		return nil, errMalformed
	}
	return d, d.check()
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body) // A client that went away is no fault of the server.
	return nil
}
