//go:build go1.27

package main

// level gives the size that Rust's default gives. The default of Go 1.27, whose
// compressor is another one than that of Go 1.26, is faster and gives more bytes.
const level = 7
