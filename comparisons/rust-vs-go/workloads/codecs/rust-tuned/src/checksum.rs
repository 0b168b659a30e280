//! Digests of what came out, as they are printed.

use std::fmt::{self, Display};

/// Length and CRC-32 of bytes. The CRC costs next to nothing beside the codec whose output it tells.
#[derive(Default)]
pub struct Checksum {
    crc: crc32fast::Hasher,
    length: u64,
}

impl Checksum {
    pub fn update(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.length += bytes.len() as u64;
    }
}

impl Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:08x}", self.length, self.crc.clone().finalize())
    }
}

/// Bytes in lower-case hex.
pub struct Hex<'a>(pub &'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crc_is_the_one_of_gzip() {
        let mut checksum = Checksum::default();
        checksum.update(b"12345");
        checksum.update(b"6789");
        assert_eq!(checksum.to_string(), "9 cbf43926");
    }

    #[test]
    fn small_bytes_keep_their_zero() {
        assert_eq!(Hex(&[0, 10, 255]).to_string(), "000aff");
    }
}
