//! base64 with the standard alphabet and padding, as one line.

use anyhow::{Context, Result};
use base64::prelude::*;

use crate::CHUNK;
use crate::checksum::Checksum;

/// Bytes that make a chunk of text: three become four.
const BYTES: usize = CHUNK / 4 * 3;

/// Checksum of the text of `input`, so many times.
pub fn encode(input: &[u8], times: u32) -> Result<Checksum> {
    let mut checksum = Checksum::default();
    let mut text = vec![0; CHUNK];
    for _ in 0..times {
        for chunk in input.chunks(BYTES) {
            let length = BASE64_STANDARD
                .encode_slice(chunk, &mut text)
                .context("base64")?;
            checksum.update(&text[..length]);
        }
    }
    Ok(checksum)
}

/// Checksum of the bytes that `text` stands for, so many times.
pub fn decode(text: &[u8], times: u32) -> Result<Checksum> {
    let mut checksum = Checksum::default();
    let mut bytes = vec![0; BYTES];
    for _ in 0..times {
        for chunk in text.chunks(CHUNK) {
            let length = BASE64_STANDARD
                .decode_slice(chunk, &mut bytes)
                .context("base64")?;
            checksum.update(&bytes[..length]);
        }
    }
    Ok(checksum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(bytes: &[u8]) -> String {
        let mut checksum = Checksum::default();
        checksum.update(bytes);
        checksum.to_string()
    }

    #[test]
    fn text_and_bytes_are_those_of_the_standard() {
        // RFC 4648, section 10.
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let encoded = encode(bytes.as_bytes(), 1).unwrap().to_string();
            assert_eq!(encoded, checksum(text.as_bytes()), "{bytes}");
            let decoded = decode(text.as_bytes(), 1).unwrap().to_string();
            assert_eq!(decoded, checksum(bytes.as_bytes()), "{text}");
        }
    }

    #[test]
    fn chunks_do_not_show_in_the_text() {
        let bytes: Vec<u8> = (0..100_000_u32).map(|at| (at * 7) as u8).collect();
        let text = BASE64_STANDARD.encode(&bytes);
        assert_eq!(
            encode(&bytes, 1).unwrap().to_string(),
            checksum(text.as_bytes())
        );
        assert_eq!(
            decode(text.as_bytes(), 1).unwrap().to_string(),
            checksum(&bytes)
        );
    }

    #[test]
    fn what_is_no_base64_is_a_fault() {
        for text in ["Zg=", "Zg", "Z===", "Zm9v Zm8="] {
            assert!(decode(text.as_bytes(), 1).is_err(), "{text}");
        }
    }
}
