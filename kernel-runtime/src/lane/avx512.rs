//! Registers of AVX-512.

#![allow(clippy::wildcard_imports, reason = "a list of intrinsics would be as long as the file")]
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "bits, as the intrinsics want them")]

use std::arch::x86_64::*;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Sub};

use super::Vector;
use super::register::Register;
use super::stream::{self, aligned, bytes, bytes_mut};

/// Mask of the first `count` numbers.
#[inline(always)]
fn first<V: Vector>(count: usize) -> u32 {
    assert!(count <= V::LANES, "more than a register");
    (1 << count) - 1
}

/// 8 numbers.
#[derive(Clone, Copy)]
pub struct F64(__m512d);

/// Their bits.
#[derive(Clone, Copy)]
pub struct U64(__m512i);

operators!(F64: Add add _mm512_add_pd, Sub sub _mm512_sub_pd, Mul mul _mm512_mul_pd, Div div _mm512_div_pd);
operators!(U64: BitAnd bitand _mm512_and_si512, BitOr bitor _mm512_or_si512, BitXor bitxor _mm512_xor_si512);
operators!(U64: Add add _mm512_add_epi64, Sub sub _mm512_sub_epi64);
lanes!(F64, f64, double, "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl");

impl F64 {
    intrinsics! {
        fn broadcast(value: f64) -> Self { Self(_mm512_set1_pd(value)) }
    }

    /// c - a·b, rounded once.
    #[inline(always)]
    fn neg_mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm512_fnmadd_pd(self.0, b.0, c.0) })
    }
}

impl Vector for F64 {
    const LANES: usize = 8;

    intrinsics! {
        fn load(from: &[f64]) -> Self { Self(_mm512_loadu_pd(from[..Self::LANES].as_ptr())) }
        fn load_part(from: &[f64]) -> Self { Self(_mm512_maskz_loadu_pd(first::<Self>(from.len()) as __mmask8, from.as_ptr())) }
        fn store(self: Self, to: &mut [f64]) { _mm512_storeu_pd(to[..Self::LANES].as_mut_ptr(), self.0) }
        fn store_part(self: Self, to: &mut [f64]) { _mm512_mask_storeu_pd(to.as_mut_ptr(), first::<Self>(to.len()) as __mmask8, self.0) }
        fn spread(self: Self, lanes: Self) -> Self { Self(_mm512_permutexvar_pd(_mm512_castpd_si512(lanes.0), self.0)) }
        fn iota() -> Self { Self(_mm512_setr_pd(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)) }
        fn store_past(self: Self, to: &mut [f64]) { _mm512_stream_pd(aligned(&mut to[..Self::LANES]), self.0) }
        fn stream(from: &[f64], to: &mut [f64]) { stream::avx512(bytes(from), bytes_mut(to)) }
    }

    #[inline(always)]
    fn lane(i: usize) -> f64 {
        f64::from_bits(i as u64)
    }

    #[inline(always)]
    fn mul_add(self, b: Self, c: Self) -> Self {
        if !Self::FUSED {
            return self * b + c;
        }
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm512_fmadd_pd(self.0, b.0, c.0) })
    }
}

impl Register for F64 {
    type Bits = U64;
    type Mask = __mmask8;

    const FUSED: bool = cfg!(not(feature = "reproducible"));

    #[inline(always)]
    fn any(mask: __mmask8) -> bool {
        mask != 0
    }

