package main

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
)

// A store keeps orders by id. They are never changed, only replaced.
type store struct {
	mu     sync.RWMutex
	orders map[uint32]*order
	ids    []uint32 // in order
	nextID uint32
}

// newSeededStore returns a store that has n orders from the start, numbered
// from 0.
func newSeededStore(n uint32) *store {
	s := &store{orders: make(map[uint32]*order)}
	for i := range n {
		s.create(seed(i))
	}
	return s
}

func (s *store) create(d *draft) *order {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := d.order(s.nextID)
	s.nextID++
	s.orders[o.ID] = o
	s.ids = append(s.ids, o.ID) // Ids only grow.
	return o
}

func (s *store) get(id uint32) (*order, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	o, ok := s.orders[id]
	if !ok {
		return nil, errNoSuchOrder(id)
	}
	return o, nil
}

func (s *store) update(id uint32, d *draft) (*order, error) {
	o := d.order(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.orders[id]; !ok {
		return nil, errNoSuchOrder(id)
	}
	s.orders[id] = o
	return o, nil
}

func (s *store) delete(id uint32) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := slices.BinarySearch(s.ids, id)
	if !ok {
		return errNoSuchOrder(id)
	}
	s.ids = slices.Delete(s.ids, i, i+1)
	delete(s.orders, id)
	return nil
}

// list returns at most limit orders in the order of their ids, beginning with
// from or what follows it.
func (s *store) list(from uint64, limit int) []*order {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, _ := slices.BinarySearchFunc(s.ids, from, func(id uint32, from uint64) int {
		return cmp.Compare(uint64(id), from)
	})
	ids := s.ids[i:min(i+limit, len(s.ids))]
	orders := make([]*order, len(ids))
	for i, id := range ids {
		orders[i] = s.orders[id]
	}
	return orders
}

func seed(n uint32) *draft {
	d := &draft{
		Customer: fmt.Sprintf("customer-%d", n%97),
		Status:   status(n % 3),
	}
	if n%4 == 0 {
		d.Note = "leave it at the door"
	}
	for i := range n%4 + 1 {
		d.Lines = append(d.Lines, line{
			SKU:        fmt.Sprintf("sku-%d", (n*7+i)%500),
			Quantity:   n%9 + 1,
			PriceCents: (n*31+i*17)%9999 + 1,
		})
	}
	return d
}
