package main

import "fmt"

const (
	maxCustomerLen = 64
	maxNoteLen     = 200
	maxLines       = 20
	maxSKULen      = 32
	maxQuantity    = 1000
	maxPrice       = 10_000_000
)

// A draft is what a client says of an order. What is missing is empty, and
// found so by check.
type draft struct {
	Customer string `json:"customer"`
	Status   status `json:"status"`
	Note     string `json:"note"`
	Lines    []line `json:"lines"`
}

type line struct {
	SKU        string `json:"sku"`
	Quantity   uint32 `json:"quantity"`
	PriceCents uint32 `json:"price_cents"`
}

type order struct {
	ID         uint32 `json:"id"`
	Customer   string `json:"customer"`
	Status     status `json:"status"`
	Note       string `json:"note,omitempty"`
	Lines      []line `json:"lines"`
	TotalCents uint64 `json:"total_cents"`
}

type status int

const (
	open status = iota
	paid
	shipped
)

var statusNames = [...]string{open: "open", paid: "paid", shipped: "shipped"}

func (s status) MarshalText() ([]byte, error) { return []byte(statusNames[s]), nil }

func (s *status) UnmarshalText(text []byte) error {
	for i, name := range statusNames {
		if name == string(text) {
			*s = status(i)
			return nil
		}
	}
	return fmt.Errorf("status %q: unknown", text)
}

// check returns the first rule that is not met, from top to bottom.
func (d *draft) check() error {
	switch {
	case d.Customer == "" || len(d.Customer) > maxCustomerLen:
		return errInvalid("customer", "must have 1 to 64 bytes")
	case len(d.Note) > maxNoteLen:
		return errInvalid("note", "must not have more than 200 bytes")
	case len(d.Lines) == 0 || len(d.Lines) > maxLines:
		return errInvalid("lines", "must be 1 to 20")
	}
	for i := range d.Lines {
		if err := d.Lines[i].check(); err != nil {
			return err
		}
	}
	return nil
}

func (l *line) check() error {
	switch {
	case l.SKU == "" || len(l.SKU) > maxSKULen:
		return errInvalid("sku", "must have 1 to 32 bytes")
	case l.Quantity == 0 || l.Quantity > maxQuantity:
		return errInvalid("quantity", "must be 1 to 1000")
	case l.PriceCents > maxPrice:
		return errInvalid("price_cents", "must not be more than 10000000")
	}
	return nil
}

func (d *draft) order(id uint32) *order {
	var total uint64
	for _, l := range d.Lines {
		total += uint64(l.Quantity) * uint64(l.PriceCents)
	}
	return &order{
		ID:         id,
		Customer:   d.Customer,
		Status:     d.Status,
		Note:       d.Note,
		Lines:      d.Lines,
		TotalCents: total,
	}
}
