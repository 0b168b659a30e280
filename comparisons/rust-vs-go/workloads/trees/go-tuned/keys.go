package main

// A keySequence looks random and never repeats: SplitMix64 (Steele, Lea and Flood, 2014),
// in which each of the 2^64 numbers comes once in a period.
type keySequence struct {
	state uint64
}

func (k *keySequence) next() uint64 {
	k.state += 0x9e3779b97f4a7c15
	z := k.state
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}
