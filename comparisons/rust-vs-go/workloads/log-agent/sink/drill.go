package main

import "time"

// A drill is what a group of agents goes through.
type drill struct {
	lines         int
	perSecond     int
	malformedEach int             // every so many lines one has not the form of the log
	rotateEach    int             // every so many lines the file is renamed
	fault         func(int) fault // by the number of the request, from 1
}

// A fault is what happens to one request with a batch.
type fault int

const (
	noFault  fault = iota
	refused        // answered with 503, not taken
	cut            // taken, then the connection is closed without an answer
	cutEarly       // the connection is closed before the body is read
	slow           // taken, and answered late
)

// slowness is below an agent's patience, and above the time that a batch waits.
const slowness = 400 * time.Millisecond

var drills = map[string]drill{
	"steady": {
		lines:         80_000,
		perSecond:     40_000,
		malformedEach: 100,
		rotateEach:    50_000,
		fault: func(request int) fault {
			switch request {
			case 3:
				return refused
			case 7:
				return cut
			default:
				return noFault
			}
		},
	},
	"messy": {
		lines:         10_000,
		perSecond:     10_000,
		malformedEach: 3,
		rotateEach:    2_500,
		fault: func(request int) fault {
			return []fault{noFault, refused, cut, cutEarly}[request%4]
		},
	},
	"soak": soak(160_000),
	// A quarter of it, to see what grows with time.
	"short-soak": soak(40_000),
}

func soak(lines int) drill {
	return drill{
		lines:         lines,
		perSecond:     8_000,
		malformedEach: 20,
		rotateEach:    20_000,
		fault: func(request int) fault {
			switch {
			case request%50 < 6: // An outage, now and then.
				return refused
			case request%5 == 0:
				return refused
			case request%7 == 0:
				return cut
			case request%11 == 0:
				return cutEarly
			case request%13 == 0:
				return slow
			default:
				return noFault
			}
		},
	}
}
