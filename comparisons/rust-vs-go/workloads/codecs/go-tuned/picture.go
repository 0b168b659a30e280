package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
)

const (
	channels = 4
	tileLen  = 64
)

// draw returns a picture made of tiles of four kinds, from flat to grainy, so
// that each of PNG's filters has rows it suits. Only whole numbers are used, so
// it is the same in every language. Alpha falls from row to row: no picture is
// opaque.
func draw(side int, seed uint64) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	pixels := picture.Pix
	for y := range uint64(side) {
		alpha := byte(255 - y*128/uint64(side))
		for x := range uint64(side) {
			red, green, blue := colour(x, y, seed)
			pixels[0], pixels[1], pixels[2], pixels[3] = red, green, blue, alpha
			pixels = pixels[channels:]
		}
	}
	return picture
}

func colour(x, y, seed uint64) (red, green, blue byte) {
	tile := mix(seed ^ (y/tileLen<<32 | x/tileLen))
	red, green, blue = byte(tile), byte(tile>>8), byte(tile>>16)
	switch tile >> 62 {
	case 0:
		return red, green, blue
	case 1:
		return red + byte(x%tileLen), green + byte(y%tileLen), blue + byte((x+y)/2)
	case 2:
		grain := mix(tile ^ (y<<32 | x))
		return red + byte(x%tileLen) + byte(grain)&127,
			green + byte(y%tileLen) + byte(grain>>8)&127,
			blue + byte((x+y)/2) + byte(grain>>16)&127
	}
	if (x+y)/8%2 == 0 {
		return red, green, blue
	}
	return blue, red, green
}

// mix is the finishing step of SplitMix64: each bit of the result depends on
// each bit of the value.
func mix(value uint64) uint64 {
	value += 0x9e3779b97f4a7c15
	value = (value ^ value>>30) * 0xbf58476d1ce4e5b9
	value = (value ^ value>>27) * 0x94d049bb133111eb
	return value ^ value>>31
}

// writePicture returns the PNG file.
func writePicture(picture *image.NRGBA) ([]byte, error) {
	file := bytes.NewBuffer(make([]byte, 0, len(picture.Pix)/2))
	if err := png.Encode(file, picture); err != nil {
		return nil, fmt.Errorf("png: %w", err)
	}
	return file.Bytes(), nil
}

// readPicture returns the pixels of a PNG file that is not opaque.
func readPicture(file []byte) ([]byte, error) {
	decoded, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("png: %w", err)
	}
	picture, ok := decoded.(*image.NRGBA)
	if !ok {
		return nil, fmt.Errorf("png: the pixels are %T", decoded)
	}
	return picture.Pix, nil
}
