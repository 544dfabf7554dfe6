//! Elementary functions, each written once for the registers of all instruction sets.
//!
//! Errors are in units in the last place of the exact result, over the whole domain, and hold whether
//! [`mul_add`](super::Vector::mul_add) rounds once or twice: the levels with a fused instruction are a little more
//! exact, not more right. Polynomials are by Sollya's `fpminimax`; the approximation error given is relative, before
//! rounding.

/// Σ c_i xⁱ of registers V. Written out: each loop would be one that the compiler has to unroll in every function that
/// this is inlined into.
macro_rules! polynomial {
    ($x:expr, [$($coefficient:expr),+ $(,)?] $(,)?) => {{
        let x = $x;
        polynomial!(@ x, $($coefficient),+)
    }};
    (@ $x:ident, $last:expr) => { V::of($last) };
    (@ $x:ident, $first:expr, $($rest:expr),+) => { polynomial!(@ $x, $($rest),+).mul_add($x, V::of($first)) };
}

/// The same as a polynomial in x² of pairs: half as long a chain of operations that wait for each other, for one more.
macro_rules! polynomial_in_pairs {
    ($x:expr, [$($coefficient:expr),+ $(,)?] $(,)?) => {{
        let x = $x;
        let square = x * x;
        polynomial_in_pairs!(@ x, square, $($coefficient),+)
    }};
    (@ $x:ident, $square:ident, $last:expr) => { V::of($last) };
    (@ $x:ident, $square:ident, $first:expr, $second:expr) => { V::of($second).mul_add($x, V::of($first)) };
    (@ $x:ident, $square:ident, $first:expr, $second:expr, $($rest:expr),+) => {
        polynomial_in_pairs!(@ $x, $square, $($rest),+)
            .mul_add($square, V::of($second).mul_add($x, V::of($first)))
    };
}

pub mod double;
mod rare;
pub mod single;
