//! Keys that look random and never repeat.

/// SplitMix64 (Steele, Lea and Flood, 2014): each of the 2^64 numbers comes once in a period.
pub struct Keys {
    state: u64,
}

impl Keys {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_that_of_the_reference_code() {
        let mut keys = Keys::new(1_234_567);
        assert_eq!(keys.next(), 6_457_827_717_110_365_317);
        assert_eq!(keys.next(), 3_203_168_211_198_807_973);
    }
}
