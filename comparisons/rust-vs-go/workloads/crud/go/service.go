package main

import "fmt"

const pageLen = 10

// A store has accounts by user, and in order within a service.
type store interface {
	insert(d draft) (*account, error)
	get(user string) (*account, error)
	update(d draft) (*account, error)
	remove(user string) (*account, error)
	// list returns at most limit accounts of the service, those that follow
	// the user after.
	list(service, after string, limit int) []*account
}

type (
	accountAnswer struct {
		OK      string   `json:"ok"`
		Account *account `json:"account"`
	}
	userAnswer struct {
		OK   string `json:"ok"`
		User string `json:"user"`
	}
	listAnswer struct {
		OK       string     `json:"ok"`
		Accounts []*account `json:"accounts"`
		More     bool       `json:"more"`
	}
)

type service struct {
	store store
}

func newService(s store) *service { return &service{store: s} }

// handle returns one of the answers above.
func (s *service) handle(request []byte) (any, error) {
	parsed, err := parseCommand(request)
	if err != nil {
		return nil, err
	}
	switch c := parsed.(type) {
	case createCommand:
		a, err := s.store.insert(c.draft)
		return accountAnswer{"create", a}, err
	case readCommand:
		a, err := s.store.get(c.user)
		return accountAnswer{"read", a}, err
	case updateCommand:
		a, err := s.store.update(c.draft)
		return accountAnswer{"update", a}, err
	case deleteCommand:
		_, err := s.store.remove(c.user)
		return userAnswer{"delete", c.user}, err
	case listCommand:
		return s.list(c), nil
	default:
		return nil, fmt.Errorf("command %T has no handler", c)
	}
}

func (s *service) list(c listCommand) listAnswer {
	accounts := s.store.list(c.service, c.after, pageLen+1)
	more := len(accounts) > pageLen
	return listAnswer{OK: "list", Accounts: accounts[:min(len(accounts), pageLen)], More: more}
}
