//! Powers and roots.

use super::exponential::exp_of_sum;
use super::logarithm::{ln_in_two, ln_in_two_of_normal, short};
use super::{ROUND, round, signed};
use crate::lane::register::Register;

/// ∛x, 1 ulp.
///
/// A polynomial of degree 5 is within 2⁻¹⁹ of the root; of its first 17 bits the cube is exact, and ∛(1 + d) of the
/// quotient of both is of third order.
#[inline(always)]
pub fn cbrt<V: Register<Scalar = f64>>(x: V) -> V {
    let magnitude = V::abs(x);
    let subnormal = V::lt(magnitude, V::of(f64::MIN_POSITIVE));
    let number = V::select(subnormal, magnitude * V::of(18_014_398_509_481_984.0), magnitude);
    let exponent = V::from_bits(V::shift_right(number.to_bits(), 52) | V::of(ROUND).to_bits()) - V::of(ROUND + 1023.0);
    let one = V::of(1.0);
    let m = V::from_bits((number.to_bits() & V::splat_bits((1 << 52) - 1)) | one.to_bits());
    // The exponent is 3 third + left.
    let third = round((exponent - one) * V::of(1.0 / 3.0));
    let left = (exponent - V::of(3.0) * third + V::of(ROUND)).to_bits();
    let number = m * V::pick(&[1.0, 2.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0], left);
    let of_left = V::pick(&[1.0, 1.259_921_049_894_873_2, 1.587_401_051_968_199_5, 0.0, 0.0, 0.0, 0.0, 0.0], left);
    let about = of_left
        * polynomial!(
            m,
            [
                0.473_330_677_588_233_3,
                0.838_160_038_659_684_2,
                -0.469_228_726_739_834_35,
                0.202_777_234_355_783_74,
                -5.038_654_068_071_177e-2,
                5.348_547_778_312_238e-3,
            ],
        );
    let about = V::from_bits(about.to_bits() & V::splat_bits(!((1 << 36) - 1)));
    let cube = about * about * about;
    let d = (number - cube) / cube;
    let growth = d * polynomial!(d, [1.0 / 3.0, -1.0 / 9.0, 5.0 / 81.0]);
    let root = growth.mul_add(about, about);
    let third = V::select(subnormal, third - V::of(18.0), third);
    let power = V::from_bits(V::shift_left((third + V::of(ROUND + 1023.0)).to_bits(), 52));
    let signed = V::from_bits((root * power).to_bits() | (x.to_bits() & V::of(-0.0).to_bits()));
    // 0, infinite, NaN
    let finite = V::lt(magnitude, V::of(f64::INFINITY)) & V::lt(V::of(0.0), magnitude);
    V::select(finite, signed, x)
}

/// aᵇ, 1 ulp: e to the power of b ln a, both in two parts.
#[inline(always)]
pub fn powf<V: Register<Scalar = f64>>(a: V, b: V) -> V {
    let (product, low) = times_ln(b, ln_in_two_of_normal(a));
    let normal = V::le(V::of(f64::MIN_POSITIVE), a) & V::lt(a, V::of(f64::INFINITY));
    let usual = normal & V::lt(V::abs(product), V::of(700.0));
    if V::any(!usual) { powf_of_any(a, b) } else { exp_of_sum(product, low) }
}

/// b ln a in two parts.
#[inline(always)]
fn times_ln<V: Register<Scalar = f64>>(b: V, (ln, ln_low): (V, V)) -> (V, V) {
    let product = b * ln;
    (product, b.mul_add(ln_low, lost(b, ln, product)))
}

/// The same as [`powf`], for any base and exponent.
#[inline(always)]
fn powf_of_any<V: Register<Scalar = f64>>(a: V, b: V) -> V {
    let (zero, one, infinity) = (V::of(0.0), V::of(1.0), V::of(f64::INFINITY));
    let base = V::abs(a);
    // The smallest |ln a| is 2⁻⁵³: a larger exponent does not matter, but what is infinite has no low part. A NaN
    // passes.
    let bound = V::of(f64::from_bits((1023 + 80) << 52));
    let exponent = V::max_or_second(-bound, V::min_or_second(bound, b));
    let (product, low) = times_ln(exponent, ln_in_two(base));
    let low = V::select(V::lt(V::abs(product), V::of(800.0)), low, zero);
    let power = exp_of_sum(product, low);
    // 0 and ∞ are exchanged by negative exponents.
    let inverse = V::select(V::eq(base, zero), infinity, zero);
    let limit = V::select(V::lt(b, zero), inverse, base);
    let power = V::select(V::eq(base, zero) | V::eq(base, infinity), limit, power);
    // Signs of a count with odd b; of other than whole b, there is no power.
    let negative = V::from_bits(a.to_bits() & V::of(-0.0).to_bits());
    let magnitude = V::abs(b);
    let whole = is_whole(magnitude);
    let odd = whole & !is_whole(magnitude * V::of(0.5));
    let power = V::from_bits(power.to_bits() | V::select(odd, negative, zero).to_bits());
    let below = V::lt(a, zero) & V::lt(base, infinity) & !whole;
    let nan = below | !V::eq(a, a) | !V::eq(b, b);
    let power = V::select(nan, V::of(f64::NAN), power);
    V::select(V::eq(b, zero) | V::eq(a, one), one, power)
}

/// xⁿ: products while these are within (1 + 2√2)/2 = 1.92 ulp, of which 1.42 are from a factor that is squared, and a
/// power from there on.
#[inline(always)]
pub fn powi<V: Register<Scalar = f64>>(x: V, n: i32) -> V {
    match n {
        0 => V::of(1.0),
        1 => x,
        2 => x * x,
        3 => x * x * x,
        4 => (x * x) * (x * x),
        -1 => V::of(1.0) / x,
        // Not 1/x², which may be 0 where this is not.
        -2 => (V::of(1.0) / x) * (V::of(1.0) / x),
        // The power of |x|, for which powf takes its short path.
        _ => {
            let power = powf(V::abs(x), V::of(n.into()));
            if n % 2 == 0 { power } else { signed(power, x) }
        }
    }
}

/// What a·b was rounded by, to its first bits.
#[inline(always)]
fn lost<V: Register<Scalar = f64>>(a: V, b: V, product: V) -> V {
    if V::FUSED {
        return a.mul_add(b, -product);
    }
    let (a_short, b_short) = (short(a), short(b));
    (a_short * b_short - product) + (a_short * (b - b_short) + (a - a_short) * b)
}

/// Whether a number that is not negative has no fraction.
#[inline(always)]
fn is_whole<V: Register<Scalar = f64>>(x: V) -> V::Mask {
    // From there on, no number has.
    let large = V::of(4_503_599_627_370_496.0);
    V::le(large, x) | V::eq(x + large - large, x)
}
