package main

import "testing"

func withApp(replicas int) *state {
	s := newState()
	s.putApp(app{Name: "a", Generation: 1, Spec: spec{Replicas: replicas, Image: "v1"}})
	return s
}

func TestAnAppIsSettledWhenItsReplicasAndItsStatusSaySo(t *testing.T) {
	s := withApp(1)
	s.putReplica(replica{Name: "a-0", App: "a", Image: "v1"})
	if len(s.unsettled) != 1 {
		t.Error("it is settled without its status")
	}
	done := *s.apps["a"]
	done.Status = status{Generation: 1, Replicas: 1}
	s.putApp(done)
	if len(s.unsettled) != 0 {
		t.Error("it is not settled")
	}
	s.putReplica(replica{Name: "a-1", App: "a", Image: "v1"})
	if len(s.unsettled) != 1 {
		t.Error("it is settled with a replica too many")
	}
}

func TestAWatchGoesOnAfterItsVersion(t *testing.T) {
	s := withApp(0)
	s.putApp(*s.apps["a"])
	events, _, known := s.since(apps, 1)
	if !known || len(events) != 1 || events[0].version != 2 {
		t.Errorf("got %v, %v", events, known)
	}
}

func TestAVersionIsForgottenAfterManyEvents(t *testing.T) {
	s := withApp(0)
	for range 2 * remembered {
		s.putApp(*s.apps["a"])
	}
	if _, _, known := s.since(apps, 1); known {
		t.Error("version 1 is known")
	}
	if _, _, known := s.since(apps, s.version-1); !known {
		t.Error("the last version but one is not known")
	}
}

func TestTheDigestIsNotOfVersions(t *testing.T) {
	one, other := withApp(0), withApp(0)
	other.putApp(*other.apps["a"])
	if one.digest() != other.digest() {
		t.Error("it is")
	}
}
