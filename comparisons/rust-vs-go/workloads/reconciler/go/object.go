package main

import "fmt"

// An object is kept by the API server. What was read of it is never changed.
type object interface {
	id() string      // its name among those of its kind
	owner() string   // the app that it belongs to
	version() uint64 // of the whole state, when it was last changed
}

// An app is so many replicas of an image that are to be there.
type app struct {
	Name       string `json:"name"`
	Version    uint64 `json:"version"`
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

func (a *app) id() string      { return a.Name }
func (a *app) owner() string   { return a.Name }
func (a *app) version() uint64 { return a.Version }

// A replica is one of an app's.
type replica struct {
	Name    string `json:"name"`
	Version uint64 `json:"version"`
	App     string `json:"app"`
	Image   string `json:"image"`
}

func (r *replica) id() string      { return r.Name }
func (r *replica) owner() string   { return r.App }
func (r *replica) version() uint64 { return r.Version }

func replicaName(app string, index int) string { return fmt.Sprintf("%s-%d", app, index) }
