//! Registers of AArch64.

#![allow(clippy::wildcard_imports, reason = "a list of intrinsics would be as long as the file")]
#![allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "bits, as the intrinsics want them")]

use std::arch::aarch64::*;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Not, Sub};

use super::register::Register;
use super::{Vector, math};

/// 2 numbers.
#[derive(Clone, Copy)]
pub struct F64(float64x2_t);

/// Their bits; as a mask, all of a number's are ones or zeros.
#[derive(Clone, Copy)]
pub struct U64(uint64x2_t);

operators!(F64: Add add vaddq_f64, Sub sub vsubq_f64, Mul mul vmulq_f64, Div div vdivq_f64);
operators!(U64: BitAnd bitand vandq_u64, BitOr bitor vorrq_u64, BitXor bitxor veorq_u64);
operators!(U64: Add add vaddq_u64, Sub sub vsubq_u64);
lanes!(F64, f64, double, "neon");

impl Not for U64 {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        self ^ F64::splat_bits(u64::MAX)
    }
}

impl F64 {
    intrinsics! {
        fn broadcast(value: f64) -> Self { Self(vdupq_n_f64(value)) }
    }
}

impl Vector for F64 {
    const LANES: usize = 2;

    intrinsics! {
        fn load(from: &[f64]) -> Self { Self(vld1q_f64(from[..Self::LANES].as_ptr())) }
        fn spread(self: Self, lanes: Self) -> Self { Self(vreinterpretq_f64_u8(vqtbl1q_u8(vreinterpretq_u8_f64(self.0), vreinterpretq_u8_f64(lanes.0)))) }
        fn store(self: Self, to: &mut [f64]) { vst1q_f64(to[..Self::LANES].as_mut_ptr(), self.0) }
    }

    parts!(f64);

    /// The numbers of its bytes.
    #[inline(always)]
    fn lane(i: usize) -> f64 {
        f64::from_bits(0x0706_0504_0302_0100 + i as u64 * 0x0808_0808_0808_0808)
    }

    #[inline(always)]
    fn iota() -> Self {
        Self::load(&[0.0, 1.0])
    }

    #[inline(always)]
    fn store_past(self, to: &mut [f64]) {
        self.store(to);
    }

    #[inline(always)]
    fn stream(from: &[f64], to: &mut [f64]) {
        to.copy_from_slice(from);
    }

    #[inline(always)]
    fn mul_add(self, b: Self, c: Self) -> Self {
        if !Self::FUSED {
            return self * b + c;
        }
        // SAFETY: detected, see `lane`.
        Self(unsafe { vfmaq_f64(c.0, self.0, b.0) })
    }
}

impl Register for F64 {
    type Bits = U64;
    type Mask = U64;

    const FUSED: bool = cfg!(not(feature = "reproducible"));

    intrinsics! {
        fn to_bits(self: Self) -> U64 { U64(vreinterpretq_u64_f64(self.0)) }
        fn from_bits(bits: U64) -> Self { Self(vreinterpretq_f64_u64(bits.0)) }
        fn splat_bits(bits: u64) -> U64 { U64(vdupq_n_u64(bits as u64)) }
        fn shift_left(bits: U64, by: u32) -> U64 { U64(vshlq_u64(bits.0, vdupq_n_s64(by as i64))) }
        fn shift_right(bits: U64, by: u32) -> U64 { U64(vshlq_u64(bits.0, vdupq_n_s64(-(by as i64)))) }
        fn lt(a: Self, b: Self) -> U64 { U64(vcltq_f64(a.0, b.0)) }
        fn le(a: Self, b: Self) -> U64 { U64(vcleq_f64(a.0, b.0)) }
        fn eq(a: Self, b: Self) -> U64 { U64(vceqq_f64(a.0, b.0)) }
        fn select(mask: U64, then: Self, otherwise: Self) -> Self { Self(vbslq_f64(mask.0, then.0, otherwise.0)) }
        fn any(mask: U64) -> bool { vmaxvq_u32(vreinterpretq_u32_u8(vreinterpretq_u8_u64(mask.0))) != 0 }
        fn root(a: Self) -> Self { Self(vsqrtq_f64(a.0)) }
    }

    #[inline(always)]
    fn max_or_second(a: Self, b: Self) -> Self {
        Self::select(Self::lt(b, a), a, b)
    }

    #[inline(always)]
    fn min_or_second(a: Self, b: Self) -> Self {
        Self::select(Self::lt(a, b), a, b)
    }

    #[inline(always)]
    fn scale(a: Self, k: Self) -> Self {
        math::double::scale(a, k)
    }

    const SCALES: bool = false;
    const PICKS_SIXTEEN: bool = false;

    #[inline(always)]
    fn pick<const N: usize>(table: &[f64; N], index: U64) -> Self {
        let mut indices = [0; 2];
        // SAFETY: detected, see `lane`; as many as fit in a register.
        unsafe { vst1q_u64(indices.as_mut_ptr(), index.0) };
        Self::load(&indices.map(|index| table[index as usize % N]))
    }
}

