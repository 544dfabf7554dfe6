//! eˣ and eˣ - 1.

use super::ROUND;
use crate::lane::register::Register;

/// ln 2 in two parts, the first of 32 bits: its products with numbers of 21 bits are exact.
pub const LN_2: [f64; 2] = [0.693_147_180_601_954_5, -4.200_915_072_681_084_6e-11];

/// 2⁻²⁰⁰ and 2², moved out of an exponent and multiplied by at the end.
const LOW: f64 = f64::from_bits((1023 - 200) << 52);
const HIGH: f64 = 4.0;

/// Powers of two that part a binade into N: (1 + δ)·2^(j/N), with a δ for which all are closer to numbers than rounding
/// brings them.
struct Parts<const N: usize> {
    powers: [f64; N],
    /// The same, for bits of the exponent with j behind them to be added.
    before_index: [f64; N],
}

impl<const N: usize> Parts<N> {
    const fn new(powers: [f64; N]) -> Self {
        let mut before_index = powers;
        let mut j = 0;
        while j < N {
            let index = (j as u64) << (52 - N.ilog2());
            before_index[j] = f64::from_bits(powers[j].to_bits() + 1.0_f64.to_bits() - index);
            j += 1;
        }
        Self { powers, before_index }
    }
}

/// Within 0.04 ulp.
static EIGHTHS: Parts<8> = Parts::new([
    1.000_000_000_854_997_9,
    1.090_507_733_597_639_4,
    1.189_207_116_019_490_6,
    1.296_839_555_759_804_7,
    1.414_213_563_582_244_6,
    1.542_210_826_726_527_8,
    1.681_792_831_945_358_3,
    1.834_008_087_977_415_4,
]);

/// Within 0.15 ulp.
static SIXTEENTHS: Parts<16> = Parts::new([
    1.000_000_000_877_222_3,
    1.044_273_783_343_474,
    1.090_507_733_621_875_4,
    1.138_788_635_755_662_5,
    1.189_207_116_045_92,
    1.241_857_813_162_869_5,
    1.296_839_555_788_626_3,
    1.354_255_548_124_876,
    1.414_213_563_613_674_8,
    1.476_826_147_235_004_2,
    1.542_210_826_760_802_6,
    1.610_490_333_362_012_4,
    1.681_792_831_982_735_3,
    1.756_252_161_913_923,
    1.834_008_088_018_175_3,
    1.915_206_563_077_209_3,
]);

/// eʳ/(1 + δ) - 1 for |r| ≤ ln 2 / 2N: between eighths of degree 7, 2⁻⁵⁷.⁵, between sixteenths of degree 6, 2⁻⁵⁶.
///
/// With sixteenths the multipliers are busy all the time; with eighths more is waited for, and a shorter chain pays.
#[inline(always)]
fn growth<V: Register<Scalar = f64>, const N: usize>(r: V) -> V {
    if N == 16 {
        polynomial!(
            r,
            [
                -8.772_223_252_594_179e-10,
                0.999_999_999_122_778_4,
                0.499_999_999_561_389_3,
                0.166_666_666_495_398_85,
                4.166_666_662_374_574e-2,
                8.333_473_837_677_388e-3,
                1.388_911_942_631_226_1e-3,
            ]
        )
    } else {
        polynomial_in_pairs!(
            r,
            [
                -8.549_978_460_964_997e-10,
                0.999_999_999_145_002_1,
                0.499_999_999_572_519_06,
                0.166_666_666_524_189_77,
                4.166_666_655_448_468e-2,
                8.333_333_293_789_637e-3,
                1.388_970_402_521_335_3e-3,
                1.984_294_016_591_291e-4,
            ]
        )
    }
}

/// eˣ, 1 ulp.
///
/// x = (k + j/N) ln 2 + r, reduced in two steps (Cody & Waite 1980); 2^(j/N) from a table that fits in a register or
/// two (Tang 1989), at arguments moved together by ln(1 + δ) so that it is more exact than its last bit, as in the
/// tables of Gal (1986).
#[inline(always)]
pub fn exp<V: Register<Scalar = f64>>(x: V) -> V {
    if V::PICKS_SIXTEEN { exp_by(x, None, &SIXTEENTHS) } else { exp_by(x, None, &EIGHTHS) }
}

/// eˣ·e^rest for a rest below the last bit of x.
#[inline(always)]
pub fn exp_of_sum<V: Register<Scalar = f64>>(x: V, rest: V) -> V {
    if V::PICKS_SIXTEEN { exp_by(x, Some(rest), &SIXTEENTHS) } else { exp_by(x, Some(rest), &EIGHTHS) }
}

