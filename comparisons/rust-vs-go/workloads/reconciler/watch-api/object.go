package main

import "fmt"

// An app is so many replicas of an image that are to be there.
type app struct {
	Name       string `json:"name"`
	Version    uint64 `json:"version"`    // of the whole state, when the app was last changed
	Generation uint64 `json:"generation"` // how often its spec was changed
	Spec       spec   `json:"spec"`
	Status     status `json:"status"`
}

type spec struct {
	Replicas int    `json:"replicas"`
	Image    string `json:"image"`
}

type status struct {
	Generation uint64 `json:"generation"` // of the spec that is carried out
	Replicas   int    `json:"replicas"`
}

// A replica is one of an app's, by name APP-INDEX.
type replica struct {
	Name    string `json:"name"`
	Version uint64 `json:"version"`
	App     string `json:"app"`
	Image   string `json:"image"`
}

func replicaName(app string, index int) string { return fmt.Sprintf("%s-%d", app, index) }

// wants tells whether a replica is to be there as it is.
func (a *app) wants(r *replica) bool {
	if a == nil || r.Image != a.Spec.Image {
		return false
	}
	for index := range a.Spec.Replicas {
		if r.Name == replicaName(a.Name, index) {
			return true
		}
	}
	return false
}
