package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
)

// secret is the secret key of RFC 8032, section 7.1, test 1.
var secret = [ed25519.SeedSize]byte{
	0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
	0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
}

// signAndVerify returns the SHA-256 of the signatures of so many messages, one
// after the other.
func signAndVerify(messages uint64) (string, error) {
	key := ed25519.NewKeyFromSeed(secret[:])
	public := key.Public().(ed25519.PublicKey)
	hash := sha256.New()
	for number := range messages {
		message := fmt.Appendf(nil, "message %d", number)
		signature := ed25519.Sign(key, message)
		if !ed25519.Verify(public, message, signature) {
			return "", fmt.Errorf("%s: the signature is not its own", message)
		}
		hash.Write(signature)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), nil
}