#[inline(always)]
fn exp_by<V: Register<Scalar = f64>, const N: usize>(x: V, rest: Option<V>, parts: &Parts<N>) -> V {
    // A NaN passes. Below -746 the result is 0, and the r of large finite numbers may have powers that overflow.
    let x = V::max_or_second(V::of(-746.0), x);
    // Above, the even degree between sixteenths is positive wherever r is (and NaN at ∞), and `scale` goes to infinity;
    // an odd one may be negative.
    let x = if V::SCALES && N == 16 { x } else { V::min_or_second(V::of(710.0), x) };
    let (rounded, k, r) = reduce::<V, N>(x);
    let r = if let Some(rest) = rest { r + rest } else { r };
    let growth = growth::<V, N>(r);
    if V::SCALES {
        let power = V::pick(&parts.powers, rounded.to_bits());
        return V::scale(growth.mul_add(power, power), k);
    }
    // A power among the normal numbers, brought at the end to where it may overflow or lose bits.
    let aside = V::select(V::lt(x, V::of(0.0)), V::of(LOW), V::of(HIGH));
    let power = power(rounded, aside, parts);
    growth.mul_add(power, power) * aside
}

/// x = (k + j/N) ln 2 + r: a number whose last bits are j and those before them k, the sum in brackets, and r.
#[inline(always)]
fn reduce<V: Register<Scalar = f64>, const N: usize>(x: V) -> (V, V, V) {
    let shift = V::of(ROUND / N as f64);
    let rounded = x.mul_add(V::of(std::f64::consts::LOG2_E), shift);
    let k = rounded - shift;
    (rounded, k, k.mul_add(V::of(-LN_2[1]), k.mul_add(V::of(-LN_2[0]), x)))
}

/// (1 + δ)·2^(k + j/N) / `aside`, a power of two that makes it a normal number.
#[inline(always)]
fn power<V: Register<Scalar = f64>, const N: usize>(rounded: V, aside: V, parts: &Parts<N>) -> V {
    let before_index = V::pick(&parts.before_index, rounded.to_bits()).to_bits() - aside.to_bits();
    V::from_bits(before_index + V::shift_left(rounded.to_bits(), 52 - N.ilog2()))
}

/// eˣ/4 = a + ab with |b| < 0.05, -700 < x < 711.
#[inline(always)]
pub fn quarter_exp<V: Register<Scalar = f64>>(x: V) -> (V, V) {
    let (rounded, _, r) = reduce::<V, 8>(x);
    (power(rounded, V::of(4.0), &EIGHTHS), growth::<V, 8>(r))
}

/// eˣ - 1, 1.5 ulp.
#[inline(always)]
pub fn exp_m1<V: Register<Scalar = f64>>(x: V) -> V {
    let (power, _) = exp_m1_in_two(x);
    // Where x² is 0, x² + x is x, but for its sign where x is -0.
    V::select(V::eq(x, V::of(0.0)), x, power)
}

/// eˣ - 1 and, up to x = 36, what that was rounded by.
///
/// From the parts of eˣ, as 2^(k + j/8) - 1 is exact where it is small; about 0 of degree 10, 2⁻⁵³.
#[inline(always)]
pub fn exp_m1_in_two<V: Register<Scalar = f64>>(x: V) -> (V, V) {
    // A NaN passes. Below -40 the result is -1.
    let within = V::max_or_second(V::of(-40.0), V::min_or_second(V::of(711.0), x));
    let (power, growth) = quarter_exp(within);
    let rest = polynomial_in_pairs!(
        x,
        [
            0.5,
            0.166_666_666_666_653_17,
            4.166_666_666_666_321e-2,
            8.333_333_336_210_152e-3,
            1.388_888_889_352_385_4e-3,
            1.984_125_328_665_031e-4,
            2.480_156_737_444_577_8e-5,
            2.759_259_922_851_937_4e-6,
            2.759_180_080_408_227e-7,
        ],
    );
    let near = V::lt(V::abs(x), V::of(0.25));
    let large = V::select(near, x, power - V::of(0.25));
    let factor = V::select(near, x * x, power);
    let rest = V::select(near, rest, growth);
    let unit = V::select(near, V::of(1.0), V::of(4.0));
    let sum = factor.mul_add(rest, large);
    (sum * unit, factor.mul_add(rest, large - sum) * unit)
}
