//! Points that a script in another language can make again: `peers.py` does.

/// `count` numbers in [-1, 1), the same for the same seed: SplitMix64, of which the upper 53 bits are kept.
pub fn numbers(seed: u64, count: usize) -> Vec<f64> {
    let step = 0x9e37_79b9_7f4a_7c15_u64;
    (1..=count as u64)
        .map(|k| {
            let z = seed.wrapping_add(k.wrapping_mul(step));
            let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
        })
        .collect()
}
