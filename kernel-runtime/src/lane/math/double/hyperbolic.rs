//! Hyperbolic functions.

use super::exponential::{exp_m1_in_two, quarter_exp};
use crate::lane::register::Register;

/// e^|x|/4, of which sums do not overflow before the result does, and e^-|x|/4.
#[inline(always)]
fn quarters<V: Register<Scalar = f64>>(x: V) -> (V, V) {
    // A NaN passes.
    let (power, growth) = quarter_exp(V::min_or_second(V::of(711.0), V::abs(x)));
    let quarter = growth.mul_add(power, power);
    (quarter, V::of(0.062_5) / quarter)
}

/// x with the sign of another number, x not negative.
#[inline(always)]
fn with_sign<V: Register<Scalar = f64>>(x: V, sign: V) -> V {
    V::from_bits(x.to_bits() | (sign.to_bits() & V::of(-0.0).to_bits()))
}

/// (eˣ - e⁻ˣ)/2, 1.5 ulp; about 0, where that cancels, an odd polynomial of degree 15, 2⁻⁶⁰.
#[inline(always)]
pub fn sinh<V: Register<Scalar = f64>>(x: V) -> V {
    let (up, down) = quarters(x);
    let far = with_sign((up - down) * V::of(2.0), x);
    let square = x * x;
    let rest = polynomial_in_pairs!(
        square,
        [
            0.166_666_666_666_666_66,
            8.333_333_333_333_567e-3,
            1.984_126_984_111_000_8e-4,
            2.755_731_926_476_937e-6,
            2.505_210_546_996_014_2e-8,
            1.605_865_739_946_955_6e-10,
            7.716_100_081_110_24e-13,
        ],
    );
    let near = (square * x).mul_add(rest, x);
    V::select(V::eq(x, V::of(0.0)), x, V::select(V::lt(square, V::of(1.0)), near, far))
}

/// (eˣ + e⁻ˣ)/2, 1.5 ulp.
#[inline(always)]
pub fn cosh<V: Register<Scalar = f64>>(x: V) -> V {
    let (up, down) = quarters(x);
    (up + down) * V::of(2.0)
}

/// E/(E + 2) where E = e²ˣ - 1, 1.5 ulp: corrected to first order for what E and the sum were rounded by.
#[inline(always)]
pub fn tanh<V: Register<Scalar = f64>>(x: V) -> V {
    // A NaN passes. Above 20 the result is 1.
    let double = V::min_or_second(V::of(40.0), V::abs(x) * V::of(2.0));
    let (power, rest) = exp_m1_in_two(double);
    let sum = power + V::of(2.0);
    let quotient = power / sum;
    // The derivative by the numerator is 1/(E + 2) = (1 - q)/2, by E itself (1 - q)²/2.
    let slope = (V::of(1.0) - quotient) * V::of(0.5);
    let (large, small) = (V::max_or_second(power, V::of(2.0)), V::min_or_second(power, V::of(2.0)));
    let lost = small - (sum - large);
    let correction = slope * ((slope + slope) * rest - quotient * lost);
    with_sign(quotient + correction, x)
}