/// 4 numbers.
#[derive(Clone, Copy)]
pub struct F32(float32x4_t);

/// Their bits; as a mask, all of a number's are ones or zeros.
#[derive(Clone, Copy)]
pub struct U32(uint32x4_t);

operators!(F32: Add add vaddq_f32, Sub sub vsubq_f32, Mul mul vmulq_f32, Div div vdivq_f32);
operators!(U32: BitAnd bitand vandq_u32, BitOr bitor vorrq_u32, BitXor bitxor veorq_u32);
operators!(U32: Add add vaddq_u32, Sub sub vsubq_u32);
lanes!(F32, f32, single, "neon");

impl Not for U32 {
    type Output = Self;

    #[inline(always)]
    fn not(self) -> Self {
        self ^ F32::splat_bits(u64::MAX)
    }
}

impl F32 {
    intrinsics! {
        fn broadcast(value: f32) -> Self { Self(vdupq_n_f32(value)) }
    }
}

impl Vector for F32 {
    const LANES: usize = 4;

    intrinsics! {
        fn load(from: &[f32]) -> Self { Self(vld1q_f32(from[..Self::LANES].as_ptr())) }
        fn spread(self: Self, lanes: Self) -> Self { Self(vreinterpretq_f32_u8(vqtbl1q_u8(vreinterpretq_u8_f32(self.0), vreinterpretq_u8_f32(lanes.0)))) }
        fn store(self: Self, to: &mut [f32]) { vst1q_f32(to[..Self::LANES].as_mut_ptr(), self.0) }
    }

    parts!(f32);

    /// The numbers of its bytes.
    #[inline(always)]
    fn lane(i: usize) -> f32 {
        f32::from_bits(0x0302_0100 + i as u32 * 0x0404_0404)
    }

    #[inline(always)]
    fn iota() -> Self {
        Self::load(&[0.0, 1.0, 2.0, 3.0])
    }

    #[inline(always)]
    fn store_past(self, to: &mut [f32]) {
        self.store(to);
    }

    #[inline(always)]
    fn stream(from: &[f32], to: &mut [f32]) {
        to.copy_from_slice(from);
    }

    #[inline(always)]
    fn mul_add(self, b: Self, c: Self) -> Self {
        if !Self::FUSED {
            return self * b + c;
        }
        // SAFETY: detected, see `lane`.
        Self(unsafe { vfmaq_f32(c.0, self.0, b.0) })
    }
}

impl Register for F32 {
    type Bits = U32;
    type Mask = U32;

    const FUSED: bool = cfg!(not(feature = "reproducible"));

    intrinsics! {
        fn to_bits(self: Self) -> U32 { U32(vreinterpretq_u32_f32(self.0)) }
        fn from_bits(bits: U32) -> Self { Self(vreinterpretq_f32_u32(bits.0)) }
        fn splat_bits(bits: u64) -> U32 { U32(vdupq_n_u32(bits as u32)) }
        fn shift_left(bits: U32, by: u32) -> U32 { U32(vshlq_u32(bits.0, vdupq_n_s32(by as i32))) }
        fn shift_right(bits: U32, by: u32) -> U32 { U32(vshlq_u32(bits.0, vdupq_n_s32(-(by as i32)))) }
        fn lt(a: Self, b: Self) -> U32 { U32(vcltq_f32(a.0, b.0)) }
        fn le(a: Self, b: Self) -> U32 { U32(vcleq_f32(a.0, b.0)) }
        fn eq(a: Self, b: Self) -> U32 { U32(vceqq_f32(a.0, b.0)) }
        fn select(mask: U32, then: Self, otherwise: Self) -> Self { Self(vbslq_f32(mask.0, then.0, otherwise.0)) }
        fn any(mask: U32) -> bool { vmaxvq_u32(vreinterpretq_u32_u8(vreinterpretq_u8_u32(mask.0))) != 0 }
        fn root(a: Self) -> Self { Self(vsqrtq_f32(a.0)) }
    }

    #[inline(always)]
    fn max_or_second(a: Self, b: Self) -> Self {
        Self::select(Self::lt(b, a), a, b)
    }

    #[inline(always)]
    fn min_or_second(a: Self, b: Self) -> Self {
        Self::select(Self::lt(a, b), a, b)
    }

    #[inline(always)]
    fn scale(a: Self, k: Self) -> Self {
        math::single::scale(a, k)
    }

    const SCALES: bool = false;
    const PICKS_SIXTEEN: bool = false;

    #[inline(always)]
    fn pick<const N: usize>(table: &[f32; N], index: U32) -> Self {
        let mut indices = [0; 4];
        // SAFETY: detected, see `lane`; as many as fit in a register.
        unsafe { vst1q_u32(indices.as_mut_ptr(), index.0) };
        Self::load(&indices.map(|index| table[index as usize % N]))
    }
}
