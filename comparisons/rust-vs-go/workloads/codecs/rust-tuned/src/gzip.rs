//! gzip at the default level, and back.

use std::io::{Read, Write};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::CHUNK;
use crate::checksum::{Checksum, Hex};

/// One gzip member that holds `input` so many times.
pub fn pack(input: &[u8], times: u32) -> Result<Vec<u8>> {
    let room = Vec::with_capacity(input.len() / 4 * times as usize);
    let mut encoder = GzEncoder::new(room, Compression::default());
    for _ in 0..times {
        for chunk in input.chunks(CHUNK) {
            encoder.write_all(chunk).context("gzip")?;
        }
    }
    encoder.finish().context("gzip")
}

/// Unpacks `packed` so many times, each time anew.
pub fn unpack(packed: &[u8], times: u32) -> Result<Checksum> {
    let mut checksum = Checksum::default();
    let mut chunk = vec![0; CHUNK];
    for _ in 0..times {
        each_chunk(packed, &mut chunk, |chunk| checksum.update(chunk))?;
    }
    Ok(checksum)
}

pub fn sha256_of_unpacked(packed: &[u8]) -> Result<String> {
    let mut hasher = Sha256::new();
    each_chunk(packed, &mut vec![0; CHUNK], |chunk| hasher.update(chunk))?;
    Ok(Hex(&hasher.finalize()).to_string())
}

fn each_chunk(packed: &[u8], chunk: &mut [u8], mut take: impl FnMut(&[u8])) -> Result<()> {
    let mut decoder = MultiGzDecoder::new(packed);
    loop {
        let length = decoder.read(chunk).context("gunzip")?;
        if length == 0 {
            return Ok(());
        }
        take(&chunk[..length]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf hello | gzip -n`
    const HELLO: [u8; 25] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10,
        0x36, 5, 0, 0, 0,
    ];

    #[test]
    fn a_member_of_another_program_is_read() {
        assert_eq!(unpack(&HELLO, 1).unwrap().to_string(), "5 3610a686");
    }

    #[test]
    fn members_one_after_the_other_are_one_file() {
        let two = [HELLO, HELLO].concat();
        assert_eq!(
            unpack(&two, 1).unwrap().to_string(),
            unpack(&HELLO, 2).unwrap().to_string()
        );
    }

    #[test]
    fn a_flipped_bit_is_found() {
        let mut broken = HELLO;
        broken[18] ^= 1;
        assert!(unpack(&broken, 1).is_err());
        assert!(unpack(&HELLO[..20], 1).is_err());
    }

    #[test]
    fn empty_input_is_a_member_too() {
        let packed = pack(b"", 1).unwrap();
        assert_eq!(unpack(&packed, 1).unwrap().to_string(), "0 00000000");
    }
}
