//! Maps and sets of expressions and operations, in the order in which they were filled. The standard library's resist
//! adversaries and have many layers, which costs most of the time of an unoptimised macro; a multiplication per word
//! and one loop do.

use std::hash::{Hash, Hasher};
use std::ops::Index;

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
        let (words, rest) = bytes.as_chunks();
        for &word in words {
            self.write_u64(u64::from_le_bytes(word));
        }
        for &byte in rest {
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

/// The half of a slot that holds a hash; the other holds a place, counted from 1.
const HASH: u64 = !0 << 32;

/// A hash table with open addressing: slots say where the entries are.
#[derive(Clone, Debug)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
    /// 0 where they are free, which more than half are. A power of two.
    slots: Box<[u64]>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), slots: Box::default() }
    }
}

impl<K: Hash + Eq, V> Map<K, V> {
    fn hash(key: &K) -> u64 {
        let mut mixer = Mixer::default();
        key.hash(&mut mixer);
        mixer.finish()
    }

    /// The place of a key among those inserted.
    pub fn place(&self, key: &K) -> Option<usize> {
        self.place_of(key, Self::hash(key))
    }

    #[allow(clippy::cast_possible_truncation, reason = "of a hash the low bits, of a slot the half with the place")]
    fn place_of(&self, key: &K, hash: u64) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let (entries, mask) = (self.entries.as_slice(), self.slots.len() - 1);
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            let slot = self.slots[at];
            if (slot ^ hash) & HASH == 0 {
                let place = (slot & !HASH) as usize - 1;
                if entries[place].0 == *key {
                    return Some(place);
                }
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Adds a key that is not there yet.
    fn push(&mut self, hash: u64, key: K, value: V) -> usize {
        let place = self.entries.len();
        self.entries.push((key, value));
        if 2 * place >= self.slots.len() {
            self.rebuild();
        } else {
            Self::fill(&mut self.slots, hash, place);
        }
        place
    }

    #[allow(clippy::cast_possible_truncation, reason = "the low bits")]
    fn fill(slots: &mut [u64], hash: u64, place: usize) {
        let mask = slots.len() - 1;
        let mut at = hash as usize & mask;
        while slots[at] != 0 {
            at = (at + 1) & mask;
        }
        slots[at] = hash & HASH | (place as u64 + 1);
    }

    /// With slots for twice as many.
    fn rebuild(&mut self) {
        let mut slots = vec![0; (4 * self.entries.len()).next_power_of_two().max(16)].into_boxed_slice();
        for (place, entry) in self.entries.iter().enumerate() {
            Self::fill(&mut slots, Self::hash(&entry.0), place);
        }
        self.slots = slots;
    }

    /// What a key has.
    pub fn get(&self, key: &K) -> Option<&V> {
        match self.place(key) {
            Some(place) => Some(&self.entries[place].1),
            None => None,
        }
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        match self.place(key) {
            Some(place) => Some(&mut self.entries[place].1),
            None => None,
        }
    }

    /// Whether it has this key.
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_some()
    }

    /// Sets what a key has.
    pub fn insert(&mut self, key: K, value: V) {
        let hash = Self::hash(&key);
        match self.place_of(&key, hash) {
            Some(place) => self.entries[place].1 = value,
            None => {
                self.push(hash, key, value);
            }
        }
    }

    fn place_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> usize {
        let hash = Self::hash(&key);
        match self.place_of(&key, hash) {
            Some(place) => place,
            None => self.push(hash, key, make()),
        }
    }

    /// What a key has, once it is made.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let place = self.place_or_insert_with(key, make);
        &mut self.entries[place].1
    }

    /// Leaves those only of which this holds.
    pub fn retain(&mut self, mut holds: impl FnMut(&K, &V) -> bool) {
        self.entries.retain(|(key, value)| holds(key, value));
        self.rebuild();
    }
}

impl<K, V> Map<K, V> {
    /// All keys with what they have.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// How many keys there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The key at a place.
    pub fn key(&self, place: usize) -> &K {
        &self.entries[place].0
    }
}

impl<K: Hash + Eq, V> Index<&K> for Map<K, V> {
    type Output = V;

    fn index(&self, key: &K) -> &V {
        self.get(key).expect("a known key")
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

impl<K: Hash + Eq, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

/// The keys of a map.
#[derive(Clone, Debug)]
pub struct Set<K>(Map<K, ()>);

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<K: Hash + Eq> Set<K> {
    /// Whether it is there.
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    /// Whether it was not there before.
    pub fn insert(&mut self, key: K) -> bool {
        let before = self.0.len();
        self.0.insert(key, ());
        self.0.len() > before
    }

    /// The place of a key.
    pub fn place_or_insert(&mut self, key: K) -> usize {
        self.0.place_or_insert_with(key, || ())
    }
}

impl<K> Set<K> {
    /// The key at a place.
    pub fn at(&self, place: usize) -> &K {
        self.0.key(place)
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub fn into_vec(self) -> Vec<K> {
        self.0.entries.into_iter().map(|entry| entry.0).collect()
    }
}

impl<K: Hash + Eq> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}
