package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// tick is how often something is changed.
const tick = 5 * time.Millisecond

// Users change apps, and accidents happen to replicas. What they do depends on
// the drill alone, but for which replicas are there to have an accident.
type users struct {
	random *rand.Rand
	state  *state
	names  []string // of apps that are there
	usual  int      // how many apps there are about; what is kept does not grow with time
	made   int
}

func newUsers(state *state) *users {
	return &users{random: rand.New(rand.NewPCG(12, 0)), state: state}
}

// settle makes apps with all their replicas.
func (u *users) settle(count int) {
	for range count {
		a := u.create()
		for index := range a.Spec.Replicas {
			u.state.putReplica(replica{Name: replicaName(a.Name, index), App: a.Name, Image: a.Spec.Image})
		}
		done := *a
		done.Status = status{a.Generation, a.Spec.Replicas}
		u.state.putApp(done)
	}
	u.state.settling = nil
}

// work makes all changes of a drill at its pace.
func (u *users) work(ctx context.Context, d drill) {
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	u.usual = d.settled + d.created
	start := time.Now()
	for made := 0; made < d.changes; {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		due := min(d.changes, int(time.Since(start).Seconds()*float64(d.perSecond)))
		u.state.mu.Lock()
		for ; made < due; made++ {
			if made < d.created {
				u.create()
			} else {
				u.change()
			}
		}
		u.state.mu.Unlock()
	}
}

func (u *users) create() *app {
	u.made++
	name := fmt.Sprintf("app-%05d", u.made)
	u.names = append(u.names, name)
	return u.state.putApp(app{
		Name:       name,
		Generation: 1,
		Spec:       spec{Replicas: 1 + u.random.IntN(5), Image: u.image()},
	})
}

func (u *users) image() string {
	return fmt.Sprintf("registry.example/team/service:1.%d.%d", u.random.IntN(40), u.random.IntN(20))
}

func (u *users) change() {
	at := u.random.IntN(len(u.names))
	a := *u.state.apps[u.names[at]]
	switch dice := u.random.IntN(100); {
	case dice < 50:
		a.Spec.Replicas = (a.Spec.Replicas + 1 + u.random.IntN(6)) % 7
	case dice < 70:
		a.Spec.Image = u.image()
	case dice < 85:
		u.accident(a.Name, u.random.IntN(7))
		return
	case len(u.names) <= u.usual:
		u.create()
		return
	default:
		u.names = slices.Delete(u.names, at, at+1)
		u.state.deleteApp(a.Name)
		return
	}
	a.Generation++
	u.state.putApp(a)
}

// accident removes a replica, if there is one of the index.
func (u *users) accident(app string, index int) {
	if r := u.state.replicas[app][replicaName(app, index)]; r != nil {
		u.state.deleteReplica(r)
	}
}
