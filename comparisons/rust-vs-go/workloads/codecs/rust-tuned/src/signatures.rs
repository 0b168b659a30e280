//! Ed25519: signing short messages, and verifying what was signed.

use anyhow::{Context, Result};
use ed25519_dalek::{Signer, SigningKey, Verifier};
use sha2::{Digest, Sha256};

use crate::checksum::Hex;

/// The secret key of RFC 8032, section 7.1, test 1.
const SECRET: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];

/// The SHA-256 of the signatures of so many messages, one after the other.
pub fn sign_and_verify(messages: u64) -> Result<String> {
    let key = SigningKey::from_bytes(&SECRET);
    let public = key.verifying_key();
    let mut hasher = Sha256::new();
    for number in 0..messages {
        let message = format!("message {number}");
        let signature = key.sign(message.as_bytes());
        public
            .verify(message.as_bytes(), &signature)
            .with_context(|| message.clone())?;
        hasher.update(signature.to_bytes());
    }
    Ok(Hex(&hasher.finalize()).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_the_standard() {
        let key = SigningKey::from_bytes(&SECRET);
        assert_eq!(
            Hex(&key.sign(b"").to_bytes()).to_string(),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        );
    }

    #[test]
    fn a_signature_is_of_one_message_only() {
        let key = SigningKey::from_bytes(&SECRET);
        let signature = key.sign(b"message 1");
        assert!(key.verifying_key().verify(b"message 1", &signature).is_ok());
        assert!(
            key.verifying_key()
                .verify(b"message 2", &signature)
                .is_err()
        );
    }

    #[test]
    fn every_message_counts() {
        assert_ne!(sign_and_verify(2).unwrap(), sign_and_verify(3).unwrap());
    }
}
