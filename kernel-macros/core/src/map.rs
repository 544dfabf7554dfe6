//! Maps and sets of expressions and operations. The standard library's hash resists adversaries, which costs most of the time of an unoptimised
//! macro; a multiplication per word does.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;
pub(crate) type Set<K> = HashSet<K, BuildHasherDefault<Mixer>>;

/// h ← (h ⊕ word) · odd constant, rotated at the end: tables look at the low bits, multiplication mixes the high ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixer(u64);

/// 2⁶⁴ divided by the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(MULTIPLIER);
    }

    fn write_u32(&mut self, word: u32) {
        self.write_u64(u64::from(word));
    }

    fn write_u128(&mut self, word: u128) {
        #[allow(clippy::cast_possible_truncation, reason = "the other half follows")]
        self.write_u64(word as u64);
        #[allow(clippy::cast_possible_truncation, reason = "the half that is left")]
        self.write_u64((word >> 64) as u64);
    }

    fn write_i128(&mut self, word: i128) {
        self.write_u128(word.cast_unsigned());
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.write_usize(word.cast_unsigned());
    }
}
