package main

// A drill is what happens in a namespace.
type drill struct {
	settled   int // apps that are there from the beginning, with their replicas
	created   int // apps that come first
	changes   int // with those
	perSecond int

	// Each so many events a watch ends, and each so many such ends cut an event in two.
	watchEnds, watchCuts int
	// Each so many watches are refused with 410, by turns in the status and in an event.
	expired int
	// Each so many writes: 409 though there is no conflict; 500; carried out, and not answered.
	conflicts, failures, lost int
}

var drills = map[string]drill{
	"churn": {
		created: 200, changes: 1600, perSecond: 800,
		watchEnds: 500, watchCuts: 3, expired: 7,
		conflicts: 97, failures: 211, lost: 307,
	},
	"crowd": {
		settled: 4000, created: 10, changes: 200, perSecond: 400,
		watchEnds: 300, watchCuts: 2, expired: 3,
		conflicts: 97, failures: 211, lost: 307,
	},
	"storm": {
		created: 60, changes: 600, perSecond: 600,
		watchEnds: 40, watchCuts: 2, expired: 3,
		conflicts: 7, failures: 11, lost: 13,
	},
	"soak": soak(10_000),
	// A quarter of it, to see what grows with time.
	"short-soak": soak(2_500),
}

func soak(changes int) drill {
	return drill{
		created: 200, changes: changes, perSecond: 500,
		watchEnds: 60, watchCuts: 2, expired: 4,
		conflicts: 11, failures: 23, lost: 31,
	}
}
