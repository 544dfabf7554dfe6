//! Registers of AVX2 with fused multiply-add.

#![allow(clippy::wildcard_imports, reason = "a list of intrinsics would be as long as the file")]
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "bits, as the intrinsics want them")]

use std::arch::x86_64::*;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Not, Sub};

use super::register::Register;
use super::stream::{self, aligned, bytes, bytes_mut};
use super::{Vector, math};

/// 4 numbers.
#[derive(Clone, Copy)]
pub struct F64(__m256d);

/// Their bits; as a mask, all of a number's are ones or zeros.
#[derive(Clone, Copy)]
pub struct U64(__m256i);

operators!(F64: Add add _mm256_add_pd, Sub sub _mm256_sub_pd, Mul mul _mm256_mul_pd, Div div _mm256_div_pd);
operators!(U64: BitAnd bitand _mm256_and_si256, BitOr bitor _mm256_or_si256, BitXor bitxor _mm256_xor_si256);
operators!(U64: Add add _mm256_add_epi64, Sub sub _mm256_sub_epi64);
lanes!(F64, f64, double, "avx2,fma");

impl Not for U64 {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        self ^ F64::splat_bits(u64::MAX)
    }
}

impl F64 {
    intrinsics! {
        fn broadcast(value: f64) -> Self { Self(_mm256_set1_pd(value)) }
        fn mask(value: __m256d) -> U64 { U64(_mm256_castpd_si256(value)) }
    }

    /// Look-ups are of 32 bits, so that the halves of numbers are in registers of their own.
    #[inline(always)]
    fn pick_of_eight(table: &[f64], index: U64) -> Self {
        let (low, high) = (Self::load(table), Self::load(&table[4..]));
        // SAFETY: detected, see `lane`.
        unsafe {
            let (low, high) = (_mm256_castpd_ps(low.0), _mm256_castpd_ps(high.0));
            let first = _mm256_castps_pd(_mm256_shuffle_ps::<0b10_00_10_00>(low, high));
            let second = _mm256_castps_pd(_mm256_shuffle_ps::<0b11_01_11_01>(low, high));
            let first = _mm256_castpd_ps(_mm256_permute4x64_pd::<0b11_01_10_00>(first));
            let second = _mm256_castpd_ps(_mm256_permute4x64_pd::<0b11_01_10_00>(second));
            let first = _mm256_permutevar8x32_ps(first, index.0);
            let second = _mm256_permutevar8x32_ps(second, _mm256_slli_epi64::<32>(index.0));
            Self(_mm256_castps_pd(_mm256_blend_ps::<0b1010_1010>(first, second)))
        }
    }
}

impl Vector for F64 {
    const LANES: usize = 4;

    intrinsics! {
        fn load(from: &[f64]) -> Self { Self(_mm256_loadu_pd(from[..Self::LANES].as_ptr())) }
        fn store(self: Self, to: &mut [f64]) { _mm256_storeu_pd(to[..Self::LANES].as_mut_ptr(), self.0) }
        fn spread(self: Self, lanes: Self) -> Self { Self(_mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_castpd_ps(self.0), _mm256_castpd_si256(lanes.0)))) }
        fn iota() -> Self { Self(_mm256_setr_pd(0.0, 1.0, 2.0, 3.0)) }
        fn store_past(self: Self, to: &mut [f64]) { _mm256_stream_pd(aligned(&mut to[..Self::LANES]), self.0) }
        fn stream(from: &[f64], to: &mut [f64]) { stream::avx2(bytes(from), bytes_mut(to)) }
    }

    parts!(f64);

    /// The two halves of a number, which are spread apart.
    #[inline(always)]
    fn lane(i: usize) -> f64 {
        f64::from_bits((2 * i) as u64 | ((2 * i + 1) as u64) << 32)
    }

    #[inline(always)]
    fn mul_add(self, b: Self, c: Self) -> Self {
        if !Self::FUSED {
            return self * b + c;
        }
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm256_fmadd_pd(self.0, b.0, c.0) })
    }
}

impl Register for F64 {
    type Bits = U64;
    type Mask = U64;

    const FUSED: bool = cfg!(not(feature = "reproducible"));

