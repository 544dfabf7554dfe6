//! Powers and roots.

use super::logarithm::split;
use super::{ROUND, flip, round, sign};
use crate::lane::math::rare;
use crate::lane::register::Register;

/// ∛x, 1 ulp; x = 8^q m with ½ ≤ m < 4.
///
/// m^(-1/3) by a cubic polynomial, 2⁻⁵, which a step of order three takes to 2⁻¹⁵; ∛m by a last one of Newton's.
#[inline(always)]
pub fn cbrt<V: Register<Scalar = f32>>(x: V) -> V {
    let size = V::abs(x);
    let (exponent, _, _) = split(size, 1.0);
    let q = exponent.mul_add(V::of(1.0 / 3.0), V::of(ROUND));
    let shift = V::shift_left(q.to_bits(), 23);
    let m = V::from_bits(size.to_bits() - shift - shift - shift);
    let r = polynomial!(m, [1.558_547_97, -0.748_918_533, 0.231_295_78, -2.569_149_62e-2]);
    let error = (m * r).mul_add(-(r * r), V::of(1.0));
    let r = (r * error).mul_add(error.mul_add(V::of(2.0 / 9.0), V::of(1.0 / 3.0)), r);
    let square = r * r;
    let y = m * square;
    let error = (y * y).mul_add(-y, m);
    let y = (square * V::of(1.0 / 3.0)).mul_add(error, y);
    let result = V::from_bits((y.to_bits() + shift) | sign(x));
    let usual = V::le(V::of(f32::MIN_POSITIVE.into()), size) & V::lt(size, V::of(f64::INFINITY));
    rare::replace::<f32, V>(!usual, x, x, result, |x, _| libm::cbrtf(x))
}

/// The first 12 bits of a number. Products of two such are exact.
#[inline(always)]
fn head<V: Register<Scalar = f32>>(x: V) -> V {
    V::from_bits(x.to_bits() & V::splat_bits(0xffff_f000))
}

/// 2/ln 2 in two parts, the first of 12 bits.
const TWICE_LOG2_E: [f64; 2] = [2.885_742_187_5, -3.521_057_078_614_831e-4];

/// log₂ x of a normal x in two parts, together within 2⁻³⁴.
///
/// x = 2ᵏ m and m = (1 + s)/(1 - s): log₂ m = 2/ln 2 · s(1 + s²(⅓ + s²/5 + …)), where what is large enough to matter is
/// kept in two parts, of which the first has 12 bits: no product of those is rounded, fused or not (Dekker 1971).
#[inline(always)]
fn log2<V: Register<Scalar = f32>>(x: V) -> (V, V) {
    let one = V::of(1.0);
    let (k, m, _) = split(x, std::f32::consts::FRAC_1_SQRT_2);
    let f = m - one;
    let inverse = one / (m + one);
    let below = head(m + one);
    let s = head(f * inverse);
    let s_rest = ((f - s * below) - s * (m - (below - one))) * inverse;

    // s² = w, the series from s²/5 on, and then with ⅓.
    let square = s * s;
    let w = head(square);
    let w_rest = (square - w) + s_rest * (s + s + s_rest);
    let tail = (w + w_rest) * polynomial!(w + w_rest, [0.199_997_753, 0.142_948_136, 0.112_889_044]);
    let third = V::of(0.333_251_953_125);
    let tail = tail + V::of(8.139_008_887_422e-5);
    let q = head(third + tail);
    let q_rest = tail - (q - third);

    // s² times it.
    let product = w * q;
    let product_rest = w.mul_add(q_rest, w_rest * (q + q_rest));
    let e = head(product + product_rest);
    let e_rest = (product - e) + product_rest;

    // s times 1 more than it.
    let large = s * e;
    let small = s.mul_add(e_rest, s_rest.mul_add(e + e_rest, s_rest));
    let g = head(s + (large + small));
    let g_rest = ((s - g) + large) + small;

    let scaled = g * V::of(TWICE_LOG2_E[0]);
    let scaled_rest = g.mul_add(V::of(TWICE_LOG2_E[1]), g_rest * V::of(TWICE_LOG2_E[0] + TWICE_LOG2_E[1]));
    let sum = k + scaled;
    (sum, (scaled - (sum - k)) + scaled_rest)
}

