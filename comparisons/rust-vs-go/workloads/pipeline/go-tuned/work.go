package main

import (
	"crypto/sha256"
	"encoding/binary"
)

const salt = "pipeline/1:"

// An outcome is a record that a worker is done with.
type outcome struct {
	number    uint64
	service   string
	class     class
	latencyUS uint32
	bytes     uint64
	pseudonym uint64 // The first 8 bytes of the hash that stands for the user.
}

// A class says how a request went.
type class int

const (
	failed class = iota
	refused
	slow
	fine
	classCount
)

var classNames = [classCount]string{"failed", "refused", "slow", "fine"}

func (c class) String() string { return classNames[c] }

func classify(status uint16, latencyUS uint32) class {
	switch {
	case status >= 500:
		return failed
	case status >= 400:
		return refused
	case latencyUS >= 100_000:
		return slow
	default:
		return fine
	}
}

// work hides the name of the record's user and judges how the request went;
// rounds is at least 1.
func work(r record, rounds int) outcome {
	return outcome{
		number:    r.number,
		service:   r.service,
		class:     classify(r.status, r.latencyUS),
		latencyUS: r.latencyUS,
		bytes:     r.bytes,
		pseudonym: pseudonym(r.user, rounds),
	}
}

// pseudonym is the hash of salt and name, then rounds-1 times the hash of the
// hash.
func pseudonym(user string, rounds int) uint64 {
	hash := sha256.Sum256([]byte(salt + user))
	for range rounds - 1 {
		hash = sha256.Sum256(hash[:])
	}
	return binary.BigEndian.Uint64(hash[:])
}
