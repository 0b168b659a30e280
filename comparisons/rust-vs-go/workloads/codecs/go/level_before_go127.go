//go:build !go1.27

package main

import "compress/gzip"

// level gives the size that Rust's default gives.
const level = gzip.DefaultCompression