    intrinsics! {
        fn to_bits(self: Self) -> U64 { U64(_mm512_castpd_si512(self.0)) }
        fn from_bits(bits: U64) -> Self { Self(_mm512_castsi512_pd(bits.0)) }
        fn splat_bits(bits: u64) -> U64 { U64(_mm512_set1_epi64(bits as i64)) }
        fn shift_left(bits: U64, by: u32) -> U64 { U64(_mm512_sll_epi64(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn shift_right(bits: U64, by: u32) -> U64 { U64(_mm512_srl_epi64(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn lt(a: Self, b: Self) -> __mmask8 { _mm512_cmp_pd_mask::<_CMP_LT_OQ>(a.0, b.0) }
        fn le(a: Self, b: Self) -> __mmask8 { _mm512_cmp_pd_mask::<_CMP_LE_OQ>(a.0, b.0) }
        fn eq(a: Self, b: Self) -> __mmask8 { _mm512_cmp_pd_mask::<_CMP_EQ_OQ>(a.0, b.0) }
        fn select(mask: __mmask8, then: Self, otherwise: Self) -> Self { Self(_mm512_mask_blend_pd(mask, otherwise.0, then.0)) }
        fn max_or_second(a: Self, b: Self) -> Self { Self(_mm512_max_pd(a.0, b.0)) }
        fn min_or_second(a: Self, b: Self) -> Self { Self(_mm512_min_pd(a.0, b.0)) }
        fn scale(a: Self, k: Self) -> Self { Self(_mm512_scalef_pd(a.0, k.0)) }
    }

    const SCALES: bool = true;
    const PICKS_SIXTEEN: bool = Self::FUSED;

    /// From r = a^-1/2 (1 + e), |e| < 2⁻¹⁴: g = a r and h = r / 2 by a step of Goldschmidt's, then g + (a - g²) h,
    /// which is within 0.71 ulp. A third of the time of the instruction, which is left what has no such r, or an a - g²
    /// that loses digits.
    #[inline(always)]
    fn root(a: Self) -> Self {
        let least = Self::broadcast(f64::from_bits(f64::MIN_POSITIVE.to_bits() + (62 << 52)));
        // SAFETY: detected, see `lane`.
        unsafe {
            let above = _mm512_sub_epi64(a.to_bits().0, least.to_bits().0);
            let most = _mm512_set1_epi64((f64::INFINITY.to_bits() - (63 << 52)).cast_signed());
            if !Self::FUSED || _mm512_cmpge_epu64_mask(above, most) != 0 {
                return Self(_mm512_sqrt_pd(a.0));
            }
        }
        let half = Self::broadcast(0.5);
        // SAFETY: detected, see `lane`.
        let r = Self(unsafe { _mm512_rsqrt14_pd(a.0) });
        let (g, h) = (a * r, half * r);
        let e = g.neg_mul_add(h, half);
        let (g, h) = (g.mul_add(e, g), h.mul_add(e, h));
        g.neg_mul_add(g, a).mul_add(h, g)
    }

    #[inline(always)]
    fn pick<const N: usize>(table: &[f64; N], index: U64) -> Self {
        let low = Self::load(table).0;
        // SAFETY: detected, see `lane`.
        Self(unsafe {
            if N == 8 {
                _mm512_permutexvar_pd(index.0, low)
            } else {
                _mm512_permutex2var_pd(low, index.0, Self::load(&table[8..]).0)
            }
        })
    }
}

/// 16 numbers.
#[derive(Clone, Copy)]
pub struct F32(__m512);

/// Their bits.
#[derive(Clone, Copy)]
pub struct U32(__m512i);

operators!(F32: Add add _mm512_add_ps, Sub sub _mm512_sub_ps, Mul mul _mm512_mul_ps, Div div _mm512_div_ps);
operators!(U32: BitAnd bitand _mm512_and_si512, BitOr bitor _mm512_or_si512, BitXor bitxor _mm512_xor_si512);
operators!(U32: Add add _mm512_add_epi32, Sub sub _mm512_sub_epi32);
lanes!(F32, f32, single, "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl");

impl F32 {
    intrinsics! {
        fn broadcast(value: f32) -> Self { Self(_mm512_set1_ps(value)) }
    }

    /// c - a·b, rounded once.
    #[inline(always)]
    fn neg_mul_add(self, b: Self, c: Self) -> Self {
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm512_fnmadd_ps(self.0, b.0, c.0) })
    }
}

impl Vector for F32 {
    const LANES: usize = 16;

    intrinsics! {
        fn load(from: &[f32]) -> Self { Self(_mm512_loadu_ps(from[..Self::LANES].as_ptr())) }
        fn load_part(from: &[f32]) -> Self { Self(_mm512_maskz_loadu_ps(first::<Self>(from.len()) as __mmask16, from.as_ptr())) }
        fn store(self: Self, to: &mut [f32]) { _mm512_storeu_ps(to[..Self::LANES].as_mut_ptr(), self.0) }
        fn store_part(self: Self, to: &mut [f32]) { _mm512_mask_storeu_ps(to.as_mut_ptr(), first::<Self>(to.len()) as __mmask16, self.0) }
        fn spread(self: Self, lanes: Self) -> Self { Self(_mm512_permutexvar_ps(_mm512_castps_si512(lanes.0), self.0)) }
        fn iota() -> Self { Self(_mm512_setr_ps(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0)) }
        fn store_past(self: Self, to: &mut [f32]) { _mm512_stream_ps(aligned(&mut to[..Self::LANES]), self.0) }
        fn stream(from: &[f32], to: &mut [f32]) { stream::avx512(bytes(from), bytes_mut(to)) }
    }

    #[inline(always)]
    fn lane(i: usize) -> f32 {
        f32::from_bits(i as u32)
    }

    #[inline(always)]
    fn mul_add(self, b: Self, c: Self) -> Self {
        if !Self::FUSED {
            return self * b + c;
        }
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm512_fmadd_ps(self.0, b.0, c.0) })
    }
}

impl Register for F32 {
    type Bits = U32;
    type Mask = __mmask16;

    const FUSED: bool = cfg!(not(feature = "reproducible"));

    #[inline(always)]
    fn any(mask: __mmask16) -> bool {
        mask != 0
    }

    intrinsics! {
        fn to_bits(self: Self) -> U32 { U32(_mm512_castps_si512(self.0)) }
        fn from_bits(bits: U32) -> Self { Self(_mm512_castsi512_ps(bits.0)) }
        fn splat_bits(bits: u64) -> U32 { U32(_mm512_set1_epi32(bits as i32)) }
        fn shift_left(bits: U32, by: u32) -> U32 { U32(_mm512_sll_epi32(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn shift_right(bits: U32, by: u32) -> U32 { U32(_mm512_srl_epi32(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn lt(a: Self, b: Self) -> __mmask16 { _mm512_cmp_ps_mask::<_CMP_LT_OQ>(a.0, b.0) }
        fn le(a: Self, b: Self) -> __mmask16 { _mm512_cmp_ps_mask::<_CMP_LE_OQ>(a.0, b.0) }
        fn eq(a: Self, b: Self) -> __mmask16 { _mm512_cmp_ps_mask::<_CMP_EQ_OQ>(a.0, b.0) }
        fn select(mask: __mmask16, then: Self, otherwise: Self) -> Self { Self(_mm512_mask_blend_ps(mask, otherwise.0, then.0)) }
        fn max_or_second(a: Self, b: Self) -> Self { Self(_mm512_max_ps(a.0, b.0)) }
        fn min_or_second(a: Self, b: Self) -> Self { Self(_mm512_min_ps(a.0, b.0)) }
        fn scale(a: Self, k: Self) -> Self { Self(_mm512_scalef_ps(a.0, k.0)) }
    }

    const SCALES: bool = true;
    const PICKS_SIXTEEN: bool = Self::FUSED;

    /// As that of f64, without the step.
    #[inline(always)]
    fn root(a: Self) -> Self {
        let least = Self::broadcast(f32::from_bits(f32::MIN_POSITIVE.to_bits() + (30 << 23)));
        // SAFETY: detected, see `lane`.
        unsafe {
            let above = _mm512_sub_epi32(a.to_bits().0, least.to_bits().0);
            let most = _mm512_set1_epi32((f32::INFINITY.to_bits() - (31 << 23)).cast_signed());
            if !Self::FUSED || _mm512_cmpge_epu32_mask(above, most) != 0 {
                return Self(_mm512_sqrt_ps(a.0));
            }
        }
        // SAFETY: detected, see `lane`.
        let r = Self(unsafe { _mm512_rsqrt14_ps(a.0) });
        let (g, h) = (a * r, Self::broadcast(0.5) * r);
        g.neg_mul_add(g, a).mul_add(h, g)
    }

    #[inline(always)]
    fn pick<const N: usize>(table: &[f32; N], index: U32) -> Self {
        let mut twice = [0.0; 16];
        twice[..N].copy_from_slice(table);
        twice[16 - N..].copy_from_slice(table);
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm512_permutexvar_ps(index.0, Self::load(&twice).0) })
    }
}