    intrinsics! {
        fn to_bits(self: Self) -> U64 { U64(_mm256_castpd_si256(self.0)) }
        fn from_bits(bits: U64) -> Self { Self(_mm256_castsi256_pd(bits.0)) }
        fn splat_bits(bits: u64) -> U64 { U64(_mm256_set1_epi64x(bits as i64)) }
        fn shift_left(bits: U64, by: u32) -> U64 { U64(_mm256_sll_epi64(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn shift_right(bits: U64, by: u32) -> U64 { U64(_mm256_srl_epi64(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn lt(a: Self, b: Self) -> U64 { Self::mask(_mm256_cmp_pd::<_CMP_LT_OQ>(a.0, b.0)) }
        fn le(a: Self, b: Self) -> U64 { Self::mask(_mm256_cmp_pd::<_CMP_LE_OQ>(a.0, b.0)) }
        fn eq(a: Self, b: Self) -> U64 { Self::mask(_mm256_cmp_pd::<_CMP_EQ_OQ>(a.0, b.0)) }
        fn select(mask: U64, then: Self, otherwise: Self) -> Self { Self(_mm256_blendv_pd(otherwise.0, then.0, Self::from_bits(mask).0)) }
        fn any(mask: U64) -> bool { _mm256_movemask_pd(Self::from_bits(mask).0) != 0 }
        fn max_or_second(a: Self, b: Self) -> Self { Self(_mm256_max_pd(a.0, b.0)) }
        fn min_or_second(a: Self, b: Self) -> Self { Self(_mm256_min_pd(a.0, b.0)) }
        fn root(a: Self) -> Self { Self(_mm256_sqrt_pd(a.0)) }
    }

    #[inline(always)]
    fn scale(a: Self, k: Self) -> Self {
        math::double::scale(a, k)
    }

    const SCALES: bool = false;
    const PICKS_SIXTEEN: bool = false;

    #[inline(always)]
    fn pick<const N: usize>(table: &[f64; N], index: U64) -> Self {
        let low = Self::pick_of_eight(table, index);
        if N == 8 {
            return low;
        }
        // By the fourth bit, where `select` looks for a sign.
        Self::select(Self::shift_left(index, 60), Self::pick_of_eight(&table[8..], index), low)
    }
}

/// 8 numbers.
#[derive(Clone, Copy)]
pub struct F32(__m256);

/// Their bits; as a mask, all of a number's are ones or zeros.
#[derive(Clone, Copy)]
pub struct U32(__m256i);

operators!(F32: Add add _mm256_add_ps, Sub sub _mm256_sub_ps, Mul mul _mm256_mul_ps, Div div _mm256_div_ps);
operators!(U32: BitAnd bitand _mm256_and_si256, BitOr bitor _mm256_or_si256, BitXor bitxor _mm256_xor_si256);
operators!(U32: Add add _mm256_add_epi32, Sub sub _mm256_sub_epi32);
lanes!(F32, f32, single, "avx2,fma");

impl Not for U32 {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        self ^ F32::splat_bits(u64::MAX)
    }
}

impl F32 {
    intrinsics! {
        fn broadcast(value: f32) -> Self { Self(_mm256_set1_ps(value)) }
        fn mask(value: __m256) -> U32 { U32(_mm256_castps_si256(value)) }
    }
}

impl Vector for F32 {
    const LANES: usize = 8;

    intrinsics! {
        fn load(from: &[f32]) -> Self { Self(_mm256_loadu_ps(from[..Self::LANES].as_ptr())) }
        fn store(self: Self, to: &mut [f32]) { _mm256_storeu_ps(to[..Self::LANES].as_mut_ptr(), self.0) }
        fn spread(self: Self, lanes: Self) -> Self { Self(_mm256_permutevar8x32_ps(self.0, _mm256_castps_si256(lanes.0))) }
        fn iota() -> Self { Self(_mm256_setr_ps(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)) }
        fn store_past(self: Self, to: &mut [f32]) { _mm256_stream_ps(aligned(&mut to[..Self::LANES]), self.0) }
        fn stream(from: &[f32], to: &mut [f32]) { stream::avx2(bytes(from), bytes_mut(to)) }
    }

    parts!(f32);

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
        Self(unsafe { _mm256_fmadd_ps(self.0, b.0, c.0) })
    }
}

impl Register for F32 {
    type Bits = U32;
    type Mask = U32;

    const FUSED: bool = cfg!(not(feature = "reproducible"));

    intrinsics! {
        fn to_bits(self: Self) -> U32 { U32(_mm256_castps_si256(self.0)) }
        fn from_bits(bits: U32) -> Self { Self(_mm256_castsi256_ps(bits.0)) }
        fn splat_bits(bits: u64) -> U32 { U32(_mm256_set1_epi32(bits as i32)) }
        fn shift_left(bits: U32, by: u32) -> U32 { U32(_mm256_sll_epi32(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn shift_right(bits: U32, by: u32) -> U32 { U32(_mm256_srl_epi32(bits.0, _mm_cvtsi32_si128(by as i32))) }
        fn lt(a: Self, b: Self) -> U32 { Self::mask(_mm256_cmp_ps::<_CMP_LT_OQ>(a.0, b.0)) }
        fn le(a: Self, b: Self) -> U32 { Self::mask(_mm256_cmp_ps::<_CMP_LE_OQ>(a.0, b.0)) }
        fn eq(a: Self, b: Self) -> U32 { Self::mask(_mm256_cmp_ps::<_CMP_EQ_OQ>(a.0, b.0)) }
        fn select(mask: U32, then: Self, otherwise: Self) -> Self { Self(_mm256_blendv_ps(otherwise.0, then.0, Self::from_bits(mask).0)) }
        fn any(mask: U32) -> bool { _mm256_movemask_ps(Self::from_bits(mask).0) != 0 }
        fn max_or_second(a: Self, b: Self) -> Self { Self(_mm256_max_ps(a.0, b.0)) }
        fn min_or_second(a: Self, b: Self) -> Self { Self(_mm256_min_ps(a.0, b.0)) }
        fn root(a: Self) -> Self { Self(_mm256_sqrt_ps(a.0)) }
    }

    #[inline(always)]
    fn scale(a: Self, k: Self) -> Self {
        math::single::scale(a, k)
    }

    const SCALES: bool = false;
    const PICKS_SIXTEEN: bool = false;

    #[inline(always)]
    fn pick<const N: usize>(table: &[f32; N], index: U32) -> Self {
        assert!(N == 8, "a table of 8 numbers");
        // SAFETY: detected, see `lane`.
        Self(unsafe { _mm256_permutevar8x32_ps(Self::load(table).0, index.0) })
    }
}
