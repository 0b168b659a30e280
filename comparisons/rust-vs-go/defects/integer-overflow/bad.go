package main

import (
	"fmt"
	"os"
)

// Header is what the file says about the picture, as it is stored.
type Header struct {
	Width, Height uint32
}

// Size is how many bytes the pixels take, four a pixel.
func (h Header) Size() uint32 {
	return h.Width * h.Height * 4
}

func run(size string) string {
	var h Header
	if _, err := fmt.Sscanf(size, "%dx%d", &h.Width, &h.Height); err != nil {
		return "not a size"
	}
	return fmt.Sprintf("%d bytes", h.Size())
}

func main() {
	fmt.Println(run(os.Args[1]))
}
