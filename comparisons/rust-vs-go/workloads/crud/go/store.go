package main

import (
	"fmt"
	"slices"
)

type account struct {
	User    string `json:"user"`
	Service string `json:"service"`
	Route   string `json:"route"`
	Quota   uint64 `json:"quota"`
	Version uint64 `json:"version"` // 1 at first, one more with each update
}

// A memoryStore keeps accounts by user, and the users of a service in order.
type memoryStore struct {
	accounts       map[string]*account
	usersByService map[string][]string
}

func newMemoryStore() *memoryStore {
	return &memoryStore{
		accounts:       make(map[string]*account),
		usersByService: make(map[string][]string),
	}
}

func (m *memoryStore) insert(d draft) (*account, error) {
	if _, ok := m.accounts[d.user]; ok {
		return nil, fmt.Errorf("%s: %w", d.user, errExists)
	}
	return m.put(d, 1), nil
}

func (m *memoryStore) get(user string) (*account, error) {
	a, ok := m.accounts[user]
	if !ok {
		return nil, fmt.Errorf("%s: %w", user, errNotFound)
	}
	return a, nil
}

func (m *memoryStore) update(d draft) (*account, error) {
	old, err := m.remove(d.user)
	if err != nil {
		return nil, err
	}
	return m.put(d, old.Version+1), nil
}

func (m *memoryStore) remove(user string) (*account, error) {
	a, err := m.get(user)
	if err != nil {
		return nil, err
	}
	delete(m.accounts, user)
	users := m.usersByService[a.Service]
	if i, ok := slices.BinarySearch(users, user); ok {
		m.usersByService[a.Service] = slices.Delete(users, i, i+1)
	}
	return a, nil
}

func (m *memoryStore) list(service, after string, limit int) []*account {
	users := m.usersByService[service]
	i, found := slices.BinarySearch(users, after)
	if found {
		i++
	}
	users = users[i:min(i+limit, len(users))]
	page := make([]*account, len(users))
	for i, user := range users {
		page[i] = m.accounts[user]
	}
	return page
}

func (m *memoryStore) put(d draft, version uint64) *account {
	users := m.usersByService[d.service]
	i, _ := slices.BinarySearch(users, d.user)
	m.usersByService[d.service] = slices.Insert(users, i, d.user)

	a := &account{
		User:    d.user,
		Service: d.service,
		Route:   d.route,
		Quota:   d.quota,
		Version: version,
	}
	m.accounts[d.user] = a
	return a
}
