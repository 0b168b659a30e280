package main

import (
	"fmt"
	"os"
	"strconv"
	"unsafe"
)

type Level struct {
	Samples int
	Peak    int32
}

// A Callback is what the sound library calls: where the samples are and how
// many bytes they take.
type Callback func(data unsafe.Pointer, size uintptr) Level

func onSamples(data unsafe.Pointer, size uintptr) Level {
	samples := unsafe.Slice((*int32)(data), size)
	level := Level{Samples: len(samples)}
	for _, sample := range samples {
		level.Peak = max(level.Peak, sample)
	}
	return level
}

// record stands for the library, which records a ramp.
func record(count int, callback Callback) Level {
	buffer := make([]int32, 0, count)
	for sample := int32(1); len(buffer) < count; sample++ {
		buffer = append(buffer, sample)
	}
	size := uintptr(count) * unsafe.Sizeof(int32(0))
	return callback(unsafe.Pointer(unsafe.SliceData(buffer)), size)
}

func run(count string) string {
	n, err := strconv.Atoi(count)
	if err != nil {
		return "not a number"
	}
	level := record(n, onSamples)
	return fmt.Sprintf("%d samples, peak %d", level.Samples, level.Peak)
}

func main() {
	fmt.Println(run(os.Args[1]))
}
