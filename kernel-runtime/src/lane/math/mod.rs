//! Elementary functions, each written once for the registers of all instruction sets.
//!
//! Errors are in units in the last place of the exact result, over the whole domain, and hold whether
//! [`mul_add`](super::Vector::mul_add) rounds once or twice: the levels with a fused instruction are a little more
//! exact, not more right. Polynomials are by Sollya's `fpminimax`; the approximation error given is relative, before
//! rounding.

pub mod double;
mod rare;
pub mod single;

use super::Vector;

/// Σ c_i xⁱ
#[inline(always)]
fn polynomial<V: Vector, const N: usize>(x: V, coefficients: [f64; N]) -> V {
    let mut sum = V::of(coefficients[N - 1]);
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, V::of(coefficients[i]));
    }
    sum
}

/// The same as a polynomial in x² of pairs: half as long a chain of operations that wait for each other, for one more.
#[inline(always)]
fn polynomial_in_pairs<V: Vector, const N: usize>(x: V, coefficients: [f64; N]) -> V {
    let square = x * x;
    let last = (N - 1) / 2 * 2;
    let mut sum = V::of(coefficients[last]);
    if last + 1 < N {
        sum = V::of(coefficients[last + 1]).mul_add(x, sum);
    }
    for i in (0..last / 2).rev() {
        sum = sum.mul_add(square, V::of(coefficients[2 * i + 1]).mul_add(x, V::of(coefficients[2 * i])));
    }
    sum
}