/// aᵇ = 2^(b log₂ a), 1.2 ulp; 2ʳ of degree 6, 2⁻²⁸.
#[inline(always)]
pub fn powf<V: Register<Scalar = f32>>(a: V, b: V) -> V {
    let (l, l_rest) = log2(a);
    let first = head(l + l_rest);
    let rest = (l - first) + l_rest;
    let b_first = head(b);
    let z = b_first * first;
    let z_rest = b_first.mul_add(rest, (b - b_first) * (first + rest));
    // Beyond these the result is 0 or infinite, whatever is added.
    let z = V::max_or_second(V::of(-200.0), V::min_or_second(V::of(200.0), z));
    let z_rest = V::max_or_second(V::of(-1.0), V::min_or_second(V::of(1.0), z_rest));
    let k = round(z + z_rest);
    let r = (z - k) + z_rest;
    let power = polynomial!(
        r,
        [0.693_147_182, 0.240_226_448, 5.550_358_82e-2, 9.618_833_67e-3, 1.339_130_22e-3, 1.524_128_46e-4],
    );
    let result = V::scale(r.mul_add(power, V::of(1.0)), k);
    let usual =
        V::le(V::of(f32::MIN_POSITIVE.into()), a) & V::lt(a, V::of(f64::INFINITY)) & V::lt(V::abs(b), V::of(1e10));
    rare::replace::<f32, V>(!usual, a, b, result, wide_powf)
}

/// libm's `powf` is infinite for 1 - 10⁻⁶ to the power of some 10⁸.
#[allow(clippy::cast_possible_truncation, reason = "rounded")]
fn wide_powf(a: f32, b: f32) -> f32 {
    libm::pow(a.into(), b.into()) as f32
}

/// a·b and its rounding error.
#[inline(always)]
fn product<V: Register<Scalar = f32>>(a: V, b: V) -> (V, V) {
    let whole = a * b;
    if V::FUSED {
        return (whole, a.mul_add(b, -whole));
    }
    let [a_head, b_head] = [head(a), head(b)];
    let [a_rest, b_rest] = [a - a_head, b - b_head];
    let error = ((a_head * b_head - whole) + a_head * b_rest + a_rest * b_head) + a_rest * b_rest;
    // Below, the terms are rounded themselves.
    (whole, V::select(V::lt(V::abs(whole), V::of(1e-36)), V::of(0.0), error))
}

/// The product of two numbers in two parts each.
#[inline(always)]
fn pair_product<V: Register<Scalar = f32>>(a: (V, V), b: (V, V)) -> (V, V) {
    let (whole, error) = product(a.0, b.0);
    let error = a.0.mul_add(b.1, a.1.mul_add(b.0, error));
    let sum = whole + error;
    (sum, (whole - sum) + error)
}

/// xⁿ by squaring, rounded at every step.
#[inline(always)]
fn power<V: Register<Scalar = f32>>(mut x: V, n: u32) -> V {
    let mut power = V::of(1.0);
    let mut rest = n;
    while rest != 0 {
        if rest & 1 == 1 {
            power = power * x;
        }
        x = x * x;
        rest >>= 1;
    }
    power
}

/// xⁿ by squaring, in two parts, NaN where the standard library's is infinite.
#[inline(always)]
fn pair_power<V: Register<Scalar = f32>>(x: V, n: u32) -> V {
    let mut square = (x, V::of(0.0));
    let mut power = (V::of(1.0), V::of(0.0));
    let mut rest = n;
    while rest != 0 {
        if rest & 1 == 1 {
            power = pair_product(power, square);
        }
        rest >>= 1;
        if rest != 0 {
            square = pair_product(square, square);
        }
    }
    power.0 + power.1
}

/// xⁿ, 1.5 ulp up to |n| of a million; more than three factors, or two that are divided by, are multiplied in two
/// parts.
#[inline(always)]
pub fn powi<V: Register<Scalar = f32>>(x: V, n: i32) -> V {
    let factors = n.unsigned_abs();
    let size = V::abs(x);
    let few = factors <= if n < 0 { 2 } else { 3 };
    let mut result = if few { power(size, factors) } else { pair_power(size, factors) };
    if !few && V::any(!V::eq(result, result)) {
        result = V::select(V::eq(result, result), result, power(size, factors));
    }
    if n < 0 {
        let inverse = V::of(1.0) / result;
        // Where x⁻ⁿ overflows or `product` loses bits of it, xⁿ is still a number.
        let usual = V::le(V::of(2e-36), result) & V::le(result, V::of(1e37));
        result =
            if n == -1 { inverse } else { rare::replace::<f32, V>(!usual, size, V::of(n.into()), inverse, wide_powf) };
    }
    if n % 2 == 0 { result } else { flip(result, sign(x)) }
}
