//! Stores past the caches.
//!
//! A cache line that is written whole by non-temporal stores need not be read before. One that is written in part, or
//! by both kinds of stores, costs more than with ordinary ones.

/// Where it goes out of scope, by a panic too, what this thread has [streamed](super::Vector::stream) becomes memory
/// like any other.
pub struct Fence;

impl Drop for Fence {
    #[inline]
    fn drop(&mut self) {
        // Miri has neither such stores nor the fence.
        #[cfg(all(target_arch = "x86_64", not(miri)))]
        // SAFETY: every x86-64 has SSE.
        unsafe {
            std::arch::x86_64::_mm_sfence();
        }
    }
}

#[cfg(target_arch = "x86_64")]
pub use x86::{aligned, avx2, avx512, bytes, bytes_mut};

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{_mm256_loadu_si256, _mm256_stream_si256, _mm512_loadu_si512, _mm512_stream_si512};
    use std::slice;

    use crate::real::Real;

    /// Bytes of a cache line.
    const LINE: usize = 64;

    /// The bytes of numbers.
    #[inline(always)]
    pub fn bytes<S: Real>(numbers: &[S]) -> &[u8] {
        // SAFETY: the same memory; a `Real` is `f64` or `f32`, all whose bytes are initialised.
        unsafe { slice::from_raw_parts(numbers.as_ptr().cast(), size_of_val(numbers)) }
    }

    /// The bytes of numbers, to be written.
    #[inline(always)]
    pub fn bytes_mut<S: Real>(numbers: &mut [S]) -> &mut [u8] {
        // SAFETY: as `bytes`; and any bytes are an `f64` or `f32`.
        unsafe { slice::from_raw_parts_mut(numbers.as_mut_ptr().cast(), size_of_val(numbers)) }
    }

    /// The address of a register's worth of numbers, a multiple of their size.
    #[inline(always)]
    pub fn aligned<S: Real>(numbers: &mut [S]) -> *mut S {
        assert!(numbers.as_ptr().addr().is_multiple_of(size_of_val(numbers)), "stores past the caches are aligned");
        numbers.as_mut_ptr()
    }

    /// Copies every full line of `to` by `line`, and what is before and behind them as usual.
    #[inline(always)]
    fn lines(from: &[u8], to: &mut [u8], line: impl Fn(&[u8; LINE], &mut [u8; LINE])) {
        assert_eq!(from.len(), to.len(), "a copy has the length of what it copies");
        let head = to.as_ptr().align_offset(LINE).min(to.len());
        let (from_head, from) = from.split_at(head);
        let (to_head, to) = to.split_at_mut(head);
        if head > 0 {
            to_head.copy_from_slice(from_head);
        }
        let (from_lines, from_tail) = from.as_chunks();
        let (to_lines, to_tail) = to.as_chunks_mut();
        from_lines.iter().zip(to_lines).for_each(|(from, to)| line(from, to));
        if !to_tail.is_empty() {
            to_tail.copy_from_slice(from_tail);
        }
    }

    /// Copies with one store a line.
    #[inline(never)]
    #[target_feature(enable = "avx512f")]
    pub fn avx512(from: &[u8], to: &mut [u8]) {
        lines(from, to, |from, to| {
            // SAFETY: both are 64 bytes, and `lines` aligns `to`.
            unsafe { _mm512_stream_si512(to.as_mut_ptr().cast(), _mm512_loadu_si512(from.as_ptr().cast())) }
        });
    }

    /// Copies with two stores a line.
    #[inline(never)]
    #[target_feature(enable = "avx2")]
    pub fn avx2(from: &[u8], to: &mut [u8]) {
        lines(from, to, |from, to| {
            for half in [0, LINE / 2] {
                // SAFETY: both are 64 bytes, and `lines` aligns `to`, so that its halves are aligned to 32.
                unsafe {
                    let value = _mm256_loadu_si256(from[half..].as_ptr().cast());
                    _mm256_stream_si256(to[half..].as_mut_ptr().cast(), value);
                }
            }
        });
    }
}
