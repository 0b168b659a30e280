//! What is alive from the start.

use bytes::Bytes;

use crate::store::Store;

/// Of a value, in bytes.
const SHORTEST: u64 = 64;
const LONGEST: u64 = 512;

/// Sets `key:0`, `key:1` and so on, until keys and values together have so many million bytes.
pub fn fill(store: &Store, megabytes: u32) {
    let mut left = i64::from(megabytes) * 1_000_000;
    let mut n = 0;
    while left > 0 {
        let (key, value) = entry(n);
        left -= (key.len() + value.len()) as i64;
        store.set(key, value);
        n += 1;
    }
}

/// A value's length and letter follow from its number.
fn entry(n: u64) -> (Bytes, Bytes) {
    let mixed = mix(n);
    let len = SHORTEST + mixed % (LONGEST - SHORTEST + 1);
    let letter = b'a' + ((mixed >> 32) % 26) as u8;
    (format!("key:{n}").into(), vec![letter; len as usize].into())
}

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
fn mix(n: u64) -> u64 {
    let mut mixed = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_in_every_run_and_language() {
        let store = Store::new(None);
        fill(&store, 1);
        assert_eq!(store.len(), 3389);
        assert_eq!(store.get(b"key:0").unwrap(), "t".repeat(187));
        assert_eq!(store.get(b"key:3388").unwrap(), "a".repeat(442));

        let nothing = Store::new(None);
        fill(&nothing, 0);
        assert_eq!(nothing.len(), 0);
    }
}
