//! What a worker does with a record: it hides the user's name and judges how the request went.

use sha2::{Digest, Sha256};

use crate::record::Record;

const SALT: &[u8] = b"pipeline/1:";

/// A record that a worker is done with.
pub struct Outcome {
    pub number: u64,
    pub service: String,
    pub class: Class,
    pub latency_us: u32,
    pub bytes: u64,
    /// The first 8 bytes of the hash that stands for the user.
    pub pseudonym: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Class {
    Failed,
    Refused,
    Slow,
    Fine,
}

impl Class {
    pub const ALL: [Self; 4] = [Self::Failed, Self::Refused, Self::Slow, Self::Fine];

    pub fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Slow => "slow",
            Self::Fine => "fine",
        }
    }

    fn of(status: u16, latency_us: u32) -> Self {
        match (status, latency_us) {
            (500.., _) => Self::Failed,
            (400.., _) => Self::Refused,
            (_, 100_000..) => Self::Slow,
            _ => Self::Fine,
        }
    }
}

/// Works on one record; `rounds` is at least 1.
pub fn work(record: Record, rounds: u32) -> Outcome {
    Outcome {
        number: record.number,
        class: Class::of(record.status, record.latency_us),
        service: record.service,
        latency_us: record.latency_us,
        bytes: record.bytes,
        pseudonym: pseudonym(&record.user, rounds),
    }
}

/// The hash of salt and name, then `rounds - 1` times the hash of the hash.
fn pseudonym(user: &str, rounds: u32) -> u64 {
    let mut hash = Sha256::new()
        .chain_update(SALT)
        .chain_update(user)
        .finalize();
    for _ in 1..rounds {
        hash = Sha256::digest(hash);
    }
    hash.iter()
        .take(8)
        .fold(0, |bits, &byte| bits << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf 'pipeline/1:anna 7' | sha256sum, and that through xxd -r -p | sha256sum
    #[test]
    fn a_pseudonym_is_the_start_of_a_hash_of_hashes() {
        assert_eq!(pseudonym("anna 7", 1), 0x6154_1f6c_d18f_7e3a);
        assert_eq!(pseudonym("anna 7", 2), 0x9702_ebb2_2682_1f79);
    }

    #[test]
    fn a_fault_counts_for_more_than_time() {
        assert_eq!(Class::of(503, 1), Class::Failed);
        assert_eq!(Class::of(499, 1_000_000), Class::Refused);
        assert_eq!(Class::of(399, 100_000), Class::Slow);
        assert_eq!(Class::of(200, 99_999), Class::Fine);
    }
}
